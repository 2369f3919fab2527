//! MixtureSameFamily(logits, components).

use burn::tensor::Tensor;

use super::categorical::{checked, draw};
use crate::{
    Cdf, Distribution, Factorized, Moments, ParamError, ParamMap, Params, Reparameterized, gradient, math,
    noise::Rng, shape,
};

/// A mixture of univariate distributions, logits and components `[batch, …, components]`; draws are `[batch, …, 1]`.
///
/// `MixtureSameFamily(logits, components)`: density Σ w_k f_k(x), w = softmax(logits), along the last axis.
///
/// Draw: a component by its weight, then a draw of it. Its slope is −∂F/∂θ ÷ density with F = Σ w_k F_k, so that it
/// reaches the weights too. Source: Figurnov, Mohamed & Mnih, "Implicit Reparameterization Gradients", 2018.
///
/// The component axis becomes one number: each factor of the event is a mixture of its own, independent of the others.
#[derive(Clone, Debug)]
pub struct MixtureSameFamily<Q, const D: usize> {
    logits: Tensor<D>,
    components: Q,
}

impl<Q: Params, const D: usize> Params for MixtureSameFamily<Q, D> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { logits: f.apply(self.logits.clone()), components: self.components.map(f) }
    }
}

impl<Q: Factorized<D>, const D: usize> MixtureSameFamily<Q, D> {
    /// From unnormalised log-weights and the components, of one shape; −∞ leaves a component out.
    ///
    /// Panics when the shapes differ.
    pub fn new(logits: Tensor<D>, components: Q) -> Self {
        const { assert!(D >= 2, "a mixture needs a batch axis and a component axis") }
        assert!(
            logits.dims() == components.dims(),
            "MixtureSameFamily: logits {:?} and components {:?} must have one shape, [batch, …, components]",
            logits.dims(),
            components.dims()
        );
        Self { logits, components }
    }

    /// The components.
    pub fn components(&self) -> &Q {
        &self.components
    }

    /// log w, `[batch, …, components]`.
    pub fn log_weights(&self) -> Tensor<D> {
        math::log_softmax(self.logits.clone())
    }

    /// The same distribution, its weights checked.
    ///
    /// # Errors
    /// The first logit that is NaN or +∞, or a row in which every component is left out.
    pub fn checked(self) -> Result<Self, ParamError> {
        checked("MixtureSameFamily", &self.logits)?;
        Ok(self)
    }

    /// log Σ w_k e^{t_k}, `[batch, …, 1]`, t a function of the components at x.
    fn mixed(&self, x: Tensor<D>, operation: &str, t: impl Fn(&Q, Tensor<D>) -> Tensor<D>) -> Tensor<D> {
        shape::check_value(&format!("MixtureSameFamily::{operation}"), self.dims(), x.dims());
        let mut dims = x.dims();
        dims[D - 1] = self.logits.dims()[D - 1];
        let log_weights = self.log_weights();
        let left_out = log_weights.clone().equal_elem(f64::NEG_INFINITY).expand(dims);
        let terms = log_weights.expand(dims) + t(&self.components, x.expand(dims));
        math::log_sum_exp(terms.mask_fill(left_out, f64::NEG_INFINITY))
    }
}

impl<Q: Factorized<D>, const D: usize> Distribution<D> for MixtureSameFamily<Q, D> {
    fn dims(&self) -> [usize; D] {
        let mut dims = self.logits.dims();
        dims[D - 1] = 1;
        dims
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        let class = draw(&self.logits, rng);
        self.components.sample(rng).gather(D - 1, class)
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.log_prob_each(x))
    }
    fn moving_edge(&self) -> Option<&'static str> {
        self.components.moving_edge()
    }
    fn ends(&self, stretched: bool) -> Vec<Tensor<D>> {
        let of_component = |x: Tensor<D>| x.chunk(self.logits.dims()[D - 1], D - 1);
        self.components.ends(stretched).into_iter().flat_map(of_component).collect()
    }
}

impl<Q: Factorized<D>, const D: usize> Factorized<D> for MixtureSameFamily<Q, D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        self.mixed(x, "log_prob", Q::log_prob_each)
    }
}

impl<Q: Factorized<D> + Moments<D>, const D: usize> Moments<D> for MixtureSameFamily<Q, D> {
    fn mean(&self) -> Tensor<D> {
        (self.log_weights().exp() * self.components.mean()).sum_dim(D - 1)
    }
    fn variance(&self) -> Tensor<D> {
        let spread = (self.components.mean() - self.mean()).square();
        (self.log_weights().exp() * (self.components.variance() + spread)).sum_dim(D - 1)
    }
}

impl<Q: Cdf<D>, const D: usize> Cdf<D> for MixtureSameFamily<Q, D> {
    fn cdf(&self, x: Tensor<D>) -> Tensor<D> {
        self.log_cdf(x).exp()
    }
    fn sf(&self, x: Tensor<D>) -> Tensor<D> {
        self.log_sf(x).exp()
    }
    fn log_cdf(&self, x: Tensor<D>) -> Tensor<D> {
        self.mixed(x, "cdf", Q::log_cdf)
    }
    fn log_sf(&self, x: Tensor<D>) -> Tensor<D> {
        self.mixed(x, "sf", Q::log_sf)
    }
}

impl<Q: Reparameterized<D> + Cdf<D>, const D: usize> Reparameterized<D> for MixtureSameFamily<Q, D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        let x = self.sample(rng);
        let log_density = gradient::stop(self.log_prob_each(x.clone()));
        // ∂F/∂θ = F ∂ log F/∂θ, of the smaller tail; the slopes of both tails are opposite.
        let (lower, upper) = (self.log_cdf(x.clone()), self.log_sf(x.clone()));
        let is_low = lower.clone().lower_equal(upper.clone());
        let sign = Tensor::ones_like(&x).mask_fill(is_low.clone(), -1.0);
        let tail = upper.mask_where(is_low, lower);
        let slope = sign * (gradient::stop(tail.clone()) - log_density).exp();
        gradient::attach(x, [(slope, tail)])
    }
}
