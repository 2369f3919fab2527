//! The examples of the book's chapters on distributions and estimates, and of the README on these, print what they print.
//!
//! With the variable `UPDATE_BOOK` what differs is written into the pages.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a shell prints, where `reparam` is the binary under test.
fn print(folder: &Path, line: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_reparam")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let line = format!("{line} 2>&1");
    let output =
        Command::new("sh").args(["-c", &line]).current_dir(folder).env("PATH", path).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A table without its columns from `time` on, and a choice without the times behind it.
fn without_times(text: &str) -> String {
    let mut kept = String::new();
    let mut width = usize::MAX;
    for line in text.trim_end().lines() {
        if let Some(place) = line.find("  time ").filter(|_| line.starts_with("estimator ")) {
            width = line[..place].chars().count();
        } else if line.is_empty() {
            width = usize::MAX;
        }
        let line: String = line.chars().take(width).collect();
        kept += line.trim_end();
        kept.push('\n');
    }
    kept
}

/// Where a page of the repository is.
fn path_of(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(page)
}

/// Runs the commands of a page that begin so, those after a prompt in its blocks of text.
fn assert_prints(page: &str, command: &str, least: usize) {
    let path = path_of(page);
    let mut text = fs::read_to_string(&path).unwrap();
    let update = std::env::var_os("UPDATE_BOOK").is_some();
    let folder = tempfile::tempdir().unwrap();
    let mut seen = 0;
    for session in text.clone().split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        for step in session.split("$ ").skip(1) {
            let (line, said) = step.split_once('\n').unwrap();
            if let Some(file) = line.strip_prefix("cat ") {
                fs::write(folder.path().join(file), said).unwrap();
                continue;
            }
            if !line.starts_with(command) {
                continue;
            }
            let printed = print(folder.path(), line);
            seen += 1;
            // What is taken depends on times: it is run, and held to be a choice.
            let chosen = [&printed, said].map(|text| text.contains("\nauto took ")) == [true; 2];
            if chosen || without_times(&printed) == without_times(said) {
                continue;
            }
            assert!(update, "{line}\nprints\n{printed}\nand not\n{said}");
            text = text.replacen(&format!("$ {step}"), &format!("$ {line}\n{printed}"), 1);
        }
    }
    assert!(seen >= least, "{seen} commands");
    if update {
        fs::write(path, text).unwrap();
    }
}

#[test]
fn distributions() {
    assert_prints("book/src/distributions.md", "reparam", 8);
}

#[test]
fn estimates() {
    assert_prints("book/src/estimate.md", "reparam", 12);
}

/// The object that is laid out there, after its command, is the one that is printed, but for the time it took.
#[test]
fn the_object_of_an_estimate() {
    let page = fs::read_to_string(path_of("book/src/estimate.md")).unwrap();
    let (before, after) = page.split_once("```json\n").unwrap();
    let command = before.rsplit('`').nth(1).unwrap();
    let printed = print(tempfile::tempdir().unwrap().path(), command);
    let [laid_out, printed] = [after.split("```").next().unwrap(), &printed].map(|text| {
        let mut object: serde_json::Value = serde_json::from_str(text).unwrap();
        object["estimators"][0]["seconds"].take();
        object
    });
    assert_eq!(laid_out, printed);
}

#[test]
fn the_readme() {
    assert_prints("README.md", "reparam estimate", 1);
}
