//! The network and its optimizer, one step at a time.

use burn::module::Module;
use burn::optim::{GradientsParams, ModuleOptimizer, SgdConfig};
use burn::tensor::{Bytes, Device};
use reparam::{Adam, ElboTerms, Rng};

use crate::config::{self, Config, Optimizer};
use crate::error::{Context, Error, Result};
use crate::measure::{Rows, numbers};
use crate::model::{self, LinearStart, Net, Parameters};
use crate::seeds::{Site, stream};

/// What learns.
pub struct Learner {
    /// Absent only within a step: the optimizer writes in place to weights that nobody else holds.
    net: Option<Net>,
    optimizer: ModuleOptimizer,
    /// Noise of the draws; its state is part of a checkpoint.
    noise: Rng,
    device: Device,
    objective: config::Objective,
}

/// What one step saw, summed over its rows, in nats.
pub struct Step {
    /// Rows in the step.
    pub rows: usize,
    /// Σ E\[log p(x|z)\].
    pub reconstruction: f64,
    /// Σ KL of each latent dimension.
    pub kl: Vec<f64>,
}

impl Step {
    /// The first term that is not finite, in words.
    pub fn fault(&self) -> Option<String> {
        if let Some(j) = self.kl.iter().position(|kl| !kl.is_finite()) {
            return Some(format!("the divergence of latent dimension {j} is {}", self.kl[j]));
        }
        let finite = self.reconstruction.is_finite();
        (!finite).then(|| format!("the reconstruction term log p(x|z) is {}", self.reconstruction))
    }
}

impl Learner {
    /// First weights, drawn with the run's seed, for rows of `width` numbers.
    pub fn new(config: &Config, width: usize) -> Self {
        let device = Device::flex().autodiff();
        let net = model::build(&config.model, width, &device, &mut stream(config.train.seed, Site::Weights));
        Self::of(config, net, device)
    }

    /// First weights at a linear model, those of the layers beside it drawn with the run's seed.
    pub fn beginning(config: &Config, start: &LinearStart) -> Self {
        let device = Device::flex().autodiff();
        let net = model::begin(&config.model, start, &device, &mut stream(config.train.seed, Site::Weights));
        Self::of(config, net, device)
    }

    fn of(config: &Config, net: Net, device: Device) -> Self {
        Self {
            net: Some(net),
            optimizer: optimizer(config),
            noise: stream(config.train.seed, Site::Training),
            device,
            objective: config.objective.clone(),
        }
    }

    /// One step of length `rate` on a batch, at weight `beta` of the divergence. The weights move even where the step is
    /// at fault.
    pub fn step(&mut self, rows: &Rows, batch: &[u32], beta: f64, rate: f64) -> Step {
        let x = rows.inputs(batch, &self.device, &mut self.noise);
        let net = self.net.take().expect("a step leaves the network where it found it");
        let terms = net.terms(x, self.objective.samples, &mut self.noise);
        let step = seen(&terms);
        let gradients = terms.loss(beta, self.objective.free_bits).backward();
        drop(terms);
        let gradients = GradientsParams::from_grads(gradients, &net);
        self.net = Some(self.optimizer.step(rate, net, gradients));
        step
    }

    /// The network without autodiff, for measuring.
    pub fn measured(&self) -> Net {
        self.net().valid()
    }

    /// The weights.
    pub fn parameters(&self) -> Parameters {
        model::parameters(self.net())
    }

    fn net(&self) -> &Net {
        self.net.as_ref().expect("a step leaves the network where it found it")
    }

    /// The optimizer's memory, and the state of the noise.
    ///
    /// # Errors
    ///
    /// Where the memory cannot be written down.
    pub fn memory(&self) -> Result<(Vec<u8>, (u64, u64))> {
        let bytes = self.optimizer.into_bytes().context("cannot write down the optimizer's state")?;
        Ok((bytes.to_vec(), (self.noise.seed(), self.noise.counter())))
    }

    /// Goes back to `weights`, with an optimizer that remembers nothing of the way from there.
    ///
    /// # Errors
    ///
    /// Where they are of another network.
    pub fn go_back(&mut self, config: &Config, weights: &Parameters) -> Result<()> {
        self.net = self.net.take().map(|net| model::with_parameters(net, weights)).transpose()?;
        self.optimizer = optimizer(config);
        Ok(())
    }

    /// Takes up weights, memory and noise where a checkpoint left them.
    ///
    /// # Errors
    ///
    /// Where they are of another network.
    pub fn restore(mut self, weights: &Parameters, memory: Vec<u8>, noise: (u64, u64)) -> Result<Self> {
        self.net = self.net.map(|net| model::with_parameters(net, weights)).transpose()?;
        self.optimizer = self
            .optimizer
            .from_bytes(Bytes::from_bytes_vec(memory))
            .map_err(|error| Error::failed(format!("cannot read the optimizer's state: {error}")))?;
        self.noise = Rng::from_state(noise.0, noise.1);
        Ok(self)
    }
}

fn optimizer(config: &Config) -> ModuleOptimizer {
    match config.train.optimizer {
        Optimizer::Adam => Adam::default().init(),
        Optimizer::Sgd => SgdConfig::new().init(),
    }
}

fn seen(terms: &ElboTerms) -> Step {
    let reconstruction = numbers(terms.reconstruction.clone().inner());
    let kl = terms.kl.clone().inner().sum_dim(0);
    Step { rows: reconstruction.len(), reconstruction: reconstruction.iter().sum(), kl: numbers(kl) }
}
