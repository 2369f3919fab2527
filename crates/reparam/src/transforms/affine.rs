//! y = shift + scale · x, elementwise; log-determinant Σ log |scale|.

use burn::tensor::Tensor;

use crate::{Elementwise, rows, shape};

/// Shift and scale of each element; the scale is not zero.
#[derive(Clone, Debug)]
pub struct Affine<const D: usize> {
    pub(crate) shift: Tensor<D>,
    pub(crate) scale: Tensor<D>,
}

crate::params!(Affine<const D> { shift, scale });

impl<const D: usize> Affine<D> {
    /// Panics when the shapes do not broadcast.
    pub fn new(shift: Tensor<D>, scale: Tensor<D>) -> Self {
        let [shift, scale] = shape::broadcast("Affine", [shift, scale]);
        Self { shift, scale }
    }

    /// log |scale| of each element.
    pub(crate) fn log_slope(&self) -> Tensor<D> {
        self.scale.clone().abs().log()
    }
}

impl<const D: usize> Elementwise<D> for Affine<D> {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        shape::check_value("Affine::forward", self.scale.dims(), x.dims());
        let dims = x.dims();
        (self.shift.clone() + self.scale.clone() * x, self.log_slope().expand(dims))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        shape::check_value("Affine::inverse", self.scale.dims(), y.dims());
        let dims = y.dims();
        ((y - self.shift.clone()) / self.scale.clone(), -self.log_slope().expand(dims))
    }
    /// The shift moves every finite point, the scale all but 0.
    fn moves_each(&self, x: Tensor<D>) -> Option<&'static str> {
        let any = |holds: fn(f64) -> bool| rows::read(&x).into_iter().any(|x| x.is_finite() && holds(x));
        if self.shift.is_tracked() && any(|_| true) {
            Some("shift")
        } else if self.scale.is_tracked() && any(|x| x != 0.0) {
            Some("scale")
        } else {
            None
        }
    }
    fn stretches_each(&self) -> bool {
        false
    }
}
