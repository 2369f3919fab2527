//! Differentiable bijections: value and log-determinant in one call, both ways.

use burn::tensor::Tensor;

/// A bijection y = t(x) with the logarithm of its volume change.
pub trait Transform<const D: usize> {
    /// y = t(x) and log |det ∂y/∂x|, `[batch]`.
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>);

    /// x = t⁻¹(y) and log |det ∂x/∂y|, `[batch]`.
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>);
}
