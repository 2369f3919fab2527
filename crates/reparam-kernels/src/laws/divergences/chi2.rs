//! To and from χ² laws, as the gamma laws that they are.

use crate::Scalar;
use crate::law::Divergence;
use crate::laws::chi2::gamma;
use crate::laws::{
    Beta, Chi2, ContinuousBernoulli, Exponential, Gamma, Gumbel, Laplace, Normal, Pareto, Success, Uniform,
    Weibull,
};

macro_rules! from_chi2 {
    ($($p:ty: $b:literal),+) => {$(
        impl Divergence<1, $p, $b> for Chi2 {
            fn kl<S: Scalar>(q: [S; 1], p: [S; $b]) -> S {
                <Gamma as Divergence<2, $p, $b>>::kl(gamma(q), p)
            }
        }
    )+};
}

macro_rules! to_chi2 {
    ($($q:ty: $a:literal),+) => {$(
        impl Divergence<$a, Chi2, 1> for $q {
            fn kl<S: Scalar>(q: [S; $a], p: [S; 1]) -> S {
                <$q as Divergence<$a, Gamma, 2>>::kl(q, gamma(p))
            }
        }
    )+};
}

from_chi2!(Beta: 2, Exponential: 1, Gumbel: 2, Normal: 2, Pareto: 2, Uniform: 2);
to_chi2!(Beta: 2, Exponential: 1, Gumbel: 2, Laplace: 2, Normal: 2, Pareto: 2, Uniform: 2, Weibull: 2);

impl<F: Success> Divergence<1, ContinuousBernoulli<F>, 1> for Chi2 {
    fn kl<S: Scalar>(q: [S; 1], p: [S; 1]) -> S {
        <Gamma as Divergence<2, ContinuousBernoulli<F>, 1>>::kl(gamma(q), p)
    }
}
