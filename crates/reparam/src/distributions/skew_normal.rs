//! SkewNormal(loc, scale, skewness).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The skew-normal distribution, with independent elements, `[batch, event…]`.
///
/// `SkewNormal(loc, scale, skewness)`: density 2 φ(z) Φ(skewness · z) / scale with z = (x − loc) / scale.
///
/// Path: implicit in the skewness: the draw is a mixture of a half-normal and a normal number, its slope is
/// −∂F/∂skewness ÷ density.
///
#[doc = include_str!("pages/skew_normal.md")]
pub type SkewNormal<const D: usize> = Univariate<laws::SkewNormal, 3, D>;

impl<const D: usize> SkewNormal<D> {
    /// From `loc`, the location; `scale`, the scale, > 0; `skewness`, 0 for the normal law. Panics when the shapes do not
    /// broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, skewness: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, skewness])
    }
}
