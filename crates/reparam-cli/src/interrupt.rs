//! Ctrl-C and termination: the first asks the work to end well, the second ends it at once.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::console::talk;
use crate::error::{Context, Error, Exit, Result};

/// The answer of a command that writes one file.
pub const UNFINISHED: &str = "the unfinished file is removed";

/// How long work that leaves nothing behind may take to notice.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether the user has asked the work to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    requested: Arc<AtomicBool>,
}

impl Interrupt {
    /// Takes over Ctrl-C, SIGTERM and SIGHUP; once per process. `answer` tells the user what happens at the first.
    ///
    /// A signal that this process was started to ignore stays ignored: `nohup` does so with SIGHUP, and a shell with
    /// Ctrl-C for what runs in the background.
    ///
    /// # Errors
    ///
    /// Where the system refuses.
    pub fn install(answer: &'static str) -> Result<Self> {
        Self::take_over(answer, None)
    }

    /// The same for work that leaves nothing behind: it has half a second to end well, then the process ends.
    ///
    /// # Errors
    ///
    /// Where the system refuses.
    pub fn install_impatient(answer: &'static str) -> Result<Self> {
        Self::take_over(answer, Some(PATIENCE))
    }

    fn take_over(answer: &'static str, patience: Option<Duration>) -> Result<Self> {
        let interrupt = Self::default();
        let requested = Arc::clone(&interrupt.requested);
        let ignored = ignored::Signals::inherited();
        ctrlc::set_handler(move || {
            // Files are replaced whole, so leaving at any moment leaves them consistent.
            if requested.swap(true, Ordering::Relaxed) {
                std::process::exit(Exit::Interrupted as i32);
            }
            let below_progress = if stderr().is_terminal() { "\n" } else { "" };
            talk(&format!("{below_progress}interrupted: {answer}; once more stops at once"));
            if let Some(patience) = patience {
                std::thread::sleep(patience);
                std::process::exit(Exit::Interrupted as i32);
            }
        })
        .context("cannot take over Ctrl-C")?;
        ignored.restore();
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

/// Signals that the parent process decided to ignore.
#[cfg(unix)]
mod ignored {
    use std::mem::MaybeUninit;
    use std::ptr::{null, null_mut};

    /// Those that are taken over.
    const TAKEN: [libc::c_int; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];

    /// Those of them that were ignored.
    pub(super) struct Signals(Vec<libc::c_int>);

    impl Signals {
        pub(super) fn inherited() -> Self {
            Self(TAKEN.into_iter().filter(|signal| is_ignored(*signal)).collect())
        }

        /// Ignores them again.
        pub(super) fn restore(&self) {
            for &signal in &self.0 {
                // SAFETY: an all-zero action with an empty mask is a valid one; nothing is read back.
                unsafe {
                    let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
                    action.sa_sigaction = libc::SIG_IGN;
                    libc::sigaction(signal, &raw const action, null_mut());
                }
            }
        }
    }

    fn is_ignored(signal: libc::c_int) -> bool {
        let mut action = MaybeUninit::<libc::sigaction>::zeroed();
        // SAFETY: without a new action the call only fills the old one in, which zeros are a valid value of.
        let action = unsafe {
            libc::sigaction(signal, null(), action.as_mut_ptr());
            action.assume_init()
        };
        action.sa_sigaction == libc::SIG_IGN
    }
}

#[cfg(not(unix))]
mod ignored {
    /// None: no other system lets a parent decide so.
    pub(super) struct Signals;

    impl Signals {
        pub(super) fn inherited() -> Self {
            Self
        }

        pub(super) fn restore(&self) {}
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
