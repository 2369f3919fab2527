//! A normal with a full covariance: the variational family that sees correlations.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

use crate::{Family, MultivariateNormal, linalg::identity};

/// A normal over `[1, dim]` whose Cholesky factor is free below the diagonal and an exponential on it.
#[derive(Module, Debug)]
pub struct FullRank {
    loc: Param<Tensor<2>>,
    log_diagonal: Param<Tensor<2>>,
    below: Param<Tensor<2>>,
}

impl FullRank {
    /// Starts at the standard normal.
    pub fn new(dim: usize, device: &Device) -> Self {
        let zeros = |shape: [usize; 2]| Param::from_tensor(Tensor::zeros(shape, device));
        Self { loc: zeros([1, dim]), log_diagonal: zeros([1, dim]), below: zeros([dim, dim]) }
    }
}

impl Family<()> for FullRank {
    type Dist = MultivariateNormal;

    fn given(&self, (): ()) -> MultivariateNormal {
        let loc = self.loc.val();
        let [_, dim] = loc.dims();
        let factor = self.below.val().tril(-1) + identity(dim, &loc) * self.log_diagonal.val().exp();
        MultivariateNormal::new(loc, factor.reshape([1, dim, dim]))
    }
}
