//! Flags and arguments that several subcommands share.

use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::memory;
use crate::output::OutputTarget;

/// Flags that every subcommand takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Print nothing but warnings and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print details as well
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to colour messages; the variable `NO_COLOR` is respected
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
    /// Print plain lines instead of a live progress line
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// Worker threads: auto (all cores) or a number; results do not depend on it
    #[arg(short = 'j', long, global = true, value_name = "N")]
    pub threads: Option<String>,
    /// The most memory to hold, such as 2G or 500M; what needs more is refused [default: what is there]
    #[arg(long, global = true, value_name = "SIZE", value_parser = memory::parse)]
    pub memory_limit: Option<u64>,
}

/// When to colour messages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Reads the argument of `--output`, a path of any bytes.
pub fn output_target() -> impl TypedValueParser<Value = OutputTarget> {
    OsStringValueParser::new().try_map(OutputTarget::argument)
}

/// Which run a subcommand works on.
#[derive(Clone, Debug, Args)]
pub struct RunArgs {
    /// A run folder, a name under the runs folder, `last`, or a model.safetensors file
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// The folder that holds the runs
    #[arg(long, value_name = "DIR", default_value = "runs")]
    runs_dir: PathBuf,
}

impl RunArgs {
    /// A run that another argument names.
    pub fn new(run: impl Into<PathBuf>, runs_dir: impl Into<PathBuf>) -> Self {
        Self { run: run.into(), runs_dir: runs_dir.into() }
    }

    /// What was named, and the folder to look for it in.
    pub fn parts(&self) -> (&Path, &Path) {
        (&self.run, &self.runs_dir)
    }
}
