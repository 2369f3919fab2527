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
/// `error` is |Gauss − Kronrod| summed over the pieces, as a rule a wide over-estimate. What lies between the last node of a
/// piece and its end, which no rule sees, is looked for at the ends: a function that changes more in that gap than between
/// the last two nodes has what the gap may hide added to its error. Singular ends are fine (halving
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
        (true, true) => within(f, a, b, tolerance),
        (true, false) => within(|t| f(a + t / (1.0 - t)) / (1.0 - t).powi(2), 0.0, 1.0, tolerance),
        (false, true) => within(|t| f(b - t / (1.0 - t)) / (1.0 - t).powi(2), 0.0, 1.0, tolerance),
        (false, false) => {
            let stretched = |t: f64| {
                let rest = (1.0 - t) * (1.0 + t);
                f(t / rest) * (1.0 + t * t) / (rest * rest)
            };
            within(stretched, -1.0, 1.0, tolerance)
        }
    }
}

/// ∫ f from the first to the last of `ends`, for several functions at once.
///
/// As [`integrate`], but from the pieces between the ends on, and until the error of each function is below its own, absolute
/// tolerance; the worst piece is that of the largest error beside its tolerance. `f` writes the values at a point, one for
/// each tolerance.
pub fn integrate_all(mut f: impl FnMut(f64, &mut [f64]), ends: &[f64], tolerances: &[f64]) -> Vec<Estimate> {
    let worst = |parts: &[Part]| {
        let ratio = |(part, most): (&Part, &f64)| if part.error == 0.0 { 0.0 } else { part.error / most };
        parts.iter().zip(tolerances).map(ratio).fold(0.0, f64::max)
    };
    adapt(|low, high| rule(&mut f, tolerances.len(), low, high), ends, worst, |total| worst(total) <= 1.0)
}

/// ∫ f from the first to the last of `ends`, from the pieces between them on.
///
/// Otherwise as [`integrate`] over a finite range: put what is narrow, and where f has a kink, at an end.
pub fn integrate_pieces(f: impl Fn(f64) -> f64, ends: &[f64], tolerance: f64) -> Estimate {
    let settled = |total: &[Part]| total[0].error <= tolerance * total[0].size;
    adapt(|low, high| rule(|x, out| out[0] = f(x), 1, low, high), ends, |parts| parts[0].error, settled)[0]
}

/// One function over a finite range.
fn within(f: impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Estimate {
    let end = |i: usize| a + (b - a) * (i as f64 / FIRST_PIECES as f64);
    let ends: Vec<f64> = (0..=FIRST_PIECES).map(end).collect();
    integrate_pieces(f, &ends, tolerance)
}

/// What one function has in a piece, or in all.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    value: f64,
    size: f64,
    error: f64,
}

struct Piece {
    low: f64,
    high: f64,
    parts: Vec<Part>,
    badness: f64,
}

fn adapt(
    mut rule: impl FnMut(f64, f64) -> Vec<Part>,
    ends: &[f64],
    badness: impl Fn(&[Part]) -> f64,
    settled: impl Fn(&[Part]) -> bool,
) -> Vec<Estimate> {
    let mut piece = |low: f64, high: f64| {
        let parts = rule(low, high);
        Piece { low, high, badness: badness(&parts), parts }
    };
    let mut pieces: Vec<Piece> = ends.windows(2).map(|ends| piece(ends[0], ends[1])).collect();
    loop {
        let mut total = vec![Part::default(); pieces[0].parts.len()];
        for own in &pieces {
            for (sum, part) in total.iter_mut().zip(&own.parts) {
                sum.value += part.value;
                sum.size += part.size;
                sum.error += part.error;
            }
        }
        let worst = (0..pieces.len()).max_by(|&i, &j| pieces[i].badness.total_cmp(&pieces[j].badness));
        let worst = worst.expect("there are pieces from the start");
        let Piece { low, high, .. } = pieces[worst];
        let middle = low + (high - low) / 2.0;
        let exhausted = pieces.len() >= MOST_PIECES || middle <= low || middle >= high;
        if exhausted || settled(&total) || total.iter().any(|sum| !sum.value.is_finite()) {
            return total.iter().map(|sum| Estimate { value: sum.value, error: sum.error }).collect();
        }
        pieces[worst] = piece(low, middle);
        pieces.push(piece(middle, high));
    }
}

/// The values at a point.
fn values(mut f: impl FnMut(f64, &mut [f64]), functions: usize, at: f64) -> Vec<f64> {
    let mut out = vec![0.0; functions];
    f(at, &mut out);
    out
}

/// The rule on one piece.
fn rule(mut f: impl FnMut(f64, &mut [f64]), functions: usize, low: f64, high: f64) -> Vec<Part> {
    let at_ends = [low, high].map(|end| values(&mut f, functions, end));
    let (centre, half) = (low + (high - low) / 2.0, (high - low) / 2.0);
    // From the ends inwards; the centre is one node, not two.
    let pair = |node: f64| {
        let left =
            if node == 0.0 { vec![0.0; functions] } else { values(&mut f, functions, centre - half * node) };
        [left, values(&mut f, functions, centre + half * node)]
    };
    let nodes = NODES.map(pair);
    let part = |function: usize| {
        let (mut kronrod, mut gauss, mut size) = (0.0, 0.0, 0.0);
        for (i, ([left, right], weight)) in nodes.iter().zip(KRONROD).enumerate() {
            let (left, right) = (left[function], right[function]);
            kronrod += weight * (left + right);
            size += weight * (left.abs() + right.abs());
            if i % 2 == 1 {
                gauss += GAUSS[i / 2] * (left + right);
            }
        }
        let hidden = |side: usize| {
            let [last, before] = [0, 1].map(|i| nodes[i][side][function]);
            let change = (at_ends[side][function] - last).abs();
            // A function need not be finite at an end.
            let is_jump = change > (last - before).abs() && change.is_finite();
            if is_jump { change * (1.0 - NODES[0]) } else { 0.0 }
        };
        let error = (kronrod - gauss).abs() + hidden(0) + hidden(1);
        Part { value: half * kronrod, size: half * size, error: half * error }
    };
    (0..functions).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::{Part, integrate, integrate_all, integrate_pieces};
    use std::f64::consts::PI;

    fn rule(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Part {
        super::rule(|x, out: &mut [f64]| out[0] = f(x), 1, low, high)[0]
    }

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
    fn several_functions_each_reach_their_own_error() {
        let values = |x: f64, out: &mut [f64]| {
            out.copy_from_slice(&[x.exp(), (x - 0.3).abs(), f64::from(x > 0.7), 0.0]);
        };
        let found = integrate_all(values, &[0.0, 0.5, 1.0], &[1e-12, 1e-10, 1e-11, 0.0]);
        let truth = [1.0f64.exp() - 1.0, 0.5 * (0.09 + 0.49), 0.3, 0.0];
        for ((found, truth), most) in found.iter().zip(truth).zip([1e-12, 1e-10, 1e-11, 0.0]) {
            assert!(found.error <= most && (found.value - truth).abs() <= most, "{found:?} {truth}");
        }
    }

    #[test]
    fn a_narrow_peak_at_an_end_of_a_piece_is_seen() {
        let peak = |x: f64| (-((x - 0.3) * 1e7).abs()).exp();
        let found = integrate_pieces(peak, &[0.0, 0.3 - 1e-6, 0.3, 0.3 + 1e-6, 1.0], 1e-12);
        // Nodes near 0.3 are rounded to 3e-17, which is 3e-10 of the peak's width.
        assert!((found.value - 2e-7).abs() < 2e-17 && found.error < 1e-18, "{found:?}");
    }

    /// Whose place is between the last node of a piece and its end.
    #[test]
    fn a_jump_in_a_gap_is_found() {
        for place in [1e-3, 0.499, 0.9999] {
            let jump = |x: f64, out: &mut [f64]| out[0] = f64::from(x > place);
            let found = integrate_all(jump, &[0.0, 0.5, 1.0], &[1e-10])[0];
            assert!((found.value - (1.0 - place)).abs() <= 1e-10, "{place}: {found:?}");
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
