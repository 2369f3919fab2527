//! What will be done, settled before anything is computed: configuration, data, scales and split.

use std::path::Path;

use crate::args::GlobalArgs;
use crate::commands::train::TrainArgs;
use crate::config::{Config, DataFacts, HeldOut, Setting};
use crate::data::{Dataset, Layout};
use crate::error::{Error, Result};
use crate::measure::Rows;
use crate::memory;
use crate::model;
use crate::opened::read_data;
use crate::preprocess::Preprocess;
use crate::run::{Found, find};
use crate::seeds::{Site, stream};
use crate::split::Split;
use crate::wording::{counted, thousands};

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
        memory::check(&config, preprocess.width(), split.training.len())?;
        Ok(Self { fingerprint: dataset.fingerprint(), config, dataset, preprocess, split })
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
        format!("{held_out} ({whence}), {training} to learn from  [--held-out]")
    }

    fn describe_model(&self) -> String {
        let model = &self.config.model;
        let width = self.preprocess.width();
        let hidden = model.hidden.get();
        let there = hidden.iter().chain([&model.latent_dim]).chain(hidden.iter().rev()).chain([&width]);
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
            "{}, {activation}, {} parameters  [--hidden, --latent-dim]",
            path.join("–"),
            thousands(parameters)
        )
    }

    fn describe_training(&self) -> String {
        let train = &self.config.train;
        let optimizer = format!("{:?}", train.optimizer).to_lowercase();
        let patience = match train.patience {
            0 => String::new(),
            patience => format!(", or {patience} without a better held-out bound"),
        };
        format!(
            "{optimizer}, learning rate {}, {} a step, {}{patience}, seed {}  [--epochs, --patience]",
            train.learning_rate,
            counted(train.batch_size, "row"),
            counted(*train.epochs.get(), "epoch"),
            train.seed
        )
    }
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
