//! Standard gamma draws.

use super::TRIES;
use crate::{Element, single};

/// ln of a Gamma(a, 1) draw.
///
/// For a > 0, exact in distribution from 1e-300, where the draw itself has underflowed for long, to 1e300;
/// not-a-number elsewhere.
///
/// Rejection from the cube of a shifted normal number; below a = 1 by g(a) = g(a + 1) · u^(1/a), in logarithms.
/// G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000).
pub(crate) fn log_standard_gamma(bits: &mut Element, concentration: f64) -> f64 {
    if concentration < 1.0 {
        let boost = bits.exponential() / concentration;
        return log_gamma_from_one(bits, concentration + 1.0) - boost;
    }
    log_gamma_from_one(bits, concentration)
}

fn log_gamma_from_one(bits: &mut Element, concentration: f64) -> f64 {
    let shape = concentration - 1.0 / 3.0;
    let scale = 1.0 / (9.0 * shape).sqrt();
    for _ in 0..TRIES {
        let x = bits.normal();
        let t = scale * x;
        if !(t > -1.0) {
            continue;
        }
        let u = bits.uniform();
        if u < 1.0 - 0.0331 * (x * x) * (x * x) || single::log(u) < 3.0 * shape * log_ratio(t) {
            return single::log(shape) + 3.0 * single::log1p(t);
        }
    }
    f64::NAN
}

/// ln(1 + t) − t + t²/2 − t³/3: what is left of the log-ratio of target and proposal where their expansions agree.
///
/// Written out, because at large shapes those first terms are larger than the whole by the inverse of t⁴.
fn log_ratio(t: f64) -> f64 {
    if t.abs() > 0.03 {
        return single::log1p(t) - t * (1.0 - t * (0.5 - t / 3.0));
    }
    let t4 = (t * t) * (t * t);
    -t4 * (1.0 / 4.0 - t * (1.0 / 5.0 - t * (1.0 / 6.0 - t * (1.0 / 7.0 - t * (1.0 / 8.0 - t / 9.0)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_meets_the_formula() {
        for t in [0.03, -0.03] {
            let formula = single::log1p(t) - t * (1.0 - t * (0.5 - t / 3.0));
            assert!((log_ratio(t) / formula - 1.0).abs() < 1e-8, "{t}");
        }
    }

    #[test]
    fn what_is_no_shape_gives_no_number() {
        for a in [f64::NAN, f64::INFINITY] {
            let draw = log_standard_gamma(&mut Element::new(1, 1), a);
            assert!(!draw.is_finite(), "{a}: {draw}");
        }
    }
}
