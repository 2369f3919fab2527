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

/// ψ(z + d) − ψ(z).
///
/// For z > 0 and d ≥ 0, with full relative accuracy for any d: −E ln X for X ~ Beta(z, d).
///
/// The recurrence, and the asymptotic series as a divided difference.
pub fn digamma_rise(z: f64, d: f64) -> f64 {
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < LARGE {
        sum += d / (shifted * (shifted + d));
        shifted += 1.0;
    }
    sum + log1p(d / shifted) + series_rise(shifted, d)
}

/// ψ(z + d) − ln(z + d) − ψ(z) + ln z.
///
/// For z > 0 and d ≥ 0, with full relative accuracy for any d.
pub fn digamma_minus_log_rise(z: f64, d: f64) -> f64 {
    if z < LARGE { digamma_rise(z, d) - log1p(d / z) } else { series_rise(z, d) }
}

/// ψ(z + d) − ψ(z) − ψ(z + d + e) + ψ(z + e).
///
/// For z > 0, d ≥ 0 and e ≥ 0, of which one is not far below 1, with full relative accuracy: every part but the last is
/// positive, and of that only what it adds to the others counts.
pub fn digamma_bend(z: f64, d: f64, e: f64) -> f64 {
    let (small, large) = if d < e { (d, e) } else { (e, d) };
    // 1/z − 1/(z + d) − 1/(z + e) + 1/(z + d + e).
    let of_reciprocal = |z: f64| {
        let (near, far) = (z + d, z + e);
        d / z / near * (e / far / (far + d)) * (z + far + d)
    };
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < LARGE {
        sum += of_reciprocal(shifted);
        shifted += 1.0;
    }
    let of_logarithm = log1p(d / shifted * (e / (shifted + d + e)));
    let of_series = series_rest(shifted, small) - series_rest(shifted + large, small);
    sum + of_logarithm + 0.5 * of_reciprocal(shifted) + of_series
}

/// ψ(z + d) − ln(z + d) − ψ(z) + ln z for z ≥ 10.
fn series_rise(z: f64, d: f64) -> f64 {
    0.5 * d / z / (z + d) + series_rest(z, d)
}

/// The same without the rise of −1 / (2 z), from the series as a divided difference in 1 / z².
fn series_rest(z: f64, d: f64) -> f64 {
    let (near, far) = (1.0 / z, 1.0 / (z + d));
    let (v, w) = (near * near, far * far);
    let (mut value, mut divided) = (0.0, 0.0);
    for c in BERNOULLI.iter().rev() {
        divided = divided * w + value + c;
        value = v * (value + c);
    }
    d * near * far * ((near + far) * divided)
}

/// B₂ₖ for k = 1, 2, …
const BERNOULLI_NUMBERS: [f64; 9] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
    43867.0 / 798.0,
];
/// From here on the asymptotic series of ψ′ with these terms holds in double precision.
const LARGE_FOR_TRIGAMMA: f64 = 16.0;

/// ψ′(z + d) − 1/(z + d) − ψ′(z) + 1/z, negative.
///
/// For z > 0 and d ≥ 0, with full relative accuracy where d is not far below 1, however large z is.
///
/// The recurrence, and the asymptotic series DLMF 5.15.8, of which z⁻ⁿ − (z + d)⁻ⁿ is z⁻ⁿ (1 − y) (1 + y + … + yⁿ⁻¹) with
/// y = z / (z + d).
pub fn trigamma_minus_recip_rise(z: f64, d: f64) -> f64 {
    let (mut near, mut far, mut sum) = (z, z + d, 0.0);
    while near < LARGE_FOR_TRIGAMMA {
        // What ψ′(x) − 1/x has above the same at x + 1.
        sum += 1.0 / (far * far * (far + 1.0)) - 1.0 / (near * near * (near + 1.0));
        near += 1.0;
        far += 1.0;
    }
    let (y, r) = (near / far, 1.0 / near);
    let square = y * y;
    let mut series = 0.5 * r * r * (1.0 + y);
    let (mut power, mut geometric) = (r * r * r, 1.0 + y + square);
    for b in BERNOULLI_NUMBERS {
        series += b * power * geometric;
        power *= r * r;
        geometric = 1.0 + y + square * geometric;
    }
    sum - d / far * series
}
