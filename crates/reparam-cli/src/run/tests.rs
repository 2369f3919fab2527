//! Runs on a real disk: locks, damage, and files that stop growing.

mod checkpoint;
mod container;
mod folder;

use std::path::Path;
use std::process::Command;

/// A command that runs one test of this program again, in a process of its own, with `TEST_FOLDER` set to `folder`.
fn again(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env("TEST_FOLDER", folder);
    command
}

/// The folder, in the process that `again` started.
fn child_folder() -> Option<std::path::PathBuf> {
    std::env::var_os("TEST_FOLDER").map(Into::into)
}
