//! Triangular(low, high, peak): a density that rises in a straight line from low to peak and falls to high.

use std::f64::consts::LN_2;

use crate::law::{
    Domain, Draw, Entropy, Explicit, Law, Level, Mode, Moments, Motion, Noise, Parameter, Quantile,
    Reparameterized, Support, Tail, cdf_by_tail,
};
use crate::{Element, Scalar, single};

/// The triangular law.
#[derive(Clone, Copy, Debug)]
pub struct Triangular;

impl Law<3> for Triangular {
    const NAME: &'static str = "Triangular";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("low", Domain::Real),
        Parameter::new("high", Domain::Real),
        Parameter::new("peak", Domain::Real),
    ];

    fn support([low, high, _]: [f64; 3]) -> Support {
        Support::Interval(low, high)
    }
    fn conflict([low, high, peak]: [f64; 3]) -> Option<&'static str> {
        let ordered = low < high && (low..=high).contains(&peak);
        (!ordered).then_some("low must be below high, and peak between them")
    }
    fn log_density<S: Scalar>(x: S, [low, high, peak]: [S; 3]) -> S {
        let height = -(high - low).ln() + LN_2;
        // At a peak that is an end of the support, the share of the other side is the whole.
        let (at, top) = (x.value(), peak.value());
        if at < top || (at == top && top > low.value()) {
            height + ((x - low) / (peak - low)).ln()
        } else {
            height + ((high - x) / (high - peak)).ln()
        }
    }
}

impl Explicit<3> for Triangular {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 3]) -> S {
        Self::quantile(Level::logit(noise), theta)
    }
}

impl Draw<3> for Triangular {
    fn draw(bits: &mut Element, theta: [f64; 3]) -> f64 {
        Self::path(bits.noise(Self::NOISE), theta)
    }
}

impl Reparameterized<3> for Triangular {
    /// Below the peak, with D = x − low: D moves as √((high − low) (peak − low)), and above it alike.
    fn slopes(x: f64, [low, high, peak]: [f64; 3]) -> [f64; 3] {
        let width = high - low;
        if x <= peak && peak > low {
            let (way, side) = (x - low, peak - low);
            [0.5 * ((high - x) / width + (peak - x) / side), 0.5 * way / width, 0.5 * way / side]
        } else {
            let (way, side) = (high - x, high - peak);
            [0.5 * way / width, 0.5 * ((x - low) / width + (x - peak) / side), 0.5 * way / side]
        }
    }
}

/// P(X ≤ x) for x above the peak, P(X > x) for the mirrored law: the share of the side below, and what lies between the
/// peak and x, both positive.
fn beyond_peak(x: f64, [low, high, peak]: [f64; 3]) -> f64 {
    let (side, way) = (high - peak, high - x);
    (peak - low) / (high - low) + (x - peak) / (high - low) * ((side + way) / side)
}

/// The smaller side's own share, (x − low)² / ((high − low) (peak − low)).
fn before_peak(x: f64, [low, high, peak]: [f64; 3]) -> f64 {
    (x - low) / (high - low) * ((x - low) / (peak - low))
}

fn tail<S: Scalar>(tail: Tail, x: S, theta: [S; 3]) -> S {
    let (at, point) = (x.value(), theta.map(Scalar::value));
    let [low, high, peak] = point;
    let mirrored = [-high, -low, -peak];
    let side =
        |x: f64, theta: [f64; 3]| if x <= theta[2] { before_peak(x, theta) } else { beyond_peak(x, theta) };
    let [lower, upper] = [
        if at <= peak && peak == low { 0.0 } else { side(at, point) },
        if at >= peak && peak == high { 0.0 } else { side(-at, mirrored) },
    ];
    let log = |p: f64, rest: f64| if p > 0.5 { single::log1p(-rest) } else { single::log(p) };
    let value = match tail {
        Tail::Lower => lower,
        Tail::Upper => upper,
        Tail::LogLower => log(lower, upper),
        Tail::LogUpper => log(upper, lower),
    };
    tail.lift([x, theta[0], theta[1], theta[2]], value, || {
        let [in_low, in_high, in_peak] = Triangular::slopes(at, point);
        Motion { log_density: Triangular::log_density(at, point), slopes: [1.0, -in_low, -in_high, -in_peak] }
    })
}

cdf_by_tail!(Triangular, 3, tail);

/// x at a level of which the lower side is the smaller: its own side's square root, or from the peak upwards.
fn low_quantile(level: Level<f64>, [low, high, peak]: [f64; 3]) -> f64 {
    let width = high - low;
    let mass = level.lower * width;
    let side = peak - low;
    if mass <= side {
        return low + (mass * side).sqrt();
    }
    let rest = ((level.upper * width) / (high - peak)).sqrt();
    peak + (mass - side) / (1.0 + rest)
}

impl Quantile<3> for Triangular {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        let point = theta.map(Scalar::value);
        let at = Level { lower: level.lower.value(), upper: level.upper.value() };
        let [low, high, peak] = point;
        let x = if at.is_low() {
            low_quantile(at, point)
        } else {
            -low_quantile(at.reflected(), [-high, -low, -peak])
        };
        let (tail, sign) = if at.is_low() { (level.lower, 1.0) } else { (level.upper, -1.0) };
        S::chain([tail, theta[0], theta[1], theta[2]], x, || {
            let [in_low, in_high, in_peak] = Self::slopes(x, point);
            [sign * single::exp(-Self::log_density(x, point)), in_low, in_high, in_peak]
        })
    }
}

impl Moments<3> for Triangular {
    fn mean<S: Scalar>([low, high, peak]: [S; 3]) -> S {
        (low + high + peak) / 3.0
    }
    fn variance<S: Scalar>([low, high, peak]: [S; 3]) -> S {
        let (left, right) = (peak - low, high - peak);
        (left.square() + left * right + right.square()) / 18.0
    }
}

impl Mode<3> for Triangular {
    fn mode<S: Scalar>([_, _, peak]: [S; 3]) -> S {
        peak
    }
}

impl Entropy<3> for Triangular {
    fn entropy<S: Scalar>([low, high, _]: [S; 3]) -> S {
        (high - low).ln() + (0.5 - LN_2)
    }
}
