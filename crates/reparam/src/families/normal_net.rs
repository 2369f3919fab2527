//! A diagonal normal whose mean and log-variance a net computes from a context: the encoder of an autoencoder.

use burn::{
    module::Module,
    nn::Linear,
    tensor::{Device, Tensor},
};

use crate::{
    Family, Normal,
    nn::{Activation, Mlp, linear},
    noise::Rng,
};

/// Hidden layers shared by two linear heads, one for the mean and one for the log-variance.
#[derive(Module, Debug)]
pub struct NormalNet {
    body: Mlp,
    loc: Linear,
    log_variance: Linear,
}

impl NormalNet {
    /// From `d_input` numbers through the `hidden` widths to a normal in `d_output` dimensions.
    pub fn new(
        d_input: usize,
        hidden: &[usize],
        d_output: usize,
        activation: Activation,
        device: &Device,
        rng: &mut Rng,
    ) -> Self {
        let width = hidden.last().copied().unwrap_or(d_input);
        Self {
            body: Mlp::new(d_input, hidden, activation, device, rng),
            loc: linear(width, d_output, device, rng),
            log_variance: linear(width, d_output, device, rng),
        }
    }
}

impl Family<Tensor<2>> for NormalNet {
    type Dist = Normal<2>;

    fn given(&self, context: Tensor<2>) -> Normal<2> {
        let features = self.body.forward(context);
        Normal::from_log_variance(self.loc.forward(features.clone()), self.log_variance.forward(features))
    }
}
