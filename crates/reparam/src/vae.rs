//! The variational autoencoder: an encoder, a prior and a likelihood, each a family.

use burn::{module::Module, tensor::Tensor};

use crate::{
    Distribution, Family, KlEach, Moments, Params, Reparameterized,
    evaluate::{self, log_prob_at},
    log_mean_exp,
    noise::Rng,
    shape,
};

/// log p(x) ≥ E_{q(z|x)}[log p(x|z)] − KL(q(z|x) ‖ p(z)), with q from `encoder`, p(z) from `prior` and p(x|z) from
/// `likelihood`.
///
/// Source: Kingma & Welling, Auto-Encoding Variational Bayes, 2014.
#[derive(Module, Debug)]
pub struct Vae<E, P, L> {
    /// Data to the approximate posterior over latents.
    pub encoder: E,
    /// The law of the latents.
    pub prior: P,
    /// Latents to the law of the data.
    pub likelihood: L,
}

/// The two terms of the evidence lower bound, in nats.
#[derive(Clone, Debug)]
pub struct ElboTerms {
    /// E_q[log p(x|z)], averaged over the draws, `[batch]`.
    pub reconstruction: Tensor<1>,
    /// KL(q(z|x) ‖ p(z)) of each latent dimension, `[batch, latent]`.
    pub kl: Tensor<2>,
}

impl ElboTerms {
    /// reconstruction − KL, `[batch]`.
    pub fn elbo(&self) -> Tensor<1> {
        self.reconstruction.clone() - shape::sum_event(self.kl.clone())
    }

    /// −reconstruction + β Σ_j max(free_bits, KL_j), averaged over the batch, one element.
    ///
    /// KL_j is the batch mean of dimension j: below `free_bits` nats it costs nothing more to use the dimension, so
    /// none is abandoned early (Kingma et al., Improving Variational Inference with Inverse Autoregressive Flow,
    /// 2016, appendix C.8).
    pub fn loss(&self, beta: f64, free_bits: f64) -> Tensor<1> {
        let kl = self.kl.clone().mean_dim(0);
        let kl = if free_bits > 0.0 { kl.clamp_min(free_bits) } else { kl };
        kl.sum() * beta - self.reconstruction.clone().mean()
    }
}

impl<E: Module, P: Module, L: Module> Vae<E, P, L> {
    /// From its three families.
    pub fn new(encoder: E, prior: P, likelihood: L) -> Self {
        Self { encoder, prior, likelihood }
    }

    /// q(z|x) for data `[batch, event…]`.
    pub fn posterior<const D: usize>(&self, x: Tensor<D>) -> E::Dist
    where
        E: Family<Tensor<D>>,
    {
        self.encoder.given(x)
    }

    /// The bound's terms, with `samples` draws per row and the divergence in closed form.
    pub fn terms<const D: usize>(&self, x: Tensor<D>, samples: usize, rng: &mut Rng) -> ElboTerms
    where
        E: Family<Tensor<D>>,
        P: Family<()>,
        L: Family<Tensor<2>>,
        E::Dist: Reparameterized<2> + Params + KlEach<P::Dist, 2>,
        L::Dist: Distribution<D>,
    {
        self.terms_at(&self.posterior(x.clone()), x, samples, rng)
    }

    /// The same at a posterior `q` of `x` that is known already.
    pub fn terms_at<const D: usize>(
        &self,
        q: &E::Dist,
        x: Tensor<D>,
        samples: usize,
        rng: &mut Rng,
    ) -> ElboTerms
    where
        E: Family<Tensor<D>>,
        P: Family<()>,
        L: Family<Tensor<2>>,
        E::Dist: Reparameterized<2> + Params + KlEach<P::Dist, 2>,
        L::Dist: Distribution<D>,
    {
        let kl = q.kl_each(&self.prior.given(()));
        let z = if samples == 1 { q.rsample(rng) } else { q.repeated(samples).rsample(rng) };
        let log_likelihood = log_prob_at("Vae::terms", &self.likelihood.given(z), shape::tile(x, samples));
        ElboTerms { reconstruction: shape::mean_particles(log_likelihood, samples), kl }
    }

    /// log (1/K) Σ_k p(x|z_k) p(z_k) / q(z_k|x), `[batch]`: a lower bound on log p(x) in expectation that rises to
    /// it with `particles`.
    pub fn log_evidence<const D: usize>(&self, x: Tensor<D>, particles: usize, rng: &mut Rng) -> Tensor<1>
    where
        E: Family<Tensor<D>>,
        P: Family<()>,
        L: Family<Tensor<2>>,
        E::Dist: Reparameterized<2> + Params,
        P::Dist: Distribution<2>,
        L::Dist: Distribution<D>,
    {
        let q = self.posterior(x.clone()).repeated(particles);
        let z = q.rsample(rng);
        let log_prob_of = |of: &str, value| evaluate::per_row("Vae::log_evidence", of, z.dims()[0], value);
        let likelihood = self.likelihood.given(z.clone()).log_prob(shape::tile(x, particles));
        let log_joint = log_prob_of("the likelihood", likelihood)
            + log_prob_of("the prior", self.prior.given(()).log_prob(z.clone()));
        let log_q = log_prob_of("the posterior", q.log_prob(z.clone()));
        log_mean_exp(shape::unfold_particles(log_joint - log_q, particles))
    }

    /// E[x|z] at the posterior mean of each row.
    pub fn reconstruct<const D: usize>(&self, x: Tensor<D>) -> Tensor<D>
    where
        E: Family<Tensor<D>>,
        L: Family<Tensor<2>>,
        E::Dist: Moments<2>,
        L::Dist: Moments<D>,
    {
        self.likelihood.given(self.posterior(x).mean()).mean()
    }

    /// The law of the data at `rows` draws from the prior.
    pub fn generate(&self, rows: usize, rng: &mut Rng) -> L::Dist
    where
        P: Family<()>,
        L: Family<Tensor<2>>,
        P::Dist: Distribution<2> + Params,
    {
        self.likelihood.given(self.prior.given(()).repeated(rows).sample(rng))
    }
}
