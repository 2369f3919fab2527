//! The tail of the standard normal distribution and its inverse, from series alone: no table is shared with the
//! code under test.

/// P(Z > z) of a standard normal Z.
///
/// ```text
/// z < 0   1 − P(Z > −z)
/// z < 3   ½ − φ(z) Σₖ z^(2k+1) / (1·3·5···(2k+1))      all terms positive
/// else    φ(z) / (z + 1/(z + 2/(z + 3/(z + …))))       Laplace's continued fraction
/// ```
///
/// Loses precision: relative error below 10⁻¹³; 0 beyond z ≈ 38.5, where the result underflows.
///
/// Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.2.11 and 26.2.14.
pub fn normal_upper_tail(z: f64) -> f64 {
    if z.is_nan() {
        return z;
    }
    if z < 0.0 {
        return 1.0 - normal_upper_tail(-z);
    }
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    if z < 3.0 {
        let (mut term, mut sum, mut odd) = (z, z, 1.0);
        while term > sum * 1e-17 {
            odd += 2.0;
            term *= z * z / odd;
            sum += term;
        }
        return 0.5 - density * sum;
    }
    // At z = 3 two hundred levels leave an error far below the rounding.
    let fraction = (1..=200).rev().fold(z, |below, level| z + f64::from(level) / below);
    density / fraction
}

/// The z with P(Z ≤ z) = p for a standard normal Z; −∞ at 0, ∞ at 1, NaN outside.
///
/// Halley's iteration on log P(Z > z) in the upper half, so that rates such as 10⁻³⁰⁰ are as good as 10⁻³.
///
/// Loses precision: as p nears 1, to the spacing of the doubles there; ask for `-normal_quantile(1 − p)` with the
/// small tail known exactly instead.
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let log_p = p.ln();
    // The tail is roughly exp(−z²/2)/2 near 0 and exp(−z²/2)/(z√(2π)) far out.
    let mut z = (-2.0 * (2.0 * p).ln()).max(0.0).sqrt();
    for _ in 0..50 {
        let tail = normal_upper_tail(z);
        let hazard = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt() / tail;
        let gap = tail.ln() - log_p;
        // d log P/dz = −hazard, and d hazard/dz = hazard (hazard − z).
        let step = gap / hazard;
        let halley = step / (1.0 + 0.5 * step * (hazard - z));
        z += halley;
        if halley.abs() <= 1e-15 * z.abs().max(1e-3) {
            break;
        }
    }
    -z
}

#[cfg(test)]
mod tests {
    use super::{normal_quantile, normal_upper_tail};

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 2e-13 * b.abs()
    }

    #[test]
    fn the_tail_has_its_known_values() {
        // Rounded from 20 digits: ½ erfc(z/√2).
        for (z, tail) in [
            (0.5, 0.30853753872598689636),
            (1.0, 0.15865525393145705142),
            (2.0, 0.022750131948179207201),
            (3.0, 0.0013498980316300945272),
            (5.0, 2.8665157187919391168e-7),
            (10.0, 7.6198530241605260660e-24),
            (37.0, 5.7255712225245708e-300),
        ] {
            assert!(close(normal_upper_tail(z), tail), "{z}: {:e}", normal_upper_tail(z));
            assert!(close(normal_upper_tail(-z), 1.0 - tail));
        }
    }

    #[test]
    fn the_two_expansions_meet() {
        let slope = -(-4.5f64).exp() / std::f64::consts::TAU.sqrt();
        let below = normal_upper_tail(3.0 - 1e-9);
        assert!(((normal_upper_tail(3.0) - below) - slope * 1e-9).abs() < 1e-15);
    }

    #[test]
    fn the_quantile_undoes_the_tail() {
        for p in [0.5, 0.49999, 0.3, 0.05, 1e-3, 1e-9, 1e-12, 1e-100, 1e-300] {
            let z = normal_quantile(p);
            let back = normal_upper_tail(-z);
            // The condition of the tail is z²: an error of one rounding in z shows z² times.
            assert!((back - p).abs() <= (1e-13 + 4e-16 * z * z) * p, "{p}: {z} {back:e}");
        }
        assert!((normal_quantile(0.975) - 1.959963984540054).abs() < 1e-13);
        assert!(normal_quantile(0.0) == f64::NEG_INFINITY && normal_quantile(1.0) == f64::INFINITY);
        assert!(normal_quantile(-0.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    }
}
