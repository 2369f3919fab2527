//! One writer per run folder, by a lock of the kernel: it ends with the process, however that ends.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use crate::error::{Context, Error, Result};

/// The locked file; it stays behind, empty of meaning once nobody holds it.
pub(super) const FILE: &str = "lock";

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

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
        match file.try_lock() {
            Ok(()) => {
                let holder = format!("process {}{}\n", std::process::id(), host());
                let written = file.set_len(0).and_then(|()| file.write_all(holder.as_bytes()));
                written.context(format!("cannot write {}", path.display()))?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.take(200).read_to_string(&mut holder);
                let holder = match holder.trim() {
                    "" => "another process",
                    holder => holder,
                };
                Err(Error::failed(format!("the run folder {shown} is in use by {holder}"))
                    .help("wait for it to end, or give another --name"))
            }
            Err(TryLockError::Error(error)) => {
                Err(Error::failed(format!("cannot lock {}: {error}", path.display()))
                    .help("a file system without locks cannot hold runs; choose another with --runs-dir"))
            }
        }
    }
}

/// ` on <host>`, where the system tells.
fn host() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname")
        .map_or_else(|_| String::new(), |name| format!(" on {}", name.trim()))
}
