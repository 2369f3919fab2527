//! y = 1 / (1 + e⁻ˣ), elementwise, onto (0, 1); log-determinant Σ −softplus(x) − softplus(−x).

use burn::tensor::{Tensor, activation};

use crate::{Elementwise, math};

/// The logistic function of each element.
///
/// The log-determinant is exact at any x, also where y has rounded to 1; the inverse loses what that rounding lost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sigmoid;

super::fixed!(Sigmoid);

/// log σ(x) σ(−x) = −|x| − 2 log(1 + e^{−|x|}).
pub(super) fn log_slope<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    -math::softplus(x.clone()) - math::softplus(-x)
}

impl<const D: usize> Elementwise<D> for Sigmoid {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (activation::sigmoid(x.clone()), log_slope(x))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = y.clone().log() - (-y).log1p();
        (x.clone(), -log_slope(x))
    }
}
