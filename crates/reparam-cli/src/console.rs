//! Talk on standard error and data on standard output: colour, quiet, and readers that go away.

use std::io::{self, IsTerminal, Write};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::args::{Color, GlobalArgs};
use crate::error::{Error, Exit, Result};

/// How the command talks to its user.
#[derive(Clone, Debug)]
pub struct Console {
    volume: Volume,
    /// Whether standard error takes colour.
    color: bool,
    /// Whether a line on standard error may be redrawn.
    live: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Volume {
    /// Warnings and errors.
    Quiet,
    Normal,
    /// Details as well.
    Verbose,
}

impl Console {
    /// What the global flags, the terminal and its environment allow.
    pub fn new(args: &GlobalArgs) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let terminal =
            io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self {
            volume: match (args.quiet, args.verbose) {
                (true, _) => Volume::Quiet,
                (false, true) => Volume::Verbose,
                (false, false) => Volume::Normal,
            },
            color: match args.color {
                Color::Auto => terminal && !set("NO_COLOR"),
                Color::Always => true,
                Color::Never => false,
            },
            live: terminal && !args.quiet && !args.no_progress,
        }
    }

    /// Whether a progress line may be redrawn in place.
    pub fn live(&self) -> bool {
        self.live
    }

    /// Whether nothing but warnings and errors is wanted.
    pub fn quiet(&self) -> bool {
        self.volume == Volume::Quiet
    }

    /// A line that most users want to see.
    pub fn note(&self, line: &str) {
        if !self.quiet() {
            talk(&printable(line));
        }
    }

    /// A line for `--verbose`.
    pub fn detail(&self, line: &str) {
        if self.volume == Volume::Verbose {
            talk(&printable(line));
        }
    }

    /// Something that is not as it should be, though the work goes on.
    pub fn warn(&self, line: &str) {
        talk(&format!("{} {}", self.paint("33;1", "warning:"), printable(line)));
    }

    /// What ended the work, and what to do about it.
    pub fn error(&self, error: &Error) {
        if error.exit == Exit::PipeClosed {
            return;
        }
        talk(&format!("{} {}", self.paint("31;1", "error:"), printable(&error.message)));
        if let Some(help) = &error.help {
            talk(&format!("  {} {}", self.paint("36;1", "help:"), printable(help)));
        }
    }

    fn paint(&self, style: &str, text: &str) -> String {
        if self.color { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Writes `text` to standard output, as it is.
///
/// # Errors
///
/// Where it cannot be written; a reader that went away ends the command without a word.
pub fn output(text: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text).and_then(|()| stdout.flush()).map_err(|error| Error::stdout(&error))
}

/// How many pieces of work are under way whose panics are their callers' to tell.
static CAUGHT: AtomicUsize = AtomicUsize::new(0);

/// What `work` gives; what a panic in it, or in a thread that works for it, says.
///
/// # Errors
///
/// The panic, as an internal error.
pub fn caught<T>(work: impl FnOnce() -> T) -> std::result::Result<T, String> {
    CAUGHT.fetch_add(1, Ordering::SeqCst);
    let done = std::panic::catch_unwind(AssertUnwindSafe(work));
    CAUGHT.fetch_sub(1, Ordering::SeqCst);
    done.map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let cause = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or("no message");
        format!("internal error: {cause}; this is a fault of reparam, please report it")
    })
}

/// Replaces a panic's text by one that tells the user what it means; the process ends with exit code 1.
pub fn replace_panic_text() {
    std::panic::set_hook(Box::new(|panic| {
        if CAUGHT.load(Ordering::SeqCst) > 0 {
            return;
        }
        let place =
            panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let cause = panic.payload_as_str().unwrap_or("no message");
        talk(&format!("error: internal error{place}: {}", printable(cause)));
        talk(concat!(
            "  help: this is a fault of reparam ",
            env!("CARGO_PKG_VERSION"),
            ", not of your data; please report the line above and the command at ",
            env!("CARGO_PKG_REPOSITORY"),
            "/issues",
        ));
        std::process::exit(Exit::Failed as i32);
    }));
}

/// One line on standard error. A closed standard error is no reason to stop.
pub fn talk(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Text from files and file names with its control characters made visible, so that it cannot steer a terminal.
pub fn printable(text: &str) -> String {
    let visible = |c: char| !c.is_control() || c == '\n' || c == '\t';
    text.chars().flat_map(|c| if visible(c) { vec![c] } else { c.escape_default().collect() }).collect()
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    #[test]
    fn a_panic_is_told_as_an_internal_error() {
        if env::var_os("REPARAM_TEST_PANIC").is_some() {
            super::replace_panic_text();
            panic!("one\x1b[2Jtwo");
        }
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "console::tests::a_panic_is_told_as_an_internal_error", "--nocapture"])
            .env("REPARAM_TEST_PANIC", "1")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&child.stderr);
        assert_eq!(child.status.code(), Some(1));
        assert!(
            told.starts_with("error: internal error at ") && told.contains("one\\u{1b}[2Jtwo\n  help: "),
            "{told}"
        );
        assert!(!told.contains("panicked"), "{told}");
    }

    #[test]
    fn a_panic_that_is_caught_is_an_error_of_that_work_alone() {
        let failed = super::caught(|| assert_eq!(1, 2, "sizes"));
        assert!(failed.unwrap_err().contains("sizes"));
        assert_eq!(super::caught(|| 3), Ok(3));
    }

    #[test]
    fn text_from_outside_cannot_steer_the_terminal() {
        assert_eq!(super::printable("a\x1b[31mb\r\u{9b}2J\nc\té"), "a\\u{1b}[31mb\\r\\u{9b}2J\nc\té");
    }
}
