//! y = shift + scale · x, elementwise; log-determinant Σ log |scale|.

use burn::tensor::Tensor;

use crate::{Transform, shape};

/// Shift and scale of each element; the scale is not zero.
#[derive(Clone, Debug)]
pub struct Affine<const D: usize> {
    shift: Tensor<D>,
    scale: Tensor<D>,
}

crate::params!(Affine<const D> { shift, scale });

impl<const D: usize> Affine<D> {
    /// Panics when the shapes do not broadcast.
    pub fn new(shift: Tensor<D>, scale: Tensor<D>) -> Self {
        let [shift, scale] = shape::broadcast("Affine", [shift, scale]);
        Self { shift, scale }
    }

    /// Σ log |scale| for each of `rows` rows.
    fn log_determinant(&self, rows: usize) -> Tensor<1> {
        shape::sum_event(self.scale.clone().abs().log()).expand([rows])
    }
}

impl<const D: usize> Transform<D> for Affine<D> {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        shape::check_value("Affine::forward", self.scale.dims(), x.dims());
        let rows = x.dims()[0];
        (self.shift.clone() + self.scale.clone() * x, self.log_determinant(rows))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        shape::check_value("Affine::inverse", self.scale.dims(), y.dims());
        let rows = y.dims()[0];
        ((y - self.shift.clone()) / self.scale.clone(), -self.log_determinant(rows))
    }
}
