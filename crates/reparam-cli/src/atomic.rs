//! Files that appear whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::error::{Error, Result};

/// Where the bytes of a file go while it is written.
pub type Sink<'a> = dyn Write + Send + 'a;

/// Writes a file through a temporary sibling, synced and then renamed: a reader sees the old or the new file.
///
/// The permissions of a file that is replaced are kept, a symbolic link goes on pointing at its target, and a
/// device or pipe is written in place. On failure the temporary file is removed and the old file is untouched.
pub fn write(path: &Path, fill: impl FnOnce(&mut Sink) -> io::Result<()>) -> Result<()> {
    attempt(path, fill).map_err(|error| explain(path, &error))
}

fn attempt(path: &Path, fill: impl FnOnce(&mut Sink) -> io::Result<()>) -> io::Result<()> {
    // Renaming onto a link would replace the link, not what it points at.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let replaced = fs::metadata(&target).ok();
    if let Some(there) = &replaced
        && !there.is_file()
    {
        if there.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut device = BufWriter::new(OpenOptions::new().write(true).open(&target)?);
        fill(&mut device)?;
        return device.flush();
    }
    let temporary = Temporary::beside(&target)?;
    let mut writer = BufWriter::with_capacity(1 << 16, File::create_new(&temporary.path)?);
    fill(&mut writer)?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(there) = replaced {
        file.set_permissions(there.permissions())?;
    }
    file.sync_all()?;
    fs::rename(&temporary.path, &target)?;
    sync_folder(&target)
}

/// A file that is removed when dropped; after the rename there is nothing left to remove.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// `.name.PID-N.tmp`: N tells apart the writers of one process, PID those of one machine.
    fn beside(target: &Path) -> io::Result<Self> {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Self { path: target.with_file_name(format!(".{name}.{}-{number}.tmp", process::id())) })
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Makes the rename itself last through a power cut.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn explain(path: &Path, error: &io::Error) -> Error {
    let what = Error::failed(format!("cannot write '{}': {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match (error.kind(), folder) {
        (io::ErrorKind::NotFound, Some(folder)) if !folder.exists() => {
            what.help(format!("there is no folder '{}': make it first", folder.display()))
        }
        (io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem, _) => {
            what.help("choose a folder that you may write to")
        }
        (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, _) => {
            what.help("free some space; what stood there before is untouched")
        }
        _ => what,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io;

    use super::write;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write(&path, |file| file.write_all(b"old")).unwrap();
        let error = write(&path, |file| {
            file.write_all(b"new")?;
            Err(io::ErrorKind::StorageFull.into())
        })
        .unwrap_err();
        assert!(error.message.contains("a.txt") && error.help.unwrap().contains("untouched"));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        write(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("none").join("a.txt"), |_| Ok(())).unwrap_err();
        assert!(error.help.unwrap().contains("none'"));
        let error = write(folder.path(), |_| Ok(())).unwrap_err();
        assert!(error.message.contains("directory"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_permissions_and_devices_survive() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&target, &link).unwrap();
        write(&link, |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        write("/dev/null".as_ref(), |file| file.write_all(b"gone")).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
