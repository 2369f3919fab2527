//! What will be done, settled before anything is computed: configuration, data, scales and split.

use std::path::Path;

use crate::args::GlobalArgs;
use crate::commands::train::TrainArgs;
use crate::config::{Config, DataFacts, HeldOut, Setting, Start, WIDEST_MIXED};
use crate::data::{Dataset, Layout};
use crate::error::{Error, Result};
use crate::gaussian::{MOST_WORK, Mixture};
use crate::measure::Rows;
use crate::memory;
use crate::model::{self, LinearStart};
use crate::opened::read_data;
use crate::preprocess::Preprocess;
use crate::run::{Found, find};
use crate::seeds::{Site, stream};
use crate::split::{Split, evenly_spaced};
use crate::wording::{counted, thousands};

/// Rows that a covariance is taken from; more would not change a digit that counts.
const MOST_ROWS: usize = 100_000;

/// Rows that a mixture is fitted to.
const MOST_MIXED: usize = 5_000;

/// A training run, ready to start.
pub struct Plan {
    /// Every choice, none left open.
    pub config: Config,
    /// The rows.
    pub dataset: Dataset,
    /// [`Dataset::fingerprint`], by which a resumed run knows its data.
    pub fingerprint: String,
    /// Scales and columns.
    pub preprocess: Preprocess,
    /// Which rows are learned from.
    pub split: Split,
    /// The mixture of normals that the code starts at, where it is one.
    mixture: Option<Mixture>,
}

impl Plan {
    /// Lays the configuration, reads the data and settles what was left to them.
    ///
    /// # Errors
    ///
    /// Exit code 2 for a wrong configuration, 1 for data that cannot be learned from.
    pub fn make(args: &TrainArgs, global: &GlobalArgs) -> Result<Self> {
        let settings = args.settings(global)?;
        let mut config = match &args.resume {
            Some(run) => resumed(run, &args.runs_dir, &settings)?,
            None => Config::layered(args.config.as_deref(), &settings)?,
        };
        let dataset = read_data(&config, None)?;
        let facts = DataFacts::of(&dataset);
        config.resolve(&facts)?;
        let split = Split::new(&dataset, &config, &facts, stream(config.train.seed, Site::Split));
        if split.training.len() < 2 {
            return Err(Error::failed(format!(
                "{}: {} to learn from; training needs at least 2",
                dataset.name,
                counted(split.training.len(), "row")
            ))
            .help("give more rows, or a smaller --held-out"));
        }
        let preprocess = Preprocess::fit(&dataset, &split.training, *config.model.likelihood.get())?;
        let mixture = mixture(&mut config, &dataset, &preprocess, &split.training);
        memory::check(&config, preprocess.width(), split.training.len())?;
        Ok(Self { fingerprint: dataset.fingerprint(), config, dataset, preprocess, split, mixture })
    }

    /// What the weights start at, where they start at a linear model of the training rows.
    pub fn linear_start(&self) -> Option<impl Fn() -> LinearStart> {
        let model = &self.config.model;
        (*model.start.get() == Start::Linear).then_some(move || {
            if let Some(mixture) = &self.mixture {
                return LinearStart::mixed(mixture, self.preprocess.width(), model.scale_floor);
            }
            let rows = self.standardised(&self.split.training);
            LinearStart::fit(&rows, self.preprocess.width(), *model.latent_dim.get(), model.scale_floor)
        })
    }

    /// `rows` as the network sees them, evenly spaced ones where there are many.
    pub fn standardised(&self, rows: &[u32]) -> Vec<f64> {
        standardised(&self.dataset, &self.preprocess, rows, MOST_ROWS)
    }

    /// As many training rows as a mixture may be fitted to; none of a table that is too wide for one.
    pub fn for_mixtures(&self) -> Option<Vec<f64>> {
        let fits = self.preprocess.width() <= WIDEST_MIXED;
        fits.then(|| for_mixtures(&self.dataset, &self.preprocess, &self.split.training))
    }

    /// The rows as the network sees them.
    pub fn rows(&self) -> Rows<'_> {
        Rows { dataset: &self.dataset, preprocess: &self.preprocess, binarize: self.config.data.binarize }
    }

    /// What was understood, a line each.
    pub fn describe(&self) -> Vec<String> {
        let mut lines = vec![format!("data: {}", self.describe_data())];
        lines.extend(self.dataset.notes.iter().map(|note| format!("  {note}")));
        if self.preprocess.layout == Layout::Table {
            lines.extend(self.describe_columns());
        }
        if let Some(labels) = &self.dataset.labels {
            let names = shortened(&labels.classes, 6);
            lines.push(format!("labels: kept aside, {} ({names})", counted(labels.classes.len(), "class")));
        }
        lines.push(format!("likelihood: {}", self.describe_likelihood()));
        lines.push(format!("held out: {}", self.describe_split()));
        lines.push(format!("model: {}", self.describe_model()));
        lines.push(format!("training: {}", self.describe_training()));
        lines
    }

    fn describe_data(&self) -> String {
        let Dataset { name, layout, .. } = &self.dataset;
        match layout {
            Layout::Image { height, width, channels, maximum } => {
                let colours = if *channels == 1 { "grey" } else { "colour" };
                let rows = counted(self.dataset.rows(), &format!("{colours} picture"));
                format!("{name}, {rows} of {height}×{width} pixels, levels 0 to {maximum}")
            }
            Layout::Table => {
                let columns = counted(self.dataset.columns.len(), "column");
                format!("{name}, {} × {columns}", counted(self.dataset.rows(), "row"))
            }
        }
    }

    /// The most columns listed one by one.
    const LISTED: usize = 12;

    fn describe_columns(&self) -> Vec<String> {
        let summaries = self.dataset.summaries();
        // A line that says "one more" had better be the one.
        let listed = if summaries.len() == Self::LISTED + 1 { summaries.len() } else { Self::LISTED };
        let mut lines: Vec<String> =
            summaries.iter().take(listed).map(|column| format!("  {column}")).collect();
        if summaries.len() > Self::LISTED + 1 {
            lines.push(format!("  … and {} more", counted(summaries.len() - Self::LISTED, "column")));
        }
        let constant = self.preprocess.constant();
        if !constant.is_empty() {
            let names = shortened(&constant, 8);
            lines.push(format!("  constant, kept from the network: {names}"));
        }
        lines
    }

    fn describe_likelihood(&self) -> String {
        use crate::config::{Binarize, Likelihood};
        let model = &self.config.model;
        let bernoulli = *model.likelihood.get() == Likelihood::Bernoulli;
        let law = if bernoulli {
            "bernoulli".to_owned()
        } else {
            format!("gaussian with a learned standard deviation per column, at least {}", model.scale_floor)
        };
        let scaling = match (self.preprocess.layout, bernoulli) {
            (Layout::Image { maximum, .. }, _) => format!("levels divided by {maximum}"),
            (Layout::Table, true) => "columns as they are".into(),
            (Layout::Table, false) => "columns scaled to mean 0 and standard deviation 1".into(),
        };
        let levels = match (bernoulli, self.config.data.binarize) {
            (false, _) => "",
            (true, Binarize::None) => ", levels between 0 and 1 taken as means",
            (true, Binarize::Threshold) => ", binarized at one half",
            (true, Binarize::Dynamic) => ", binarized anew each time a row is seen",
        };
        format!("{law}; {scaling}{levels}  [--likelihood, --binarize]")
    }

    fn describe_split(&self) -> String {
        let training = thousands(self.split.training.len());
        let held_out = match self.split.held_out.len() {
            0 => return format!("no rows, {training} to learn from  [--held-out]"),
            some => counted(some, "row"),
        };
        let whence = match self.config.data.held_out {
            HeldOut::TestSet => "the source's own test set",
            _ => "drawn with the seed",
        };
        let doubted = match self.split.doubted {
            0 => String::new(),
            some => format!("; {} left out as the least likely  [--contamination]", counted(some, "row")),
        };
        format!("{held_out} ({whence}), {training} to learn from  [--held-out]{doubted}")
    }

    fn describe_model(&self) -> String {
        let model = &self.config.model;
        let width = self.preprocess.width();
        let hidden = model.hidden.get();
        let there = hidden.iter().chain([model.latent_dim.get()]).chain(hidden.iter().rev()).chain([&width]);
        let path: Vec<String> = std::iter::once(&width).chain(there).map(ToString::to_string).collect();
        let net = model::build(
            model,
            width,
            &burn::tensor::Device::flex(),
            &mut stream(self.config.train.seed, Site::Weights),
        );
        let parameters = burn::module::Module::num_params(&net);
        let activation = format!("{:?}", model.activation).to_lowercase();
        format!(
            "{}, {activation}, {} parameters{}  [--hidden, --latent-dim, --start, --components]",
            path.join("–"),
            thousands(parameters),
            match (model.start.get(), *model.components.get()) {
                (Start::Random, _) => String::new(),
                (Start::Linear, 1) => ", starting at a linear model".into(),
                (Start::Linear, count) =>
                    format!(", starting at a linear model with {count} normals for the code"),
            }
        )
    }

    fn describe_training(&self) -> String {
        let train = &self.config.train;
        let optimizer = format!("{:?}", train.optimizer).to_lowercase();
        let passes = match *train.passes.get() {
            1 => String::new(),
            passes => format!(" of {}", counted(passes, "pass")),
        };
        let patience = match (*train.patience.get(), *train.anneal.get()) {
            (0, _) => String::new(),
            (patience, 0) => format!(", or {patience} without a better held-out bound"),
            (patience, times) => format!(
                ", or {patience} without a better held-out bound after the step was made smaller {}",
                counted(times, "time")
            ),
        };
        format!(
            "{optimizer}, learning rate {}, {} a step, {}{passes}{patience}, seed {}  [--epochs, --patience]",
            train.learning_rate,
            counted(*train.batch_size.get(), "row"),
            counted(*train.epochs.get(), "epoch"),
            train.seed
        )
    }
}

fn standardised(dataset: &Dataset, preprocess: &Preprocess, rows: &[u32], most: usize) -> Vec<f64> {
    preprocess.inputs(dataset, &evenly_spaced(rows, most)).into_iter().map(f64::from).collect()
}

/// As many rows as a mixture may be fitted to.
fn for_mixtures(dataset: &Dataset, preprocess: &Preprocess, training: &[u32]) -> Vec<f64> {
    let width = preprocess.width();
    standardised(dataset, preprocess, training, (MOST_WORK / (width * width)).min(MOST_MIXED))
}

/// The mixture that the code starts at, where the configuration asks for one or leaves it to the rows.
fn mixture(
    config: &mut Config,
    dataset: &Dataset,
    preprocess: &Preprocess,
    training: &[u32],
) -> Option<Mixture> {
    let asked = config.model.components.fixed().copied();
    if asked == Some(1) {
        return None;
    }
    let rows = for_mixtures(dataset, preprocess, training);
    let floor = config.model.scale_floor.powi(2);
    let rng = stream(config.train.seed, Site::Mixture);
    let mixture = Mixture::by_bic(&rows, preprocess.width(), asked, floor, &rng);
    config.settle_components(|| mixture.as_ref().map_or(1, |mixture| mixture.weights.len()));
    mixture
}

/// The configuration of the run, with what may be changed of it.
fn resumed(run: &Path, runs: &Path, settings: &[Setting]) -> Result<Config> {
    let folder = match find(run, runs)? {
        Found::Run(folder) => folder,
        Found::Model(path) => {
            return Err(Error::usage(format!("{} is a model without its run folder", path.display()))
                .help("only a run can be continued: give the run's folder or name"));
        }
    };
    Config::resumed(&folder.config()?, settings)
}

/// The first `most` names, and how many follow.
fn shortened<T: AsRef<str>>(names: &[T], most: usize) -> String {
    let shown: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(most);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
