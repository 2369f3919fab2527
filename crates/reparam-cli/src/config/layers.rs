//! Layers of a configuration: each adds its settings over those below, and says where a bad one came from.

use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::keys::{KEYS, Key};
use super::{Config, FORMAT_VERSION};
use crate::args::environment_name;
use crate::error::{Context, Error, Result};

/// No configuration comes near this size; a data file given by mistake does.
const LARGEST_FILE: u64 = 1 << 20;

/// The keys that may differ between a run and its continuation: they say how long or where, never what.
const RESUMABLE: &[&str] = &[
    "data.data_dir",
    "train.epochs",
    "train.patience",
    "train.threads",
    "train.max_time",
    "train.checkpoint_every",
];

/// One value for one key, and where it came from.
#[derive(Clone, Debug)]
pub struct Setting {
    path: String,
    /// The readings to try, in order: text from a command line may be a number or a word.
    readings: Vec<Value>,
    /// `--beta`, or a file and line.
    origin: String,
}

impl Setting {
    /// The value of the flag that stands for the key `path`: `train.batch_size` is `--batch-size`.
    pub fn flag(path: &str, text: &str) -> Self {
        let flag = path.rsplit('.').next().unwrap_or_default().replace('_', "-");
        let variable = environment_name(&flag);
        // The parser does not say which of the two it took.
        let or =
            if std::env::var_os(&variable).is_some() { format!(" (or {variable})") } else { String::new() };
        Self::text(path, text, format!("--{flag}{or}"))
    }

    /// The value of a positional argument, taken as text whatever it looks like.
    pub fn argument(name: &str, path: &str, text: &str) -> Self {
        Self { path: path.into(), readings: vec![Value::String(text.into())], origin: name.into() }
    }

    /// `key=value` as given to `--set`.
    ///
    /// # Errors
    ///
    /// Without an equals sign.
    pub fn assignment(assignment: &str) -> Result<Self> {
        let (path, text) = assignment.split_once('=').ok_or_else(|| {
            Error::usage(format!("--set {assignment}: expected KEY=VALUE"))
                .help("for example --set objective.beta=4")
        })?;
        Ok(Self::text(path.trim(), text.trim(), "--set".into()))
    }

    fn text(path: &str, text: &str, origin: String) -> Self {
        let typed = format!("v = {text}").parse::<Table>().ok().filter(|table| table.len() == 1);
        let typed = typed.and_then(|mut table| table.remove("v"));
        let typed = typed.or_else(|| text.parse().ok().map(Value::Float));
        Self {
            path: path.into(),
            readings: typed.into_iter().chain([Value::String(text.into())]).collect(),
            origin,
        }
    }

    fn apply(&self, config: &mut Config) -> Result<()> {
        let Some(key) = KEYS.iter().find(|key| key.path == self.path) else {
            return Err(unknown(&self.path, &self.origin));
        };
        if self.readings.iter().any(|value| (key.store)(config, value).is_some()) {
            return Ok(());
        }
        let given = self.readings.first().map_or_else(String::new, shown);
        Err(Error::usage(format!("{}: {} is {given}; expected {}", self.origin, self.path, key.allowed)))
    }
}

impl Config {
    /// The defaults, under the file's keys, under `settings` in their order.
    ///
    /// # Errors
    ///
    /// With exit code 2, naming the place, the key and what it accepts.
    pub fn layered(file: Option<&Path>, settings: &[Setting]) -> Result<Self> {
        let base = file.map_or_else(|| Ok(Self::default()), Self::read)?;
        base.with(settings)
    }

    /// Reads a file over the defaults.
    ///
    /// # Errors
    ///
    /// As [`Config::layered`]; also for a file that is missing, unreadable or absurdly large.
    pub fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_string(&mut text));
        read.context(format!("cannot read the configuration {shown}")).map_err(Error::into_usage)?;
        if text.len() as u64 > LARGEST_FILE {
            return Err(Error::usage(format!("{shown} is larger than 1 MiB: this is no configuration")));
        }
        Self::from_toml(&text, &shown)
    }

    /// Reads the text of a file; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// As [`Config::layered`].
    pub fn from_toml(text: &str, name: impl Display) -> Result<Self> {
        let syntax =
            |error: toml::de::Error| Error::usage(format!("{name}: {}", error.to_string().trim_end()));
        let table: Table = text.parse().map_err(syntax)?;
        later_version(&table, &name)?;
        let spans = DeTable::parse(text).map_err(syntax)?;
        let mut settings = Vec::new();
        flatten("", &table, spans.get_ref(), &mut |path, value, start| {
            let line = text[..start].matches('\n').count() + 1;
            settings.push(Setting {
                path,
                readings: vec![value.clone()],
                origin: format!("{name}, line {line}"),
            });
        });
        Self::default().with(&settings)
    }

    /// The configuration of a continued run: the stored one, of which only the length may change.
    ///
    /// # Errors
    ///
    /// With exit code 2, listing every key that differs and must not.
    pub fn resumed(stored: &Self, settings: &[Setting]) -> Result<Self> {
        let asked = stored.clone().with(settings)?;
        let leaves = |config: &Self| -> Table { config.to_toml().parse().expect("written by this program") };
        let (before, after) = (leaves(stored), leaves(&asked));
        let differing: Vec<_> = KEYS
            .iter()
            .filter(|key| !RESUMABLE.contains(&key.path))
            .filter_map(|key| {
                let (old, new) = (lookup(&before, key.path), lookup(&after, key.path));
                (old != new).then(|| {
                    let shown = |value: Option<&Value>| value.map_or("unset".into(), shown);
                    format!("{} is {} in the run, {} here", key.path, shown(old), shown(new))
                })
            })
            .collect();
        if differing.is_empty() {
            return Ok(asked);
        }
        Err(Error::usage(format!("a resumed run keeps its configuration: {}", differing.join("; "))).help(
            format!("leave these settings out, or start a new run; only {} may change", RESUMABLE.join(", ")),
        ))
    }

    /// Lays `settings` over this configuration, in their order.
    ///
    /// # Errors
    ///
    /// As [`Config::layered`].
    pub fn with(mut self, settings: &[Setting]) -> Result<Self> {
        settings.iter().try_for_each(|setting| setting.apply(&mut self))?;
        Ok(self)
    }
}

/// A file of a later layout may lack or rename any key, so this is said before anything else.
fn later_version(table: &Table, name: &impl Display) -> Result<()> {
    match table.get("format_version").and_then(Value::as_integer) {
        Some(version) if version > FORMAT_VERSION.into() => Err(Error::usage(format!(
            "{name} has format version {version}; this program reads version {FORMAT_VERSION}"
        ))
        .help("use the version of reparam that wrote it, or a later one")),
        _ => Ok(()),
    }
}

/// Calls `leaf` with the path, value and byte offset of every value that is no table.
fn flatten<'t>(
    prefix: &str,
    table: &'t Table,
    spans: &DeTable<'_>,
    leaf: &mut impl FnMut(String, &'t Value, usize),
) {
    for (name, span) in spans {
        let (path, value) = (format!("{prefix}{}", name.get_ref()), &table[name.get_ref().as_ref()]);
        match (value, span.get_ref()) {
            (Value::Table(inner), DeValue::Table(spans)) => flatten(&format!("{path}."), inner, spans, leaf),
            _ => leaf(path, value, Spanned::span(name).start),
        }
    }
}

fn lookup<'t>(table: &'t Table, path: &str) -> Option<&'t Value> {
    match path.split_once('.') {
        Some((section, rest)) => lookup(table.get(section)?.as_table()?, rest),
        None => table.get(path),
    }
}

/// A value as the user wrote it, cut short where it is long.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"));
    if text.chars().count() <= 60 { text } else { text.chars().take(57).chain("...".chars()).collect() }
}

fn unknown(path: &str, origin: &str) -> Error {
    let leaf = path.rsplit('.').next().unwrap_or_default();
    let likeness = |key: &Key| {
        let name = key.path.rsplit('.').next().unwrap_or_default();
        let initials: String = name.split('_').filter_map(|word| word.chars().next()).collect();
        if initials == leaf { 1.0 } else { strsim::jaro_winkler(name, leaf) }
    };
    let nearest =
        KEYS.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|key| likeness(key) > 0.8);
    let help = nearest.map_or_else(
        || format!("the keys are {}", KEYS.iter().map(|key| key.path).collect::<Vec<_>>().join(", ")),
        |key| format!("did you mean {}?", key.path),
    );
    Error::usage(format!("{origin}: unknown key {path}")).help(help)
}
