//! The report of a trained variational autoencoder: one HTML file that needs nothing else.
//!
//! A [`Report`] is plain data; [`Report::to_html`] draws its charts and fills the page. The page holds no script,
//! asks for nothing over the network, and forbids itself to (`Content-Security-Policy`), so it can be mailed,
//! archived and opened anywhere. Equal reports give equal bytes.

mod columns;
mod figures;

use crate::error::{Context, Result};
use crate::plot;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use figures::Figure;
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

/// Everything that the page shows.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was trained on what.
    pub title: String,
    /// The command that trains the same model again.
    pub command: String,
    /// Which rows the figures on the page are of.
    pub watched: Watched,
    /// What may be wrong with the run, a sentence each, with what helps.
    pub warnings: Vec<String>,
    /// The few numbers to see first.
    pub headline: Vec<Fact>,
    /// All other facts about data, model and run.
    pub facts: Vec<Fact>,
    /// The course of the training.
    pub epochs: Vec<Epoch>,
    /// What each latent dimension carries.
    pub latent_kl: LatentKl,
    /// Rows in two latent coordinates.
    pub latent: Option<Latent>,
    /// For pictures: what the model makes of them.
    pub pictures: Option<Pictures>,
    /// For tables: each column that varies, beside what the model generates.
    pub columns: Vec<Column>,
    /// Commands to try next.
    pub next_commands: Vec<String>,
}

/// Which rows a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watched {
    /// Those that were not learned from.
    #[default]
    HeldOut,
    /// Those that were, where none were held out.
    Training,
}

impl Watched {
    /// As in "a held-out row".
    fn adjective(self) -> &'static str {
        match self {
            Self::HeldOut => "held-out",
            Self::Training => "training",
        }
    }

    /// Their colour, here as in the curves by epoch.
    fn tint(self) -> plot::Tint {
        match self {
            Self::HeldOut => figures::HELD_OUT,
            Self::Training => figures::TRAINING,
        }
    }
}

/// A name and what is known under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Such as `parameters`.
    pub name: String,
    /// Such as `54,080`.
    pub value: String,
}

impl Fact {
    /// The fact that `name` is `value`.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// The evidence lower bound and its two terms: ELBO = reconstruction − KL, in nats per row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// The bound.
    pub elbo: f64,
    /// The expected log-likelihood of a row given its code.
    pub reconstruction: f64,
    /// The divergence of a row's code from the prior.
    pub kl: f64,
}

/// The means over one epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Epoch {
    /// 1 for the first.
    pub number: usize,
    /// Over the training rows, while they were being learned from.
    pub training: Terms,
    /// Over the held-out rows after the epoch, where they were looked at.
    pub held_out: Option<HeldOut>,
}

/// Figures over the held-out rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldOut {
    /// The means.
    pub terms: Terms,
    /// The standard error of the mean ELBO.
    pub elbo_se: f64,
}

/// The divergence from the prior by latent dimension.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatentKl {
    /// Nats, mean over the rows that are watched.
    pub per_dimension: Vec<f64>,
    /// Whether each dimension is active: its posterior mean varies over the rows.
    pub active: Vec<bool>,
}

/// Grids of pictures as PNG files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pictures {
    /// Pictures of the data.
    pub originals: Vec<u8>,
    /// Their reconstructions in the same arrangement.
    pub reconstructions: Vec<u8>,
    /// Draws from the model.
    pub samples: Vec<u8>,
}

/// Rows as points.
#[derive(Clone, Debug, PartialEq)]
pub struct Latent {
    /// The mean of the code of each row, in two coordinates.
    pub points: Vec<[f32; 2]>,
    /// What the coordinates are.
    pub axes: [String; 2],
    /// The class of each point, where the data have labels.
    pub classes: Option<Classes>,
}

/// The spellings of the classes and an index into them for each point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    /// One spelling per class.
    pub names: Vec<String>,
    /// One index per point.
    pub of_point: Vec<u32>,
}

/// One column of a table: its values beside generated ones, row by row the same in all columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Values of the rows that are watched.
    pub real: Vec<f64>,
    /// Values of as many or more generated rows.
    pub generated: Vec<f64>,
}

/// What the template reads.
#[derive(Serialize)]
struct Page<'a> {
    plot_style: &'static str,
    title: &'a str,
    command: &'a str,
    warnings: &'a [String],
    headline: &'a [Fact],
    facts: &'a [Fact],
    next_commands: &'a [String],
    learning: Vec<Figure>,
    code: Vec<Figure>,
    pictures: Option<Addresses>,
    rows: &'static str,
    headline_columns: usize,
    marginals: Vec<Figure>,
    columns_left_out: usize,
    dependence: Vec<Figure>,
}

/// Pictures as addresses that hold their own bytes.
#[derive(Serialize)]
struct Addresses {
    originals: String,
    reconstructions: String,
    samples: String,
}

impl Report {
    /// The page.
    ///
    /// # Errors
    /// Only when the page's own template is at fault.
    pub fn to_html(&self) -> Result<String> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.context("report")?);
        // The `.html` in the name turns escaping on.
        environment.add_template("page.html", include_str!("report/page.html")).context("report")?;
        environment
            .get_template("page.html")
            .and_then(|page| page.render(Serde(self.page())))
            .context("report")
    }

    fn page(&self) -> Page<'_> {
        let kl = figures::latent_kl(&self.latent_kl, self.watched);
        let points = self.latent.as_ref().map(|latent| figures::latent(latent, self.watched));
        let (marginals, columns_left_out) = columns::marginals(&self.columns, self.watched);
        Page {
            plot_style: plot::STYLE,
            title: &self.title,
            command: &self.command,
            warnings: &self.warnings,
            headline: &self.headline,
            facts: &self.facts,
            next_commands: &self.next_commands,
            learning: figures::learning(&self.epochs, self.watched),
            code: std::iter::once(kl).chain(points).collect(),
            pictures: self.pictures.as_ref().map(|pictures| Addresses {
                originals: png_address(&pictures.originals),
                reconstructions: png_address(&pictures.reconstructions),
                samples: png_address(&pictures.samples),
            }),
            rows: self.watched.adjective(),
            headline_columns: even_columns(self.headline.len()),
            marginals,
            columns_left_out,
            dependence: columns::dependence(&self.columns, self.watched),
        }
    }
}

/// As many tiles in a line as make lines of nearly the same length, at most six: seven are four and three.
fn even_columns(tiles: usize) -> usize {
    tiles.div_ceil(tiles.div_ceil(6).max(1)).max(1)
}

fn png_address(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

#[cfg(test)]
mod tests;
