//! What a univariate law is: its parameters, its density, and what else it may have.
//!
//! A law is a type without data; its functions take the `P` parameters as an array. Formulas are written once for every
//! [`Scalar`] and so come with their derivatives. Each capability is a trait of its own: a law without a closed-form
//! entropy has no [`Entropy`].

mod bulk;
mod coordinate;
mod domain;
mod edge;
mod ends;
mod explicit;
mod form;
mod inversion;
mod level;
mod noise;
mod support;
mod tail;

pub use bulk::Bulk;
pub use coordinate::Coordinate;
pub(crate) use coordinate::{bounded, finite};
pub use domain::{Domain, Fault, Parameter};
pub use edge::moving_edges;
pub use ends::{Decay, Ends};
pub use explicit::{Explicit, path_with_slopes};
pub(crate) use explicit::{explicit_draws, location_scale_draws};
pub use form::{By, Form, Reformed};
pub(crate) use inversion::{newton, newton_between};
pub use level::Level;
pub use noise::Noise;
pub use support::Support;
pub(crate) use tail::{Motion, Tail, cdf_by_tail, lift_quantile};

use crate::{Dual, Element, Real, Scalar};

/// A univariate law with `P` parameters.
pub trait Law<const P: usize>: Copy + Send + Sync + 'static {
    /// The name that users write.
    const NAME: &'static str;
    /// The parameters, in the order of the array.
    const PARAMETERS: [Parameter; P];

    /// After what distance a number stands for the same point again: the whole turn of an angle, whose two ends are one.
    const PERIOD: Option<f64> = None;

    /// Where the law lives at these parameters; one period, where it has one.
    fn support(theta: [f64; P]) -> Support;

    /// Whether the density vanishes at each end of the support, as a number; an infinite end counts as one where it does.
    ///
    /// To be written where an end is not a number among the parameters, so that rounding moves it to where the density is
    /// another.
    fn vanishes(theta: [f64; P]) -> [bool; 2] {
        let (low, high) = Self::support(theta).ends();
        [low, high].map(|end| !end.is_finite() || Self::log_density(end, theta).exp() == 0.0)
    }

    /// Whether the finite ends of the support have a mass of their own, whose logarithm the log-density is there.
    const HAS_ATOMS: bool = false;

    /// What the parameters must obey together, where they do not: `low < high`.
    fn conflict(_theta: [f64; P]) -> Option<&'static str> {
        None
    }

    /// The log-density, or log-mass, for finite x in the closure of the support; ±∞ where that is its limit.
    fn log_density<S: Scalar>(x: S, theta: [S; P]) -> S;

    /// x, or the number of the support that x stands for, whole [periods](Self::PERIOD) away.
    fn within_period<S: Scalar>(x: S, theta: [S; P]) -> S {
        let at = x.value();
        let (Some(period), (low, high)) = (Self::PERIOD, Self::support(values(theta)).ends()) else {
            return x;
        };
        // The ends of the support are rounded: between them x is itself.
        if !at.is_finite() || (low..=high).contains(&at) {
            return x;
        }
        let turns = ((low + 0.5 * period - at) / period).round();
        let moved = (at + turns * period).clamp(low, high);
        S::chain([x], moved, || [1.0])
    }

    /// Whether there is a [quick](Self::quick_log_density) form of the log-density.
    const QUICK: bool = false;

    /// The log-density and its slopes to single precision, by a formula without branches that the compiler makes vectors
    /// of; and whether x and θ are among those that it covers. Outside of the support it covers nothing.
    fn quick_log_density(_x: f64, _theta: [f64; P]) -> (bool, Dual<1, P>) {
        (false, Dual::from(f64::NAN))
    }

    /// The log-density everywhere: −∞, without slopes, outside of the support and at ±∞; NaN at NaN.
    fn log_prob<S: Scalar>(x: S, theta: [S; P]) -> S {
        let at = x.value();
        if at.is_finite() && Self::support(values(theta)).contains(at) {
            Self::log_density(x, theta)
        } else {
            S::from(if at.is_nan() { f64::NAN } else { f64::NEG_INFINITY })
        }
    }

    /// The first parameter outside of its domain, or what the parameters must obey together.
    ///
    /// # Errors
    /// That fault.
    fn check(theta: [f64; P]) -> Result<(), Fault> {
        for (index, (parameter, value)) in Self::PARAMETERS.iter().zip(theta).enumerate() {
            if !parameter.domain.contains(value) {
                return Err(Fault::Domain { index, parameter: *parameter, value });
            }
        }
        Self::conflict(theta).map_or(Ok(()), |requirement| Err(Fault::Conflict { requirement }))
    }
}

/// Draws.
pub trait Draw<const P: usize>: Law<P> {
    /// The coordinate in which draws are made and stay exact.
    const COORDINATE: Coordinate = Coordinate::Itself;

    /// The family, if any, whose draws are made in vectors.
    const BULK: Option<Bulk> = None;

    /// One draw, as its [coordinate](Self::COORDINATE), from the random bits of one element.
    fn draw(bits: &mut Element, theta: [f64; P]) -> f64;

    /// The log-density of the draw z (with respect to z) whose coordinate is t.
    ///
    /// To be written where z itself rounds to an end of the support and the density there is another.
    fn log_prob_at<S: Scalar>(t: S, theta: [S; P]) -> S {
        Self::log_prob(Self::COORDINATE.value(t), theta)
    }
}

/// Draws with a gradient in every parameter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pathwise gradient",
    label = "this distribution cannot be reparameterized",
    note = "use the `ScoreFunction` estimator, which needs only `sample` and `log_prob`, or relax the distribution \
            (`RelaxedBernoulli`, `RelaxedOneHotCategorical`)"
)]
pub trait Reparameterized<const P: usize>: Draw<P> {
    /// ∂t/∂θ at fixed distribution function, for a draw whose coordinate is t.
    fn slopes(t: f64, theta: [f64; P]) -> [f64; P];

    /// A draw and its slopes.
    fn draw_with_slopes(bits: &mut Element, theta: [f64; P]) -> (f64, [f64; P]) {
        let t = Self::draw(bits, theta);
        (t, Self::slopes(t, theta))
    }
}

/// The distribution function, from both sides and as logarithms.
///
/// At x inside the support; the wrappers of [`Tails`] take any x.
pub trait Cdf<const P: usize>: Law<P> {
    /// P(X ≤ x), with full relative accuracy where it is small.
    fn lower<S: Scalar>(x: S, theta: [S; P]) -> S;

    /// P(X > x), with full relative accuracy where it is small.
    fn upper<S: Scalar>(x: S, theta: [S; P]) -> S;

    /// ln P(X ≤ x), finite where the probability underflows if the law can.
    fn log_lower<S: Scalar>(x: S, theta: [S; P]) -> S {
        log_of_tail(Self::lower(x, theta), || Self::upper(x, theta))
    }

    /// ln P(X > x), likewise.
    fn log_upper<S: Scalar>(x: S, theta: [S; P]) -> S {
        log_of_tail(Self::upper(x, theta), || Self::lower(x, theta))
    }
}

/// ln p, through 1 − p where p is the larger.
fn log_of_tail<S: Scalar>(p: S, complement: impl FnOnce() -> S) -> S {
    if p.value() > 0.5 { (-complement()).ln_1p() } else { p.ln() }
}

/// The distribution function at any x: 0 and 1 beyond the support, NaN at NaN.
///
/// Of a law with a period too: it is that of the numbers that are drawn. What an angle on another turn stands for is found
/// by [`Law::within_period`].
pub trait Tails<const P: usize>: Cdf<P> {
    /// P(X ≤ x).
    fn cdf<S: Scalar>(x: S, theta: [S; P]) -> S {
        beyond::<S, P, Self>(x, theta, [0.0, 1.0]).unwrap_or_else(|| Self::lower(x, theta))
    }
    /// P(X > x).
    fn sf<S: Scalar>(x: S, theta: [S; P]) -> S {
        beyond::<S, P, Self>(x, theta, [1.0, 0.0]).unwrap_or_else(|| Self::upper(x, theta))
    }
    /// ln P(X ≤ x).
    fn log_cdf<S: Scalar>(x: S, theta: [S; P]) -> S {
        beyond::<S, P, Self>(x, theta, [f64::NEG_INFINITY, 0.0]).unwrap_or_else(|| Self::log_lower(x, theta))
    }
    /// ln P(X > x).
    fn log_sf<S: Scalar>(x: S, theta: [S; P]) -> S {
        beyond::<S, P, Self>(x, theta, [0.0, f64::NEG_INFINITY]).unwrap_or_else(|| Self::log_upper(x, theta))
    }
}

impl<const P: usize, L: Cdf<P>> Tails<P> for L {}

/// The value below and above the support, where x is there, or at an end without a mass.
fn beyond<S: Scalar, const P: usize, L: Law<P>>(x: S, theta: [S; P], ends: [f64; 2]) -> Option<S> {
    let at = x.value();
    let support = L::support(values(theta));
    let (low, high) = support.ends();
    if at.is_nan() {
        Some(S::from(f64::NAN))
    } else if at < low || (at == low && !support.is_discrete() && !L::HAS_ATOMS) {
        Some(S::from(ends[0]))
    } else if at >= high {
        Some(S::from(ends[1]))
    } else {
        None
    }
}

/// The inverse of the distribution function.
pub trait Quantile<const P: usize>: Law<P> {
    /// The x with P(X ≤ x) at this level; the ends of the support at the levels 0 and 1.
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; P]) -> S;
}

/// Mean and variance; NaN where undefined, ∞ where infinite.
pub trait Moments<const P: usize>: Law<P> {
    /// E\[X\].
    fn mean<S: Scalar>(theta: [S; P]) -> S;
    /// E\[(X − E\[X\])²\].
    fn variance<S: Scalar>(theta: [S; P]) -> S;
}

/// How far a law of angles spreads around the circle.
pub trait Circular<const P: usize>: Law<P> {
    /// 1 − |E\[e^(ix)\]|, between 0 and 1.
    fn circular_variance<S: Scalar>(theta: [S; P]) -> S;
}

/// Where the density is largest.
pub trait Mode<const P: usize>: Law<P> {
    /// The most likely x; an end of the support where the density grows towards it.
    fn mode<S: Scalar>(theta: [S; P]) -> S;
}

/// An entropy in closed form, or by a sum of as many digits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no closed-form entropy",
    note = "use `MonteCarlo` or `StickTheLanding` as the entropy term"
)]
pub trait Entropy<const P: usize>: Law<P> {
    /// −E\[ln p(X)\], in nats.
    fn entropy<S: Scalar>(theta: [S; P]) -> S;
}

/// The factor that normalises a density whose shape is simple.
pub trait LogNorm<const P: usize>: Law<P> {
    /// The logarithm of that factor.
    fn log_norm<S: Scalar>(theta: [S; P]) -> S;
}

/// A closed-form Kullback-Leibler divergence to the law `M` with `R` parameters.
#[diagnostic::on_unimplemented(
    message = "no closed form of the Kullback-Leibler divergence from `{Self}` to `{M}`",
    note = "use `MonteCarloKl`, which estimates it from draws and gives its standard error"
)]
pub trait Divergence<const P: usize, M: Law<R>, const R: usize>: Law<P> {
    /// E\[ln q(X) − ln p(X)\] for X of this law q; exactly 0 for equal laws, never negative.
    fn kl<S: Scalar>(q: [S; P], p: [S; R]) -> S;
}

/// ∂x/∂θ at fixed distribution function, by the implicit function theorem: −∂F/∂θ ÷ density.
///
/// From the logarithm of the smaller tail, so that both factors keep their digits.
pub fn implicit_slopes<L: Cdf<P>, const P: usize>(x: f64, theta: [f64; P]) -> [f64; P] {
    let (_, moving) = Dual::<0, P>::variables([], theta);
    let at = Dual::from(x);
    let density = L::log_density(x, theta);
    let (tail, sign) = if L::lower(x, theta) <= 0.5 {
        (L::log_lower(at, moving), -1.0)
    } else {
        (L::log_upper(at, moving), 1.0)
    };
    let scale = sign * crate::single::exp(tail.value - density);
    tail.second.map(|slope| if slope == 0.0 { 0.0 } else { scale * slope })
}

/// A draw in the type `T`, rounded inward of the ends of the support that have no mass.
pub(crate) fn inward<L: Draw<P>, T: Real, const P: usize>(z: f64, theta: [f64; P]) -> T {
    let z = L::COORDINATE.inward(z);
    if L::HAS_ATOMS { z } else { L::support(theta).inward(z) }
}

/// The numbers without their derivatives.
pub(crate) fn values<S: Scalar, const P: usize>(theta: [S; P]) -> [f64; P] {
    theta.map(Scalar::value)
}
