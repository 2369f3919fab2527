//! Ctrl-C and termination: the first asks the work to end well, the second ends it at once.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::console::talk;
use crate::error::{Context, Error, Exit, Result};

/// Whether the user has asked the work to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    requested: Arc<AtomicBool>,
}

impl Interrupt {
    /// Takes over Ctrl-C, SIGTERM and SIGHUP; once per process. `answer` tells the user what happens at the first.
    ///
    /// # Errors
    ///
    /// Where the system refuses.
    pub fn install(answer: &'static str) -> Result<Self> {
        let interrupt = Self::default();
        let requested = Arc::clone(&interrupt.requested);
        ctrlc::set_handler(move || {
            // Files are replaced whole, so leaving at any moment leaves them consistent.
            if requested.swap(true, Ordering::Relaxed) {
                std::process::exit(Exit::Interrupted as i32);
            }
            let below_progress = if stderr().is_terminal() { "\n" } else { "" };
            talk(&format!("{below_progress}interrupted: {answer}; once more stops at once"));
        })
        .context("cannot take over Ctrl-C")?;
        Ok(interrupt)
    }

    /// Whether to stop at the next opportunity.
    pub fn requested(&self) -> bool {
        self.requested.load(Ordering::Relaxed)
    }

    /// Nothing, as long as nobody asked to stop.
    ///
    /// # Errors
    /// That draws are missing, with the exit code of an interrupted run.
    pub fn check(&self) -> Result<()> {
        if self.requested() {
            let error = Error::failed("interrupted before all draws were made");
            return Err(Error { exit: Exit::Interrupted, ..error });
        }
        Ok(())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::env;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use super::{Interrupt, talk};

    #[test]
    fn the_first_signal_asks_and_the_second_ends() {
        if env::var_os("REPARAM_TEST_INTERRUPT").is_some() {
            let interrupt = Interrupt::install("saving").unwrap();
            talk("ready");
            while !interrupt.requested() {
                sleep(Duration::from_millis(1));
            }
            talk("requested");
            // Not for ever: a test that failed must not leave a process behind.
            sleep(Duration::from_secs(20));
            return;
        }
        for signal in ["-INT", "-TERM", "-HUP"] {
            let mut child = Command::new(env::current_exe().unwrap())
                .args([
                    "--exact",
                    "interrupt::tests::the_first_signal_asks_and_the_second_ends",
                    "--nocapture",
                ])
                .env("REPARAM_TEST_INTERRUPT", "1")
                .stderr(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            let pid = child.id().to_string();
            let send = || {
                let sent = Command::new("sh").args(["-c", "kill $0 $1", signal, &pid]).status().unwrap();
                assert!(sent.success());
            };
            let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
            assert!(lines.any(|line| line == "ready"));
            send();
            let told: Vec<_> = lines.by_ref().take(2).collect();
            assert!(told.iter().any(|line| line.starts_with("interrupted: ")), "{told:?}");
            assert!(told.iter().any(|line| line == "requested"), "{told:?}");
            send();
            assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        }
    }
}
