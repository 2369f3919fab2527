//! LogisticNormal(base).

use burn::tensor::{Tensor, activation::log_softmax};

use crate::{
    Distribution, Explicit, Kl, ParamMap, Params, Reparameterized, gradient,
    noise::{Noise, Rng},
    ops, rows, shape,
};

/// Points of the simplex, `[batch, d]`, whose log-ratios to the last element are normal: `Q` is
/// [`Normal`](crate::Normal)`<2>`, [`MultivariateNormal`](crate::MultivariateNormal) or another law over
/// `[batch, d − 1]`.
///
/// `LogisticNormal(base)`: z = softmax(x₁, …, x_{d−1}, 0) on the simplex, x from a normal law in d − 1 dimensions.
///
/// Density p(x) / ∏ z_i at the additive log-ratios x_i = ln z_i − ln z_d. Path: the base's path, then the softmax.
///
/// Source: J. Aitchison & S. M. Shen, "Logistic-normal distributions", Biometrika 67 (1980).
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
        log_softmax(with_last(self.base.rsample(rng)), 1)
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

/// (x, 0).
fn with_last(x: Tensor<2>) -> Tensor<2> {
    let last = Tensor::zeros([x.dims()[0], 1], (&x.device(), x.dtype()));
    Tensor::cat(vec![x, last], 1)
}

/// softmax(x, 0), rounded inward.
fn simplex(x: Tensor<2>) -> Tensor<2> {
    let logits = with_last(x);
    ops::relaxed_one_hot(Tensor::zeros_like(&logits), logits.clone(), Tensor::ones_like(&logits))
}

impl<Q: Distribution<2>> Distribution<2> for LogisticNormal<Q> {
    fn dims(&self) -> [usize; 2] {
        let [batch, ratios] = self.base.dims();
        [batch, ratios + 1]
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(simplex(self.base.sample(rng)))
    }
    /// −∞ on the boundary of the simplex.
    fn log_prob(&self, z: Tensor<2>) -> Tensor<1> {
        let smallest = z.clone().min_dim(1).reshape([z.dims()[0]]);
        let boundary = smallest.lower_equal_elem(0.0);
        // A vanishing element would make differences of infinities.
        let inside = self.log_prob_log(z.clone().clamp_min(rows::least_positive(&z)).log());
        inside.mask_fill(boundary, f64::NEG_INFINITY)
    }
}

impl<Q: Reparameterized<2>> Reparameterized<2> for LogisticNormal<Q> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        simplex(self.base.rsample(rng))
    }
}

impl<Q: Explicit<2>> Explicit<2> for LogisticNormal<Q> {
    fn noise_law(&self) -> Noise {
        self.base.noise_law()
    }
    fn noise_like(&self) -> Tensor<2> {
        self.base.noise_like()
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        simplex(self.base.path(noise))
    }
}

impl<Q: Kl<P>, P> Kl<LogisticNormal<P>> for LogisticNormal<Q> {
    /// That of the log-ratios: a bijection changes no divergence.
    fn kl(&self, p: &LogisticNormal<P>) -> Tensor<1> {
        self.base.kl(&p.base)
    }
}
