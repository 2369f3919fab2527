//! A run that is killed at any moment and resumed ends with the bytes of a run that was never interrupted.

mod common;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use common::{Dice, SMALL, checkpoints, command, fail, metrics, model, succeed, table, trained, words};

/// A run that is killed again and again.
struct Victim<'a> {
    folder: &'a Path,
    name: String,
    /// The command that starts it.
    start: String,
    /// How long it takes undisturbed: until it learns, and in all.
    times: [Duration; 2],
}

impl Victim<'_> {
    /// Kills the run at `kills` moments, then lets it end; how often it was killed after its first checkpoint.
    fn suffer(&self, kills: usize, dice: &mut Dice) -> usize {
        let run = self.folder.join("runs").join(&self.name);
        let mut within = 0;
        for attempt in 0..=kills {
            let line = if run.join("config.toml").exists() {
                format!("train --resume {}", self.name)
            } else {
                self.start.clone()
            };
            let told = self.folder.join("told.txt");
            let mut child = command(self.folder)
                .args(words(&line))
                .stderr(fs::File::create(&told).unwrap())
                .spawn()
                .unwrap();
            if attempt < kills {
                // Mostly while it learns; a fifth of the moments lie in reading, and before.
                let [start, whole] = self.times;
                let learning = whole.saturating_sub(start).mul_f64(dice.uniform() * 2.0 / kills as f64);
                let start = if dice.uniform() < 0.2 { start.mul_f64(dice.uniform()) } else { start };
                std::thread::sleep(start + learning);
                child.kill().unwrap();
            }
            match child.wait().unwrap().code() {
                Some(0) => return within,
                None => within += usize::from(!checkpoints(&run).is_empty()),
                Some(code) => panic!("{line} ended with {code}: {}", fs::read_to_string(&told).unwrap()),
            }
        }
        panic!("the last attempt was not killed");
    }
}

/// Kills runs of `flags` with one and with two threads, and compares each with one that was left alone.
fn survives(flags: &str, kills: usize, seed: u64) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(200, 1)).unwrap();
    let start = format!("train {flags} --hidden 8 --latent-dim 2 --batch-size 32 --checkpoint-every 0.0001");
    let began = Instant::now();
    succeed(folder, &format!("{start} --dry-run"));
    let learns = began.elapsed();
    let began = Instant::now();
    succeed(folder, &format!("{start} --threads 1 --name whole"));
    let times = [learns, began.elapsed()];
    let dice = &mut Dice(seed);
    let mut within = 0;
    for threads in [1, 2] {
        let name = format!("killed-{threads}");
        let start = format!("{start} --threads {threads} --name {name}");
        within += Victim { folder, name: name.clone(), start, times }.suffer(kills, dice);
        let (left_alone, run) = (folder.join("runs/whole"), folder.join("runs").join(name));
        assert!(model(&run) == model(&left_alone), "{flags}, {threads} threads: another model");
        assert_eq!(metrics(&run), metrics(&left_alone), "{flags}, {threads} threads");
        assert!(checkpoints(&run).len() <= 2);
        for place in [run.clone(), run.join("checkpoint")] {
            let names = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name());
            assert_eq!(names.filter(|name| name.as_encoded_bytes().ends_with(b".tmp")).count(), 0);
        }
    }
    eprintln!("{flags}: killed {within} times between the first checkpoint and the end");
    assert!(within > 3, "{flags}: killed {within} times between the first checkpoint and the end");
}

#[test]
fn killed_with_adam_on_pictures() {
    survives("digits --epochs 6 --samples 2 --kl-warmup 2", 25, 1);
}

#[test]
fn killed_with_dynamic_binarisation_and_sgd() {
    survives("digits --epochs 6 --binarize dynamic --optimizer sgd --learning-rate 0.01", 25, 2);
}

#[test]
fn killed_on_a_table_with_early_stopping() {
    survives("t.csv --label kind --epochs 400 --patience 40 --learning-rate 0.01 --free-bits 0.1", 25, 3);
}

/// `cargo test --test resume -- --ignored`.
#[test]
#[ignore = "two hundred kills: ten seconds on an idle machine, minutes on a busy one"]
fn killed_two_hundred_times() {
    survives("digits --epochs 20 --samples 2 --kl-warmup 2 --binarize dynamic", 50, 4);
    survives("t.csv --label kind --epochs 1000 --patience 0 --optimizer sgd --learning-rate 0.01", 50, 5);
}

#[test]
fn the_end_is_reached_again_where_the_model_was_lost() {
    let home = trained(120, "--epochs 4 --patience 1 --learning-rate 0.1");
    let run = home.path().join("runs/t");
    let (whole, lines) = (model(&run), metrics(&run));
    fs::remove_file(run.join("model.safetensors")).unwrap();
    fs::remove_file(run.join("report.html")).unwrap();
    let (_, told) = succeed(home.path(), "train --resume last");
    assert!(told.contains(&format!("continued after {} steps", lines.last().unwrap()["steps"])), "{told}");
    assert!(model(&run) == whole && run.join("report.html").exists());
    assert_eq!(metrics(&run), lines);
}

#[test]
fn a_damaged_checkpoint_costs_a_warning_and_nothing_else() {
    let home = trained(120, "--epochs 4");
    let run = home.path().join("runs/t");
    let (whole, lines) = (model(&run), metrics(&run));
    for damage in [0, 20, 60] {
        let newest = checkpoints(&run).pop().unwrap();
        let mut bytes = fs::read(&newest).unwrap();
        match damage {
            0 => bytes.clear(),
            place => bytes[place] ^= 1,
        }
        fs::write(&newest, bytes).unwrap();
        let (_, told) = succeed(home.path(), "train --resume t");
        let warning = told.lines().find(|line| line.starts_with("warning: ")).expect(&told);
        assert!(warning.contains(newest.file_name().unwrap().to_str().unwrap()), "{warning}");
        assert!(warning.contains("is damaged") && warning.contains("going back to the checkpoint after"));
        assert!(model(&run) == whole, "damage at {damage}");
        assert_eq!(metrics(&run), lines);
    }
}

#[test]
fn a_stored_configuration_repeats_its_run() {
    let home =
        trained(120, "--epochs 3 --seed 18446744073709551615 --held-out 0.2 --exclude same --threads 2");
    let folder = home.path();
    succeed(folder, "train --config runs/t/config.toml --name again --threads 1");
    let [first, again] = ["t", "again"].map(|name| folder.join("runs").join(name));
    assert!(model(&first) == model(&again));
    assert_eq!(metrics(&first), metrics(&again));
    succeed(folder, "train --config runs/t/config.toml --name other --seed 5");
    assert!(model(&folder.join("runs/other")) != model(&first), "the seed matters");
}

#[test]
fn a_run_out_of_time_ends_well_and_goes_on_where_it_stopped() {
    let home = trained(120, "--epochs 3");
    let folder = home.path();
    let flags = format!("train t.csv {SMALL} --epochs 3 --name short");
    let (_, told) = succeed(folder, &format!("{flags} --max-time 1us"));
    let short = folder.join("runs/short");
    assert!(told.contains("done: the time limit; the model is untrained, in runs/short"), "{told}");
    succeed(folder, "evaluate short");
    let (_, told) = succeed(folder, "train --resume short --max-time 1h");
    assert!(told.contains("done: 3 epochs"), "{told}");
    assert!(model(&short) == model(&folder.join("runs/t")));
    assert_eq!(metrics(&short), metrics(&folder.join("runs/t")));
}

#[test]
fn a_longer_run_begins_as_the_shorter_one() {
    let home = trained(120, "--epochs 3");
    let folder = home.path();
    succeed(folder, "train --resume t --epochs 5 -q");
    succeed(folder, &format!("train t.csv {SMALL} --epochs 5 --name five -q"));
    assert!(model(&folder.join("runs/t")) == model(&folder.join("runs/five")));
}

#[test]
fn what_a_run_has_lost_is_an_error_and_no_new_beginning() {
    let home = trained(60, "--epochs 3");
    let folder = home.path();
    let run = folder.join("runs/t");
    let lines = fs::read_to_string(run.join("metrics.jsonl")).unwrap();
    fs::write(run.join("metrics.jsonl"), lines.replacen("\"epoch\":2", "\"epoch\";2", 1)).unwrap();
    let damaged = fs::read(run.join("metrics.jsonl")).unwrap();
    let told = fail(folder, "train --resume t --epochs 4", 1);
    assert!(told.contains("metrics.jsonl, line 2 is damaged"), "{told}");
    assert_eq!(fs::read(run.join("metrics.jsonl")).unwrap(), damaged, "nothing is cut away");
    let (_, told) = succeed(folder, "info t");
    assert!(told.contains("warning: ") && told.contains("line 2 is damaged"), "{told}");
    fs::write(run.join("metrics.jsonl"), &lines).unwrap();

    let before = model(&run);
    fs::rename(run.join("checkpoint"), folder.join("elsewhere")).unwrap();
    let told = fail(folder, "train --resume t --epochs 4", 1);
    assert!(told.contains("checkpoint is missing: there is nothing to continue from"), "{told}");
    fs::create_dir(run.join("checkpoint")).unwrap();
    let told = fail(folder, "train --resume t --epochs 4", 1);
    assert!(
        told.contains("there is no checkpoint in runs/t/checkpoint, though the run has learned"),
        "{told}"
    );
    assert!(model(&run) == before);
    assert_eq!(fs::read_to_string(run.join("metrics.jsonl")).unwrap(), lines);
    fs::remove_dir(run.join("checkpoint")).unwrap();
    fs::rename(folder.join("elsewhere"), run.join("checkpoint")).unwrap();
    succeed(folder, "train --resume t --epochs 4 -q");
}
