//! The real binary, in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

/// The command in `folder`, with none of the caller's variables that would change what it does.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reparam"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("REPARAM_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("COLUMNS", "100");
    command
}

/// How a command ended: exit code, standard output, standard error.
pub fn ended(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the command writes UTF-8");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Runs `reparam` with these arguments in `folder`.
pub fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    ended(&command(folder).args(args).output().unwrap())
}
