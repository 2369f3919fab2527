//! Columns of a table beside what the model generates: each by itself, and in pairs.

use super::figures::{Figure, TRAINING};
use super::{Column, Watched};
use crate::plot::{Axis, Bins, Chart, Line, Room, Scatter, Steps, Tint};

/// Columns and pairs that are shown.
const MOST_COLUMNS: usize = 48;
const MOST_PAIRS: usize = 6;
/// Columns whose pairs are looked at, and points that a cloud has.
const PAIRED: usize = 100;
const POINTS: usize = 600;
/// Two samples of one distribution are further apart than the reference in one case of twenty.
const KOLMOGOROV_95: f64 = 1.358;
const NORMAL_95: f64 = 1.96;

/// Real against generated values by column, the worst match first, and how many columns there is no room for.
pub fn marginals(columns: &[Column], watched: Watched) -> (Vec<Figure>, usize) {
    let mut ranked: Vec<(f64, &Column)> =
        columns.iter().map(|column| (distribution_gap(&column.real, &column.generated), column)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let left_out = ranked.len().saturating_sub(MOST_COLUMNS);
    ranked.truncate(MOST_COLUMNS);
    (ranked.into_iter().map(|(gap, column)| compared(column, gap, watched)).collect(), left_out)
}

fn compared(column: &Column, gap: f64, watched: Watched) -> Figure {
    let bins = Bins::over(&column.real, &column.generated);
    let chart = Chart::new(format!("Real and generated {}", column.name))
        .size(260.0, 190.0)
        .x(Axis::linear("").tight())
        .y(Axis::linear("share of rows"))
        .mark(Steps::filled("real", &bins, bins.shares(&column.real)).tint(watched.tint()))
        .mark(Steps::outlined("generated", &bins, bins.shares(&column.generated)).tint(TRAINING));
    let chance = gap_by_chance(column.real.len(), column.generated.len());
    Figure::new(&column.name, format!("Gap {gap:.2}; by chance up to {chance:.2}"), &chart)
}

/// The gap that two samples of one continuous distribution stay below in 19 of 20 cases.
///
/// Source: N. Smirnov, The Annals of Mathematical Statistics 19 (1948), 279–281.
fn gap_by_chance(a: usize, b: usize) -> f64 {
    let (a, b) = (a as f64, b as f64);
    (KOLMOGOROV_95 * ((a + b) / (a * b)).sqrt()).min(1.0)
}

/// The greatest distance between the two empirical distribution functions; NaN without values on both sides.
fn distribution_gap(a: &[f64], b: &[f64]) -> f64 {
    let [a, b] = [a, b].map(sorted);
    if a.is_empty() || b.is_empty() {
        return f64::NAN;
    }
    let share = |sorted: &[f64], value| sorted.partition_point(|v| *v <= value) as f64 / sorted.len() as f64;
    a.iter().chain(&b).map(|&value| (share(&a, value) - share(&b, value)).abs()).fold(0.0, f64::max)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// How the columns depend on each other: all rank correlations at once, then the pairs that match worst.
pub fn dependence(columns: &[Column], watched: Watched) -> Vec<Figure> {
    let columns: Vec<&Column> = columns.iter().step_by(columns.len().div_ceil(PAIRED).max(1)).collect();
    let ranks: Vec<[Vec<f64>; 2]> =
        columns.iter().map(|column| [&column.real, &column.generated].map(|values| ranks(values))).collect();
    let mut pairs = Vec::new();
    for (i, own) in ranks.iter().enumerate() {
        for (j, other) in ranks.iter().enumerate().skip(i + 1) {
            let [real, generated] = [0, 1].map(|side| correlation(&own[side], &other[side]));
            if real.is_finite() && generated.is_finite() {
                pairs.push(Pair { columns: [columns[i], columns[j]], real, generated });
            }
        }
    }
    if pairs.is_empty() {
        return Vec::new();
    }
    pairs.sort_by(|a, b| b.gap().total_cmp(&a.gap()));
    let overview = (pairs.len() > 1).then(|| overview(&pairs));
    overview.into_iter().chain(pairs.iter().take(MOST_PAIRS).map(|pair| pair.figure(watched))).collect()
}

/// Two columns and their rank correlation.
struct Pair<'a> {
    columns: [&'a Column; 2],
    real: f64,
    generated: f64,
}

impl Pair<'_> {
    fn gap(&self) -> f64 {
        (self.real - self.generated).abs()
    }

    fn name(&self) -> String {
        format!("{} and {}", self.columns[0].name, self.columns[1].name)
    }

    /// Both clouds over the same axes, side by side.
    fn figure(&self, watched: Watched) -> Figure {
        let [x, y] = self.columns;
        let clouds = [
            ("real", watched.tint(), [&x.real, &y.real]),
            ("generated", TRAINING, [&x.generated, &y.generated]),
        ];
        let room = Room::around([&x.real, &x.generated], [&y.real, &y.generated]);
        let charts = clouds.map(|(name, tint, [xs, ys])| {
            let step = xs.len().div_ceil(POINTS).max(1);
            let points = xs.iter().zip(ys).step_by(step).map(|(x, y)| (*x, *y)).collect();
            Chart::new(format!("{} {name}", self.name()))
                .size(230.0, 220.0)
                .x(Axis::linear(&x.name))
                .y(Axis::linear(&y.name))
                .mark(room)
                .mark(Scatter::new(points).name(name).tint(tint))
        });
        let chance = correlation_by_chance(self.real, x.real.len(), x.generated.len());
        let reading = format!(
            "Rank correlation {:.2} real, {:.2} generated; by chance they differ by up to {chance:.2}.",
            self.real, self.generated
        );
        Figure::beside(self.name(), reading, &charts)
    }
}

/// How far the rank correlations of two samples of one distribution are apart in 19 of 20 cases: Fisher's z has a
/// variance of 1 / (n − 3), taken as 1.06 / (n − 3) for ranks.
///
/// Source: E. C. Fieller, H. O. Hartley & E. S. Pearson, Biometrika 44 (1957), 470–481.
fn correlation_by_chance(r: f64, a: usize, b: usize) -> f64 {
    let variance = |n: usize| 1.06 / (n as f64 - 3.0).max(1.0);
    (NORMAL_95 * (variance(a) + variance(b)).sqrt() * (1.0 - r * r).max(0.02)).min(2.0)
}

/// Every pair as a dot: on the diagonal the model has the correlation that the data have.
fn overview(pairs: &[Pair<'_>]) -> Figure {
    let diagonal = Line::new("equal", vec![(-1.0, -1.0), (1.0, 1.0)]).tint(Tint::Muted);
    let points = pairs.iter().map(|pair| (pair.real, pair.generated)).collect();
    let chart = Chart::new("Rank correlations of all pairs, real and generated")
        .size(400.0, 340.0)
        .x(Axis::linear("real").tight())
        .y(Axis::linear("generated").tight())
        .mark(diagonal)
        .mark(Scatter::new(points).name("a pair of columns").tint(TRAINING));
    let reading = format!(
        "Each dot is the rank correlation of one of {} pairs. On the line the model has what the data have; along the \
         level of 0 it has lost the dependence.",
        pairs.len()
    );
    Figure::new("Correlations", reading, &chart)
}

/// Ranks from 1, centred; equal values share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0.0; values.len()];
    let mut rest = &order[..];
    let mut before = 0.0;
    while let Some(&first) = rest.first() {
        let equal = rest.iter().take_while(|&&other| values[other] == values[first]).count().max(1);
        let rank = before + 0.5 * (equal as f64 - values.len() as f64);
        rest[..equal].iter().for_each(|&place| ranks[place] = rank);
        before += equal as f64;
        rest = &rest[equal..];
    }
    ranks
}

/// The correlation of centred numbers; NaN where one of them does not vary.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_is_the_kolmogorov_smirnov_distance() {
        assert_eq!(distribution_gap(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0]), 0.0);
        assert_eq!(distribution_gap(&[1.0, 2.0], &[3.0, f64::NAN, 4.0]), 1.0);
        assert_eq!(distribution_gap(&[1.0, 2.0, 3.0, 4.0], &[2.5, 2.5]), 0.5);
        assert!(distribution_gap(&[], &[1.0]).is_nan());
    }

    #[test]
    fn ranks_are_centred_and_shared_by_equals() {
        assert_eq!(ranks(&[30.0, 10.0, 20.0]), [1.0, -1.0, 0.0]);
        assert_eq!(ranks(&[5.0, 5.0, 1.0, 7.0]), [0.0, 0.0, -1.5, 1.5]);
        assert_eq!(ranks(&[f64::NAN]), [0.0]);
        let steep = ranks(&[1.0, 2.0, 4.0, 80.0]);
        assert_eq!(correlation(&steep, &ranks(&[-1.0, 0.0, 3.0, 4.0])), 1.0);
        assert!(correlation(&steep, &ranks(&[2.0; 4])).is_nan());
    }

    /// Two halves of one uniform sample, and the same by pairs: about one in twenty is beyond its reference.
    #[test]
    fn chance_stays_below_its_reference_in_nineteen_of_twenty_cases() {
        let mut rng = reparam::Rng::new(7);
        let mut uniform = |n: usize| {
            let mut values = vec![0.0f64; n];
            rng.fill_uniform(&mut values);
            values
        };
        let (mut gaps, mut correlations) = (0, 0);
        let cases = 2000;
        for _ in 0..cases {
            let [a, b, c, d] = [120, 120, 300, 300].map(&mut uniform);
            gaps += usize::from(distribution_gap(&a, &c) > gap_by_chance(120, 300));
            let [real, generated] = [[&a, &b], [&c, &d]].map(|[x, y]| correlation(&ranks(x), &ranks(y)));
            let chance = correlation_by_chance(real, 120, 300);
            correlations += usize::from((real - generated).abs() > chance);
        }
        // Binomial(2000, 0.05) lies within 100 ± 60 but for one case in 1e9.
        for beyond in [gaps, correlations] {
            assert!((40..=160).contains(&beyond), "{beyond} of {cases}");
        }
    }
}
