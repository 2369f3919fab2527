//! `reparam info`: what a model is and how it came about.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::args::RunArgs;
use crate::console::{self, Console};
use crate::error::{Context, Result};
use crate::model::is_calibration;
use crate::run::container::Container;
use crate::run::metrics::{self, EpochMetrics};
use crate::run::{Found, find};
use crate::wording::{counted, shell_word, thousands};

/// Show what a model is: its sizes, its configuration, and how far its training went
///
/// Examples:
///   reparam info last
///   reparam info runs/digits-1 --json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct InfoArgs {
    #[command(flatten)]
    run: RunArgs,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// What is known of a run, or of a model without one.
struct Known {
    path: PathBuf,
    /// Absent where the run has not written it yet.
    model: Option<Container>,
    config: Option<Value>,
    epochs: Vec<EpochMetrics>,
    state: State,
}

/// What a run is doing.
enum State {
    /// Being written by this process.
    Running(String),
    /// Written by nobody, and without a model so far.
    Stopped,
    /// Its model is there, and nobody writes.
    Rests,
}

impl InfoArgs {
    /// Prints the table or the object.
    pub fn run(self, console: &Console) -> Result<()> {
        let known = self.known(console)?;
        if let State::Stopped = known.state {
            let run = shell_word(self.run.parts().0);
            console.warn(&format!(
                "the run has no model yet, and nobody writes to it: continue it with reparam train --resume {run}"
            ));
        }
        if self.json {
            return console::output(format!("{}\n", known.object()).as_bytes());
        }
        if known.epochs.is_empty() {
            console.detail("no metrics.jsonl beside the model: how far its training went is not known");
        }
        console::output(console::printable(&known.table()).as_bytes())
    }

    fn known(&self, console: &Console) -> Result<Known> {
        let (run, runs) = self.run.parts();
        let found = find(run, runs)?;
        let path = found.model();
        let Found::Run(folder) = &found else {
            let model = Some(Container::read(&path)?);
            return Ok(Known { path, model, config: None, epochs: Vec::new(), state: State::Rests });
        };
        let model = if path.exists() { Some(Container::read(&path)?) } else { None };
        let state = match (folder.writer(), &model) {
            (Some(writer), _) => State::Running(writer),
            (None, None) => State::Stopped,
            (None, Some(_)) => State::Rests,
        };
        let config = serde_json::to_value(folder.config()?).context("cannot show the configuration")?;
        let history = metrics::history(&folder.metrics())?;
        history.damage.iter().for_each(|damage| console.warn(damage));
        Ok(Known { path, model, config: Some(config), epochs: history.epochs, state })
    }
}

impl Known {
    /// The epoch whose weights the model has.
    fn chosen(&self) -> Option<&EpochMetrics> {
        let epoch = chosen_epoch(self.model.as_ref()?)?;
        self.epochs.iter().find(|metrics| metrics.epoch == epoch)
    }

    fn object(&self) -> Value {
        let model = self.model.as_ref();
        json!({
            "model": self.path.display().to_string(),
            "running": matches!(self.state, State::Running(_)),
            "parameters": model.map(parameters), "tensors": model.map(shapes), "metadata": model.map(metadata),
            "config": self.config, "epoch": self.chosen(), "last_epoch": self.epochs.last(),
        })
    }
}

/// The numbers that were learned; calibration is measured.
fn parameters(model: &Container) -> usize {
    let learned = model.tensors.iter().filter(|(name, _)| !is_calibration(name));
    learned.map(|(_, tensor)| tensor.values.len()).sum()
}

fn shapes(model: &Container) -> Map<String, Value> {
    model.tensors.iter().map(|(name, tensor)| (name.clone(), json!(tensor.shape))).collect()
}

/// The metadata, those that hold JSON unpacked.
fn metadata(model: &Container) -> Map<String, Value> {
    let unpacked = |text: &String| match serde_json::from_str(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
        _ => json!(text),
    };
    model.metadata.iter().map(|(name, text)| (name.clone(), unpacked(text))).collect()
}

/// The epoch whose weights the file holds.
fn chosen_epoch(model: &Container) -> Option<usize> {
    let training: Value = serde_json::from_str(model.metadata.get("training")?).ok()?;
    training.get("epoch")?.as_u64().map(|epoch| epoch as usize)
}

impl Known {
    fn table(&self) -> String {
        let mut rows = vec![("model".to_owned(), self.path.display().to_string())];
        if let State::Running(writer) = &self.state {
            let there = if self.model.is_some() { "" } else { "; there is no model yet" };
            rows.push(("running".into(), format!("{writer}{there}")));
        }
        if let Some(model) = &self.model {
            let tensors = model.tensors.keys().filter(|name| !is_calibration(name)).count();
            rows.push((
                "parameters".into(),
                format!("{} in {}", thousands(parameters(model)), counted(tensors, "tensor")),
            ));
        }
        if let Some(last) = self.epochs.last() {
            let steps = counted(last.steps as usize, "step");
            rows.push(("trained".into(), format!("{}, {steps}", counted(last.epoch, "epoch"))));
        }
        if let Some(chosen) = self.chosen() {
            let bound = chosen.held_out.map_or_else(
                || format!("ELBO {:.2}", chosen.elbo),
                |held_out| format!("held-out ELBO {:.2} ± {:.2}", held_out.elbo, held_out.elbo_se),
            );
            rows.push(("weights".into(), format!("of epoch {}, {bound} nats per row", chosen.epoch)));
        }
        rows.extend(self.model.iter().flat_map(content));
        for (section, keys) in self.config.as_ref().and_then(Value::as_object).into_iter().flatten() {
            for (key, value) in keys.as_object().into_iter().flatten() {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                rows.push((format!("{section}.{key}"), value));
            }
        }
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        rows.iter().fold(String::new(), |mut table, (name, value)| {
            let _ = writeln!(table, "{name:width$}  {value}");
            table
        })
    }
}

/// The tensors and texts of a model.
fn content(model: &Container) -> impl Iterator<Item = (String, String)> {
    let shape = |sizes: &[usize]| sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" × ");
    let tensors = model.tensors.iter().map(move |(name, tensor)| (name.clone(), shape(&tensor.shape)));
    tensors.chain(model.metadata.iter().map(|(name, text)| (name.clone(), short(text))))
}

/// The first line, cut where it would fill the screen; `--json` shows everything.
fn short(text: &str) -> String {
    const WIDEST: usize = 72;
    let line: String = text.lines().next().unwrap_or_default().chars().take(WIDEST).collect();
    if line.len() == text.len() { line } else { line + "…" }
}
