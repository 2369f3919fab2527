//! The real binary, in a folder of its own.

#![allow(dead_code, reason = "each test file uses its part")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
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

/// Runs a command line that must succeed; what it wrote to standard output and standard error.
pub fn succeed(folder: &Path, line: &str) -> (String, String) {
    let (code, out, err) = run(folder, &words(line));
    assert_eq!(code, Some(0), "{line}\n{err}");
    (out, err)
}

/// Runs a command line that must end with `expected`, with no data on standard output, and with an error that is
/// told in the command's own words; the whole of standard error.
pub fn fail(folder: &Path, line: &str, expected: i32) -> String {
    let (code, out, err) = run(folder, &words(line));
    assert_eq!((code, out.as_str()), (Some(expected), ""), "{line}\n{err}");
    assert_eq!(err.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{line}\n{err}");
    assert!(!err.contains("panicked") && !err.contains("internal error"), "{line}\n{err}");
    err
}

/// The words of a command line without quotes.
pub fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Numbers that look random and are the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// Uniform on the open interval from 0 to 1; xorshift64*, Vigna 2016.
    pub fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Standard normal, by Box and Muller.
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// A table of one law, as text: reals `a` and `b` that go together, a count, a switch, a constant, and a class.
pub fn table(rows: usize, seed: u64) -> String {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = "a,b,count,flag,same,kind\n".to_owned();
    for row in 0..rows {
        let a = dice.normal();
        let b = 2.0 * a + 0.3 * dice.normal();
        let count = (10.0 + 3.0 * a + dice.normal()).round().clamp(0.0, 30.0);
        let kind = ["x", "y"][row % 2];
        writeln!(text, "{a:.4},{b:.4},{count},{},7,{kind}", i32::from(a > 0.0)).unwrap();
    }
    text
}

/// Flags of a net that learns `table` in a moment.
pub const SMALL: &str = "--label kind --hidden 8 --latent-dim 2 --batch-size 32";

/// A folder with `t.csv` and a finished run `runs/t` on it.
pub fn trained(rows: usize, flags: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), table(rows, 1)).unwrap();
    succeed(folder.path(), &format!("train t.csv {SMALL} --name t -q {flags}"));
    folder
}

/// The bytes of a run's model file.
pub fn model(run: &Path) -> Vec<u8> {
    fs::read(run.join("model.safetensors")).unwrap()
}

/// The lines of a run's `metrics.jsonl` without the time they took.
pub fn metrics(run: &Path) -> Vec<serde_json::Value> {
    let lines = fs::read_to_string(run.join("metrics.jsonl")).unwrap();
    let line = |line| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("seconds").unwrap();
        line
    };
    lines.lines().map(line).collect()
}

/// The checkpoints of a run, oldest first.
pub fn checkpoints(run: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(run.join("checkpoint")).into_iter().flatten();
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "ckpt"));
    found.sort();
    found
}
