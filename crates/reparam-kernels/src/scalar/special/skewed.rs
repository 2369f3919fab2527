//! The distribution functions of the skew-normal law and of the inverse Gaussian law, and the entropy of the latter.

use crate::{Scalar, single, special};

/// The density of the standard skew-normal law.
fn skew_normal_log_density(z: f64, skewness: f64) -> f64 {
    const LN_2_LESS_HALF_LN_2_PI: f64 = -0.225_791_352_644_727_43;
    LN_2_LESS_HALF_LN_2_PI - 0.5 * z * z + special::log_normal_cdf(skewness * z)
}

/// P(Z ≤ z) of the standard skew-normal law.
pub fn skew_normal_cdf<S: Scalar>(z: S, skewness: S) -> S {
    let (at, a) = (z.value(), skewness.value());
    S::chain([z, skewness], special::skew_normal_cdf(at, a), || {
        [single::exp(skew_normal_log_density(at, a)), special::skew_normal_cdf_grad_skewness(at, a)]
    })
}

/// ln P(Z ≤ z) of the standard skew-normal law.
pub fn skew_normal_log_cdf<S: Scalar>(z: S, skewness: S) -> S {
    let (at, a) = (z.value(), skewness.value());
    let value = special::skew_normal_log_cdf(at, a);
    S::chain([z, skewness], value, || {
        let hazard = single::exp(skew_normal_log_density(at, a) - value);
        [hazard, -hazard * special::skew_normal_draw_slope(at, a)]
    })
}

/// Var\[ln(1 + y / c)\] for a standard exponential number y.
pub fn log1p_exponential_variance<S: Scalar>(c: S) -> S {
    let [value, slope] = special::log1p_exponential_variance(c.value());
    S::chain([c], value, || [slope])
}

/// e^x E₁(x).
pub fn scaled_exponential_integral<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::scaled_exponential_integral(at), || {
        [special::scaled_exponential_integral_grad(at)]
    })
}
