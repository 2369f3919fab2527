//! y = 1 / (1 + e⁻ˣ), elementwise, onto (0, 1); log-determinant Σ −softplus(x) − softplus(−x).

use burn::tensor::{Tensor, activation};

use super::{Carried, inward};
use crate::{Coordinate, Elementwise, math};

/// The logistic function of each element.
///
/// y is strictly inside: what would round to 0 or 1 is the number next to it. The log-determinant is exact at any x; the
/// inverse loses what the rounding near 1 lost, so score a draw at its x: [`Transformed`](crate::Transformed) by it carries
/// that as its [`Twin`](crate::Twin). The inverse of 0 and 1 is ∓∞.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sigmoid;

super::fixed!(Sigmoid);

impl Carried for Sigmoid {
    const COORDINATE: Coordinate = Coordinate::Logit;
}

/// log σ(x) σ(−x) = −|x| − 2 log(1 + e^{−|x|}).
pub(super) fn log_slope<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    -math::softplus(x.clone()) - math::softplus(-x)
}

impl<const D: usize> Elementwise<D> for Sigmoid {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (inward(activation::sigmoid(x.clone()), 0.0, 1.0), log_slope(x))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = y.clone().log() - (-y).log1p();
        (x.clone(), -log_slope(x))
    }
}
