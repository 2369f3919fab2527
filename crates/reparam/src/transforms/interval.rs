//! y = low + (high − low) σ(x), elementwise, onto (low, high).
//!
//! Log-determinant Σ log(high − low) − softplus(x) − softplus(−x).

use burn::tensor::{Tensor, activation};

use super::{inward, sigmoid::log_slope};
use crate::Elementwise;

/// Onto the numbers between two ends.
///
/// What would round to an end is the number next to it. The log-determinant is exact at any x; the inverse loses what the
/// rounding lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
}

super::without_tensors!(Interval);

impl Interval {
    /// Panics unless low < high and both are finite.
    pub fn new(low: f64, high: f64) -> Self {
        assert!(
            low < high && low.is_finite() && high.is_finite(),
            "Interval: expected finite ends with low < high, got low = {low}, high = {high}; for one end use HalfLine"
        );
        Self { low, high }
    }

    fn width(self) -> f64 {
        self.high - self.low
    }
}

impl<const D: usize> Elementwise<D> for Interval {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        // From the nearer end, so that an element just below `high` keeps its distance.
        let from_low = activation::sigmoid(x.clone()) * self.width() + self.low;
        let from_high = activation::sigmoid(-x.clone()) * -self.width() + self.high;
        let y = from_low.mask_where(x.clone().greater_elem(0.0), from_high);
        (inward(y, self.low, self.high), log_slope(x) + self.width().ln())
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = (y.clone() - self.low).log() - (-y + self.high).log();
        (x.clone(), -log_slope(x) - self.width().ln())
    }
}
