//! The charts of the report, each with the sentence that says how to read it.

use super::{Epoch, Latent, LatentKl, Marginal, Terms};
use crate::plot::{Axis, Band, Bars, Bins, Chart, Line, Scatter, Steps, Tint};
use serde::Serialize;

/// In every chart: what the model learned from or made, beside what it was measured on.
const TRAINING: Tint = Tint::Series(0);
const HELD_OUT: Tint = Tint::Series(1);

/// A chart with its title and how to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    pub title: String,
    pub reading: String,
    pub svg: String,
}

impl Figure {
    fn new(title: impl Into<String>, reading: impl Into<String>, chart: &Chart) -> Self {
        Self { title: title.into(), reading: reading.into(), svg: chart.to_svg() }
    }
}

/// The evidence lower bound and its two terms by epoch.
pub fn learning(epochs: &[Epoch]) -> Vec<Figure> {
    let elbo = by_epoch("ELBO by epoch", epochs, |terms| terms.elbo).mark(confidence(epochs));
    vec![
        Figure::new(
            "ELBO",
            "Higher is better; held-out turning down is over-fitting. Band: ± 2 standard errors.",
            &elbo,
        ),
        Figure::new(
            "Reconstruction",
            "The log-likelihood of a row given its code, higher is closer to the original.",
            &by_epoch("Reconstruction by epoch", epochs, |terms| terms.reconstruction),
        ),
        Figure::new(
            "KL",
            "What the code says about a row beyond the prior; near zero, the code is ignored.",
            &by_epoch("KL by epoch", epochs, |terms| terms.kl),
        ),
    ]
}

fn by_epoch(name: &str, epochs: &[Epoch], term: impl Fn(&Terms) -> f64) -> Chart {
    let training = epochs.iter().map(|e| (e.number as f64, term(&e.training))).collect();
    let seen = epochs.iter().filter_map(|e| Some((e.number as f64, term(&e.held_out.as_ref()?.terms))));
    Chart::new(name)
        .size(350.0, 260.0)
        .x(Axis::linear("epoch").whole().tight())
        .y(Axis::linear("nats per row"))
        .mark(Line::new("training", training).tint(TRAINING))
        .mark(Line::new("held out", seen.collect()).tint(HELD_OUT))
}

fn confidence(epochs: &[Epoch]) -> Band {
    let band = epochs.iter().filter_map(|e| {
        let held_out = e.held_out?;
        let (centre, margin) = (held_out.terms.elbo, 2.0 * held_out.elbo_se);
        Some((e.number as f64, centre - margin, centre + margin))
    });
    Band::new(band.collect()).tint(HELD_OUT)
}

/// The divergence of each latent dimension, the greatest first.
pub fn latent_kl(kl: &LatentKl) -> Figure {
    let mut order: Vec<(usize, f64)> = kl.per_dimension.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let bars = |active: bool| {
        let ranked = order.iter().enumerate().filter(|(_, (z, _))| kl.active[*z] == active);
        ranked.map(|(rank, (z, nats))| (rank, *nats, format!("z{z}: {nats:.3} nats"))).collect()
    };
    let chart = Chart::new("KL by latent dimension")
        .size(400.0, 340.0)
        .x(Axis::categories("latent dimension, sorted", order.iter().map(|(z, _)| z.to_string()).collect()))
        .y(Axis::linear("nats, mean over held-out rows"))
        .mark(Bars::new("active", bars(true)))
        .mark(Bars::new("inactive", bars(false)).tint(Tint::Muted));
    let reading = format!(
        "A tall bar is a dimension that tells rows apart; one near zero follows the prior and carries nothing. \
         {} of {} are active: the mean of their code varies over the rows by more than 0.01.",
        kl.active.iter().filter(|&&active| active).count(),
        order.len()
    );
    Figure::new("KL per latent dimension", reading, &chart)
}

/// Held-out rows in two latent coordinates, coloured by class.
pub fn latent(latent: &Latent) -> Figure {
    let [x, y] = &latent.axes;
    let chart =
        Chart::new("Codes of the held-out rows").size(400.0, 340.0).x(Axis::linear(x)).y(Axis::linear(y));
    let point = |&[x, y]: &[f32; 2]| (x.into(), y.into());
    let about = "Each dot is the mean code of one held-out row";
    let (chart, reading) = match &latent.classes {
        None => {
            let points = latent.points.iter().map(point).collect();
            (
                chart.mark(Scatter::new(points)),
                format!("{about}; rows that the model finds alike lie together."),
            )
        }
        Some(classes) => {
            // With two or three classes the names would only hide points.
            let labelled = (4..=20).contains(&classes.names.len());
            let chart = classes.names.iter().enumerate().fold(chart, |chart, (class, name)| {
                let members = latent.points.iter().zip(&classes.of_point);
                let points =
                    members.filter(|(_, of)| **of as usize == class).map(|(p, _)| point(p)).collect();
                chart.mark(Scatter::new(points).name(name).tint(Tint::Series(class)).labelled(labelled))
            });
            (chart, format!("{about}; the colours are its labels, which the model never saw."))
        }
    };
    Figure::new("Latent space", reading, &chart)
}

/// Real against generated values by column, the worst match first.
pub fn marginals(marginals: &[Marginal]) -> Vec<Figure> {
    let mut ranked: Vec<(f64, &Marginal)> =
        marginals.iter().map(|m| (distribution_gap(&m.real, &m.generated), m)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().map(|(gap, marginal)| compared(marginal, gap)).collect()
}

fn compared(marginal: &Marginal, gap: f64) -> Figure {
    let both = marginal.real.iter().chain(&marginal.generated).copied();
    let bins = Bins::whole(&marginal.real).unwrap_or_else(|| Bins::fit(both));
    let chart = Chart::new(format!("Real and generated {}", marginal.name))
        .size(260.0, 190.0)
        .x(Axis::linear("").tight())
        .y(Axis::linear("share of rows"))
        .mark(Steps::filled("real", &bins, bins.shares(&marginal.real)).tint(HELD_OUT))
        .mark(Steps::outlined("generated", &bins, bins.shares(&marginal.generated)).tint(TRAINING));
    Figure::new(&marginal.name, format!("Gap {gap:.2}"), &chart)
}

/// The greatest distance between the two empirical distribution functions; NaN without values on both sides.
fn distribution_gap(a: &[f64], b: &[f64]) -> f64 {
    let [a, b] = [a, b].map(|values| {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        sorted
    });
    if a.is_empty() || b.is_empty() {
        return f64::NAN;
    }
    let share = |sorted: &[f64], value| sorted.partition_point(|v| *v <= value) as f64 / sorted.len() as f64;
    a.iter().chain(&b).map(|&value| (share(&a, value) - share(&b, value)).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::distribution_gap;

    #[test]
    #[allow(clippy::float_cmp, reason = "shares of two and four are exact")]
    fn the_gap_is_the_kolmogorov_smirnov_distance() {
        assert_eq!(distribution_gap(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0]), 0.0);
        assert_eq!(distribution_gap(&[1.0, 2.0], &[3.0, f64::NAN, 4.0]), 1.0);
        assert_eq!(distribution_gap(&[1.0, 2.0, 3.0, 4.0], &[2.5, 2.5]), 0.5);
        assert!(distribution_gap(&[], &[1.0]).is_nan());
    }
}
