//! What log-masses of counts are made of.

use crate::{Scalar, special};

/// x ln(x / m) + m − x.
pub fn deviance<S: Scalar>(x: S, m: S) -> S {
    let (count, mean) = (x.value(), m.value());
    S::chain([x, m], special::deviance(count, mean), || [(count / mean).ln(), (mean - count) / mean])
}

/// ln(1 + x) − x.
pub fn log1pmx<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::log1pmx(at), || [-at / (1.0 + at)])
}

/// ln(mᵏ e⁻ᵐ / Γ(k + 1)).
pub fn poisson_log_mass<S: Scalar>(k: S, m: S) -> S {
    let (count, mean) = (k.value(), m.value());
    S::chain([k, m], special::poisson_log_mass(count, mean), || {
        let in_mean = if count == 0.0 { -1.0 } else { (count - mean) / mean };
        [mean.ln() - special::digamma(count + 1.0), in_mean]
    })
}

/// ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π).
pub fn stirling_error<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::stirling_error(at), || [special::digamma_minus_log(at) + 0.5 / at])
}
