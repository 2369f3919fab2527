//! The digamma function less its logarithm, and its rise over an interval.

use libm::log1p;

/// B₂ₖ / (2 k): ψ(z) = ln z − 1 / (2 z) − Σ B₂ₖ / (2 k z^(2k)) (DLMF 5.11.2).
const BERNOULLI: [f64; 7] =
    [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0, 1.0 / 12.0];
/// From here on the series holds in double precision.
const LARGE: f64 = 10.0;

/// ψ(z) − ln z for z > 0.
///
/// Its error is 5e-16 relative to max(1, 1 / z) below z = 10, where that is all that slopes need: a third of the time that
/// full relative accuracy takes.
pub(super) fn digamma_gap(z: f64) -> f64 {
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < LARGE {
        sum += 1.0 / shifted;
        shifted += 1.0;
    }
    let w = 1.0 / (shifted * shifted);
    let tail = -0.5 / shifted - BERNOULLI.iter().rev().fold(0.0, |series, c| w * (series + c));
    if shifted > z { tail - sum + log1p((shifted - z) / z) } else { tail }
}

/// ψ(z + d) − ψ(z) for z > 0 and d ≥ 0, with full relative accuracy for any d.
pub(super) fn digamma_rise(z: f64, d: f64) -> f64 {
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < LARGE {
        sum += d / (shifted * (shifted + d));
        shifted += 1.0;
    }
    // The series as a divided difference in 1 / z².
    let (near, far) = (1.0 / shifted, 1.0 / (shifted + d));
    let (v, w) = (near * near, far * far);
    let (mut value, mut divided) = (0.0, 0.0);
    for c in BERNOULLI.iter().rev() {
        divided = divided * w + value + c;
        value = v * (value + c);
    }
    let gap = d * near * far;
    sum + log1p(d / shifted) + gap * (0.5 + (near + far) * divided)
}
