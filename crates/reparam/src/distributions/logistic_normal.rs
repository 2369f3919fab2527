//! LogisticNormal(base): z = softmax(x₁, …, x_{d−1}, 0) on the simplex, x from a normal law in d − 1 dimensions.
//!
//! Density p(x) / ∏ z_i at the additive log-ratios x_i = ln z_i − ln z_d. Path: the base's path, then the softmax.
//!
//! Source: J. Aitchison & S. M. Shen, "Logistic-normal distributions", Biometrika 67 (1980).

use burn::tensor::{Tensor, activation::log_softmax};

use crate::{Distribution, Explicit, Kl, ParamMap, Params, Reparameterized, gradient, noise::Rng, shape};

/// Points of the simplex, `[batch, d]`, whose log-ratios to the last element are normal: `Q` is
/// [`Normal`](crate::Normal)`<2>`, [`MultivariateNormal`](crate::MultivariateNormal) or another law over `[batch, d − 1]`.
#[derive(Clone, Debug)]
pub struct LogisticNormal<Q> {
    base: Q,
}

impl<Q: Params> Params for LogisticNormal<Q> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { base: self.base.map(f) }
    }
}

impl<Q> LogisticNormal<Q> {
    /// From the law of the d − 1 log-ratios.
    pub fn new(base: Q) -> Self {
        Self { base }
    }

    /// The law of the log-ratios.
    pub fn base(&self) -> &Q {
        &self.base
    }
}

impl<Q: Reparameterized<2>> LogisticNormal<Q> {
    /// A draw as the logarithms of its elements, with its gradient: exact where an element itself underflows.
    pub fn rsample_log(&self, rng: &mut Rng) -> Tensor<2> {
        log_simplex(self.base.rsample(rng))
    }
}

impl<Q: Distribution<2>> LogisticNormal<Q> {
    /// The log-density, with respect to z, at the z with these logarithms.
    pub fn log_prob_log(&self, log_z: Tensor<2>) -> Tensor<1> {
        shape::check_value("LogisticNormal::log_prob", self.dims(), log_z.dims());
        let [batch, d] = log_z.dims();
        let ratios =
            log_z.clone().narrow(1, 0, d - 1) - log_z.clone().narrow(1, d - 1, 1).expand([batch, d - 1]);
        self.base.log_prob(ratios) - shape::sum_event(log_z)
    }
}

/// ln softmax(x, 0).
fn log_simplex(x: Tensor<2>) -> Tensor<2> {
    let last = Tensor::zeros([x.dims()[0], 1], (&x.device(), x.dtype()));
    log_softmax(Tensor::cat(vec![x, last], 1), 1)
}

impl<Q: Distribution<2>> Distribution<2> for LogisticNormal<Q> {
    fn dims(&self) -> [usize; 2] {
        let [batch, ratios] = self.base.dims();
        [batch, ratios + 1]
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(log_simplex(self.base.sample(rng)).exp())
    }
    /// −∞ on the boundary of the simplex.
    fn log_prob(&self, z: Tensor<2>) -> Tensor<1> {
        let smallest = z.clone().min_dim(1).reshape([z.dims()[0]]);
        let boundary = smallest.lower_equal_elem(0.0);
        // A vanishing element would make differences of infinities.
        let inside = self.log_prob_log(z.clamp_min(f64::from(f32::MIN_POSITIVE)).log());
        inside.mask_fill(boundary, f64::NEG_INFINITY)
    }
}

impl<Q: Reparameterized<2>> Reparameterized<2> for LogisticNormal<Q> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.rsample_log(rng).exp()
    }
}

impl<Q: Explicit<2>> Explicit<2> for LogisticNormal<Q> {
    fn noise(&self, rng: &mut Rng) -> Tensor<2> {
        self.base.noise(rng)
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        log_simplex(self.base.path(noise)).exp()
    }
}

impl<Q: Kl<P>, P> Kl<LogisticNormal<P>> for LogisticNormal<Q> {
    /// That of the log-ratios: a bijection changes no divergence.
    fn kl(&self, p: &LogisticNormal<P>) -> Tensor<1> {
        self.base.kl(&p.base)
    }
}
