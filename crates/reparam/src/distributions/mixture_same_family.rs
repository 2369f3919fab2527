//! MixtureSameFamily(logits, components).

use std::f64::consts::LN_2;

use burn::tensor::{Bool, Tensor};

use super::categorical::{checked, draw};
use crate::{
    Cdf, Distribution, Factorized, Moments, ParamError, ParamMap, Params, Reparameterized, gradient, math,
    noise::Rng, rows, shape,
};

/// The logarithm of no probability.
const NEVER: f64 = f64::NEG_INFINITY;

/// A mixture of univariate distributions, logits and components `[batch, …, components]`; draws are `[batch, …, 1]`.
///
/// `MixtureSameFamily(logits, components)`: density Σ w_k f_k(x), w = softmax(logits), along the last axis.
///
/// Draw: a component by its weight, then a draw of it. Its slope is −∂F/∂θ ÷ density with F = Σ w_k F_k, so that it
/// reaches the weights too. Source: Figurnov, Mohamed & Mnih, "Implicit Reparameterization Gradients", 2018.
///
/// The component axis becomes one number: each factor of the event is a mixture of its own, independent of the others.
///
/// Of components on turns of their own, as [`VonMises`](crate::VonMises) has them, draws, moments and the distribution
/// function are those of the numbers drawn, each on its component's turn; the log-density is that of the angle, which
/// repeats after every turn.
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
        let terms = |x: Tensor<D>| {
            let terms = log_weights.clone().expand(dims) + t(&self.components, x);
            terms.mask_fill(left_out.clone(), f64::NEG_INFINITY)
        };
        let (x, plain) = (x.clone().expand(dims), terms(x.expand(dims)));
        let mixed = math::log_sum_exp(plain.clone());
        let some = mixed.clone().greater_elem(f64::NEG_INFINITY).expand(dims);
        let nothing =
            plain.equal_elem(f64::NEG_INFINITY).bool_and(left_out.clone().bool_not()).bool_and(some);
        if !nothing.clone().any().into_scalar::<bool>() {
            return mixed;
        }
        math::log_sum_exp(terms(beside(x, nothing, terms)))
    }
}

/// x, moved by one number where a component that `nothing` marks has a density there: at an end of its support the density
/// vanishes with a slope, whose share of the mixture's the logarithm, −∞ with an infinite slope, does not give.
fn beside<const D: usize>(
    x: Tensor<D>,
    nothing: Tensor<D, Bool>,
    log_density: impl Fn(Tensor<D>) -> Tensor<D>,
) -> Tensor<D> {
    let step = (gradient::stop(x.clone()).abs() * rows::epsilon(&x)).clamp_min(rows::least_positive(&x));
    [step.clone(), -step].into_iter().fold(x, |x, step| {
        let moved = x.clone() + step;
        let here = log_density(gradient::stop(x.clone())).equal_elem(f64::NEG_INFINITY);
        let there = log_density(gradient::stop(moved.clone())).greater_elem(f64::NEG_INFINITY);
        x.mask_where(nothing.clone().bool_and(here).bool_and(there), moved)
    })
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

impl<Q: Factorized<D>, const D: usize> MixtureSameFamily<Q, D> {
    /// Σ w_k x_k; of a component that is left out nothing, whatever its x.
    fn weighted(&self, x: Tensor<D>) -> Tensor<D> {
        let weights = self.log_weights().exp();
        let left_out = weights.clone().equal_elem(0.0);
        (weights * x).mask_fill(left_out, 0.0).sum_dim(D - 1)
    }
}

impl<Q: Factorized<D> + Moments<D>, const D: usize> Moments<D> for MixtureSameFamily<Q, D> {
    fn mean(&self) -> Tensor<D> {
        self.weighted(self.components.mean())
    }
    fn variance(&self) -> Tensor<D> {
        let (each, variance) = (self.components.mean(), self.components.variance());
        let spread = (each - self.mean()).square();
        // An infinite mean has no distance from an infinite mean, and an infinite variance beside it.
        let infinite = variance.clone().equal_elem(f64::INFINITY);
        self.weighted((variance + spread).mask_fill(infinite, f64::INFINITY))
    }
}

/// A function of components at x, which is these constants where x is a number below or above the turn of a component.
fn on_the_line<Q: Distribution<D>, const D: usize>(
    components: &Q,
    x: Tensor<D>,
    f: impl Fn(&Q, Tensor<D>) -> Tensor<D>,
    [below, above]: [f64; 2],
) -> Tensor<D> {
    let found = f(components, x.clone());
    if !components.is_turn() {
        return found;
    }
    let ends: Result<[Tensor<D>; 2], _> = components.ends(true).try_into();
    let [low, high] = ends.expect("a turn has two ends").map(|end| end.expand(x.dims()));
    found.mask_fill(x.clone().lower(low), below).mask_fill(x.greater(high), above)
}

impl<Q: Cdf<D>, const D: usize> MixtureSameFamily<Q, D> {
    /// The logarithms of both tails, of which the larger is that of what the smaller leaves: Σ w_k F_k rounds to above 1.
    fn log_tails(&self, x: Tensor<D>) -> [Tensor<D>; 2] {
        let lower = self.mixed(x.clone(), "cdf", |own, x| on_the_line(own, x, Q::log_cdf, [NEVER, 0.0]));
        let upper = self.mixed(x, "sf", |own, x| on_the_line(own, x, Q::log_sf, [0.0, NEVER]));
        let rest = |of: &Tensor<D>| (-of.clone().clamp_max(-LN_2).exp()).log1p();
        let is_large = |of: &Tensor<D>, other: &Tensor<D>| {
            of.clone().greater(other.clone()).bool_and(other.clone().lower_elem(-LN_2))
        };
        let (lower_is_large, upper_is_large) = (is_large(&lower, &upper), is_large(&upper, &lower));
        let (below, above) = (rest(&upper), rest(&lower));
        [lower.mask_where(lower_is_large, below), upper.mask_where(upper_is_large, above)]
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
        let [lower, _] = self.log_tails(x);
        lower
    }
    fn log_sf(&self, x: Tensor<D>) -> Tensor<D> {
        let [_, upper] = self.log_tails(x);
        upper
    }
}

impl<Q: Reparameterized<D> + Cdf<D>, const D: usize> Reparameterized<D> for MixtureSameFamily<Q, D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        let x = self.sample(rng);
        let drawn = |own: &Q, x| on_the_line(own, x, Q::log_prob_each, [NEVER; 2]);
        let log_density = gradient::stop(self.mixed(x.clone(), "rsample", drawn));
        // ∂F/∂θ = F ∂ log F/∂θ, of the smaller tail; the slopes of both tails are opposite.
        let [lower, upper] = self.log_tails(x.clone());
        let is_low = lower.clone().lower_equal(upper.clone());
        let sign = Tensor::ones_like(&x).mask_fill(is_low.clone(), -1.0);
        let tail = upper.mask_where(is_low, lower);
        let slope = sign * (gradient::stop(tail.clone()) - log_density).exp();
        gradient::attach(x, [(slope, tail)])
    }
}
