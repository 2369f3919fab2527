//! The charts of the report, each with the sentence that says how to read it.

use super::{Epoch, Latent, LatentKl, Terms, Watched};
use crate::plot::{Axis, Band, Bars, Chart, Line, Scatter, Tint};
use serde::Serialize;

/// In every chart: what the model learned from or made, beside what it was measured on.
pub const TRAINING: Tint = Tint::Series(0);
pub const HELD_OUT: Tint = Tint::Series(1);

/// Charts with their title and how to read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    pub title: String,
    pub reading: String,
    /// As SVG.
    pub charts: Vec<String>,
}

impl Figure {
    pub fn new(title: impl Into<String>, reading: impl Into<String>, chart: &Chart) -> Self {
        Self { title: title.into(), reading: reading.into(), charts: vec![chart.to_svg()] }
    }

    /// Charts to be compared, side by side.
    pub fn beside(title: impl Into<String>, reading: impl Into<String>, charts: &[Chart]) -> Self {
        let charts = charts.iter().map(Chart::to_svg).collect();
        Self { title: title.into(), reading: reading.into(), charts }
    }
}

/// The evidence lower bound and its two terms by epoch.
pub fn learning(epochs: &[Epoch], watched: Watched) -> Vec<Figure> {
    let elbo = by_epoch("ELBO by epoch", epochs, |terms| terms.elbo).mark(confidence(epochs));
    let reading = match watched {
        Watched::HeldOut => {
            "Higher is better; held-out turning down is over-fitting. Band: ± 2 standard errors."
        }
        Watched::Training => "Higher is better. No rows were held out, so over-fitting would not be seen.",
    };
    vec![
        Figure::new("ELBO", reading, &elbo),
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
    let chart = Chart::new(name)
        .size(350.0, 260.0)
        .x(Axis::linear("epoch").whole().tight())
        .y(Axis::linear("nats per row"))
        .mark(Line::new("training", training).tint(TRAINING));
    let seen: Vec<_> = seen.collect();
    if seen.is_empty() { chart } else { chart.mark(Line::new("held out", seen).tint(HELD_OUT)) }
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
pub fn latent_kl(kl: &LatentKl, watched: Watched) -> Figure {
    let mut order: Vec<(usize, f64)> = kl.per_dimension.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let bars = |active: bool| {
        let ranked = order.iter().enumerate().filter(|(_, (z, _))| kl.active[*z] == active);
        ranked.map(|(rank, (z, nats))| (rank, *nats, format!("z{z}: {nats:.3} nats"))).collect()
    };
    let chart = Chart::new("KL by latent dimension")
        .size(400.0, 340.0)
        .x(Axis::categories("latent dimension, sorted", order.iter().map(|(z, _)| z.to_string()).collect()))
        .y(Axis::linear(format!("nats, mean over {} rows", watched.adjective())))
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

/// Rows in two latent coordinates, coloured by class.
pub fn latent(latent: &Latent, watched: Watched) -> Figure {
    let [x, y] = &latent.axes;
    let rows = watched.adjective();
    let chart = Chart::new(format!("Codes of the {rows} rows"))
        .size(400.0, 340.0)
        .x(Axis::linear(x))
        .y(Axis::linear(y));
    let point = |&[x, y]: &[f32; 2]| (x.into(), y.into());
    let about = format!("Each dot is the mean code of one {rows} row");
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
