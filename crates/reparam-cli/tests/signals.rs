//! Runs that are stopped politely: by signals, and by a reader that goes away.

#![cfg(unix)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{Dice, SMALL, checkpoints, command, fail, metrics, model, succeed, table, trained, words};

/// A folder with `t.csv`, and flags of a run on it that ends tomorrow.
fn endless() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), table(120, 1)).unwrap();
    (folder, format!("train t.csv {SMALL} --patience 0 --epochs 100000000"))
}

fn send(child: &Child, signal: &str) {
    assert!(
        Command::new("sh")
            .args(["-c", "kill $0 $1", signal, &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
}

/// Waits until a run has learned something.
fn wait_for_epochs(run: &Path) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while fs::metadata(run.join("metrics.jsonl")).map_or(0, |file| file.len()) == 0 {
        assert!(Instant::now() < deadline, "no epoch in a minute");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_signal_saves_and_the_printed_command_goes_on() {
    let (home, line) = endless();
    let folder = home.path();
    for signal in ["-INT", "-TERM", "-HUP"] {
        let name = format!("my run {signal}");
        let mut child = command(folder)
            .args(words(&line))
            .args(["--name", &name])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let run = folder.join("runs").join(&name);
        wait_for_epochs(&run);
        // A pause by the shell changes nothing.
        send(&child, "-STOP");
        send(&child, "-CONT");
        send(&child, signal);
        let sent = Instant::now();
        let status = child.wait().unwrap();
        assert!(sent.elapsed() < Duration::from_secs(5), "{signal}");
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(status.code(), Some(130), "{signal}: {told}");
        assert_eq!(told.matches("interrupted: ").count(), 1, "{told}");
        let printed = told.lines().last().unwrap().split_once("continue with: reparam ").expect(&told).1;
        assert_eq!(printed, format!("train --resume 'runs/{name}'"));
        // The model as it stands can be used meanwhile.
        let meanwhile = command(folder).args(["evaluate", &name]).output().unwrap();
        assert_eq!(meanwhile.status.code(), Some(0), "{meanwhile:?}");

        let epochs = metrics(&run).len() + 1;
        let resume = format!("{} {printed} --epochs {epochs} -q", env!("CARGO_BIN_EXE_reparam"));
        assert!(Command::new("sh").args(["-c", &resume]).current_dir(folder).status().unwrap().success());
        let whole = format!("whole{signal}");
        succeed(
            folder,
            &format!("{line} --epochs {epochs} --name {whole} -q").replacen("--epochs 100000000", "", 1),
        );
        let whole = folder.join("runs").join(whole);
        assert!(model(&run) == model(&whole), "{signal}");
        assert_eq!(metrics(&run), metrics(&whole));
    }
}

#[test]
fn a_reader_that_leaves_ends_the_run_quietly_and_keeps_it() {
    let (home, line) = endless();
    let folder = home.path();
    let mut child = command(folder)
        .args(words(&line))
        .args(["--json", "-q", "--name", "t"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first["epoch"], 1);
    let run = folder.join("runs/t");
    assert!(!checkpoints(&run).is_empty());
    let epochs = metrics(&run).len() + 1;
    succeed(folder, &format!("train --resume t --epochs {epochs} -q"));
    assert_eq!(metrics(&run).len(), epochs);
}

#[test]
fn an_output_is_whole_or_not_there() {
    let home = trained(60, "--epochs 1");
    let folder = home.path();
    let line = "generate t -n 20000 -o new.csv";
    let began = Instant::now();
    succeed(folder, line);
    let whole = (began.elapsed(), fs::read(folder.join("new.csv")).unwrap());
    let dice = &mut Dice(3);
    for _ in 0..12 {
        fs::remove_file(folder.join("new.csv")).unwrap_or_default();
        let mut child = command(folder).args(words(line)).spawn().unwrap();
        std::thread::sleep(whole.0.mul_f64(0.5 + 0.5 * dice.uniform()));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Ok(bytes) = fs::read(folder.join("new.csv")) {
            assert!(bytes == whole.1, "{} of {} bytes", bytes.len(), whole.1.len());
        }
    }
}

#[test]
fn a_run_in_use_is_left_alone() {
    let (home, line) = endless();
    let folder = home.path();
    let mut child =
        command(folder).args(words(&line)).args(["-q", "--name", "t"]).stdin(Stdio::null()).spawn().unwrap();
    wait_for_epochs(&folder.join("runs/t"));
    for second in ["train --resume t".into(), format!("{line} --name t --force")] {
        let told = fail(folder, &second, 1);
        assert!(told.contains(&format!("runs/t is in use by process {}", child.id())), "{told}");
    }
    // Reading needs no lock, and a model is there once the run ends.
    let told = fail(folder, "evaluate t", 1);
    assert!(told.contains("runs/t/model.safetensors does not exist"), "{told}");
    succeed(folder, &format!("{} --epochs 1 -q", line.replacen("--epochs 100000000", "", 1)));
    assert!(folder.join("runs/t-1/model.safetensors").exists(), "a run without a name gets one of its own");
    child.kill().unwrap();
    child.wait().unwrap();
    let epochs = metrics(&folder.join("runs/t")).len() + 1;
    succeed(folder, &format!("train --resume t --epochs {epochs} -q"));
}
