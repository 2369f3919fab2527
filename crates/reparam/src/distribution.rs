//! What a distribution is, and what it may be able to do.
//!
//! A distribution is a value made of tensors: built from parameters, used, dropped, once a step. Every tensor has
//! shape `[batch, event…]`; a log-density is `[batch]`. A distribution of batch 1 stands for every row of a value.
//!
//! Each capability is a trait of its own, so that asking for one that is missing does not compile: a discrete
//! distribution has no [`Reparameterized`], and the message says what to use instead.

use burn::tensor::Tensor;

use reparam_kernels::law::Coordinate;

use crate::{
    gradient,
    noise::{self, Noise, Rng},
    shape,
};

/// A distribution over events of shape `[event…]`, one per row of the batch.
pub trait Distribution<const D: usize> {
    /// The shape of one draw: `[batch, event…]`.
    fn dims(&self) -> [usize; D];

    /// A draw that carries no gradient.
    fn sample(&self, rng: &mut Rng) -> Tensor<D>;

    /// The log-density (or log-mass) of each row of `x`, `[batch]`: finite or −∞, never NaN, for x in the closure
    /// of the support.
    ///
    /// Panics when the event axes of `x` differ from [`dims`](Self::dims).
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1>;

    /// A parameter that carries a gradient and moves an end of the support at which the density does not vanish, at the
    /// values that the parameters have: those of a uniform distribution do, and the location of an angle moves its turn.
    ///
    /// The gradient of an expectation then has a part from that end, which ∇ log q does not see: an estimator that
    /// relies on ∇ log q must refuse.
    fn moving_edge(&self) -> Option<&'static str> {
        None
    }

    /// The points, element by element, at which the support ends and the density does not vanish; NaN in elements without
    /// one.
    ///
    /// With `stretched`, all ends: also infinite ones and those at which the density vanishes, which it may not after a
    /// transform that stretches them. What a [`Transform`](crate::Transform) with parameters moves is found from these.
    /// A law whose tails, like those of the normal, outweigh any stretching need not name its infinite ends.
    fn ends(&self, _stretched: bool) -> Vec<Tensor<D>> {
        Vec::new()
    }

    /// Whether both ends of the support are one point, as those of a turn are: the score then averages to zero although
    /// they move.
    fn is_turn(&self) -> bool {
        false
    }
}

/// Draws through which gradients reach the parameters.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pathwise gradient",
    label = "this distribution cannot be reparameterized",
    note = "use the `ScoreFunction` estimator, which needs only `sample` and `log_prob`, or relax the distribution \
            (`RelaxedBernoulli`, `RelaxedOneHotCategorical`)"
)]
pub trait Reparameterized<const D: usize>: Distribution<D> {
    /// A draw whose gradient flows to the parameters.
    fn rsample(&self, rng: &mut Rng) -> Tensor<D>;
}

/// The trick in the open: noise that is free of parameters, and a path that carries them.
pub trait Explicit<const D: usize>: Reparameterized<D> {
    /// The law of the independent elements of the noise, which no parameter touches.
    fn noise_law(&self) -> Noise;

    /// A tensor with the shape, the element type and the device of the noise; its numbers do not matter.
    fn noise_like(&self) -> Tensor<D>;

    /// T(ε): the draw that this noise stands for.
    fn path(&self, noise: Tensor<D>) -> Tensor<D>;

    /// Noise ε.
    fn noise(&self, rng: &mut Rng) -> Tensor<D> {
        noise::of(self.noise_law(), &self.noise_like(), rng)
    }
}

/// Independent elements within an event.
pub trait Factorized<const D: usize>: Distribution<D> {
    /// The log-density of each element; its sum over the event is [`Distribution::log_prob`].
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D>;
}

/// Mean and variance of each element of the event.
pub trait Moments<const D: usize> {
    /// E\[z\], `[batch, event…]`.
    fn mean(&self) -> Tensor<D>;

    /// Var\[z\] elementwise, `[batch, event…]`.
    fn variance(&self) -> Tensor<D>;
}

/// Where the density is largest.
pub trait Mode<const D: usize> {
    /// The most likely value of each element, `[batch, event…]`; an end of the support where the density grows towards
    /// it.
    fn mode(&self) -> Tensor<D>;
}

/// The distribution function of each element.
pub trait Cdf<const D: usize>: Factorized<D> {
    /// P(X ≤ x), with full relative accuracy where it is small.
    fn cdf(&self, x: Tensor<D>) -> Tensor<D>;

    /// P(X > x), with full relative accuracy where it is small.
    fn sf(&self, x: Tensor<D>) -> Tensor<D>;

    /// log P(X ≤ x), finite far beyond where the probability underflows.
    fn log_cdf(&self, x: Tensor<D>) -> Tensor<D>;

    /// log P(X > x), finite far beyond where the probability underflows.
    fn log_sf(&self, x: Tensor<D>) -> Tensor<D>;
}

/// The inverse of the distribution function of each element.
pub trait Quantile<const D: usize>: Factorized<D> {
    /// The x with P(X ≤ x) = u, for u in [0, 1]; differentiable in the parameters and in u.
    fn quantile(&self, u: Tensor<D>) -> Tensor<D>;

    /// The x with P(X > x) = u: the upper tail keeps its digits where 1 − u would round to 1.
    fn upper_quantile(&self, u: Tensor<D>) -> Tensor<D>;
}

/// Draws that are carried in a coordinate in which they neither underflow nor saturate.
///
/// A draw of Gamma(10⁻⁴) is below the range of every float, but its logarithm is a plain number; a draw of
/// Beta(10⁻³, 10⁻³) rounds to 0 or 1, its log-odds do not. [`Reparameterized::rsample`] rounds such a draw inward, to a
/// number strictly inside the support; this trait has the coordinate itself.
pub trait Twin<const D: usize>: Reparameterized<D> {
    /// Which coordinate t of the draw z: z itself, log z or logit z.
    fn coordinate(&self) -> Coordinate;

    /// A draw as its coordinate, with its gradient.
    fn rsample_twin(&self, rng: &mut Rng) -> Tensor<D>;

    /// The log-density, with respect to z, of the draws z with these coordinates.
    fn log_prob_twin(&self, t: Tensor<D>) -> Tensor<1>;
}

/// A closed-form differential (or Shannon) entropy.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no closed-form entropy",
    note = "use `MonteCarlo` or `StickTheLanding` as the entropy term"
)]
pub trait Entropy {
    /// −E[log q(z)] in nats, `[batch]`.
    fn entropy(&self) -> Tensor<1>;
}

/// A distribution as the list of its parameter tensors.
///
/// Written by [`params!`](crate::params) for a struct of tensors.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not list its parameters",
    label = "estimators and objectives repeat a distribution over its particles, and so need its parameters",
    note = "for a struct of tensors write `reparam::params!({Self} {{ field, … }});`; else implement `Params`: `map` \
            applies a function to every tensor of parameters"
)]
pub trait Params: Sized {
    /// The same distribution with `f` applied to every parameter.
    fn map(&self, f: &impl ParamMap) -> Self;

    /// The same distribution with parameters that carry no gradient.
    fn detached(&self) -> Self {
        self.map(&Detach)
    }

    /// The distribution with its batch repeated: `[particles · batch, event…]`.
    fn repeated(&self, particles: usize) -> Self {
        self.map(&Repeat(particles))
    }
}

/// What may be done to a parameter of any rank.
pub trait ParamMap {
    /// Applies it to one parameter.
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R>;
}

struct Detach;
impl ParamMap for Detach {
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R> {
        gradient::stop(param)
    }
}

struct Repeat(usize);
impl ParamMap for Repeat {
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R> {
        shape::tile(param, self.0)
    }
}

/// Writes [`Params`] for a struct of tensors whose first axis is the batch.
#[macro_export]
macro_rules! params {
    ($name:ident $(<const $d:ident>)? { $($field:ident),+ $(,)? }) => {
        impl $(<const $d: usize>)? $crate::Params for $name $(<$d>)? {
            fn map(&self, f: &impl $crate::ParamMap) -> Self {
                Self { $($field: f.apply(self.$field.clone())),+ }
            }
        }
    };
}

impl<const D: usize, Q: Distribution<D> + ?Sized> Distribution<D> for Box<Q> {
    fn dims(&self) -> [usize; D] {
        (**self).dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        (**self).sample(rng)
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        (**self).log_prob(x)
    }
    fn moving_edge(&self) -> Option<&'static str> {
        (**self).moving_edge()
    }
    fn ends(&self, stretched: bool) -> Vec<Tensor<D>> {
        (**self).ends(stretched)
    }
    fn is_turn(&self) -> bool {
        (**self).is_turn()
    }
}

impl<const D: usize, Q: Factorized<D> + ?Sized> Factorized<D> for Box<Q> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        (**self).log_prob_each(x)
    }
}

impl<const D: usize, Q: Moments<D> + ?Sized> Moments<D> for Box<Q> {
    fn mean(&self) -> Tensor<D> {
        (**self).mean()
    }
    fn variance(&self) -> Tensor<D> {
        (**self).variance()
    }
}
