//! A normal with a full covariance: the variational family that sees correlations.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

use super::start;
use crate::{Family, MultivariateNormal, linalg::identity};

/// A normal over `[1, dim]` whose Cholesky factor is free below the diagonal and an exponential on it.
#[derive(Module, Debug)]
pub struct FullRank {
    loc: Param<Tensor<2>>,
    log_diagonal: Param<Tensor<2>>,
    below: Param<Tensor<2>>,
}

impl FullRank {
    /// Starts at 0 with independent elements of scale 0.1, as [`MeanField`](crate::MeanField) does.
    ///
    /// The choice of Pyro's and NumPyro's `AutoMultivariateNormal` (`init_scale`).
    pub fn new(dim: usize, device: &Device) -> Self {
        Self::from_point(Tensor::zeros([1, dim], device), start::SCALE)
    }

    /// Starts at the point `loc`, `[1, dim]`, such as a mode that was found before, with independent elements of this scale.
    ///
    /// Panics unless `loc` has one row and `scale` is positive and finite.
    pub fn from_point(loc: Tensor<2>, scale: f64) -> Self {
        let (loc, log_diagonal) = start::at("FullRank", loc, scale);
        let [_, dim] = loc.dims();
        let below = Tensor::zeros([dim, dim], (&loc.device(), loc.dtype()));
        Self {
            loc: Param::from_tensor(loc),
            log_diagonal: Param::from_tensor(log_diagonal),
            below: Param::from_tensor(below),
        }
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
