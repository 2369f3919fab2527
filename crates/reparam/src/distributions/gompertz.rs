//! Gompertz(concentration, rate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Gompertz distribution of mortality, with independent elements, `[batch, event…]`.
///
/// `Gompertz(concentration, rate)`: survival function exp(−concentration (e^(rate · x) − 1)).
///
/// Density c b e^(b x) exp(−c (e^(b x) − 1)) with c = concentration and b = rate.
///
/// Path: x = ln(1 + ε / concentration) / rate, ε standard exponential.
///
#[doc = include_str!("pages/gompertz.md")]
pub type Gompertz<const D: usize> = Univariate<laws::Gompertz, 2, D>;

impl<const D: usize> Gompertz<D> {
    /// From `concentration`, the hazard at 0 divided by the rate, > 0; `rate`, what the logarithm of the hazard
    /// grows by, > 0. Panics when the shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, rate: Tensor<D>) -> Self {
        Self::from_parameters([concentration, rate])
    }
}
