//! Every key of the configuration: its path, what it accepts, and where it goes.
//!
//! Files, `--set` and flags all pass through this table, so a value is checked once, by one rule.

use std::ops::RangeInclusive;

use clap::ValueEnum;
use toml::Value;

use super::choices::{Auto, HeldOut};
use super::{Config, FORMAT_VERSION};

/// One row of the table.
pub(super) struct Key {
    /// `section.name`.
    pub path: &'static str,
    /// What it accepts, for the reader of an error.
    pub allowed: &'static str,
    /// Stores the value, or refuses it and leaves the configuration as it was.
    pub store: fn(&mut Config, &Value) -> Option<()>,
}

const fn key(path: &'static str, allowed: &'static str, store: fn(&mut Config, &Value) -> Option<()>) -> Key {
    Key { path, allowed, store }
}

/// Networks beyond these sizes are slips of the finger: they would ask for terabytes.
const WIDEST: usize = 65_536;
const DEEPEST: usize = 32;
const MOST: usize = 1_000_000_000;

/// In the order of the written file.
#[rustfmt::skip]
pub(super) const KEYS: &[Key] = &[
    key("format_version", "1", |c, v| set(&mut c.format_version, count(v, 1..=1).map(|_| FORMAT_VERSION))),

    key("data.source", "digits, mnist, or the path of a file or folder", |c, v| set(&mut c.data.source, text(v))),
    key("data.label", "the name of a column", |c, v| set(&mut c.data.label, text(v).map(Some))),
    key("data.exclude", "the names of columns, such as [\"id\", \"date\"] (--exclude id,date)", |c, v| set(&mut c.data.exclude, names(v))),
    key("data.only_numbers", "true or false", |c, v| set(&mut c.data.only_numbers, truth(v))),
    key("data.header", "auto, yes or no", |c, v| set(&mut c.data.header, name(v))),
    key("data.array", "the name of an array of an NPZ archive", |c, v| set(&mut c.data.array, text(v).map(Some))),
    key("data.missing", "error or drop", |c, v| set(&mut c.data.missing, name(v))),
    key("data.data_dir", "the path of a folder", |c, v| set(&mut c.data.data_dir, text(v).map(|t| Some(crate::paths::read(&t))))),
    key("data.image_size", "HEIGHTxWIDTH in pixels, such as 28x28, each 1 to 4096",
        |c, v| set(&mut c.data.image_size, v.as_str()?.parse().ok().map(Some))),
    key("data.held_out", "auto, test, or a part of the rows from 0 up to 0.9", |c, v| set(&mut c.data.held_out, held_out(v))),
    key("data.binarize", "none, threshold or dynamic", |c, v| set(&mut c.data.binarize, name(v))),

    key("model.latent_dim", "auto, or a whole number from 1 to 65536", |c, v| set(&mut c.model.latent_dim, auto(v, |v| count(v, 1..=WIDEST)))),
    key("model.hidden", "auto, or up to 32 layer widths from 1 to 65536, such as [400, 200] (--hidden 400,200)",
        |c, v| set(&mut c.model.hidden, auto(v, widths))),
    key("model.activation", "relu, tanh or silu", |c, v| set(&mut c.model.activation, name(v))),
    key("model.likelihood", "auto, bernoulli or gaussian", |c, v| set(&mut c.model.likelihood, auto(v, name))),
    key("model.start", "auto, random or linear", |c, v| set(&mut c.model.start, auto(v, name))),
    key("model.components", "auto, or a whole number from 1 to 64", |c, v| set(&mut c.model.components, auto(v, |v| count(v, 1..=64)))),
    key("model.scale_floor", "a number from 1e-6 to 1", |c, v| set(&mut c.model.scale_floor, number(v, 1e-6..=1.0))),

    key("objective.beta", "a number from 0 to 1e9", |c, v| set(&mut c.objective.beta, number(v, 0.0..=1e9))),
    key("objective.kl_warmup", "a whole number of epochs, 0 or more", |c, v| set(&mut c.objective.kl_warmup, count(v, 0..=MOST))),
    key("objective.free_bits", "nats per latent dimension, from 0 to 1e6", |c, v| set(&mut c.objective.free_bits, number(v, 0.0..=1e6))),
    key("objective.samples", "a whole number from 1 to 65536", |c, v| set(&mut c.objective.samples, count(v, 1..=WIDEST))),
    key("objective.contamination", "a part of the rows from 0 to 0.5", |c, v| set(&mut c.objective.contamination, number(v, 0.0..=0.5))),

    key("train.optimizer", "adam or sgd", |c, v| set(&mut c.train.optimizer, name(v))),
    key("train.learning_rate", "a number above 0, at most 1e6", |c, v| set(&mut c.train.learning_rate, number(v, f64::MIN_POSITIVE..=1e6))),
    key("train.batch_size", "auto, or a whole number from 1 to 1000000000",
        |c, v| set(&mut c.train.batch_size, auto(v, |v| count(v, 1..=MOST)))),
    key("train.epochs", "auto, or a whole number from 0 (writes the initial model) to 1000000000",
        |c, v| set(&mut c.train.epochs, auto(v, |v| count(v, 0..=MOST)))),
    key("train.passes", "auto, or a whole number from 1 to 1000000000", |c, v| set(&mut c.train.passes, auto(v, |v| count(v, 1..=MOST)))),
    key("train.patience", "auto, or a whole number of epochs; 0 turns early stopping off",
        |c, v| set(&mut c.train.patience, auto(v, |v| count(v, 0..=MOST)))),
    key("train.anneal", "auto, or a whole number from 0 to 100", |c, v| set(&mut c.train.anneal, auto(v, |v| count(v, 0..=100)))),
    key("train.seed", "a whole number from 0 to 18446744073709551615", |c, v| set(&mut c.train.seed, seed(v))),
    key("train.threads", "auto, or a whole number from 1 to 1024", |c, v| set(&mut c.train.threads, auto(v, |v| count(v, 1..=1024)))),
    key("train.max_time", "a duration above 0, such as 90s, 10m or 1h 30m", |c, v| set(&mut c.train.max_time, duration(v).map(Some))),
    key("train.checkpoint_every", "minutes, above 0 and at most 100000", |c, v| set(&mut c.train.checkpoint_every, number(v, f64::MIN_POSITIVE..=1e5))),
];

fn set<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A truth value, also as the text that a variable of the environment gives.
fn truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_str()?.parse().ok())
}

fn name<T: ValueEnum>(value: &Value) -> Option<T> {
    T::from_str(value.as_str()?, false).ok()
}

fn auto<T>(value: &Value, fixed: impl Fn(&Value) -> Option<T>) -> Option<Auto<T>> {
    if value.as_str() == Some("auto") { Some(Auto::Auto) } else { fixed(value).map(Auto::Fixed) }
}

fn count(value: &Value, allowed: RangeInclusive<usize>) -> Option<usize> {
    value.as_integer()?.try_into().ok().filter(|n| allowed.contains(n))
}

/// NaN lies in no range.
fn number(value: &Value, allowed: RangeInclusive<f64>) -> Option<f64> {
    let number = value.as_float().or_else(|| value.as_integer().map(|n| n as f64))?;
    allowed.contains(&number).then_some(number)
}

fn seed(value: &Value) -> Option<u64> {
    value.as_integer().map_or_else(|| value.as_str()?.parse().ok(), |n| n.try_into().ok())
}

fn held_out(value: &Value) -> Option<HeldOut> {
    match value.as_str() {
        Some("auto") => Some(HeldOut::Auto),
        Some("test") => Some(HeldOut::TestSet),
        Some(_) => None,
        None => number(value, 0.0..=0.9).map(HeldOut::Fraction),
    }
}

/// An array of names, or their list with commas as a flag gives it.
fn names(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(names) => names.iter().map(text).collect(),
        Value::String(list) => Some(list.split(',').map(|name| name.trim().to_owned()).collect()),
        _ => None,
    }
}

/// An array of widths, or their list with commas as a flag gives it; one number is one layer.
fn widths(value: &Value) -> Option<Vec<usize>> {
    let width = |value: &Value| count(value, 1..=WIDEST);
    let widths: Vec<usize> = match value {
        Value::Array(layers) => layers.iter().map(width).collect::<Option<_>>()?,
        Value::String(list) => list
            .split(',')
            .map(|item| width(&Value::Integer(item.trim().parse().ok()?)))
            .collect::<Option<_>>()?,
        single => vec![width(single)?],
    };
    (1..=DEEPEST).contains(&widths.len()).then_some(widths)
}

fn duration(value: &Value) -> Option<std::time::Duration> {
    humantime::parse_duration(value.as_str()?).ok().filter(|time| !time.is_zero())
}
