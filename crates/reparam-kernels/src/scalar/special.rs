//! The special functions of formulas, with their partial derivatives.

use super::Scalar;
use crate::special;

/// x ln(x / m) + m − x.
pub fn deviance<S: Scalar>(x: S, m: S) -> S {
    let (count, mean) = (x.value(), m.value());
    S::chain([x, m], special::deviance(count, mean), || {
        [(count / mean).ln(), (mean - count) / mean]
    })
}

/// ln(1 + x) − x.
pub fn log1pmx<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::log1pmx(at), || [-at / (1.0 + at)])
}

/// ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π).
pub fn stirling_error<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::stirling_error(at), || [special::digamma_minus_log(at) + 0.5 / at])
}
