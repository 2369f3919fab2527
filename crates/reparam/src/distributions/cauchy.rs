//! Cauchy(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Cauchy distribution, without mean or variance, with independent elements, `[batch, event…]`.
///
/// `Cauchy(loc, scale)`: density 1 / (π scale (1 + z²)) with z = (x − loc) / scale.
///
/// Path: x = loc + scale · cot(π u), u from both tails of a logistic number.
///
#[doc = include_str!("pages/cauchy.md")]
pub type Cauchy<const D: usize> = Univariate<laws::Cauchy, 2, D>;

impl<const D: usize> Cauchy<D> {
    /// From `loc`, the location; `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
