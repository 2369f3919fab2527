//! Independent normals: the variational family of a global posterior.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

use super::start;
use crate::{Family, Normal};

/// A diagonal normal over `[1, dim]`, with the logarithm of its scale as a parameter.
#[derive(Module, Debug)]
pub struct MeanField {
    loc: Param<Tensor<2>>,
    log_scale: Param<Tensor<2>>,
}

impl MeanField {
    /// Starts at 0 with scales of 0.1.
    ///
    /// First draws then stay close to where the optimizer stands, so that their gradients are those of one place; scales
    /// grow in few steps where they should. The choice of Pyro's and NumPyro's `AutoNormal` (`init_scale`).
    pub fn new(dim: usize, device: &Device) -> Self {
        Self::from_point(Tensor::zeros([1, dim], device), start::SCALE)
    }

    /// Starts at the point `loc`, `[1, dim]`, such as a mode that was found before, with this scale in each dimension.
    ///
    /// Panics unless `loc` has one row and `scale` is positive and finite.
    pub fn from_point(loc: Tensor<2>, scale: f64) -> Self {
        let (loc, log_scale) = start::at("MeanField", loc, scale);
        Self { loc: Param::from_tensor(loc), log_scale: Param::from_tensor(log_scale) }
    }
}

impl Family<()> for MeanField {
    type Dist = Normal<2>;

    fn given(&self, (): ()) -> Normal<2> {
        Normal::from_log_variance(self.loc.val(), self.log_scale.val() * 2.0)
    }
}
