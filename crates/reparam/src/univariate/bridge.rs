//! Normal and Bernoulli, which keep logarithms beside their parameters, as laws like the others.

use burn::tensor::Tensor;
use reparam_kernels::law::{Divergence, Law};
use reparam_kernels::laws;

use super::Univariate;
use crate::{Bernoulli, Cdf, Kl, KlEach, Mode, Normal, Quantile};

impl<const D: usize> Normal<D> {
    /// The same distribution as its law on tensors.
    pub fn law(&self) -> Univariate<laws::Normal, 2, D> {
        Univariate::from_parameters([self.loc(), self.scale()])
    }
}

impl<const D: usize> Bernoulli<D> {
    /// The same distribution as its law on tensors.
    pub fn law(&self) -> Univariate<laws::Bernoulli<laws::Logits>, 1, D> {
        Univariate::from_parameters([self.logits()])
    }
}

macro_rules! bridge {
    ($name:ident: $law:ty, $p:literal) => {
        impl<const D: usize> Mode<D> for $name<D> {
            fn mode(&self) -> Tensor<D> {
                self.law().mode()
            }
        }

        impl<const D: usize> Cdf<D> for $name<D> {
            fn cdf(&self, x: Tensor<D>) -> Tensor<D> {
                self.law().cdf(x)
            }
            fn sf(&self, x: Tensor<D>) -> Tensor<D> {
                self.law().sf(x)
            }
            fn log_cdf(&self, x: Tensor<D>) -> Tensor<D> {
                self.law().log_cdf(x)
            }
            fn log_sf(&self, x: Tensor<D>) -> Tensor<D> {
                self.law().log_sf(x)
            }
        }

        impl<const D: usize> Quantile<D> for $name<D> {
            fn quantile(&self, u: Tensor<D>) -> Tensor<D> {
                self.law().quantile(u)
            }
            fn upper_quantile(&self, u: Tensor<D>) -> Tensor<D> {
                self.law().upper_quantile(u)
            }
        }

        impl<M: Law<R>, const R: usize, const D: usize> Kl<Univariate<M, R, D>> for $name<D>
        where
            $law: Divergence<$p, M, R>,
        {
            fn kl(&self, p: &Univariate<M, R, D>) -> Tensor<1> {
                self.law().kl(p)
            }
        }

        impl<M: Law<R>, const R: usize, const D: usize> KlEach<Univariate<M, R, D>, D> for $name<D>
        where
            $law: Divergence<$p, M, R>,
        {
            fn kl_each(&self, p: &Univariate<M, R, D>) -> Tensor<D> {
                self.law().kl_each(p)
            }
        }

        impl<L: Divergence<P, $law, $p>, const P: usize, const D: usize> Kl<$name<D>>
            for Univariate<L, P, D>
        {
            fn kl(&self, p: &$name<D>) -> Tensor<1> {
                self.kl(&p.law())
            }
        }

        impl<L: Divergence<P, $law, $p>, const P: usize, const D: usize> KlEach<$name<D>, D>
            for Univariate<L, P, D>
        {
            fn kl_each(&self, p: &$name<D>) -> Tensor<D> {
                self.kl_each(&p.law())
            }
        }
    };
}

bridge!(Normal: laws::Normal, 2);
bridge!(Bernoulli: laws::Bernoulli<laws::Logits>, 1);
