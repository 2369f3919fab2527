//! Hörmann's transformed rejection for bell-shaped laws on the integers.

use super::TRIES;
use crate::{Element, single};

/// The constants of a hat: k = ⌊(2 a / s + b) u + centre⌋ with u uniform on (−½, ½) and s = ½ − |u|.
pub(crate) struct Hat {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) centre: f64,
    /// A second uniform number up to here accepts at once, outside of the tails.
    pub(crate) squeeze: f64,
    /// What the second uniform number is scaled by before it is compared with the mass, or with that multiple of it that
    /// the sampler is given.
    pub(crate) alpha: f64,
}

/// A draw of the law on 0 … high whose mass has this logarithm, but for a constant.
///
/// Not-a-number where nothing is accepted, as with a hat of not-a-number.
///
/// W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics and
/// Economics 12 (1993); "The generation of binomial random variates", J. Statist. Comput. Simul. 46 (1993).
pub(crate) fn transformed_rejection(
    bits: &mut Element,
    hat: &Hat,
    high: f64,
    log_mass: impl Fn(f64) -> f64,
) -> f64 {
    for _ in 0..TRIES {
        let u = bits.uniform() - 0.5;
        let v = bits.uniform();
        let s = 0.5 - u.abs();
        let k = ((2.0 * hat.a / s + hat.b) * u + hat.centre).floor();
        if !(0.0..=high).contains(&k) {
            continue;
        }
        if s >= 0.07 && v <= hat.squeeze {
            return k;
        }
        if single::log(v * hat.alpha / (hat.a / (s * s) + hat.b)) <= log_mass(k) {
            return k;
        }
    }
    f64::NAN
}

/// A draw of a law on the integers with log-concave masses, from its mode and the logarithms of its masses.
///
/// A hat that is flat around the mode and falls exponentially, of at most five times the mass: L. Devroye, "A simple
/// generator for discrete log-concave distributions", Computing 39 (1987).
pub(crate) fn log_concave_rejection(bits: &mut Element, mode: f64, log_mass: impl Fn(f64) -> f64) -> f64 {
    let log_peak = log_mass(mode);
    let peak = single::exp(log_peak);
    let flat = 1.0 + 0.5 * peak;
    for _ in 0..TRIES {
        let within = bits.uniform() * (1.0 + flat) <= flat;
        let decay = if within { 0.0 } else { bits.exponential() };
        let distance = if within { bits.uniform() * flat / peak } else { (flat + decay) / peak };
        let sign = if bits.uniform() < 0.5 { -1.0 } else { 1.0 };
        let k = mode + sign * distance.round();
        if single::log(bits.uniform()) - decay <= log_mass(k) - log_peak {
            return k;
        }
    }
    f64::NAN
}
