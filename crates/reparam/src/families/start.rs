//! Where a family of normals over a global posterior starts.

use burn::tensor::Tensor;

use crate::gradient::stop;

/// The scale of a start, unless another is given.
pub const SCALE: f64 = 0.1;

/// The point, and the logarithms of the scales there, both `[1, dim]`.
///
/// Panics, naming the family, unless `loc` has one row and `scale` is positive and finite.
pub fn at(family: &str, loc: Tensor<2>, scale: f64) -> (Tensor<2>, Tensor<2>) {
    assert!(
        loc.dims()[0] == 1,
        "{family}::from_point: expected a point of shape [1, dim], got {:?}; a family given nothing has one member",
        loc.dims()
    );
    assert!(
        scale > 0.0 && scale.is_finite(),
        "{family}::from_point: scale must be finite and positive, got {scale}"
    );
    let loc = stop(loc);
    (loc.clone(), Tensor::full_like(&loc, scale.ln()))
}
