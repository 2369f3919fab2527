//! The modified Bessel function of the first kind of any order v ≥ −½, as the von Mises–Fisher distribution in d
//! dimensions needs it: v = d/2 − 1.
//!
//! Where √(v² + k²) is below 40 by power series, whose terms are positive; above by the uniform expansion of Debye.

use super::debye::{Debye, LEAST_RADIUS};
use crate::elementary::{exp, log, log1p};

/// The logarithm of the modified Bessel function of the first kind, scaled.
///
/// log(I_v(k) e^(−k)) for v ≥ −½ and k ≥ 0: at k = 0 −∞ for v > 0, 0 for v = 0 and +∞ below; not-a-number outside.
///
/// Largest error measured, relative to the largest of the terms k, v log k, log Γ(v) and 1: 3e-16.
/// Source: DLMF 10.25.2 and 10.41.3.
pub fn log_iv_scaled(v: f64, k: f64) -> f64 {
    if outside(v, k) {
        return f64::NAN;
    }
    if k == 0.0 {
        return if v == 0.0 { 0.0 } else { -v.signum() * f64::INFINITY };
    }
    if k == f64::INFINITY {
        return f64::NEG_INFINITY;
    }
    if libm::hypot(v, k) < LEAST_RADIUS {
        v * log(0.5 * k) - libm::lgamma(v + 1.0) - k + log1p(hypergeometric_rise(v + 1.0, k))
    } else {
        Debye::new(v, k).log_scaled()
    }
}

/// The ratio of the modified Bessel functions of neighbouring orders.
///
/// I_{v+1}(k) / I_v(k) for v ≥ −½ and k ≥ 0, the mean resultant length of the von Mises–Fisher distribution in 2 v + 2
/// dimensions: ~ k/(2v + 2) near 0, 1 − (v + ½)/k for large k; not-a-number outside.
///
/// Largest relative error measured: 2e-15 for √(v² + k²) below 40, 3e-16 above.
pub fn bessel_ratio_order(v: f64, k: f64) -> f64 {
    if outside(v, k) {
        f64::NAN
    } else if k == f64::INFINITY {
        1.0
    } else if libm::hypot(v, k) < LEAST_RADIUS {
        0.5 * k / (v + 1.0)
            * ((1.0 + hypergeometric_rise(v + 2.0, k)) / (1.0 + hypergeometric_rise(v + 1.0, k)))
    } else {
        Debye::new(v, k).ratio()
    }
}

/// The derivative of [`bessel_ratio_order`] in its argument.
///
/// R′ = 1 − R² − (2v + 1) R/k for v ≥ −½ and k ≥ 0: 1/(2v + 2) at 0, ~ (v + ½)/k² for large k; not-a-number outside. The
/// three terms cancel; the power series of I_v² R′ has positive terms.
///
/// Largest relative error measured: 4e-15 for √(v² + k²) below 40, 4e-16 above.
pub fn bessel_ratio_order_grad(v: f64, k: f64) -> f64 {
    if outside(v, k) {
        f64::NAN
    } else if k == f64::INFINITY {
        0.0
    } else if v == -0.5 {
        // The ratio is tanh k.
        let t = exp(-2.0 * k);
        4.0 * t / ((1.0 + t) * (1.0 + t))
    } else if libm::hypot(v, k) < LEAST_RADIUS {
        let i = 1.0 + hypergeometric_rise(v + 1.0, k);
        let a = 0.25 * k * k;
        let products = 1.0
            + series_rise(|n| {
                2.0 * (2.0 * (v + n) + 1.0) * a / ((n + 1.0) * (2.0 * v + n + 2.0) * (v + n + 2.0))
            });
        0.5 * products / (v + 1.0) / i / i
    } else {
        Debye::new(v, k).ratio_grad()
    }
}

/// Whether the arguments are outside the domain, or not numbers.
fn outside(v: f64, k: f64) -> bool {
    !(-0.5..f64::INFINITY).contains(&v) || k.is_nan() || k < 0.0
}

/// ₀F₁(; b; (k/2)²) − 1 = Σ (k/2)^(2n) / (n! (b)_n) from n = 1.
pub(super) fn hypergeometric_rise(b: f64, k: f64) -> f64 {
    let a = 0.25 * k * k;
    series_rise(|n| a / ((n + 1.0) * (b + n)))
}

/// r(0) + r(0) r(1) + …, for ratios of terms that fall below ½ well before the last of the terms that are looked at.
fn series_rise(ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 0..200 {
        term *= ratio(f64::from(n));
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{bessel_ratio_order, bessel_ratio_order_grad, log_iv_scaled};
    use crate::special::{bessel_ratio, bessel_ratio_grad, i0e};

    /// log(e^(−k) I_{½}(k)) and so on: in odd dimensions the functions are elementary.
    #[test]
    fn half_integer_orders() {
        for k in [1e-3, 0.5, 3.0, 39.9, 40.1, 500.0, 1e8] {
            let exact = 0.5 * (2.0 / (std::f64::consts::PI * k)).ln() + (0.5 * -(-2.0 * k).exp_m1()).ln();
            assert!((log_iv_scaled(0.5, k) - exact).abs() < 1e-14 * exact.abs().max(1.0), "log I at {k}");
            assert!((bessel_ratio_order(-0.5, k) / k.tanh() - 1.0).abs() < 2e-15, "ratio at {k}");
        }
    }

    #[test]
    fn order_zero_agrees_with_its_own_functions() {
        for k in [1e-3, 0.5, 7.9, 8.1, 39.9, 40.1, 500.0, 1e8, 1e300] {
            assert!((log_iv_scaled(0.0, k) - i0e(k).ln()).abs() < 2e-15 * i0e(k).ln().abs().max(40.0), "{k}");
            assert!((bessel_ratio_order(0.0, k) / bessel_ratio(k) - 1.0).abs() < 2e-15, "{k}");
            let slope = bessel_ratio_grad(k);
            assert!((bessel_ratio_order_grad(0.0, k) - slope).abs() <= 3e-15 * slope, "{k}");
        }
    }

    #[test]
    fn edges() {
        let inf = f64::INFINITY;
        assert_eq!([-0.5, 0.0, 2.5].map(|v| log_iv_scaled(v, 0.0)), [inf, 0.0, -inf]);
        assert_eq!((log_iv_scaled(2.0, inf), bessel_ratio_order(2.0, inf)), (-inf, 1.0));
        assert_eq!((bessel_ratio_order(2.0, 0.0), bessel_ratio_order(500.0, 0.0)), (0.0, 0.0));
        assert_eq!((bessel_ratio_order_grad(1.0, 0.0), bessel_ratio_order_grad(1.0, inf)), (0.25, 0.0));
        assert!(log_iv_scaled(f64::NAN, 1.0).is_nan() && bessel_ratio_order(1.0, f64::NAN).is_nan());
        assert!(log_iv_scaled(-0.6, 1.0).is_nan() && bessel_ratio_order_grad(1.0, -1.0).is_nan());
    }
}
