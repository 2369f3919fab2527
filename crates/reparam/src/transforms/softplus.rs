//! y = log(1 + eˣ), elementwise, onto the positive numbers; log-determinant Σ −softplus(−x).

use burn::tensor::Tensor;

use super::inward;
use crate::{Elementwise, math};

/// The soft positive part of each element: eˣ far below 0, x far above.
///
/// Where y would underflow it is the smallest number with a full mantissa.
#[derive(Clone, Copy, Debug, Default)]
pub struct Softplus;

super::fixed!(Softplus);

impl<const D: usize> Elementwise<D> for Softplus {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (inward(math::softplus(x.clone()), 0.0, f64::INFINITY), -math::softplus(-x))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        // x = log(e^y − 1) = y + log(1 − e^{−y}), and 1 − e^{−y} = tanh(y/2) (1 + e^{−y}) without cancellation.
        let x = y.clone() + (y.clone() * 0.5).tanh().log() + (-y).exp().log1p();
        (x.clone(), math::softplus(-x))
    }
}
