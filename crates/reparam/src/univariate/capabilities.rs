//! What else a law has, lifted to tensors.

use burn::tensor::Tensor;
use reparam_kernels::formula::{
    CdfOf, EntropyOf, KlOf, LogCdfOf, LogSfOf, MeanOf, ModeOf, QuantileOf, SfOf, UpperQuantileOf, VarianceOf,
};
use reparam_kernels::law::{self, Divergence, Draw, Law};

use super::{Univariate, kernel};
use crate::{Cdf, Entropy, Kl, KlEach, Mode, Moments, Quantile, ops, shape};

impl<L: law::Cdf<P> + Draw<P>, const P: usize, const D: usize> Cdf<D> for Univariate<L, P, D> {
    fn cdf(&self, x: Tensor<D>) -> Tensor<D> {
        self.at::<CdfOf<L>>("cdf", x)
    }
    fn sf(&self, x: Tensor<D>) -> Tensor<D> {
        self.at::<SfOf<L>>("sf", x)
    }
    fn log_cdf(&self, x: Tensor<D>) -> Tensor<D> {
        self.at::<LogCdfOf<L>>("log_cdf", x)
    }
    fn log_sf(&self, x: Tensor<D>) -> Tensor<D> {
        self.at::<LogSfOf<L>>("log_sf", x)
    }
}

impl<L: law::Quantile<P> + Draw<P>, const P: usize, const D: usize> Quantile<D> for Univariate<L, P, D> {
    fn quantile(&self, u: Tensor<D>) -> Tensor<D> {
        self.at::<QuantileOf<L>>("quantile", u)
    }
    fn upper_quantile(&self, u: Tensor<D>) -> Tensor<D> {
        self.at::<UpperQuantileOf<L>>("upper_quantile", u)
    }
}

impl<L: law::Moments<P>, const P: usize, const D: usize> Moments<D> for Univariate<L, P, D> {
    fn mean(&self) -> Tensor<D> {
        self.of_parameters::<MeanOf<L>>()
    }
    fn variance(&self) -> Tensor<D> {
        self.of_parameters::<VarianceOf<L>>()
    }
}

impl<L: law::Mode<P>, const P: usize, const D: usize> Mode<D> for Univariate<L, P, D> {
    fn mode(&self) -> Tensor<D> {
        self.of_parameters::<ModeOf<L>>()
    }
}

impl<L: law::Entropy<P>, const P: usize, const D: usize> Entropy for Univariate<L, P, D> {
    fn entropy(&self) -> Tensor<1> {
        shape::sum_event(self.of_parameters::<EntropyOf<L>>())
    }
}

impl<L: Divergence<P, M, R>, M: Law<R>, const P: usize, const R: usize, const D: usize>
    Kl<Univariate<M, R, D>> for Univariate<L, P, D>
{
    fn kl(&self, p: &Univariate<M, R, D>) -> Tensor<1> {
        shape::sum_event(self.kl_each(p))
    }
}

impl<L: Divergence<P, M, R>, M: Law<R>, const P: usize, const R: usize, const D: usize>
    KlEach<Univariate<M, R, D>, D> for Univariate<L, P, D>
{
    fn kl_each(&self, p: &Univariate<M, R, D>) -> Tensor<D> {
        shape::check_value(&format!("{}::kl", L::NAME), p.dims(), self.dims());
        shape::check_type(&format!("{}::kl", L::NAME), self.theta[0].dtype(), p.theta[0].dtype());
        let dims = self.dims();
        let other = p.theta.clone().map(|param| shape::at_batch(param, dims));
        let inputs = self.theta.iter().cloned().chain(other).collect();
        ops::elementwise(kernel::formula::<KlOf<L, M>, P, R>(), inputs)
    }
}
