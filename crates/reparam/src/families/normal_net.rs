//! A diagonal normal whose mean and log-variance a net computes from a context: the encoder of an autoencoder.

use burn::{
    module::Module,
    nn::Linear,
    tensor::{Device, Tensor},
};

use crate::{
    Family, Normal,
    nn::{Activation, Mlp, StraightPath, linear, silent},
    noise::Rng,
};

/// Hidden layers shared by two linear heads, one for the mean and one for the log-variance; where there is a straight
/// path, its output is added to the mean.
#[derive(Module, Debug)]
pub struct NormalNet {
    body: Mlp,
    loc: Linear,
    log_variance: Linear,
    straight: Option<StraightPath>,
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
            straight: None,
        }
    }

    /// A net that starts as Normal(W x + b, exp(log_variance)) for every x, and learns what is to be added to it.
    ///
    /// `straight` is W and b, `log_variance` one number per latent dimension. The posterior of a linear model can so be
    /// exact from the first step on.
    pub fn around(
        straight: StraightPath,
        log_variance: &[f32],
        hidden: &[usize],
        activation: Activation,
        device: &Device,
        rng: &mut Rng,
    ) -> Self {
        let [d_input, d_output] = straight.dims();
        let width = hidden.last().copied().unwrap_or(d_input);
        Self {
            body: Mlp::new(d_input, hidden, activation, device, rng),
            loc: silent(width, &vec![0.0; d_output], device),
            log_variance: silent(width, log_variance, device),
            straight: Some(straight),
        }
    }
}

impl Family<Tensor<2>> for NormalNet {
    type Dist = Normal<2>;

    fn given(&self, context: Tensor<2>) -> Normal<2> {
        let Some(straight) = &self.straight else {
            let features = self.body.forward(context);
            return Normal::from_log_variance(
                self.loc.forward(features.clone()),
                self.log_variance.forward(features),
            );
        };
        let features = self.body.forward(straight.within_reach(context.clone()));
        let loc = self.loc.forward(features.clone()) + straight.forward(context);
        Normal::from_log_variance(loc, self.log_variance.forward(features))
    }
}
