//! How many threads work.

use std::error::Error as _;

use crate::config::{Config, Setting};
use crate::error::{Error, Result};

/// Lets `threads` threads work from now on.
///
/// # Errors
///
/// Where the system does not start as many.
pub fn limit(threads: usize) -> Result<()> {
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build_global() {
        Err(error) if error.source().is_some() => {
            Err(Error::failed(format!("{threads} threads cannot be started: {error}"))
                .help("give fewer with --threads, or let the shell start more with ulimit -u"))
        }
        // Without a cause in the system the pool exists already: this process has set it up before.
        _ => Ok(()),
    }
}

/// Does `work` on one of those threads: a parallel operation then begins at once on the thread that calls it, where
/// from outside it would first have to wake another. A training step takes three quarters of the time.
pub fn inside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::scope(|_| work())
}

/// [`limit`] from the text of `--threads`, by the rule of the configuration's key; without one all cores work.
///
/// # Errors
///
/// With exit code 2, where the text is neither `auto` nor a number in range.
pub fn limit_as_asked(threads: Option<&str>) -> Result<()> {
    let settings: Vec<Setting> = threads.iter().map(|text| Setting::flag("train.threads", text)).collect();
    if let Some(&threads) = Config::default().with(&settings)?.train.threads.fixed() {
        limit(threads)?;
    }
    Ok(())
}
