//! Stand-ins.
use crate::elementary::{log, log1p};

pub(super) fn stirling_error(z: f64) -> f64 {
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < 10.0 {
        sum += (shifted + 0.5) * log1p(1.0 / shifted) - 1.0;
        shifted += 1.0;
    }
    let w = 1.0 / (shifted * shifted);
    let c = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0];
    sum + c.iter().rev().fold(0.0, |s, c| s * w + c) / shifted
}

pub(super) fn log1pmx(z: f64) -> f64 {
    if (-0.3..0.5).contains(&z) {
        let s = z / (2.0 + z);
        let w = s * s;
        let mut sum = 0.0;
        for k in (1..=16).rev() {
            sum = (sum + 2.0 / f64::from(2 * k + 1)) * w;
        }
        s * (sum - z)
    } else {
        log1p(z) - z
    }
}

/// ln Γ(z + d) − ln Γ(z).
pub(super) fn lgamma_diff(z: f64, d: f64) -> f64 {
    // Γ(z+d)/Γ(z) by shifting up, then Stirling.
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < 10.0 {
        sum -= log1p(d / shifted);
        shifted += 1.0;
    }
    let gap = d / (shifted * (shifted + d));
    let (u, v) = (1.0 / shifted, 1.0 / (shifted + d));
    let c = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0];
    // odd powers: p(u) = u q(u²)
    let (mut value, mut divided) = (0.0, 0.0);
    let (uu, vv) = (u * u, v * v);
    for c in c.iter().rev() {
        divided = divided * vv + value;
        value = value * uu + c;
    }
    let difference = gap * (value + v * (u + v) * divided);
    sum + (shifted + d - 0.5) * log1p(d / shifted) + d * (log(shifted) - 1.0) - difference
}
