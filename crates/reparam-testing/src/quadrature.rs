//! Integrals over finite and infinite intervals.

use crate::Estimate;

/// Nodes in [0, 1) of the 15-point Kronrod rule; every second one, from the second on, is a node of the 7-point Gauss
/// rule.
const NODES: [f64; 8] = [
    0.991455371120812639206854697526329,
    0.949107912342758524526189684047851,
    0.864864423359769072789712788640926,
    0.741531185599394439863864773280788,
    0.586087235467691130294144691258380,
    0.405845151377397166906606412076961,
    0.207784955007898467600689403773245,
    0.000000000000000000000000000000000,
];
const KRONROD: [f64; 8] = [
    0.022935322010529224963732008058970,
    0.063092092629978553290700663189204,
    0.104790010322250183839876322541518,
    0.140653259715525918745189590510238,
    0.169004726639267902826583426598550,
    0.190350578064785409913256402421014,
    0.204432940075298892414161999234649,
    0.209482141084727828012999174891714,
];
const GAUSS: [f64; 4] = [
    0.129484966168869693270611432679082,
    0.279705391489276667901467771423780,
    0.381830050505118944950369775488975,
    0.417959183673469387755102040816327,
];

/// Pieces at the start, so that a peak of a twentieth of the range is not overlooked, and at most.
const FIRST_PIECES: usize = 20;
const MOST_PIECES: usize = 4000;

/// ∫ f from `a` to `b`, either of which may be infinite.
///
/// The 15-point Gauss–Kronrod rule on pieces, the worst of which is halved until the sum of errors is below
/// `tolerance` · ∫|f| or 4000 pieces are reached: then `error` says how far it came. Infinite ranges are mapped by
/// x = t/(1 − t²), half-infinite ones by x = a + t/(1 − t).
///
/// `error` is |Gauss − Kronrod| summed over the pieces, as a rule a wide over-estimate. Singular ends are fine (halving
/// closes in on them, slowly below |x|^−0.9); put a singular point or a far-off narrow peak at an end of the range.
/// Where f is not finite at a node, neither is the result.
///
/// Source of the rule: R. Piessens, E. de Doncker-Kapenga, C. W. Überhuber, D. K. Kahaner, QUADPACK (Springer 1983).
pub fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Estimate {
    if a > b {
        let forward = integrate(f, b, a, tolerance);
        return Estimate { value: -forward.value, ..forward };
    }
    match (a.is_finite(), b.is_finite()) {
        (true, true) => adapt(f, a, b, tolerance),
        (true, false) => adapt(|t| f(a + t / (1.0 - t)) / (1.0 - t).powi(2), 0.0, 1.0, tolerance),
        (false, true) => adapt(|t| f(b - t / (1.0 - t)) / (1.0 - t).powi(2), 0.0, 1.0, tolerance),
        (false, false) => {
            let stretched = |t: f64| {
                let rest = (1.0 - t) * (1.0 + t);
                f(t / rest) * (1.0 + t * t) / (rest * rest)
            };
            adapt(stretched, -1.0, 1.0, tolerance)
        }
    }
}

#[derive(Clone, Copy)]
struct Piece {
    low: f64,
    high: f64,
    value: f64,
    size: f64,
    error: f64,
}

fn adapt(f: impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Estimate {
    let edge = |i: usize| a + (b - a) * (i as f64 / FIRST_PIECES as f64);
    let mut pieces: Vec<Piece> = (0..FIRST_PIECES).map(|i| rule(&f, edge(i), edge(i + 1))).collect();
    loop {
        let total = |part: fn(&Piece) -> f64| pieces.iter().map(part).sum::<f64>();
        let (value, error) = (total(|piece| piece.value), total(|piece| piece.error));
        let settled = error <= tolerance * total(|piece| piece.size);
        let worst = (0..pieces.len()).max_by(|&i, &j| pieces[i].error.total_cmp(&pieces[j].error));
        let worst = worst.expect("there are pieces from the start");
        let Piece { low, high, .. } = pieces[worst];
        let middle = low + (high - low) / 2.0;
        let exhausted = pieces.len() >= MOST_PIECES || middle <= low || middle >= high;
        if settled || exhausted || !value.is_finite() {
            return Estimate { value, error };
        }
        pieces[worst] = rule(&f, low, middle);
        pieces.push(rule(&f, middle, high));
    }
}

fn rule(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Piece {
    let (centre, half) = (low + (high - low) / 2.0, (high - low) / 2.0);
    let (mut kronrod, mut gauss, mut size) = (0.0, 0.0, 0.0);
    for (i, (node, weight)) in NODES.into_iter().zip(KRONROD).enumerate() {
        let right = f(centre + half * node);
        // The centre is one node, not two.
        let left = if node == 0.0 { 0.0 } else { f(centre - half * node) };
        kronrod += weight * (left + right);
        size += weight * (left.abs() + right.abs());
        if i % 2 == 1 {
            gauss += GAUSS[i / 2] * (left + right);
        }
    }
    Piece { low, high, value: half * kronrod, size: half * size, error: half * (kronrod - gauss).abs() }
}

#[cfg(test)]
mod tests {
    use super::{integrate, rule};
    use std::f64::consts::PI;

    #[test]
    fn the_rule_is_exact_to_its_degrees() {
        for degree in 0..=22 {
            let exact = (1.0 - (-1.0f64).powi(degree + 1)) / f64::from(degree + 1);
            let piece = rule(|x| x.powi(degree), -1.0, 1.0);
            assert!(
                (piece.value - exact).abs() < 4e-16,
                "Kronrod, degree {degree}: {:e}",
                piece.value - exact
            );
            assert!(degree > 13 || piece.error < 4e-16, "Gauss, degree {degree}: {:e}", piece.error);
        }
        assert!(rule(|x| x.powi(24), -1.0, 1.0).error > 1e-6, "the error estimate can see an error");
    }

    #[test]
    fn known_integrals_come_out_within_their_errors() {
        type Case = (&'static str, fn(f64) -> f64, f64, f64, f64);
        let cases: [Case; 8] = [
            ("bell", |x| (-0.5 * x * x).exp(), f64::NEG_INFINITY, f64::INFINITY, (2.0 * PI).sqrt()),
            (
                "narrow bell",
                |x| (-5e3 * (x - 3.0).powi(2)).exp(),
                f64::NEG_INFINITY,
                f64::INFINITY,
                (PI / 5e3).sqrt(),
            ),
            ("Cauchy", |x| 1.0 / (1.0 + x * x), f64::NEG_INFINITY, f64::INFINITY, PI),
            ("exponential", |x| (-x).exp(), 0.0, f64::INFINITY, 1.0),
            ("left tail", f64::exp, f64::NEG_INFINITY, 0.0, 1.0),
            ("root singularity", |x| 1.0 / x.sqrt(), 0.0, 1.0, 2.0),
            ("logarithm", f64::ln, 0.0, 1.0, -1.0),
            ("backwards", |x| 3.0 * x * x, 2.0, 0.0, -8.0),
        ];
        for (name, f, a, b, exact) in cases {
            let found = integrate(f, a, b, 1e-11);
            let off = (found.value - exact).abs();
            assert!(off <= found.error + 1e-14 * exact.abs(), "{name}: {off:e} beyond {:e}", found.error);
            assert!(off <= 1e-11 * exact.abs(), "{name}: {off:e}");
        }
    }

    #[test]
    fn what_has_no_integral_says_so() {
        let harmonic = integrate(|x| 1.0 / x, 0.0, 1.0, 1e-10);
        assert!(harmonic.value.is_infinite() || harmonic.error > 1e-3 * harmonic.value, "{harmonic:?}");
        assert!(integrate(|_| f64::NAN, 0.0, 1.0, 1e-10).value.is_nan());
        assert!(integrate(|x| x, 1.0, 1.0, 1e-10).value.abs() < 1e-300);
    }
}
