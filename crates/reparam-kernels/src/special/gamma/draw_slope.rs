//! How a Gamma(a, 1) draw moves with its shape at a fixed quantile, and the derivative of P in the shape.

use libm::{exp, log};

use super::incomplete::{lower_series, upper_fraction};
use super::{digamma, poisson_log_mass, polygamma, uniform};

/// dx/da for a draw x of Gamma(a, 1) at fixed P(a, x), the pathwise derivative −(∂P/∂a) / p(x).
///
/// For a > 0 and x ≥ 0; 0 at x = 0, +∞ at x = ∞ and not-a-number elsewhere. Always positive. Largest relative error
/// measured, for a from 1e-10 to 1e15 and into tails of 1e-300: 9e-15 for a < 16, 2e-15 above.
///
/// See `log_gamma_draw_slope`.
pub fn gamma_draw_slope(a: f64, x: f64) -> f64 {
    if a > 0.0 && (x == 0.0 || x == f64::INFINITY) { x } else { x * log_slope(a, x, log(x)) }
}

/// d ln x / da for the logarithm of a draw x of Gamma(a, 1) at fixed P(a, x), from ln x.
///
/// For a > 0 and every ln x, also where x underflows or overflows; +∞ at ln x = −∞. Never negative.
///
/// Below, Σₙ tₙ (ψ(a + 1 + n) − ln x) / a over the terms tₙ of the power series of P, all positive for ln x < ψ(a + 1).
/// Above, ((ln x − ψ(a)) K + ∂K/∂a) / x with K = Γ(a, x) / (xᵃ⁻¹ e⁻ˣ) from its continued fraction, both positive for
/// ln x > ψ(a). For large a and x within a factor e of it, an expansion in 1/a of functions of x / a: the slope varies
/// slowly, and the density and the distribution function cancel from its differential equation.
pub fn log_gamma_draw_slope(a: f64, log_x: f64) -> f64 {
    log_slope(a, exp(log_x), log_x)
}

/// ln x + a d ln x / da for the logarithm of a draw x of Gamma(a, 1) at fixed P(a, x), from ln x: d(a ln x) / da.
///
/// Domain and method of `log_gamma_draw_slope`. For small a both terms are of the size of 1 / a, and their sum is not: what
/// the draws with density ∝ e^(−|x|^p) for large p, powers of gamma draws of shape 1 / p, move by.
pub fn log_gamma_power_slope(a: f64, log_x: f64) -> f64 {
    let x = exp(log_x);
    if a < 1.0 && x < 2.0 + 1.25 * a {
        let (sum, weighted) = lower_series(a, x);
        return sum * polygamma::digamma_from_one(a) + (1.0 - sum) * log_x + weighted;
    }
    log_x + a * log_slope(a, x, log_x)
}

/// ∂P(a, x)/∂a.
///
/// For a > 0 and x ≥ 0. Never positive. Errors as those of `gamma_draw_slope` and of the density.
pub fn gamma_p_grad_a(a: f64, x: f64) -> f64 {
    if a > 0.0 && (x == 0.0 || x == f64::INFINITY) {
        return 0.0;
    }
    let half = exp(0.5 * poisson_log_mass(a, x));
    -half * (a * log_slope(a, x, log(x))) * half
}

/// d ln x / da, given x and ln x.
fn log_slope(a: f64, x: f64, log_x: f64) -> f64 {
    if !(a > 0.0 && a < f64::INFINITY && !log_x.is_nan()) {
        return f64::NAN;
    }
    let w = log_x - log(a);
    if uniform::covers(a, w) {
        return uniform::log_slope(a, w) / a;
    }
    if x < 2.0 + 1.25 * a {
        // The first terms turn negative above e^ψ(a + 1), but cost less than two digits up to here.
        let (sum, weighted) = lower_series(a, x);
        let centre = if a <= 1.0 { polygamma::digamma_from_one(a) } else { digamma(a + 1.0) };
        return (sum * (centre - log_x) + weighted) / a;
    }
    if x == f64::INFINITY {
        // The leading term, in which only x overflows.
        return (log_x - digamma(a)) * exp(-log_x);
    }
    let (fraction, slope) = upper_fraction(a, x);
    ((log_x - digamma(a)) * fraction + slope) / x
}
