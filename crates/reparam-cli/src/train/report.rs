//! What the report shows of a run: numbers drawn from the run, the model and the held-out rows.

use burn::tensor::Tensor;
use reparam::prelude::*;

use super::course::Course;
use crate::data::{ColumnKind, Layout};
use crate::error::Result;
use crate::measure::{Bound, Rows, singles};
use crate::model::{Baseline, SavedModel, plus_minus};
use crate::output::grid_png_bytes;
use crate::report::{
    Classes, Column, Epoch, Fact, HeldOut, Latent, LatentKl, Pictures, Report, Terms, Watched,
};
use crate::run::metrics::{self, EpochMetrics};
use crate::seeds::{Site, stream};
use crate::split::evenly_spaced;
use crate::wording::{shell_word, thousands};

/// Pictures in each grid; as many samples as originals and reconstructions together.
const PICTURES: usize = 40;
/// Pictures per row of a grid.
const PICTURES_ACROSS: usize = 10;
/// Points of the latent scatter.
const POINTS: usize = 2000;
/// Columns of a table that are compared with generated ones, evenly spaced where there are more, and generated rows.
const COLUMNS: usize = 1000;
const GENERATED_ROWS: usize = 2000;

/// The report of a finished run.
///
/// # Errors
///
/// Where the metrics cannot be read or a picture cannot be encoded.
pub fn page(course: &Course, model: &SavedModel) -> Result<Report> {
    let plan = course.plan;
    let epochs = metrics::read(&course.folder.metrics())?;
    let (watched, its_rows) = match &plan.split.held_out[..] {
        [] => (Watched::Training, &plan.split.training[..]),
        held_out => (Watched::HeldOut, held_out),
    };
    let shown = evenly_spaced(its_rows, POINTS);
    let rows = plan.rows();
    let rng = &mut stream(plan.config.train.seed, Site::Report);
    let bound = rows.bound(&model.net, &shown, 1, rng);
    let picture = plan.preprocess.layout != Layout::Table;
    let path = course.folder.path();
    Ok(Report {
        title: format!("Variational autoencoder of {}", plan.dataset.name),
        command: format!("reparam train --config {}", shell_word(&path.join("config.toml"))),
        watched,
        warnings: course.state.collapse.iter().cloned().collect(),
        headline: headline(&epochs, model, &bound),
        facts: plan.describe().iter().filter_map(|line| fact(line)).collect(),
        epochs: epochs.iter().map(epoch).collect(),
        latent_kl: LatentKl { per_dimension: bound.kl_per_dim.clone(), active: bound.active() },
        latent: latent(&bound, &shown, course),
        pictures: if picture { Some(pictures(&rows, model, &shown)?) } else { None },
        columns: if picture { Vec::new() } else { columns(course, model, &shown) },
        next_commands: next_commands(&shell_word(path), picture),
    })
}

/// `likelihood: bernoulli; …  [--likelihood]` as a fact.
fn fact(line: &str) -> Option<Fact> {
    let (name, value) = line.split_once(": ").filter(|(name, _)| !name.starts_with(' '))?;
    Some(Fact::new(name, value.split("  [").next().unwrap_or(value)))
}

fn headline(epochs: &[EpochMetrics], model: &SavedModel, bound: &Bound) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(density) = &model.training.held_out {
        facts.push(Fact::new("held-out log p(x), nats per row", plus_minus(density.log_p)));
        let other = |other: &Baseline| Fact::new(format!("beside {}", other.law()), other.distance());
        facts.extend(density.baselines.iter().map(other));
    }
    let Some(chosen) = epochs.iter().find(|epoch| epoch.epoch == model.training.epoch) else {
        facts.push(Fact::new("epochs", format!("{} (best: the start)", epochs.len())));
        return facts;
    };
    let seconds: f64 = epochs.iter().map(|epoch| epoch.seconds).sum();
    facts.extend(match chosen.held_out {
        Some(held_out) => vec![
            Fact::new(
                "held-out ELBO, nats per row",
                format!("{:.2} ± {:.2}", held_out.elbo, held_out.elbo_se),
            ),
            Fact::new("reconstruction", format!("{:.2}", held_out.reconstruction)),
            Fact::new("KL", format!("{:.2}", held_out.kl)),
        ],
        None => vec![
            Fact::new("training ELBO, nats per row", format!("{:.2}", chosen.elbo)),
            Fact::new("reconstruction", format!("{:.2}", chosen.reconstruction)),
            Fact::new("KL", format!("{:.2}", chosen.kl)),
        ],
    });
    let active = format!("{} of {}", bound.active_units(), bound.kl_per_dim.len());
    facts.push(Fact::new("active latent dimensions", active));
    facts.push(Fact::new("epochs", format!("{} (best: {})", epochs.len(), chosen.epoch)));
    facts.push(Fact::new("steps", thousands(epochs.last().map_or(0, |last| last.steps as usize))));
    facts.push(Fact::new("training time", format!("{seconds:.1} s")));
    facts
}

fn epoch(metrics: &EpochMetrics) -> Epoch {
    let EpochMetrics { elbo, reconstruction, kl, .. } = *metrics;
    Epoch {
        number: metrics.epoch,
        training: Terms { elbo, reconstruction, kl },
        held_out: metrics.held_out.map(|held_out| HeldOut {
            terms: Terms { elbo: held_out.elbo, reconstruction: held_out.reconstruction, kl: held_out.kl },
            elbo_se: held_out.elbo_se,
        }),
    }
}

/// The two latent dimensions of largest divergence: those that tell most about a row.
fn latent(bound: &Bound, shown: &[u32], course: &Course) -> Option<Latent> {
    let count = bound.kl_per_dim.len();
    let mut dims: Vec<usize> = (0..count).collect();
    dims.sort_by(|&i, &j| bound.kl_per_dim[j].total_cmp(&bound.kl_per_dim[i]));
    let [x, y] = *dims.first_chunk::<2>()?;
    let classes = course.plan.dataset.labels.as_ref().map(|labels| Classes {
        names: labels.classes.clone(),
        of_point: shown.iter().map(|&row| labels.of_row[row as usize]).collect(),
    });
    let points = bound.means.chunks_exact(count).map(|mean| [mean[x], mean[y]]).collect();
    Some(Latent { points, axes: [format!("z{x}"), format!("z{y}")], classes })
}

fn pictures(rows: &Rows, model: &SavedModel, shown: &[u32]) -> Result<Pictures> {
    let chosen: Vec<u32> =
        shown.iter().step_by((shown.len() / PICTURES).max(1)).take(PICTURES).copied().collect();
    let rng = &mut stream(model.config.train.seed, Site::Report);
    let x = rows.inputs(&chosen, &burn::tensor::Device::flex(), rng);
    let grid = |values: Tensor<2>| {
        grid_png_bytes(&singles(values.clamp(0.0, 1.0)), model.preprocess.layout, PICTURES_ACROSS, 1)
    };
    Ok(Pictures {
        originals: grid(x.clone())?,
        reconstructions: grid(model.net.reconstruct(x))?,
        samples: grid(model.net.generate(2 * PICTURES, rng).mean())?,
    })
}

fn columns(course: &Course, model: &SavedModel, shown: &[u32]) -> Vec<Column> {
    let plan = course.plan;
    let rng = &mut stream(model.config.train.seed, Site::Report);
    let drawn = model.net.generate(GENERATED_ROWS, rng).sample(rng);
    let mut generated = plan.preprocess.restore(&singles(drawn));
    plan.preprocess.as_seen(&mut generated);
    let columns = &plan.preprocess.columns;
    let varied: Vec<usize> =
        (0..columns.len()).filter(|place| columns[*place].kind != ColumnKind::Constant).collect();
    evenly_spaced(&varied, COLUMNS)
        .into_iter()
        .map(|place| Column {
            name: columns[place].name.clone(),
            real: shown
                .iter()
                .map(|&row| plan.dataset.values.at(row as usize * columns.len() + place))
                .collect(),
            generated: generated.iter().skip(place).step_by(columns.len()).copied().collect(),
        })
        .collect()
}

fn next_commands(path: &str, picture: bool) -> Vec<String> {
    let extension = if picture { "png" } else { "csv" };
    vec![
        format!("reparam evaluate {path}"),
        format!("reparam generate {path} -n 64 -o new.{extension}"),
        format!("reparam encode {path} -o latent.csv"),
        format!("reparam score {path} -o scores.csv"),
    ]
}
