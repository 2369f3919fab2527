//! Angles: what the Cauchy laws and the log-logistic law need.

use std::f64::consts::PI;

use crate::Scalar;

/// The angle in (0, π) whose cotangent is x, with full relative accuracy at both ends.
pub fn arccot<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], libm::atan2(1.0, at), || [-1.0 / at.mul_add(at, 1.0)])
}

/// cot(π p) for p in [0, ½], with full relative accuracy at both ends.
pub fn cot_pi<S: Scalar>(p: S) -> S {
    let at = p.value();
    let value = if at < 0.25 { libm::tan(PI * at).recip() } else { libm::tan(PI * (0.5 - at)) };
    S::chain([p], value, || [-PI * value.mul_add(value, 1.0)])
}

/// ln(1 + x²), also where x² overflows.
pub fn ln_1p_square<S: Scalar>(x: S) -> S {
    if x.value().abs() < 1e100 { x.square().ln_1p() } else { x.abs().ln() * 2.0 }
}

/// sin x − x cos x, with full relative accuracy at 0, for x in [0, π].
pub fn sin_excess<S: Scalar>(x: S) -> S {
    let at = x.value();
    let value = if at < 1.0 {
        // Σ (−1)^(k+1) 2k / (2k + 1)! x^(2k+1), from k = 1.
        let square = at * at;
        let mut term = at * square / 3.0;
        let mut sum = term;
        for k in 2..12 {
            let k = f64::from(k);
            term *= -square / ((2.0 * k - 2.0) * (2.0 * k + 1.0));
            sum += term;
        }
        sum
    } else {
        libm::sin(at) - at * libm::cos(at)
    };
    S::chain([x], value, || [at * libm::sin(at)])
}
