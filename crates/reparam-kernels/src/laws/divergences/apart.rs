//! Pairs whose supports never fit.

use super::infinite;
use crate::Scalar;
use crate::law::Divergence;
use crate::laws::{
    Beta, ContinuousBernoulli, Exponential, Gamma, Gumbel, Laplace, Normal, Pareto, Success, Uniform,
};

/// Infinite divergences of each law to the left from each law to the right.
macro_rules! apart {
    ($($q:ty: $a:literal => $($p:ty: $b:literal),+;)+) => {$($(
        impl Divergence<$a, $p, $b> for $q {
            fn kl<S: Scalar>(_: [S; $a], _: [S; $b]) -> S {
                infinite()
            }
        }
    )+)+};
}

apart! {
    Beta: 2 => Pareto: 2;
    Exponential: 1 => Beta: 2, Pareto: 2, Uniform: 2;
    Gamma: 2 => Beta: 2, Pareto: 2, Uniform: 2;
    Gumbel: 2 => Beta: 2, Exponential: 1, Gamma: 2, Pareto: 2, Uniform: 2;
    Laplace: 2 => Beta: 2, Exponential: 1, Gamma: 2, Pareto: 2, Uniform: 2;
    Normal: 2 => Beta: 2, Exponential: 1, Gamma: 2, Pareto: 2, Uniform: 2;
    Pareto: 2 => Beta: 2, Uniform: 2;
}

/// The same from a continuous Bernoulli law, which lives on [0, 1].
macro_rules! apart_from_unit {
    ($($q:ty: $a:literal,)+) => {$(
        impl<F: Success> Divergence<$a, ContinuousBernoulli<F>, 1> for $q {
            fn kl<S: Scalar>(_: [S; $a], _: [S; 1]) -> S {
                infinite()
            }
        }
    )+};
}

apart_from_unit! { Exponential: 1, Gamma: 2, Gumbel: 2, Laplace: 2, Normal: 2, Pareto: 2, }

impl<F: Success> Divergence<1, Pareto, 2> for ContinuousBernoulli<F> {
    fn kl<S: Scalar>(_: [S; 1], _: [S; 2]) -> S {
        infinite()
    }
}
