//! What ψ rises by over half a unit, beyond the leading term: the constants of Student's t law are made of it.

/// B₂ⱼ (2 − 2^(1 − 2 j)) / (2 j): the asymptotic series in 1 / z² (DLMF 5.11.2 at z and z + ½).
const SERIES: [f64; 8] = [
    1.0 / 8.0,
    -1.0 / 64.0,
    1.0 / 128.0,
    -17.0 / 2048.0,
    31.0 / 2048.0,
    -691.0 / 16384.0,
    5461.0 / 32768.0,
    -929_569.0 / 1_048_576.0,
];
/// From here on the series holds in double precision.
const LARGE: f64 = 10.0;

/// ψ(z + ½) − ψ(z) − 1 / (2 z).
///
/// For z > 0. Positive, falls from +∞ to 1 / (8 z²). From z = 10 its asymptotic series, below that the recurrence, whose
/// terms are positive.
pub fn digamma_half_step(z: f64) -> f64 {
    let (mut z, mut sum) = (z, 0.0);
    while z < LARGE {
        sum += 0.25 / (z * (z + 0.5) * (z + 1.0));
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    sum + SERIES.iter().rev().fold(0.0, |series, c| w * (series + c))
}

/// ψ′(z + ½) − ψ′(z) + 1 / (2 z²), the derivative of [`digamma_half_step`].
///
/// Domain and method as there. Negative.
pub fn trigamma_half_step(z: f64) -> f64 {
    let (mut z, mut sum) = (z, 0.0);
    while z < LARGE {
        let term = 0.25 / (z * (z + 0.5) * (z + 1.0));
        sum -= term * (1.0 / z + 1.0 / (z + 0.5) + 1.0 / (z + 1.0));
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    let series =
        SERIES.iter().enumerate().rev().fold(0.0, |series, (j, c)| w * (series + (j + 1) as f64 * c));
    sum - 2.0 * series / z
}
