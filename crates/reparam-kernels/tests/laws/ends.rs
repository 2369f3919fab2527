//! How densities fade, against their tails at levels from e^−300 to e^−600.

use reparam_kernels::law::Decay;

use crate::cases::{Case, cases};

const LOG_ODDS: [f64; 3] = [300.0, 450.0, 600.0];

/// y and the logarithm of the tail beyond it, at three levels towards one end, if numbers reach that far.
fn tail(case: &Case, side: usize) -> Option<[[f64; 2]; 3]> {
    let sign = if side == 0 { -1.0 } else { 1.0 };
    let log_tail = if side == 0 { case.law.log_cdf? } else { case.law.log_sf? };
    let (low, high) = (case.law.support)(case.theta).ends();
    let end = [low, high][side];
    let found = case.quantiles(&LOG_ODDS.map(|t| sign * t));
    let at = |(_, x): &(_, f64)| {
        let y = if end.is_finite() { (x - end).abs().recip() } else { x.abs() };
        [y, log_tail(*x, case.theta)]
    };
    let [near, far, farther] = found.as_slice() else { return None };
    Some([at(near), at(far), at(farther)])
}

/// By how much the tail falls where `of` y grows by one, where that has settled.
fn fall(points: [[f64; 2]; 3], of: impl Fn(f64) -> f64) -> Option<f64> {
    let [near, far] = [0, 1].map(|i| {
        let ([y, tail], [farther, smaller]) = (points[i], points[i + 1]);
        (tail - smaller) / (of(farther) - of(y))
    });
    ((near - far).abs() < 0.05 * far.abs()).then_some(far)
}

#[test]
fn tails_fade_as_the_ends_say() {
    let mut seen = [0; 4];
    for case in cases() {
        let Some(ends) = case.law.ends else { panic!("{} does not say how it fades", case.law.name) };
        for (side, decay) in ends(case.theta).into_iter().enumerate() {
            let Some(points) = tail(&case, side) else { continue };
            let (low, high) = (case.law.support)(case.theta).ends();
            if points[0][0] < 100.0 / (high - low) {
                continue;
            }
            let (kind, found, stated) = match decay {
                Decay::Power(index) => (0, fall(points, f64::ln), index),
                // A location of some scales bends it, and only the shape is stated.
                Decay::Logarithmic => (1, fall(points, |y| y.ln().powi(2)).map(|_| 1.0), 1.0),
                Decay::Exponential { rate, power, .. } => (2, fall(points, |y| y.powf(power)), rate),
                // The logarithm of the tail is itself exponential.
                Decay::Double(rate) => (3, fall(points.map(|[y, tail]| [y, -(-tail).ln()]), |y| y), rate),
            };
            let Some(found) = found else { continue };
            // Where a location, or a part that fades more slowly, still tells, the shape does not show.
            let ([near, _], [far, tail]) = (points[1], points[2]);
            let is_far = match decay {
                Decay::Power(_) => (far / near).ln() > 1.0,
                Decay::Exponential { power, .. } => (-tail / far.powf(power) / found - 1.0).abs() < 0.3,
                _ => true,
            };
            if !is_far {
                continue;
            }
            seen[kind] += 1;
            let name = format!("{} {:?} at end {side}: {decay:?}", case.law.name, case.theta);
            assert!((found - stated).abs() <= 0.2 * stated, "{name}, found {found}");
        }
    }
    assert!(seen.iter().zip([30, 2, 30, 1]).all(|(seen, least)| *seen >= least), "{seen:?}");
}
