//! The autoencoder that the command trains: dense nets, a normal latent, and the likelihood that the data call for.

mod parameters;
mod prior;
mod saved;
mod sound;
mod start;

pub use parameters::{Parameters, numbered, parameters, with_parameters};
pub use prior::{Prior, PriorLaw};
pub use saved::{Baseline, Calibration, HeldOutDensity, SavedModel, Training, is_calibration, plus_minus};
pub use start::LinearStart;

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use reparam::nn::Activation;
use reparam::prelude::*;
use reparam::{BernoulliNet, GaussianNet, NormalNet, Rng, StandardNormal, Vae};

use crate::config::{self, Likelihood, Start};

/// The network.
pub type Net = Vae<NormalNet, Prior, Decoder>;

/// A latent vector to the law of a row.
#[derive(Module, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
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

/// A network for rows of `width` numbers, its first weights drawn from `rng`; the decoder mirrors the encoder. What it
/// starts at where it starts at a linear model is put in by [`begin`] or [`with_parameters`].
pub fn build(config: &config::Model, width: usize, device: &Device, rng: &mut Rng) -> Net {
    let latent = *config.latent_dim.get();
    // A model file that does not say is older than the choice.
    if config.start.fixed() == Some(&Start::Linear) {
        return begin(
            config,
            &LinearStart::blank(width, latent, *config.components.fixed().unwrap_or(&1)),
            device,
            rng,
        );
    }
    let (hidden, mirrored, activation) = layers(config);
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
    numbered(Vae::new(encoder, Prior::Normal(StandardNormal::new(latent, device)), decoder))
}

/// A network that starts at a linear model.
pub fn begin(config: &config::Model, start: &LinearStart, device: &Device, rng: &mut Rng) -> Net {
    let (hidden, mirrored, activation) = layers(config);
    let log_variance = start.log_variance();
    let encoder = NormalNet::around(start.encoder(device), &log_variance, hidden, activation, device, rng);
    let (straight, scale) = (start.decoder(device), start.scale());
    let decoder =
        GaussianNet::around(straight, &scale, &mirrored, activation, config.scale_floor, device, rng);
    numbered(Vae::new(encoder, start.prior(device), Decoder::Gaussian(decoder)))
}

/// The widths of the encoder's layers and of the decoder's, and what stands between them.
fn layers(config: &config::Model) -> (&[usize], Vec<usize>, Activation) {
    let hidden = config.hidden.get();
    let activation = match config.activation {
        config::Activation::Relu => Activation::Relu,
        config::Activation::Tanh => Activation::Tanh,
        config::Activation::Silu => Activation::Silu,
    };
    (hidden, hidden.iter().rev().copied().collect(), activation)
}
