//! Draws of the von Mises law.

use std::f64::consts::FRAC_PI_2;

use super::TRIES;
use crate::{Element, single};

/// The angle in [−π, π] of a von Mises draw with mean direction 0, exact in distribution for every concentration ≥ 0;
/// not-a-number elsewhere.
///
/// Rejection from a wrapped Cauchy law, by half-angle tangents t: g tan(φ/2) of a uniform angle φ has that law, and
/// 1 − cos z = 2 t² / (1 + t²), so that neither the uniform limit nor the concentrated one loses digits. At least 65 % of the
/// tries are accepted.
///
/// D. J. Best, N. I. Fisher, "Efficient simulation of the von Mises distribution", Applied Statistics 28 (1979).
pub(crate) fn von_mises(bits: &mut Element, concentration: f64) -> f64 {
    // With their r = 1 + a / concentration.
    let a = 0.5 + 0.5 / (libm::hypot(1.0, 2.0 * concentration) + 2.0 * concentration);
    let g = (0.5 * a / (0.5 * a + concentration)).sqrt();
    for _ in 0..TRIES {
        let t = g * libm::tan(FRAC_PI_2 * bits.uniform());
        let square = t * t;
        let c = a + concentration * (2.0 * square / (1.0 + square));
        if single::log(bits.uniform()) <= single::log(c) + 1.0 - c {
            let z = 2.0 * libm::atan(t);
            return if bits.bits() & 1 == 0 { z } else { -z };
        }
    }
    f64::NAN
}
