//! Bernoulli log-odds computed by a net from a latent: the decoder for binary data and grey levels.

use burn::{
    module::Module,
    nn::Linear,
    tensor::{Device, Tensor},
};

use crate::{
    Bernoulli, Family,
    nn::{Activation, Mlp, linear},
    noise::Rng,
};

/// Hidden layers and one linear head for the log-odds.
#[derive(Module, Debug)]
pub struct BernoulliNet {
    body: Mlp,
    logits: Linear,
}

impl BernoulliNet {
    /// From `d_input` latent dimensions through the `hidden` widths to `d_output` probabilities.
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
            logits: linear(width, d_output, device, rng),
        }
    }
}

impl Family<Tensor<2>> for BernoulliNet {
    type Dist = Bernoulli<2>;

    fn given(&self, context: Tensor<2>) -> Bernoulli<2> {
        Bernoulli::new(self.logits.forward(self.body.forward(context)))
    }
}
