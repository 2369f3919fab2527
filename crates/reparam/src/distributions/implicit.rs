//! A univariate law from its density and its distribution function alone.

use std::marker::PhantomData;

use reparam_kernels::law::{
    Cdf, Draw, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Reparameterized, Support,
    implicit_slopes,
};
use reparam_kernels::{Element, Scalar};

/// The continuous law `L`, with the draws, slopes and quantiles that follow from its distribution function.
///
/// The density is that of `L`. Path: draws solve F(x) = u; their slopes are −∂F/∂θ ÷ density, by the implicit function theorem.
///
/// Source: Figurnov, Mohamed & Mnih, "Implicit Reparameterization Gradients", 2018.
///
/// `Univariate<Implicit<L>, P, D>` is the distribution on tensors. Draws and slopes are as exact as the smaller tail of
/// `L`: a law that overrides [`Cdf::log_lower`] and [`Cdf::log_upper`] keeps both where the probabilities underflow.
#[derive(Clone, Copy, Debug)]
pub struct Implicit<L>(PhantomData<L>);

impl<L: Cdf<P>, const P: usize> Law<P> for Implicit<L> {
    const NAME: &'static str = L::NAME;
    const PARAMETERS: [Parameter; P] = L::PARAMETERS;

    fn support(theta: [f64; P]) -> Support {
        L::support(theta)
    }
    fn conflict(theta: [f64; P]) -> Option<&'static str> {
        L::conflict(theta)
    }
    fn log_density<S: Scalar>(x: S, theta: [S; P]) -> S {
        L::log_density(x, theta)
    }
}

impl<L: Cdf<P>, const P: usize> Draw<P> for Implicit<L> {
    fn draw(bits: &mut Element, theta: [f64; P]) -> f64 {
        solve::<L, P>(Level::logit(bits.noise(Noise::Logistic)), theta)
    }
}

impl<L: Cdf<P>, const P: usize> Reparameterized<P> for Implicit<L> {
    fn slopes(x: f64, theta: [f64; P]) -> [f64; P] {
        implicit_slopes::<L, P>(x, theta)
    }
}

impl<L: Cdf<P>, const P: usize> Cdf<P> for Implicit<L> {
    fn lower<S: Scalar>(x: S, theta: [S; P]) -> S {
        L::lower(x, theta)
    }
    fn upper<S: Scalar>(x: S, theta: [S; P]) -> S {
        L::upper(x, theta)
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; P]) -> S {
        L::log_lower(x, theta)
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; P]) -> S {
        L::log_upper(x, theta)
    }
}

impl<L: Cdf<P>, const P: usize> Quantile<P> for Implicit<L> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; P]) -> S {
        let at = theta.map(Scalar::value);
        let plain = Level { lower: level.lower.value(), upper: level.upper.value() };
        let x = solve::<L, P>(plain, at);
        let (low, high) = L::support(at).ends();
        if x.is_nan() || x <= low || x >= high {
            return S::from(x);
        }
        // The root moves with the gap that a change of level or parameters opens.
        let density = L::log_density(x, at);
        let (gap, slope) = if plain.is_low() {
            (level.log_lower() - L::log_lower(S::from(x), theta), (density - L::log_lower(x, at)).exp())
        } else {
            (L::log_upper(S::from(x), theta) - level.log_upper(), (density - L::log_upper(x, at)).exp())
        };
        S::chain([gap], x, || [slope.recip()])
    }
}

impl<L: Cdf<P> + Moments<P>, const P: usize> Moments<P> for Implicit<L> {
    fn mean<S: Scalar>(theta: [S; P]) -> S {
        L::mean(theta)
    }
    fn variance<S: Scalar>(theta: [S; P]) -> S {
        L::variance(theta)
    }
}

impl<L: Cdf<P> + Mode<P>, const P: usize> Mode<P> for Implicit<L> {
    fn mode<S: Scalar>(theta: [S; P]) -> S {
        L::mode(theta)
    }
}

impl<L: Cdf<P> + Entropy<P>, const P: usize> Entropy<P> for Implicit<L> {
    fn entropy<S: Scalar>(theta: [S; P]) -> S {
        L::entropy(theta)
    }
}

/// Evaluations at most: every third step halves what the 64 bits of a double leave open.
const STEPS: usize = 3 * 64;

/// How many floats apart the ends of the bracket are when it is narrow enough.
const CLOSE: i64 = 2;

/// The x with P(X ≤ x) at this level: Newton's method on the logarithm of the smaller tail, in a bracket that every third
/// step halves, counted in floats. So any scale is found, from 1e-300 to 1e300, in a bounded number of steps.
fn solve<L: Cdf<P>, const P: usize>(level: Level<f64>, theta: [f64; P]) -> f64 {
    let (low, high) = L::support(theta).ends();
    let lower_tail = level.is_low();
    let target = if lower_tail { level.log_lower() } else { level.log_upper() };
    if target.is_nan() {
        return f64::NAN;
    } else if target == f64::NEG_INFINITY {
        return if lower_tail { low } else { high };
    }

    let (mut below, mut above) = (order(low), order(high));
    let mut next = None;
    let mut x = low;
    for step in 0..STEPS {
        if above.saturating_sub(below) <= CLOSE {
            break;
        }
        let place = next.filter(|_| step % 3 != 2).unwrap_or(i64::midpoint(below, above));
        let place = place.clamp(below + 1, above - 1);
        x = float(place);
        let tail = if lower_tail { L::log_lower(x, theta) } else { L::log_upper(x, theta) };
        let rises = if lower_tail { tail - target } else { target - tail };
        let newton = x - rises * (tail - L::log_density(x, theta)).exp();
        // A step too short to matter looks just beyond: it ends the search where the root lies between, and where rounding
        // alone made it short it does no harm.
        next = newton.is_finite().then(|| order(newton));
        if rises < 0.0 {
            below = place;
            next = next.map(|next| next.max(place + CLOSE));
        } else {
            above = place;
            next = next.map(|next| next.min(place - CLOSE));
        }
    }
    x
}

/// The place of a float among all floats.
fn order(x: f64) -> i64 {
    let bits = x.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// The float at a place.
fn float(place: i64) -> f64 {
    let bits = place ^ ((place >> 63).cast_unsigned() >> 1).cast_signed();
    f64::from_bits(bits.cast_unsigned())
}
