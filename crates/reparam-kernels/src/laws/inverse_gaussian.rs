//! InverseGaussian(loc, concentration): density √(c / (2π x³)) exp(−c (x − m)² / (2 m² x)) with m = loc and
//! c = concentration.

use std::f64::consts::LN_2;

use super::HALF_LN_2_PI;
use crate::law::{
    Cdf, Coordinate, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Reparameterized,
    Support, newton,
};
use crate::scalar::special::{ln_ratio, scaled_exponential_integral};
use crate::{Element, Scalar, single, special};

/// The inverse Gaussian (Wald) law: when a Brownian motion with drift first reaches a level.
#[derive(Clone, Copy, Debug)]
pub struct InverseGaussian;

impl InverseGaussian {
    /// The log-density in x = e^t.
    fn log_density_from<S: Scalar>(x: S, t: S, [loc, concentration]: [S; 2]) -> S {
        if x.value() == 0.0 {
            return S::from(f64::NEG_INFINITY);
        }
        let (at, mean) = (x.value(), loc.value());
        // (x − m) / m moves by −x / m² with m, which is far less than either of its parts where x is far below m.
        let excess = S::chain([x, loc], (at - mean) / mean, || [mean.recip(), -(at / mean) / mean]);
        concentration.ln() * 0.5 - t * 1.5 - concentration / x * excess.square() * 0.5 - HALF_LN_2_PI
    }
}

impl Law<2> for InverseGaussian {
    const NAME: &'static str = "InverseGaussian";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Positive), Parameter::new("concentration", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_density_from(x, x.ln(), theta)
    }
}

impl Draw<2> for InverseGaussian {
    const COORDINATE: Coordinate = Coordinate::Log;

    /// The smaller root of c (x − m)² / (m² x) = n² with probability m / (m + x), or the larger one, m²/x.
    ///
    /// J. R. Michael, W. R. Schucany, R. W. Haas, "Generating random variates using transformations with multiple roots", The
    /// American Statistician 30 (1976); the roots without cancellation.
    fn draw(bits: &mut Element, [loc, concentration]: [f64; 2]) -> f64 {
        let n = bits.normal();
        // The logarithm of the larger root over m is that of 1 + s + √(s (s + 2)), 2 arsinh √(s/2).
        let root = n.abs() * (0.5 * loc.sqrt() / concentration.sqrt());
        let log_root = 2.0 * arsinh(root);
        let sign = if bits.uniform() <= single::sigmoid(log_root) { -1.0 } else { 1.0 };
        single::log(loc) + sign * log_root
    }
    fn log_prob_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        Self::log_density_from(t.exp(), t, theta)
    }
}

/// arsinh x for x ≥ 0.
fn arsinh(x: f64) -> f64 {
    if x > 1e150 {
        single::log(2.0) + single::log(x)
    } else {
        single::log1p(x + x * x / (1.0 + x.hypot(1.0)))
    }
}

impl Reparameterized<2> for InverseGaussian {
    fn slopes(t: f64, [loc, concentration]: [f64; 2]) -> [f64; 2] {
        let [in_concentration, in_loc] = special::inverse_gaussian_log_draw_slopes(
            concentration,
            loc,
            single::exp(t).max(f64::MIN_POSITIVE),
        );
        [in_loc, in_concentration]
    }
}

/// A function of x and the parameters, a probability or its logarithm, from its value and its slope in x.
fn tail<S: Scalar>(x: S, theta: [S; 2], value: f64, in_x: impl FnOnce(f64) -> f64) -> S {
    let (at, [loc, concentration]) = (x.value(), theta.map(Scalar::value));
    S::chain([x, theta[0], theta[1]], value, || {
        let in_x = in_x(InverseGaussian::log_density(at, [loc, concentration]));
        let [in_concentration, in_loc] = special::inverse_gaussian_log_draw_slopes(concentration, loc, at);
        [in_x, -in_x * at * in_loc, -in_x * at * in_concentration]
    })
}

impl Cdf<2> for InverseGaussian {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let value = special::inverse_gaussian_cdf(theta[1].value(), theta[0].value(), x.value());
        tail(x, theta, value, single::exp)
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let value = special::inverse_gaussian_sf(theta[1].value(), theta[0].value(), x.value());
        tail(x, theta, value, |log_density| -single::exp(log_density))
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let value = special::inverse_gaussian_log_cdf(theta[1].value(), theta[0].value(), x.value());
        tail(x, theta, value, |log_density| single::exp(log_density - value))
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let value = special::inverse_gaussian_log_sf(theta[1].value(), theta[0].value(), x.value());
        tail(x, theta, value, |log_density| -single::exp(log_density - value))
    }
}

/// ln(x / loc) at this level, neither side of which is 0, for concentration / loc = `shape`.
fn log_ratio_at(level: Level<f64>, shape: f64) -> f64 {
    let (low, log_tail) = (level.is_low(), level.lower.min(level.upper).ln());
    let z = special::normal_quantile_of_log(log_tail);
    // Nearly normal, or the law of the concentration over the square of a normal number.
    let start = if shape > 4.0 {
        (if low { z } else { -z }) / shape.sqrt()
    } else if low {
        single::log(shape) - 2.0 * single::log(-special::normal_quantile_of_log(log_tail - LN_2))
    } else {
        0.0
    };
    newton(start, |t| {
        let x = single::exp(t);
        let tail_function =
            if low { special::inverse_gaussian_log_cdf } else { special::inverse_gaussian_log_sf };
        let tail = tail_function(shape, 1.0, x);
        let inverse_hazard = single::exp(tail - InverseGaussian::log_density(x, [1.0, shape]) - t);
        let step = (if low { log_tail - tail } else { tail - log_tail }) * inverse_hazard;
        // Beyond, where the other tail is all there is, the slope is no guide.
        step.clamp(-2.0, 2.0)
    })
}

impl Quantile<2> for InverseGaussian {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        let at = Level { lower: level.lower.value(), upper: level.upper.value() };
        if at.lower == 0.0 {
            return S::from(0.0);
        } else if at.upper == 0.0 {
            return S::from(f64::INFINITY);
        }
        let point = theta.map(Scalar::value);
        let shape = (point[1] / point[0]).clamp(f64::MIN_POSITIVE, f64::MAX);
        let x = point[0] * single::exp(log_ratio_at(at, shape));
        let (tail, sign) = if at.is_low() { (level.lower, 1.0) } else { (level.upper, -1.0) };
        S::chain([tail, theta[0], theta[1]], x, || {
            let [in_concentration, in_loc] = special::inverse_gaussian_log_draw_slopes(point[1], point[0], x);
            [sign * single::exp(-Self::log_density(x, point)), x * in_loc, x * in_concentration]
        })
    }
}

impl Moments<2> for InverseGaussian {
    fn mean<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
    /// loc³ / concentration.
    fn variance<S: Scalar>([loc, concentration]: [S; 2]) -> S {
        loc.square() * (loc / concentration)
    }
}

impl Mode<2> for InverseGaussian {
    /// m (√(1 + k²) − k) with k = 3 m / (2 c), without the difference.
    fn mode<S: Scalar>([loc, concentration]: [S; 2]) -> S {
        let k = loc * 1.5 / concentration;
        if k.value() < 1.0 {
            return loc / ((k.square() + 1.0).sqrt() + k);
        }
        let inverse = concentration / (loc * 1.5);
        concentration / 1.5 / ((inverse.square() + 1.0).sqrt() + 1.0)
    }
}

impl Entropy<2> for InverseGaussian {
    /// ½ (1 + ln(2π m³/c)) − (3/2) e^(2c/m) E₁(2c/m).
    fn entropy<S: Scalar>([loc, concentration]: [S; 2]) -> S {
        let deficit = scaled_exponential_integral(concentration * 2.0 / loc) * 1.5;
        loc.ln() + ln_ratio(loc, concentration) * 0.5 + (0.5 + HALF_LN_2_PI) - deficit
    }
}
