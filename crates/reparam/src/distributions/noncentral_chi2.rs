//! NoncentralChi2(df, noncentrality).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The noncentral χ² distribution, with independent elements, `[batch, event…]`.
///
/// `NoncentralChi2(df, noncentrality)`: χ² with df + 2 J degrees of freedom for a Poisson number J of mean
/// noncentrality / 2.
///
/// Density ½ e^(−(x + λ) / 2) (x / λ)^(df / 4 − ½) I_(df / 2 − 1)(√(λ x)) with λ = noncentrality.
///
/// Path: implicit in both parameters, carried as its logarithm.
///
#[doc = include_str!("pages/noncentral_chi2.md")]
pub type NoncentralChi2<const D: usize> = Univariate<laws::NoncentralChi2, 2, D>;

impl<const D: usize> NoncentralChi2<D> {
    /// From `df`, the degrees of freedom, > 0; `noncentrality`, the sum of the squared means, ≥ 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(df: Tensor<D>, noncentrality: Tensor<D>) -> Self {
        Self::from_parameters([df, noncentrality])
    }
}
