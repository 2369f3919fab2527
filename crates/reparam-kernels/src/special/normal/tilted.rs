//! Integrals over the normal density beside a point, relative to the density there.

use crate::elementary::exp;
use crate::special::quadrature::{NEGLIGIBLE, integrate};

/// ∫ f(u) e^(−a u − u²/2) du from 0 to `width`, for a ≥ −1: ∫ f(t − a) φ(t)/φ(a) dt from a to a + `width`.
pub(super) fn tilted(a: f64, width: f64, f: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
    // Where a u + u²/2 is beyond what counts.
    let end = 2.0 * NEGLIGIBLE / (a + libm::hypot(a, (2.0 * NEGLIGIBLE).sqrt()));
    integrate(move |u: f64| f(u) * exp(-u * (a + 0.5 * u)), 0.0, width.min(end))
}
