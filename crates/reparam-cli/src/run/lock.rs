//! One writer per run folder, by a lock of the kernel: it ends with the process, however that ends.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Context, Error, Result};

/// The locked file; it stays behind, empty of meaning once nobody holds it.
pub(super) const FILE: &str = "lock";

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

/// How long a lock that somebody only looks at is waited for.
const PATIENCE: Duration = Duration::from_millis(200);

impl Lock {
    /// Locks `folder`, or says who holds it.
    pub fn take(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let shown = folder.display();
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .context(format!("cannot write into the run folder {shown}"))?;
        let began = Instant::now();
        let locked = loop {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                    thread::sleep(Duration::from_millis(10));
                }
                locked => break locked,
            }
        };
        match locked {
            Ok(()) => {
                let holder = format!("process {}{}\n", std::process::id(), host());
                let written = file.set_len(0).and_then(|()| file.write_all(holder.as_bytes()));
                written.context(format!("cannot write {}", path.display()))?;
                Ok(Self { file, path })
            }
            Err(TryLockError::WouldBlock) => {
                Err(Error::failed(format!("the run folder {shown} is in use by {}", holder(file)))
                    .help("wait for it to end, or give another --name"))
            }
            Err(TryLockError::Error(error)) => {
                Err(Error::failed(format!("cannot lock {}: {error}", path.display()))
                    .help("a file system without locks cannot hold runs; choose another with --runs-dir"))
            }
        }
    }

    /// Notices that the folder, or the lock in it, is no longer the one that was locked.
    ///
    /// # Errors
    ///
    /// Where the folder is gone, or another process has locked it since.
    pub fn check(&mut self) -> Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new(".")).to_path_buf();
        match (fs::metadata(&self.path), self.file.metadata()) {
            (Ok(there), Ok(ours)) if is_same(&there, &ours) => Ok(()),
            (Ok(_), _) => Err(taken_over(&folder)),
            // Nobody has come since: the lock is made again.
            (Err(_), _) if folder.is_dir() => {
                *self = Self::take(&folder).map_err(|_| taken_over(&folder))?;
                Ok(())
            }
            (Err(_), _) => Err(Error::failed(format!(
                "the run folder {} was removed while the run went on",
                folder.display()
            ))
            .help("what was learned is lost: start a new run")),
        }
    }
}

fn taken_over(folder: &Path) -> Error {
    Error::failed(format!("another process has taken over the run folder {}", folder.display()))
        .help("its lock file was removed while this run went on; nothing more is written here")
}

/// Who writes to a folder now; `None` where nobody does.
pub(super) fn writer(folder: &Path) -> Option<String> {
    let file = File::open(folder.join(FILE)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(holder(file)),
        _ => None,
    }
}

/// What the lock file says of its holder.
fn holder(file: File) -> String {
    let mut holder = String::new();
    let _ = file.take(200).read_to_string(&mut holder);
    match holder.trim() {
        "" => "another process".into(),
        holder => holder.into(),
    }
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere a locked file cannot be removed.
#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// ` on <host>`, where the system tells.
fn host() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname")
        .map_or_else(|_| String::new(), |name| format!(" on {}", name.trim()))
}
