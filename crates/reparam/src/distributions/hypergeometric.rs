//! Hypergeometric(successes, failures, draws).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The hypergeometric distribution, with independent elements, `[batch, event…]`.
///
/// `Hypergeometric(successes, failures, draws)`: how many of the draws are successes, drawn without return.
///
/// Mass C(s, x) C(f, n − x) / C(s + f, n) with s = successes, f = failures and n = draws.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/hypergeometric.md")]
pub type Hypergeometric<const D: usize> = Univariate<laws::Hypergeometric, 3, D>;

impl<const D: usize> Hypergeometric<D> {
    /// From `successes` and `failures`, the balls of both kinds in the urn, and `draws`, how many are drawn: integers ≥ 0.
    /// Panics when the shapes do not broadcast.
    pub fn new(successes: Tensor<D>, failures: Tensor<D>, draws: Tensor<D>) -> Self {
        Self::from_parameters([successes, failures, draws])
    }
}
