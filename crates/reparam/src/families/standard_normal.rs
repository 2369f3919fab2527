//! The standard normal: a prior without parameters.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

use crate::{Family, Normal};

/// Normal(0, 1) in each of `dim` latent dimensions, batch 1.
#[derive(Module, Debug)]
pub struct StandardNormal {
    zeros: Tensor<2>,
}

impl StandardNormal {
    /// On the device of the model that it is the prior of.
    pub fn new(dim: usize, device: &Device) -> Self {
        Self { zeros: Tensor::zeros([1, dim], device) }
    }
}

impl Family<()> for StandardNormal {
    type Dist = Normal<2>;

    fn given(&self, (): ()) -> Normal<2> {
        Normal::from_log_variance(self.zeros.clone(), self.zeros.clone())
    }
}
