//! GeneralizedGamma(concentration, scale, power), independent elements: scale · y^(1 / power), y ~
//! Gamma(concentration, 1).
//!
//! Path: that of the gamma number, implicit in concentration, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The generalized gamma distribution, with independent elements, `[batch, event…]`.
pub type GeneralizedGamma<const D: usize> = Univariate<laws::GeneralizedGamma, 3, D>;

impl<const D: usize> GeneralizedGamma<D> {
    /// From `concentration`, the shape of the gamma number, > 0; `scale`, the scale, > 0; `power`, the exponent, >
    /// 0. Panics when the shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, scale: Tensor<D>, power: Tensor<D>) -> Self {
        Self::from_parameters([concentration, scale, power])
    }
}
