//! `log.txt`: what the user was told, with the time.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Context, Result};

/// The file, open for appending: a resumed run goes on where the interrupted one ended.
#[derive(Debug)]
pub struct LogFile {
    file: File,
    path: PathBuf,
}

impl LogFile {
    /// Opens the file.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::options().append(true).create(true).open(path);
        Ok(Self { file: file.context(format!("cannot write {}", path.display()))?, path: path.into() })
    }

    /// Appends a line, after the time in UTC.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn line(&mut self, line: &str) -> Result<()> {
        let time = humantime::format_rfc3339_seconds(SystemTime::now());
        let written = self.file.write_all(format!("{time} {line}\n").as_bytes());
        written.context(format!("cannot write {}", self.path.display()))
    }
}
