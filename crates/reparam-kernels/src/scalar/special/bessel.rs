//! Bessel functions and the von Mises law.

use crate::{Scalar, single, special};

/// I₁(k) / I₀(k).
pub fn bessel_ratio<S: Scalar>(k: S) -> S {
    let at = k.value();
    S::chain([k], special::bessel_ratio(at), || [special::bessel_ratio_grad(at)])
}

/// 1 − I₁(k) / I₀(k).
pub fn bessel_ratio_complement<S: Scalar>(k: S) -> S {
    let at = k.value();
    S::chain([k], special::bessel_ratio_complement(at), || [-special::bessel_ratio_grad(at)])
}

/// ln I₀(x) − ln I₀(y) − (ln I₀)′(y) (x − y) ≥ 0.
pub fn log_i0_bregman<S: Scalar>(x: S, y: S) -> S {
    let (a, b) = (x.value(), y.value());
    S::chain([x, y], special::log_i0_bregman(a, b), || {
        let (far, near) = (special::bessel_ratio_complement(a), special::bessel_ratio_complement(b));
        [near - far, -special::bessel_ratio_grad(b) * (a - b)]
    })
}

/// −ln(2π e^(−k) I₀(k)).
pub fn von_mises_log_peak<S: Scalar>(k: S) -> S {
    let at = k.value();
    S::chain([k], special::von_mises_log_peak(at), || [special::bessel_ratio_complement(at)])
}

/// Var\[z\] of an angle z in [−π, π].
pub fn von_mises_variance<S: Scalar>(k: S) -> S {
    let at = k.value();
    S::chain([k], special::von_mises_variance(at), || [special::von_mises_variance_grad(at)])
}

/// ln(2π e^(−k) I₀(k)) + k (1 − I₁(k) / I₀(k)), the entropy.
pub fn von_mises_entropy<S: Scalar>(k: S) -> S {
    let at = k.value();
    let value = at * special::bessel_ratio_complement(at) - special::von_mises_log_peak(at);
    S::chain([k], value, || [-at * special::bessel_ratio_grad(at)])
}

/// The density at the angle z.
fn density(k: f64, z: f64) -> f64 {
    let sine = libm::sin(0.5 * z);
    single::exp(special::von_mises_log_peak(k) - k * (2.0 * sine * sine))
}

/// P(Z ≤ z) for z in [−π, π].
pub fn von_mises_cdf<S: Scalar>(z: S, k: S) -> S {
    let (at, concentration) = (z.value(), k.value());
    S::chain([z, k], special::von_mises_cdf(concentration, at), || {
        let density = density(concentration, at);
        [density, -density * special::von_mises_draw_slope(concentration, at)]
    })
}

/// ln P(Z ≤ z) for z in [−π, π].
pub fn von_mises_log_cdf<S: Scalar>(z: S, k: S) -> S {
    let (at, concentration) = (z.value(), k.value());
    let value = special::von_mises_log_cdf(concentration, at);
    S::chain([z, k], value, || {
        let sine = libm::sin(0.5 * at);
        let exponent = special::von_mises_log_peak(concentration) - concentration * (2.0 * sine * sine);
        let hazard = single::exp(exponent - value);
        [hazard, -hazard * special::von_mises_draw_slope(concentration, at)]
    })
}

/// The z with P(Z ≤ z) = p.
pub fn von_mises_quantile<S: Scalar>(p: S, k: S) -> S {
    let concentration = k.value();
    let z = special::von_mises_quantile(concentration, p.value());
    S::chain([p, k], z, || {
        [density(concentration, z).recip(), special::von_mises_draw_slope(concentration, z)]
    })
}
