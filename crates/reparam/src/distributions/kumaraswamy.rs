//! Kumaraswamy(a, b).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Kumaraswamy distribution on (0, 1), with independent elements, `[batch, event…]`.
///
/// `Kumaraswamy(a, b)`: distribution function 1 − (1 − x^a)^b.
///
/// Density a b x^(a − 1) (1 − x^a)^(b − 1).
///
/// Path: x = (1 − e^(−ε / b))^(1 / a), ε standard exponential, carried as its log-odds.
///
#[doc = include_str!("pages/kumaraswamy.md")]
pub type Kumaraswamy<const D: usize> = Univariate<laws::Kumaraswamy, 2, D>;

impl<const D: usize> Kumaraswamy<D> {
    /// From `a`, the exponent at 0, > 0; `b`, the exponent at 1, > 0. Panics when the shapes do not broadcast.
    pub fn new(a: Tensor<D>, b: Tensor<D>) -> Self {
        Self::from_parameters([a, b])
    }
}
