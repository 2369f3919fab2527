//! The autoencoder that the command trains: dense nets, a normal latent, and the likelihood that the data call for.

mod parameters;
mod saved;
mod sound;

pub use parameters::{Parameters, numbered, parameters, with_parameters};
pub use saved::{Calibration, SavedModel, Training, is_calibration};

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use reparam::nn::Activation;
use reparam::prelude::*;
use reparam::{BernoulliNet, GaussianNet, NormalNet, Rng, StandardNormal, Vae};

use crate::config::{self, Likelihood};

/// The network.
pub type Net = Vae<NormalNet, StandardNormal, Decoder>;

/// A latent vector to the law of a row.
#[derive(Module, Debug)]
pub enum Decoder {
    /// Probabilities.
    Bernoulli(BernoulliNet),
    /// Means, and one learned standard deviation per column.
    Gaussian(GaussianNet),
}

/// The law of a row, whichever the decoder.
pub trait Observation: Factorized<2> + Moments<2> {}
impl<Q: Factorized<2> + Moments<2>> Observation for Q {}

impl Family<Tensor<2>> for Decoder {
    type Dist = Box<dyn Observation>;

    fn given(&self, latent: Tensor<2>) -> Self::Dist {
        match self {
            Self::Bernoulli(net) => Box::new(net.given(latent)),
            Self::Gaussian(net) => Box::new(net.given(latent)),
        }
    }
}

/// A network for rows of `width` numbers, its first weights drawn from `rng`; the decoder mirrors the encoder.
pub fn build(config: &config::Model, width: usize, device: &Device, rng: &mut Rng) -> Net {
    let hidden = config.hidden.get();
    let mirrored: Vec<usize> = hidden.iter().rev().copied().collect();
    let activation = match config.activation {
        config::Activation::Relu => Activation::Relu,
        config::Activation::Tanh => Activation::Tanh,
        config::Activation::Silu => Activation::Silu,
    };
    let latent = config.latent_dim;
    let encoder = NormalNet::new(width, hidden, latent, activation, device, rng);
    let decoder = match config.likelihood.get() {
        Likelihood::Bernoulli => {
            Decoder::Bernoulli(BernoulliNet::new(latent, &mirrored, width, activation, device, rng))
        }
        Likelihood::Gaussian => Decoder::Gaussian(GaussianNet::new(
            latent,
            &mirrored,
            width,
            activation,
            config.scale_floor,
            device,
            rng,
        )),
    };
    numbered(Vae::new(encoder, StandardNormal::new(latent, device), decoder))
}
