//! TruncatedNormal(loc, scale, low, high): Normal(loc, scale) given that it is between low and high.
//!
//! Distances are taken from the nearest of loc, low and high, and integrals from the end next to loc: nothing cancels for
//! narrow intervals, or for those far out in a tail.

mod standard;

use std::array::from_fn;

use crate::law::{
    Cdf, Domain, Draw, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Reparameterized,
    Support, values,
};
use crate::{Element, Scalar, single};
use standard::Standard;

/// The normal law truncated to an interval, either end of which may be infinite.
#[derive(Clone, Copy, Debug)]
pub struct TruncatedNormal;

/// A function of x and the parameters from its value and its slopes in them.
fn of_x<S: Scalar>(x: S, theta: [S; 4], value: f64, slopes: impl FnOnce() -> (f64, [f64; 4])) -> S {
    let [loc, scale, low, high] = theta;
    S::chain([x, loc, scale, low, high], value, || {
        let (in_x, in_theta) = slopes();
        from_fn(|i| if i == 0 { in_x } else { in_theta[i - 1] })
    })
}

impl Law<4> for TruncatedNormal {
    const NAME: &'static str = "TruncatedNormal";
    const PARAMETERS: [Parameter; 4] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("low", Domain::Extended).or(f64::NEG_INFINITY),
        Parameter::new("high", Domain::Extended).or(f64::INFINITY),
    ];

    fn support([_, _, low, high]: [f64; 4]) -> Support {
        Support::Interval(low, high)
    }
    fn conflict([_, _, low, high]: [f64; 4]) -> Option<&'static str> {
        (low >= high).then_some("low must be below high")
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 4]) -> S {
        let (at, law) = (x.value(), Standard::new(values(theta)));
        of_x(x, theta, law.log_density(at), || law.log_density_slopes(at))
    }
}

impl Draw<4> for TruncatedNormal {
    /// Strictly between low and high.
    fn draw(bits: &mut Element, theta: [f64; 4]) -> f64 {
        let x = Self::quantile(Level::logit(bits.noise(Noise::Logistic)), theta);
        x.max(theta[2].next_up()).min(theta[3].next_down())
    }
}

impl Reparameterized<4> for TruncatedNormal {
    fn slopes(x: f64, theta: [f64; 4]) -> [f64; 4] {
        Standard::new(theta).slopes(x)
    }
}

/// The slopes of P(X ≤ x), divided by a tail given by its logarithm: the density in x, and in a parameter less the density
/// times the slope of the draw.
fn tail_slopes(law: &Standard, x: f64, log_tail: f64) -> (f64, [f64; 4]) {
    let hazard = single::exp(law.log_density(x) - log_tail);
    (hazard, law.slopes(x).map(|slope| -hazard * slope))
}

fn negated((in_x, in_theta): (f64, [f64; 4])) -> (f64, [f64; 4]) {
    (-in_x, in_theta.map(|slope| -slope))
}

impl Cdf<4> for TruncatedNormal {
    fn lower<S: Scalar>(x: S, theta: [S; 4]) -> S {
        let (at, law) = (x.value(), Standard::new(values(theta)));
        of_x(x, theta, law.tails(at).0, || tail_slopes(&law, at, 0.0))
    }
    fn upper<S: Scalar>(x: S, theta: [S; 4]) -> S {
        let (at, law) = (x.value(), Standard::new(values(theta)));
        of_x(x, theta, law.tails(at).1, || negated(tail_slopes(&law, at, 0.0)))
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 4]) -> S {
        let (at, law) = (x.value(), Standard::new(values(theta)));
        let log = law.log_tails(at).0;
        of_x(x, theta, log, || tail_slopes(&law, at, log))
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 4]) -> S {
        let (at, law) = (x.value(), Standard::new(values(theta)));
        let log = law.log_tails(at).1;
        of_x(x, theta, log, || negated(tail_slopes(&law, at, log)))
    }
}

impl Quantile<4> for TruncatedNormal {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 4]) -> S {
        let law = Standard::new(values(theta));
        let (lower, upper) = (level.lower.value(), level.upper.value());
        if !(lower > 0.0 && upper > 0.0) {
            return if lower == 0.0 {
                theta[2]
            } else if upper == 0.0 {
                theta[3]
            } else {
                S::from(f64::NAN)
            };
        }
        let x = law.quantile(lower, upper);
        let (tail, sign) = if level.is_low() { (level.lower, 1.0) } else { (level.upper, -1.0) };
        of_x(tail, theta, x, || (sign * single::exp(-law.log_density(x)), law.slopes(x)))
    }
}

/// A function of the parameters from its value and its slopes in them.
fn of_theta<S: Scalar>(theta: [S; 4], value: f64, slopes: impl FnOnce() -> [f64; 4]) -> S {
    S::chain(theta, value, slopes)
}

impl Moments<4> for TruncatedNormal {
    fn mean<S: Scalar>(theta: [S; 4]) -> S {
        let law = Standard::new(values(theta));
        of_theta(theta, law.mean(), || law.mean_slopes())
    }
    fn variance<S: Scalar>(theta: [S; 4]) -> S {
        let law = Standard::new(values(theta));
        of_theta(theta, law.variance(), || law.variance_slopes())
    }
}

impl Mode<4> for TruncatedNormal {
    fn mode<S: Scalar>([loc, _, low, high]: [S; 4]) -> S {
        loc.max(low).min(high)
    }
}

impl Entropy<4> for TruncatedNormal {
    fn entropy<S: Scalar>(theta: [S; 4]) -> S {
        let law = Standard::new(values(theta));
        of_theta(theta, law.entropy(), || law.entropy_slopes())
    }
}
