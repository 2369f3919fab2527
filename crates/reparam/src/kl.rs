//! Kullback-Leibler divergences: closed forms where there are any, and an estimate with its error where not.

use burn::tensor::Tensor;

use crate::{
    Distribution, MultivariateNormal, Normal, Params, Reparameterized, evaluate::log_prob_at, noise::Rng,
    shape,
};

/// A closed form of KL(self ‖ p) = E_self[log self − log p].
#[diagnostic::on_unimplemented(
    message = "no closed form of the Kullback-Leibler divergence from `{Self}` to `{P}`",
    note = "use `MonteCarloKl`, which estimates it from draws and gives its standard error"
)]
pub trait Kl<P: ?Sized> {
    /// KL(self ‖ p) in nats, `[batch]`: never negative, exactly 0 for equal parameters.
    fn kl(&self, p: &P) -> Tensor<1>;
}

/// A closed form that is a sum over the elements of the event.
#[diagnostic::on_unimplemented(
    message = "no closed form, element by element, of the Kullback-Leibler divergence from `{Self}` to `{P}`",
    note = "use `MonteCarloKl`, which estimates it from draws and gives its standard error"
)]
pub trait KlEach<P: ?Sized, const D: usize>: Kl<P> {
    /// Each element's share in nats, `[batch, event…]`.
    fn kl_each(&self, p: &P) -> Tensor<D>;
}

impl Kl<MultivariateNormal> for Normal<2> {
    fn kl(&self, p: &MultivariateNormal) -> Tensor<1> {
        MultivariateNormal::from(self).kl(p)
    }
}

impl Kl<Normal<2>> for MultivariateNormal {
    fn kl(&self, p: &Normal<2>) -> Tensor<1> {
        self.kl(&Self::from(p))
    }
}

/// An estimate of KL(q ‖ p) from draws, for any pair whose densities are known.
#[derive(Clone, Copy, Debug)]
pub struct MonteCarloKl {
    /// Draws per row; at least 2, so that there is a standard error.
    pub particles: usize,
}

impl MonteCarloKl {
    /// The mean of log q(z) − log p(z) over draws z ~ q and its standard error, both `[batch]`.
    ///
    /// The gradient of the estimate flows through the draws and both densities. Panics for fewer than 2 particles.
    pub fn estimate<const D: usize, Q: Reparameterized<D> + Params, P: Distribution<D> + Params>(
        self,
        q: &Q,
        p: &P,
        rng: &mut Rng,
    ) -> (Tensor<1>, Tensor<1>) {
        assert!(self.particles >= 2, "MonteCarloKl: a standard error needs at least 2 particles");
        let rows = q.dims()[0];
        let p = if p.dims()[0] == 1 { p.repeated(rows) } else { p.repeated(1) };
        let (q, p) = (q.repeated(self.particles), p.repeated(self.particles));
        let z = q.rsample(rng);
        let log_q = log_prob_at("MonteCarloKl", &q, z.clone());
        let ratio = shape::unfold_particles(log_q - log_prob_at("MonteCarloKl", &p, z), self.particles);
        let error = (ratio.clone().var(0) * (1.0 / self.particles as f64)).sqrt();
        (ratio.mean_dim(0).reshape([rows]), error.reshape([rows]))
    }
}
