//! How far gamma laws are from normal.

use crate::{Scalar, special};

/// ½ + (a − 1) (ψ(a) − ln a) less Stirling's error.
pub fn gamma_negentropy<S: Scalar>(a: S) -> S {
    let at = a.value();
    S::chain([a], special::gamma_negentropy(at), || [special::gamma_negentropy_grad(at)])
}

/// The same less 1 / (3 a).
pub fn gamma_negentropy_rest<S: Scalar>(a: S) -> S {
    let at = a.value();
    S::chain([a], special::gamma_negentropy_rest(at), || {
        [special::gamma_negentropy_grad(at) + (3.0 * at * at).recip()]
    })
}

/// The negentropy at a less that at a + h, for h ≥ 0.
pub fn gamma_negentropy_fall<S: Scalar>(a: S, h: S) -> S {
    let (at, way) = (a.value(), h.value());
    S::chain([a, h], special::gamma_negentropy_fall(at, way), || {
        let far = special::gamma_negentropy_grad(at + way);
        [special::gamma_negentropy_grad(at) - far, -far]
    })
}

/// ln x − ψ(x) − 1 / (2 x).
pub fn log_minus_digamma_excess<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::log_minus_digamma_excess(at), || [special::log_minus_digamma_excess_grad(at)])
}
