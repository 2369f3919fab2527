//! Runs that are stopped politely: by signals, and by a reader that goes away.

#![cfg(unix)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{Dice, SMALL, command, ended, fail, metrics, model, succeed, table, trained, words};

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
fn a_reader_that_leaves_is_told_and_the_run_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(120, 1)).unwrap();
    let mut child = command(folder)
        .args(words(&format!("train t.csv {SMALL} --patience 0 --epochs 200 --json -q --name t")))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let (code, _, told) = ended(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(told.matches("nobody reads standard output any more").count(), 1, "{told}");
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first["epoch"], 1);
    assert_eq!(metrics(&folder.join("runs/t")).len(), 200);
}

/// Draws for a week, and an expression whose pieces take long.
#[test]
fn an_estimate_ends_within_a_second() {
    let home = tempfile::tempdir().unwrap();
    for line in [
        "estimate z*z --z Normal(0,1) --samples 10000000000",
        "estimate z*z --z Normal(0,1) --samples 10000000000 --estimator all",
        "estimate sum(z*z) --z Dirichlet([1,2,3,4,5,6,7,8,9]) --samples 10000000000 --estimator score-loo",
        "audit z*z --z Normal(0,1) -n 10000000000",
    ] {
        let mut child = command(home.path())
            .args(words(line))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_secs(2));
        send(&child, "-INT");
        let sent = Instant::now();
        let status = child.wait().unwrap();
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(status.code(), Some(130), "{line}: {told}");
        assert!(sent.elapsed() < Duration::from_secs(1), "{line}: {:?}", sent.elapsed());
        assert!(told.contains("interrupted: nothing is printed"), "{line}: {told}");
    }
}

/// A shell that lets a job outlive it has it ignore the signal that the shell's end would send.
#[test]
fn a_signal_that_is_ignored_at_the_start_stays_ignored() {
    let (home, line) = endless();
    let folder = home.path();
    for (signal, name) in [("HUP", "-HUP"), ("INT", "-INT")] {
        let started = format!(
            "trap '' {signal}; exec {} {line} -q --name ignored{signal}",
            env!("CARGO_BIN_EXE_reparam")
        );
        let mut child = Command::new("sh").args(["-c", &started]).current_dir(folder).spawn().unwrap();
        let run = folder.join(format!("runs/ignored{signal}"));
        wait_for_epochs(&run);
        send(&child, name);
        let before = metrics(&run).len();
        let deadline = Instant::now() + Duration::from_mins(1);
        while metrics(&run).len() < before + 3 {
            assert!(child.try_wait().unwrap().is_none(), "{signal} ended it");
            assert!(Instant::now() < deadline);
            std::thread::sleep(Duration::from_millis(5));
        }
        send(&child, "-TERM");
        assert_eq!(child.wait().unwrap().code(), Some(130), "SIGTERM was not ignored");
    }
}

#[test]
fn a_run_folder_that_is_removed_or_taken_over_ends_the_run() {
    let (home, line) = endless();
    let folder = home.path();
    let start = |name: &str| {
        command(folder)
            .args(words(&line))
            .args(["-q", "--name", name])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let removed = start("removed");
    wait_for_epochs(&folder.join("runs/removed"));
    fs::rename(folder.join("runs/removed"), folder.join("moved")).unwrap();
    fs::remove_dir_all(folder.join("moved")).unwrap();
    let (code, _, told) = ended(&removed.wait_with_output().unwrap());
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("the run folder runs/removed was removed while the run went on"), "{told}");
    assert!(!folder.join("runs/removed").exists(), "nothing is made anew");

    let first = start("t");
    let run = folder.join("runs/t");
    wait_for_epochs(&run);
    fs::remove_file(run.join("lock")).unwrap();
    fs::write(run.join("lock"), "process 1\n").unwrap();
    let (code, _, told) = ended(&first.wait_with_output().unwrap());
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("another process has taken over the run folder runs/t"), "{told}");
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
    let (known, _) = succeed(folder, "info t");
    assert!(known.contains(&format!("process {}", child.id())) && known.contains("no model yet"), "{known}");
    let (object, _) = succeed(folder, "info t --json");
    assert!(object.contains("\"running\":true"), "{object}");
    succeed(folder, &format!("{} --epochs 1 -q", line.replacen("--epochs 100000000", "", 1)));
    assert!(folder.join("runs/t-1/model.safetensors").exists(), "a run without a name gets one of its own");
    child.kill().unwrap();
    child.wait().unwrap();
    let epochs = metrics(&folder.join("runs/t")).len() + 1;
    succeed(folder, &format!("train --resume t --epochs {epochs} -q"));
}
