//! The logistic function and the hyperbolic tangent on the logarithmic scale.

use std::f64::consts::LN_2;

use crate::elementary::{exp, expm1, log, log1p, sigmoid, softplus};

/// The inverse of softplus.
///
/// The x with log(1 + e^x) = y, which is log(e^y − 1), for y ≥ 0: −∞ at 0, ~ log y for small y, y for large;
/// not-a-number below 0. Relative error below 3 ulp; near y = log 2, where x vanishes, in proportion to the condition.
pub fn softplus_inverse(y: f64) -> f64 {
    if y < 2.0 { log(expm1(y)) } else { y + log1p(-exp(-y)) }
}

/// The logarithm of the logistic function.
///
/// log 1/(1 + e^(−x)) = −softplus(−x), on the whole line. Relative error below 2 ulp.
pub fn log_sigmoid(x: f64) -> f64 {
    -softplus(-x)
}

/// The logarithm of the odds, the inverse of the logistic function.
///
/// log(p / (1 − p)) for p in [0, 1]: ∓∞ at the ends, not-a-number outside. Relative error below 4 ulp, near p = ½ too.
pub fn logit(p: f64) -> f64 {
    if (p - 0.5).abs() < 0.25 {
        // 2p − 1 is exact, and p/(1 − p) = 1 + (2p − 1)/(1 − p).
        log1p((2.0 * p - 1.0) / (1.0 - p))
    } else {
        log(p) - log1p(-p)
    }
}

/// The logarithm of the derivative of tanh.
///
/// log(1 − tanh² u) = −2 log cosh u, on the whole line, even: ~ −u² near 0, 2 log 2 − 2|u| far out. Relative error below
/// 4 ulp.
pub fn log1m_tanh2(u: f64) -> f64 {
    let u = u.abs();
    if u < 2.0 {
        // cosh u = 1 + e²/(2 (1 + e)) with e = e^u − 1.
        let e = expm1(u);
        -2.0 * log1p(0.5 * e * e / (1.0 + e))
    } else {
        2.0 * (LN_2 - u - log1p(exp(-2.0 * u)))
    }
}

/// The entropy of a Bernoulli variable given by the logarithm of its odds.
///
/// −p log p − (1 − p) log(1 − p) with p = sigmoid(`logit`), in nats, on the whole line, even. Relative error below 4 ulp,
/// in the tails too, where it is ~ |logit| e^(−|logit|).
pub fn binary_entropy_logit(logit: f64) -> f64 {
    let x = logit.abs();
    if x == f64::INFINITY {
        return 0.0;
    }
    softplus(-x) + x * sigmoid(-x)
}

#[cfg(test)]
mod tests {
    use super::{binary_entropy_logit, log_sigmoid, log1m_tanh2, logit, softplus_inverse};

    const INF: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        assert_eq!((softplus_inverse(0.0), softplus_inverse(INF)), (-INF, INF));
        assert!(softplus_inverse(-1.0).is_nan() && softplus_inverse(f64::NAN).is_nan());
        assert_eq!((log_sigmoid(-INF), log_sigmoid(INF)), (-INF, 0.0));
        assert_eq!((logit(0.0), logit(0.5), logit(1.0)), (-INF, 0.0, INF));
        assert!(logit(-0.1).is_nan() && logit(1.1).is_nan() && logit(f64::NAN).is_nan());
        assert_eq!((log1m_tanh2(0.0), log1m_tanh2(-INF)), (0.0, -INF));
        assert_eq!((binary_entropy_logit(-INF), binary_entropy_logit(INF)), (0.0, 0.0));
        assert!(log1m_tanh2(f64::NAN).is_nan() && binary_entropy_logit(f64::NAN).is_nan());
    }
}
