//! The examples of the book's chapter on distributions print what they print.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

const CHAPTER: &str = include_str!("../../../book/src/distributions.md");

/// The blocks of text that begin with a prompt.
fn sessions() -> impl Iterator<Item = &'static str> {
    CHAPTER.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap())
}

/// What a shell prints, where `reparam` is the binary under test.
fn print(folder: &Path, line: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_reparam")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let line = format!("{line} 2>&1");
    let output =
        Command::new("sh").args(["-c", &line]).current_dir(folder).env("PATH", path).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_session_prints_what_the_chapter_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = 0;
    for session in sessions() {
        for step in session.split("$ ").skip(1) {
            let (line, said) = step.split_once('\n').unwrap();
            if let Some(file) = line.strip_prefix("cat ") {
                fs::write(folder.path().join(file), said).unwrap();
                continue;
            }
            assert_eq!(print(folder.path(), line).trim_end(), said.trim_end(), "{line}");
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen} commands");
}
