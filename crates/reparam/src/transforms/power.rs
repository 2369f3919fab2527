//! y = x^p, elementwise, on the positive numbers; log-determinant Σ log |p| + (p − 1) log x.

use burn::tensor::Tensor;

use crate::{Elementwise, rows, shape};

/// A power of each element, whose exponent is not zero; x and y are positive.
///
/// Relative error of y: that of the power function, about |p log x| roundings.
#[derive(Clone, Debug)]
pub struct Power<const D: usize> {
    exponent: Tensor<D>,
}

crate::params!(Power<const D> { exponent });

impl<const D: usize> Power<D> {
    /// With one exponent for each element, along axes of size 1 for all of them.
    pub fn new(exponent: Tensor<D>) -> Self {
        Self { exponent }
    }

    /// z = base^p and log |∂z/∂base|.
    fn raise(base: Tensor<D>, p: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let [base, p] = shape::broadcast("Power", [base, p]);
        let log_slope = p.clone().abs().log() + (p.clone() - 1.0) * base.clone().log();
        (base.powf(p), log_slope)
    }
}

impl<const D: usize> Elementwise<D> for Power<D> {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        Self::raise(x, self.exponent.clone())
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        Self::raise(y, self.exponent.clone().recip())
    }
    /// The exponent moves neither 0, 1 nor ∞.
    fn moves_each(&self, x: Tensor<D>) -> Option<&'static str> {
        let moves = rows::read(&x).into_iter().any(|x| x.is_finite() && x > 0.0 && x != 1.0);
        (self.exponent.is_tracked() && moves).then_some("exponent")
    }
}
