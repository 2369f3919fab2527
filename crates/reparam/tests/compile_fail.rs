//! What does not compile, and what the compiler says then.
//!
//! Each file in `compile_fail/` goes to the compiler by itself, against the library that this test was built with, and
//! what it says is compared with the `.stderr` beside it: the message, the label and the notes, without lines, paths
//! and what the compiler adds of its own. `BLESS=1 cargo test -p reparam --test compile_fail` writes those files anew.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use serde_json::Value;

/// The compiled library: the newest of its builds, since one that this test is older than was built from the same
/// sources.
fn library(folder: &Path) -> PathBuf {
    let built = |path: &PathBuf| {
        fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
    };
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("libreparam-") && name.ends_with(".rlib")
        })
        .max_by_key(built)
        .expect("the library beside its tests")
}

/// What the compiler says to `source`, one JSON object a line.
fn compile(source: &Path) -> Vec<Value> {
    let test = env::current_exe().unwrap();
    let dependencies = test.parent().unwrap();
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition", "2024", "--emit", "metadata", "--error-format", "json", "--out-dir"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg("-L")
        .arg(format!("dependency={}", dependencies.display()))
        .arg("--extern")
        .arg(format!("reparam={}", library(dependencies).display()))
        .arg(source)
        .output()
        .expect("a Rust compiler");
    assert!(!output.status.success(), "{} compiles", source.display());
    String::from_utf8(output.stderr)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The errors in words: message, label of the place, notes that tell neither how the compiler got there nor what else is
/// in the library.
fn words(diagnostics: &[Value]) -> String {
    let mut lines = Vec::new();
    for error in diagnostics.iter().filter(|error| error["level"] == "error" && error["code"].is_object()) {
        lines.push(format!("error: {}", error["message"].as_str().unwrap()));
        let place = error["spans"].as_array().unwrap().iter().find(|span| span["is_primary"] == true);
        if let Some(place) = place {
            lines.push(format!("    at: {}", place["text"][0]["text"].as_str().unwrap().trim()));
            lines.push(format!(" label: {}", place["label"].as_str().unwrap_or("none")));
        }
        for note in error["children"].as_array().unwrap() {
            let said = note["message"].as_str().unwrap();
            let own = !["required", "the trait ", "for that trait", "the following other types"]
                .iter()
                .any(|start| said.starts_with(start));
            if own && note["spans"].as_array().unwrap().is_empty() {
                lines.push(format!("  note: {said}"));
            }
        }
    }
    // Whether a path is printed whole depends on names in other crates.
    lines.join("\n").replace("reparam::", "").replace("laws::", "") + "\n"
}

#[test]
fn missing_capabilities_are_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile_fail");
    let mut sources: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    sources.sort();
    assert!(!sources.is_empty());
    for source in sources {
        let (said, expected) = (words(&compile(&source)), source.with_extension("stderr"));
        if env::var_os("BLESS").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert!(
            said == expected,
            "{}: the compiler says\n\n{said}\nexpected\n\n{expected}",
            source.display()
        );
    }
}
