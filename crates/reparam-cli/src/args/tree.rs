//! The tree of subcommands as clap sees it, with what holds for every flag alike.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::FalseyValueParser;
use clap::{Arg, ArgAction, ColorChoice, Command, CommandFactory, FromArgMatches};

use super::{Cli, variables::spelled_out};
use crate::error::Exit;

/// The environment variable that stands in for a flag: `batch-size` is read from `REPARAM_BATCH_SIZE`.
pub fn environment_name(flag: &str) -> String {
    format!("REPARAM_{}", flag.to_uppercase().replace('-', "_"))
}

/// The whole tree, as parsed, completed and documented.
pub fn command() -> Command {
    with_environment(Cli::command())
}

/// Gives every flag of the tree its environment variable.
fn with_environment(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let Some(flag) = arg.get_long().filter(|_| !matters_only_here(&arg)).map(environment_name) else {
            return arg;
        };
        let arg = arg.env(flag).hide_env(true);
        // A switch is on for `1`, `yes` and `true`, off for `0`, `no`, `false` and the empty text.
        if matches!(arg.get_action(), ArgAction::SetTrue) {
            arg.value_parser(FalseyValueParser::new())
        } else {
            arg
        }
    });
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, with_environment))
}

fn matters_only_here(arg: &Arg) -> bool {
    matches!(arg.get_id().as_str(), "help" | "version")
}

/// Parses the process's command line; prints help, version or the usage error itself.
///
/// # Errors
///
/// The exit code with which the process should end.
pub fn parse() -> Result<Cli, ExitCode> {
    let command = command().color(help_color());
    let line = spelled_out(&command, std::env::args_os());
    let matches = command.try_get_matches_from(line);
    matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| {
        // A closed pipe is no reason for a word more.
        let _ = error.print();
        if error.use_stderr() { Exit::Usage.into() } else { ExitCode::SUCCESS }
    })
}

/// Help and usage errors are written before `--color` is parsed, so it is looked for here.
fn help_color() -> ColorChoice {
    let given: Vec<OsString> = std::env::args_os().take_while(|arg| arg != "--").collect();
    let value = |(i, arg): (usize, &OsString)| match arg.to_str()?.strip_prefix("--color")? {
        "" => given.get(i + 1)?.to_str().map(str::to_owned),
        rest => rest.strip_prefix('=').map(str::to_owned),
    };
    match given.iter().enumerate().find_map(value).as_deref() {
        Some("never") => ColorChoice::Never,
        Some("always") => ColorChoice::Always,
        _ => ColorChoice::Auto,
    }
}
