//! Standard gamma draws.

use super::TRIES;
use crate::elementary::log1p;
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
        if t <= -1.0 {
            continue;
        }
        let u = bits.uniform();
        if u < 1.0 - 0.0331 * (x * x) * (x * x)
            || single::log(u) < 3.0 * shape * single::run(log_attempt_ratio, t)
        {
            return single::log(shape) + 3.0 * single::log1p(t);
        }
    }
    f64::NAN
}

/// ln(1 + t) − t + t²/2 − t³/3: what is left of the log-ratio of target and proposal where their expansions agree.
///
/// Written out for small t, because at large shapes those first terms are larger than the whole by the inverse of t⁴.
#[inline(always)]
pub(crate) fn log_attempt_ratio(t: f64) -> f64 {
    let whole = log1p(t) - t * (1.0 - t * (0.5 - t / 3.0));
    let t4 = (t * t) * (t * t);
    let series =
        -t4 * (1.0 / 4.0 - t * (1.0 / 5.0 - t * (1.0 / 6.0 - t * (1.0 / 7.0 - t * (1.0 / 8.0 - t / 9.0)))));
    if t.abs() > 0.03 { whole } else { series }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_meets_the_formula() {
        for t in [0.03, -0.03] {
            let formula = single::log1p(t) - t * (1.0 - t * (0.5 - t / 3.0));
            assert!((log_attempt_ratio(t) / formula - 1.0).abs() < 1e-8, "{t}");
        }
    }

    #[test]
    fn draws_have_their_law() {
        use crate::special::{gamma_p, lgamma1p};
        use reparam_testing::{KolmogorovSmirnov, Rates};

        let shapes = [1e-8, 0.02, 0.7, 1.0, 1.3, 9.0, 1e6, 1e15];
        let test = KolmogorovSmirnov::new(Rates::new(1e-6, 1e-3).split(shapes.len()));
        for (seed, a) in (0..).zip(shapes) {
            let draws: Vec<f64> =
                (0..20_000).map(|i| log_standard_gamma(&mut Element::new(seed, i), a)).collect();
            // Below −700 the series of the incomplete gamma function has one term.
            let cdf = |t: f64| {
                if t < -700.0 { (a * t - lgamma1p(a)).exp() } else { gamma_p(a, t.exp()) }
            };
            // The logarithm of a draw of large shape has few digits around its mean: its step is that of the function.
            if a < 1e9 {
                test.check(&draws, cdf).unwrap_or_else(|rejection| panic!("shape {a}: {rejection}"));
            }
            let mean = draws.iter().map(|t| t - a.ln()).sum::<f64>() / draws.len() as f64;
            let deviation = crate::special::trigamma(a).sqrt();
            let drift =
                (mean - crate::special::digamma_minus_log(a)) / deviation * (draws.len() as f64).sqrt();
            // Six standard errors, and a rounding of the logarithm.
            assert!(drift.abs() < 6.0 + 1e-14 / deviation, "shape {a}: {drift}");
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
