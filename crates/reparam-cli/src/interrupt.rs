//! Ctrl-C and termination: the first asks the work to end well, the second ends it at once.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::console::talk;
use crate::error::{Context, Exit, Result};

/// Whether the user has asked the work to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    requested: Arc<AtomicBool>,
}

impl Interrupt {
    /// Takes over Ctrl-C, SIGTERM and SIGHUP; once per process.
    ///
    /// # Errors
    ///
    /// Where the system refuses.
    pub fn install() -> Result<Self> {
        let interrupt = Self::default();
        let requested = Arc::clone(&interrupt.requested);
        ctrlc::set_handler(move || {
            // Files are replaced whole, so leaving at any moment leaves them consistent.
            if requested.swap(true, Ordering::Relaxed) {
                std::process::exit(Exit::Interrupted as i32);
            }
            let below_progress = if stderr().is_terminal() { "\n" } else { "" };
            talk(&format!(
                "{below_progress}interrupted: finishing the step and saving; once more stops at once"
            ));
        })
        .context("cannot take over Ctrl-C")?;
        Ok(interrupt)
    }

    /// Whether to stop at the next opportunity.
    pub fn requested(&self) -> bool {
        self.requested.load(Ordering::Relaxed)
    }
}
