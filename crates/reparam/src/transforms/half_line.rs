//! y = end ± eˣ, elementwise, onto one side of a number; log-determinant Σ x.

use burn::tensor::Tensor;

use super::inward;
use crate::Elementwise;

/// Onto the numbers above or below an end.
///
/// An x so low that eˣ is below the spacing of floats at the end gives the number next to the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfLine {
    end: f64,
    sign: f64,
}

super::without_tensors!(HalfLine);

impl HalfLine {
    /// Onto (end, ∞).
    pub fn above(end: f64) -> Self {
        Self { end, sign: 1.0 }
    }

    /// Onto (−∞, end).
    pub fn below(end: f64) -> Self {
        Self { end, sign: -1.0 }
    }
}

impl<const D: usize> Elementwise<D> for HalfLine {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let y = x.clone().exp() * self.sign + self.end;
        let (low, high) =
            if self.sign > 0.0 { (self.end, f64::INFINITY) } else { (f64::NEG_INFINITY, self.end) };
        (inward(y, low, high), x)
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = ((y - self.end) * self.sign).log();
        (x.clone(), -x)
    }
}
