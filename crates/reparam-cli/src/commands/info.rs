//! `reparam info`: what a model is and how it came about.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::args::RunArgs;
use crate::console::{self, Console};
use crate::error::{Context, Result};
use crate::model::is_calibration;
use crate::run::container::Container;
use crate::run::metrics::{self, EpochMetrics};
use crate::run::{Found, find};
use crate::wording::{counted, thousands};

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

impl InfoArgs {
    /// Prints the table or the object.
    pub fn run(self, console: &Console) -> Result<()> {
        let (run, runs) = self.run.parts();
        let found = find(run, runs)?;
        let path = found.model();
        let model = Container::read(&path)?;
        let (config, epochs) = match &found {
            Found::Run(folder) => (Some(folder.config()?), metrics::read(&folder.metrics())?),
            Found::Model(_) => (None, Vec::new()),
        };
        let config = config.map(serde_json::to_value).transpose().context("cannot show the configuration")?;
        let last = epochs.last();
        let chosen =
            chosen_epoch(&model).and_then(|epoch| epochs.iter().find(|metrics| metrics.epoch == epoch));
        if self.json {
            let object = json!({
                "model": path, "parameters": parameters(&model), "tensors": shapes(&model),
                "metadata": metadata(&model), "config": config, "epoch": chosen, "last_epoch": last,
            });
            return console::output(format!("{object}\n").as_bytes());
        }
        if last.is_none() {
            console.detail("no metrics.jsonl beside the model: how far its training went is not known");
        }
        console::output(console::printable(&table(&path, &model, config.as_ref(), chosen, last)).as_bytes())
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

fn table(
    path: &Path,
    model: &Container,
    config: Option<&Value>,
    chosen: Option<&EpochMetrics>,
    last: Option<&EpochMetrics>,
) -> String {
    let mut rows = vec![("model".to_owned(), path.display().to_string())];
    let tensors = model.tensors.keys().filter(|name| !is_calibration(name)).count();
    rows.push((
        "parameters".into(),
        format!("{} in {}", thousands(parameters(model)), counted(tensors, "tensor")),
    ));
    if let Some(last) = last {
        let steps = counted(last.steps as usize, "step");
        rows.push(("trained".into(), format!("{}, {steps}", counted(last.epoch, "epoch"))));
    }
    if let Some(chosen) = chosen {
        let bound = chosen.held_out.map_or_else(
            || format!("ELBO {:.2}", chosen.elbo),
            |held_out| format!("held-out ELBO {:.2} ± {:.2}", held_out.elbo, held_out.elbo_se),
        );
        rows.push(("weights".into(), format!("of epoch {}, {bound} nats per row", chosen.epoch)));
    }
    for (name, tensor) in &model.tensors {
        let shape: Vec<_> = tensor.shape.iter().map(ToString::to_string).collect();
        rows.push((name.clone(), shape.join(" × ")));
    }
    for (name, text) in &model.metadata {
        rows.push((name.clone(), short(text)));
    }
    for (section, keys) in config.and_then(Value::as_object).into_iter().flatten() {
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

/// The first line, cut where it would fill the screen; `--json` shows everything.
fn short(text: &str) -> String {
    const WIDEST: usize = 72;
    let line: String = text.lines().next().unwrap_or_default().chars().take(WIDEST).collect();
    if line.len() == text.len() { line } else { line + "…" }
}
