//! Independent normals: the variational family of a global posterior.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

use crate::{Family, Normal};

/// A diagonal normal over `[1, dim]`, with the logarithm of its scale as a parameter.
#[derive(Module, Debug)]
pub struct MeanField {
    loc: Param<Tensor<2>>,
    log_scale: Param<Tensor<2>>,
}

impl MeanField {
    /// Starts at the standard normal.
    pub fn new(dim: usize, device: &Device) -> Self {
        let zeros = || Param::from_tensor(Tensor::zeros([1, dim], device));
        Self { loc: zeros(), log_scale: zeros() }
    }
}

impl Family<()> for MeanField {
    type Dist = Normal<2>;

    fn given(&self, (): ()) -> Normal<2> {
        Normal::from_log_variance(self.loc.val(), self.log_scale.val() * 2.0)
    }
}
