//! The one error type of the command: what went wrong, what to do about it, and the exit code it means.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// How a run of the command ended, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The reader of our output went away, as `head` does: the work ends without a word.
    PipeClosed = 0,
    /// The work failed: bad data, input or output, a diverged run.
    Failed = 1,
    /// The command line or the configuration was wrong; nothing was computed.
    Usage = 2,
    /// The work was done, and a check the user asked for did not hold.
    CheckFailed = 3,
    /// Stopped by the user; what was done so far is kept.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An error a user reads: `message` says what was wrong, where, and what was expected; `help` what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The exit code of the process.
    pub exit: Exit,
    /// What was wrong, where, and what was expected; no trailing full stop.
    pub message: String,
    /// What to do about it, where there is something to do.
    pub help: Option<String>,
}

/// The result of everything in the command that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The work failed.
    pub fn failed(message: impl Display) -> Self {
        Self { exit: Exit::Failed, message: message.to_string(), help: None }
    }

    /// The command line or the configuration is wrong.
    pub fn usage(message: impl Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string(), help: None }
    }

    /// Standard output could not be written.
    pub fn stdout(error: &io::Error) -> Self {
        let exit = if error.kind() == io::ErrorKind::BrokenPipe { Exit::PipeClosed } else { Exit::Failed };
        Self { exit, message: format!("cannot write to standard output: {error}"), help: None }
    }

    /// The same error, found in what the user asked for rather than while doing it.
    pub fn into_usage(mut self) -> Self {
        self.exit = Exit::Usage;
        self
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Display) -> Self {
        self.help = Some(help.to_string());
        self
    }
}

/// Turns a foreign error into ours, saying what was being done: `"{doing}: {error}"`.
pub trait Context<T> {
    /// Exit code 1, with `doing` before the cause.
    fn context(self, doing: impl Display) -> Result<T>;
}

impl<T, E: Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl Display) -> Result<T> {
        self.map_err(|error| Error::failed(format!("{doing}: {error}")))
    }
}
