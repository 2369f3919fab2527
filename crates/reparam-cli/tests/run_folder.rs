//! Places that cannot be written, disks that run full, and runs that diverge: what was there before stays.

#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{SMALL, checkpoints, command, ended, fail, metrics, model, succeed, table, trained};

#[test]
fn folders_that_cannot_be_written() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(40, 1)).unwrap();
    fs::write(folder.join("file"), "mine").unwrap();
    let line = format!("train t.csv {SMALL} --epochs 1");
    for (place, expected) in [
        ("file", "file is a file, and cannot hold runs"),
        ("file/runs", "cannot create the folder file/runs: Not a directory"),
        ("none/runs", "cannot create the folder none/runs: No such file or directory"),
        ("/proc/runs", "cannot create the folder /proc/runs"),
    ] {
        let told = fail(folder, &format!("{line} --runs-dir {place}"), 1);
        assert!(told.contains(expected), "{told}");
        assert!(!told.contains("\nepoch"), "found out before anything is computed: {told}");
    }
    assert_eq!(fs::read(folder.join("file")).unwrap(), b"mine");
}

#[test]
fn outputs_that_cannot_be_written_leave_what_was_there() {
    let home = trained(40, "--epochs 1");
    let folder = home.path();
    fs::write(folder.join("old.csv"), "old").unwrap();
    for (output, expected) in [
        ("none/new.csv", "there is no folder 'none': make it first"),
        ("old.csv/new.csv", "cannot write 'old.csv/new.csv'"),
        ("/proc/new.csv", "cannot write '/proc/new.csv'"),
    ] {
        let told = fail(folder, &format!("generate t -n 2 -o {output}"), 1);
        assert!(told.contains(expected), "{told}");
    }
    let told = fail(folder, "generate t -n 2 -o new.xlsx", 2);
    assert!(told.contains("known are .csv, .tsv, .npy, .parquet, .jsonl, .json, .png"), "{told}");
    assert_eq!(fs::read(folder.join("old.csv")).unwrap(), b"old");
    assert!(!folder.join("new.xlsx").exists());
}

#[test]
fn a_folder_with_content_is_kept_unless_it_is_a_run_and_force_is_given() {
    let home = trained(40, "--epochs 1");
    let folder = home.path();
    let line = format!("train t.csv {SMALL} --epochs 1 --name t");
    let first = model(&folder.join("runs/t"));
    let told = fail(folder, &line, 1);
    assert!(told.contains("runs/t is not empty") && told.contains("--resume runs/t"), "{told}");
    assert!(model(&folder.join("runs/t")) == first);
    succeed(folder, &format!("{line} --force --seed 1"));
    assert!(model(&folder.join("runs/t")) != first);
    assert_eq!(metrics(&folder.join("runs/t")).len(), 1);
    assert!(fail(folder, "train --force", 2).contains("--name"), "there is nothing to overwrite");
}

/// A file system of its own, as small as wanted; `None` where this user may not mount one.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn mount(place: &'a Path, size: &str) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let size = format!("size={size}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(place).output().ok()?;
        mounted.status.success().then_some(Self(place))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

/// The disk fills up while the run is under way; once there is room again, it goes on as if nothing had happened.
#[test]
fn a_full_disk_stops_the_run_and_the_earlier_checkpoint_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(60, 1)).unwrap();
    let place = folder.join("disk");
    let Some(disk) = Disk::mount(&place, "1m") else {
        eprintln!("skipped: no file system may be mounted here");
        return;
    };
    succeed(folder, &format!("train t.csv {SMALL} --epochs 2 --name t --runs-dir disk -q"));
    let run = place.join("t");
    // Ever less room: the write breaks off in the configuration, the checkpoint, its folder, the metrics.
    let ballast = place.join("ballast");
    for room in [0usize, 4096, 8192, 16384, 32768] {
        fs::write(&ballast, vec![1u8; 1 << 20]).unwrap_err();
        let full = fs::metadata(&ballast).unwrap().len();
        fs::File::options().write(true).open(&ballast).unwrap().set_len(full - room as u64).unwrap();
        let told = ended(
            &command(folder)
                .args(["train", "--resume", "disk/t", "--epochs", "100000", "--patience", "0"])
                .args(["--max-time", "2s"])
                .output()
                .unwrap(),
        );
        let (code, _, told) = told;
        assert_eq!(code, Some(1), "{room} bytes of room: {told}");
        assert!(told.contains("cannot write") && told.contains("No space left"), "{told}");
        assert_eq!(told.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{told}");
        assert!(!checkpoints(&run).is_empty());
        fs::remove_file(&ballast).unwrap();
    }
    let epochs = metrics(&run).len() + 1;
    succeed(folder, &format!("train --resume disk/t --epochs {epochs} --patience 0 --max-time 1h -q"));
    succeed(folder, &format!("train t.csv {SMALL} --epochs {epochs} --patience 0 --name whole -q"));
    assert!(model(&run) == model(&folder.join("runs/whole")), "as if the disk had never been full");
    assert_eq!(metrics(&run), metrics(&folder.join("runs/whole")));
    drop(disk);
}

/// Files that may not grow: the same failure for users who may not mount.
#[test]
fn a_limit_on_file_sizes_is_told() {
    let home = trained(60, "--epochs 3");
    let folder = home.path();
    let run = folder.join("runs/t");
    let before: Vec<_> = checkpoints(&run).iter().map(|path| fs::read(path).unwrap()).collect();
    let resume = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} train --resume t --epochs 5",
        env!("CARGO_BIN_EXE_reparam")
    );
    let output = Command::new("sh").args(["-c", &resume]).current_dir(folder).output().unwrap();
    let (code, _, told) = ended(&output);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("error: cannot write") && told.contains("File too large"), "{told}");
    let after: Vec<_> = checkpoints(&run).iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(before == after, "the earlier checkpoints are untouched");
    succeed(folder, "train --resume t --epochs 5 -q");
    succeed(folder, &format!("train t.csv {SMALL} --epochs 5 --name whole -q"));
    assert!(model(&run) == model(&folder.join("runs/whole")));
}

#[test]
fn a_loss_that_is_not_finite_stops_the_run_at_its_last_finite_checkpoint() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(200, 1)).unwrap();
    for (name, flags) in [
        ("sgd", "--optimizer sgd --learning-rate 1000"),
        ("adam", "--learning-rate 100000"),
        ("often", "--learning-rate 1000 --checkpoint-every 0.0000001"),
    ] {
        let told =
            fail(folder, &format!("train t.csv {SMALL} {flags} --epochs 200 --patience 0 --name {name}"), 1);
        let message = told.lines().find(|line| line.starts_with("error: ")).unwrap();
        let named =
            ["the divergence of latent dimension", "the reconstruction term log p(x|z)", "a weight of"];
        assert!(named.iter().any(|name| message.contains(name)), "{message}");
        assert!(message.contains("step ") && told.contains("--learning-rate"), "{told}");
        let run = folder.join("runs").join(name);
        assert!(!checkpoints(&run).is_empty());
        let log = fs::read_to_string(run.join("log.txt")).unwrap();
        assert!(log.lines().last().unwrap().ends_with(message), "{log}");
        // What was saved is finite, and goes the same way again.
        let again = fail(folder, &format!("train --resume {name}"), 1);
        assert!(again.contains(message), "{again}");
        let epochs = metrics(&run).len();
        if epochs > 0 {
            succeed(folder, &format!("train --resume {name} --epochs {epochs} -q"));
            succeed(folder, &format!("generate {name} -n 2 -o -"));
        }
    }
}

#[test]
fn a_network_that_does_not_fit_is_refused_before_it_is_built() {
    let home = tempfile::tempdir().unwrap();
    let told =
        fail(home.path(), "train --hidden 65536,65536,65536,65536,65536,65536,65536 --samples 65536", 1);
    assert!(told.contains("TB of memory") && told.contains("lower --hidden"), "{told}");
    let limited =
        format!("ulimit -v 3000000; exec {} train --hidden 20000,20000", env!("CARGO_BIN_EXE_reparam"));
    let output = Command::new("sh").args(["-c", &limited]).current_dir(home.path()).output().unwrap();
    let (code, _, told) = ended(&output);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("about 19 GB of memory; ") && told.contains(" GB are there"), "{told}");
    assert!(!home.path().join("runs").exists());
}

#[test]
fn runs_that_start_together_get_folders_of_their_own() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("t.csv"), table(40, 1)).unwrap();
    let start = |_| {
        let args = format!("train t.csv {SMALL} --epochs 2 --threads 2 -q");
        command(home.path()).args(args.split(' ')).spawn().unwrap()
    };
    let children: Vec<_> = (0..12).map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let first = model(&home.path().join("runs/t-1"));
    assert!((1..=12).all(|number| model(&home.path().join(format!("runs/t-{number}"))) == first));
}

#[test]
fn nothing_but_the_run_folder_is_touched() {
    let home = trained(40, "--epochs 2");
    let folder = home.path();
    succeed(folder, "evaluate t");
    succeed(folder, "encode t -o -");
    let mut left: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["runs", "t.csv"]);
    let mut left: Vec<_> =
        fs::read_dir(folder.join("runs/t")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    let expected =
        ["checkpoint", "config.toml", "lock", "log.txt", "metrics.jsonl", "model.safetensors", "report.html"];
    assert_eq!(left, expected);
}
