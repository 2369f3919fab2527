//! How densities fade, against their tails at levels from e^−300 to e^−600.

use reparam_kernels::law::Decay;

use crate::cases::{Case, cases};

const LOG_ODDS: [f64; 2] = [300.0, 600.0];

/// y and the logarithm of the tail beyond it, at two levels towards one end, if numbers reach that far.
fn tail(case: &Case, side: usize) -> Option<[[f64; 2]; 2]> {
    let sign = if side == 0 { -1.0 } else { 1.0 };
    let log_tail = if side == 0 { case.law.log_cdf? } else { case.law.log_sf? };
    let (low, high) = (case.law.support)(case.theta).ends();
    let end = [low, high][side];
    let found = case.quantiles(&LOG_ODDS.map(|t| sign * t));
    let at = |(_, x): &(_, f64)| {
        let y = if end.is_finite() { (x - end).abs().recip() } else { x.abs() };
        [y, log_tail(*x, case.theta)]
    };
    let [near, far] = found.as_slice() else { return None };
    Some([at(near), at(far)])
}

#[test]
fn tails_fade_as_the_ends_say() {
    let mut seen = [0; 4];
    for case in cases() {
        let Some(ends) = case.law.ends else { panic!("{} does not say how it fades", case.law.name) };
        for (side, decay) in ends(case.theta).into_iter().enumerate() {
            let Some([[y, tail], [farther, smaller]]) = tail(&case, side) else { continue };
            let name = format!("{} {:?} at end {side}: {decay:?}", case.law.name, case.theta);
            let near = |found: f64, stated: f64, tolerance: f64| {
                assert!((found - stated).abs() <= tolerance * stated, "{name}, found {found}");
            };
            // ln(tail) grows like ln y, (ln y)², y^power or e^(rate y).
            let growth = (smaller / tail).ln();
            match decay {
                Decay::Power(index) => {
                    near((tail - smaller) / (farther / y).ln(), index, 0.01);
                    seen[0] += 1;
                }
                Decay::Logarithmic => {
                    // A location is not far away at scales of 20.
                    let power = growth / (farther.ln().abs() / y.ln().abs()).ln();
                    assert!((1.0..3.0).contains(&power), "{name}, found {power}");
                    seen[1] += 1;
                }
                // A location of the size of y hides the power.
                Decay::Exponential { rate, power, .. } if (farther / y).ln() > 0.1 / power => {
                    near(growth / (farther / y).ln(), power, 0.1);
                    near(-smaller / farther.powf(power), rate, 0.2);
                    seen[2] += 1;
                }
                Decay::Double(rate) => {
                    near(growth / (farther - y), rate, 0.01);
                    seen[3] += 1;
                }
                Decay::Exponential { .. } => {}
            }
        }
    }
    assert!(seen.iter().zip([30, 4, 20, 1]).all(|(seen, least)| *seen >= least), "{seen:?}");
}
