//! What training says, and where: data on standard output, talk on standard error, no escape codes in files.

mod common;

use std::fs;

use common::{SMALL, command, ended, fail, metrics, run, succeed, table, words};

fn with_table() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), table(60, 1)).unwrap();
    folder
}

#[test]
fn json_is_one_object_per_epoch_and_nothing_else() {
    let home = with_table();
    let folder = home.path();
    let (out, told) = succeed(folder, &format!("train t.csv {SMALL} --epochs 3 --json --name t"));
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|line| {
            let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
            line.as_object_mut().unwrap().remove("seconds");
            line
        })
        .collect();
    assert_eq!(lines, metrics(&folder.join("runs/t")));
    assert_eq!(told.lines().filter(|line| line.starts_with("epoch ")).count(), 3, "{told}");
    assert!(!told.contains('\x1b') && !told.contains('\r'), "{told}");
}

#[test]
fn each_line_is_said_once_and_ends_with_what_to_do_next() {
    let home = with_table();
    let folder = home.path();
    let (out, told) =
        succeed(folder, &format!("train t.csv {SMALL} --start random --epochs 30 --patience 0"));
    assert_eq!(out, "");
    let mut lines: Vec<&str> = told.lines().collect();
    assert!(lines.len() < 45, "{told}");
    assert_eq!(lines.last(), Some(&"next: reparam generate runs/t-1 -n 64 -o new.csv"));
    assert!(lines.contains(&"report: runs/t-1/report.html"), "{told}");
    for expected in [
        "data: t, 60 rows × 5 columns",
        "labels: kept aside, 2 classes (x, y)",
        "held out: 6 rows (drawn with the seed), 54 to learn from  [--held-out]",
        "run: runs/t-1",
        "done: 30 epochs; the model is that of epoch ",
    ] {
        assert!(lines.iter().any(|line| line.starts_with(expected)), "no {expected:?} in {told}");
    }
    let all = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), all, "{told}");
    // The log has the same lines with the time before each.
    let log = fs::read_to_string(folder.join("runs/t-1/log.txt")).unwrap();
    assert!(log.lines().all(|line| line.as_bytes()[10] == b'T' && line.contains("Z ")), "{log}");
    assert!(log.contains("next: reparam generate runs/t-1"), "{log}");
}

#[test]
fn quiet_keeps_warnings_only() {
    let home = with_table();
    let folder = home.path();
    assert_eq!(
        succeed(folder, &format!("train t.csv {SMALL} --epochs 2 -q")),
        (String::new(), String::new())
    );
    // A divergence that costs this much carries nothing.
    let collapsing =
        format!("train t.csv {SMALL} --start random --epochs 3 --beta 1000 --learning-rate 0.01 --name c -q");
    let (out, told) = succeed(folder, &collapsing);
    assert_eq!(out, "");
    assert!(
        told.starts_with("warning: posterior collapse in epoch ") && told.contains("--kl-warmup 10"),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1, "{told}");
    let page = fs::read_to_string(folder.join("runs/c/report.html")).unwrap();
    assert!(page.contains("posterior collapse in epoch"));
    // A continued run still knows, and says it once.
    let (_, told) = succeed(folder, "train --resume c --epochs 4 -q");
    assert_eq!(told, "");
    let page = fs::read_to_string(folder.join("runs/c/report.html")).unwrap();
    assert!(page.contains("posterior collapse in epoch"));
}

#[test]
fn a_dry_run_and_the_configuration_leave_nothing() {
    let home = with_table();
    let folder = home.path();
    let (out, told) = succeed(folder, &format!("train t.csv {SMALL} --dry-run"));
    assert!(
        out.is_empty()
            && told.contains("training: adam, learning rate 0.001, 32 rows a step, 157 epochs of 32 passes"),
        "{told}"
    );
    let (config, told) = succeed(folder, &format!("train t.csv {SMALL} --print-config"));
    assert_eq!(told, "");
    fs::write(folder.join("c.toml"), &config).unwrap();
    assert_eq!(succeed(folder, "train --config c.toml --print-config").0, config);
    assert!(!folder.join("runs").exists());
    succeed(folder, &format!("train t.csv {SMALL} --epochs 0"));
    let (_, told) = succeed(folder, "info last");
    assert!(!told.contains("error"), "{told}");
}

#[test]
fn wrong_settings_are_usage_errors_with_what_is_accepted() {
    let home = with_table();
    let folder = home.path();
    for (flags, expected) in [
        ("--optimizer adma", "'adam'"),
        ("--likelihood gausian", "'gaussian'"),
        ("--binarize dinamic", "'dynamic'"),
        ("--missing dorp", "'drop'"),
        ("--learnig-rate 1", "'--learning-rate'"),
        ("--learning-rate -1", "train.learning_rate is -1; expected a number above 0"),
        ("--learning-rate nan", "train.learning_rate is nan; expected a number above 0"),
        ("--batch-size 0", "train.batch_size is 0; expected auto, or a whole number from 1"),
        ("--latent-dim 0", "model.latent_dim is 0; expected auto, or a whole number from 1"),
        ("--hidden 8,0", "model.hidden is \"8,0\"; expected auto, or up to 32 layer widths"),
        ("--epochs many", "train.epochs is \"many\"; expected auto, or a whole number from 0"),
        ("--seed -1", "train.seed is -1; expected a whole number from 0"),
        ("--seed 18446744073709551616", "train.seed is"),
        ("--held-out 1", "data.held_out is 1; expected auto, test, or a part"),
        ("--held-out test", "this source has no test set of its own"),
        ("--max-time 3", "train.max_time is 3; expected a duration above 0, such as 90s"),
        ("--checkpoint-every 0", "train.checkpoint_every is 0; expected minutes"),
        ("--threads 0", "train.threads is 0; expected auto, or a whole number from 1"),
        ("--set objective.bta=2", "did you mean objective.beta?"),
        ("--set objective.beta", "expected KEY=VALUE"),
        ("--binarize threshold --likelihood gaussian", "use --likelihood bernoulli, or --binarize none"),
        ("--name ../t", "cannot name a run"),
        ("--config none.toml", "cannot read the configuration none.toml"),
        ("--resume x --name y", "cannot be used with"),
    ] {
        let told = fail(folder, &format!("train t.csv --label kind {flags}"), 2);
        assert!(told.contains(expected), "{flags}: no {expected:?} in {told}");
    }
    for line in ["generate t -o -", "encode t -o -", "score t -o -", "evaluate t"] {
        let told = fail(folder, &format!("{line} --threads many"), 2);
        assert!(told.contains("expected auto, or a whole number from 1 to 1024"), "{told}");
    }
    fs::write(folder.join("c.toml"), "[train]\nepochs = 1\nepochs = 2\n").unwrap();
    assert!(fail(folder, "train --config c.toml", 2).contains("c.toml"));
    assert!(!folder.join("runs").exists());
}

/// Each flag that has a value is read from its variable, and the flag is stronger.
#[test]
fn variables_stand_in_for_flags() {
    let home = with_table();
    let folder = home.path();
    let help = run(folder, &["train", "--help"]).1;
    let flags = help.lines().filter_map(|line| {
        let (flag, rest) =
            line.trim_start().trim_start_matches("-c, ").trim_start_matches("-j, ").split_once(' ')?;
        (flag.starts_with("--") && rest.starts_with('<')).then(|| flag.trim_start_matches("--").to_owned())
    });
    let flags: Vec<String> = flags.collect();
    let values = [
        ("label", "kind", "label = \"kind\""),
        ("exclude", "flag", "exclude = [\"flag\"]"),
        ("missing", "drop", "missing = \"drop\""),
        ("data-dir", "there", "data_dir = \"there\""),
        ("held-out", "0.25", "held_out = 0.25"),
        ("binarize", "none", "binarize = \"none\""),
        ("latent-dim", "3", "latent_dim = 3"),
        ("hidden", "7,5", "hidden = [7, 5]"),
        ("header", "yes", "header = \"yes\""),
        ("activation", "silu", "activation = \"silu\""),
        ("likelihood", "gaussian", "likelihood = \"gaussian\""),
        ("start", "random", "start = \"random\""),
        ("components", "1", "components = 1"),
        ("scale-floor", "0.125", "scale_floor = 0.125"),
        ("beta", "2.5", "beta = 2.5"),
        ("kl-warmup", "4", "kl_warmup = 4"),
        ("free-bits", "0.5", "free_bits = 0.5"),
        ("samples", "6", "samples = 6"),
        ("contamination", "0.125", "contamination = 0.125"),
        ("optimizer", "sgd", "optimizer = \"sgd\""),
        ("learning-rate", "0.25", "learning_rate = 0.25"),
        ("batch-size", "9", "batch_size = 9"),
        ("epochs", "11", "epochs = 11"),
        ("passes", "17", "passes = 17"),
        ("patience", "12", "patience = 12"),
        ("anneal", "2", "anneal = 2"),
        ("seed", "13", "seed = 13"),
        ("max-time", "14s", "max_time = \"14s\""),
        ("checkpoint-every", "15", "checkpoint_every = 15.0"),
        ("threads", "1", "threads = 1"),
        ("set", "train.epochs=16", "epochs = 16"),
    ];
    let elsewhere = ["image-size", "array", "memory-limit", "config", "name", "runs-dir", "resume", "color"];
    for flag in &flags {
        let known = values.iter().any(|(name, ..)| name == flag) || elsewhere.contains(&flag.as_str());
        assert!(known, "--{flag} has no case here");
    }
    assert!(flags.len() > 25, "{flags:?}");
    for (flag, value, line) in values {
        let variable = format!("REPARAM_{}", flag.to_uppercase().replace('-', "_"));
        let arguments = if flag == "label" { "train t.csv" } else { "train t.csv --label kind" };
        let output = command(folder)
            .args(words(&format!("{arguments} --print-config")))
            .env(&variable, value)
            .output()
            .unwrap();
        let (code, config, told) = ended(&output);
        assert_eq!(code, Some(0), "{variable}: {told}");
        assert!(config.lines().any(|found| found == line), "{variable}: no {line:?} in {config}");
    }
    let output = command(folder)
        .args(["train", "t.csv", "--label", "kind", "--epochs", "2", "--print-config"])
        .env("REPARAM_EPOCHS", "3")
        .output()
        .unwrap();
    assert!(ended(&output).1.contains("epochs = 2"));
    for (variable, value, line) in [
        ("REPARAM_RUNS_DIR", "elsewhere", "train t.csv --label kind --epochs 1 --hidden 4 --name t"),
        ("REPARAM_RUNS_DIR", "elsewhere", "evaluate t"),
        ("REPARAM_RESUME", "elsewhere/t", "train --epochs 2"),
        ("REPARAM_RUN", "t", "evaluate elsewhere/t"),
        ("REPARAM_OUTPUT", "-", "generate elsewhere/t"),
        ("REPARAM_NAME", "second", "train t.csv --label kind --epochs 1 --hidden 4"),
        ("REPARAM_CONFIG", "elsewhere/t/config.toml", "train --name third"),
        ("REPARAM_IMPORTANCE", "3", "evaluate elsewhere/t --json"),
        ("REPARAM_JSON", "1", "evaluate elsewhere/t"),
    ] {
        let output = command(folder).args(words(line)).env(variable, value).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{variable}: {output:?}");
    }
    for place in ["elsewhere/t", "runs/second", "runs/third"] {
        assert!(folder.join(place).join("model.safetensors").exists(), "{place}");
    }
}

/// A terminal as `script` makes one: the live line is taken away before an error, and colour obeys `NO_COLOR`.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_a_live_line_that_goes_away() {
    let home = with_table();
    let folder = home.path();
    let watched = |flags: &str, variable: &str| {
        let line = format!("{} train t.csv {SMALL} {flags}", env!("CARGO_BIN_EXE_reparam"));
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &line, "/dev/null"]).current_dir(folder);
        script
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .env(variable, "1")
            .stdin(std::process::Stdio::null());
        script.output().ok().map(|output| String::from_utf8(output.stdout).unwrap())
    };
    let Some(told) = watched("--epochs 400 --patience 0", "NO_COLOR") else {
        eprintln!("skipped: this machine has no `script`");
        return;
    };
    let lasting: Vec<&str> = told.lines().filter_map(|line| line.rsplit(['\r', '\x1b']).next()).collect();
    let epochs = lasting.iter().filter(|line| line.contains("epoch 400/400")).count();
    assert_eq!(epochs, 1, "{told:?}");
    let plain = watched("--epochs 3 --no-progress", "NO_COLOR").unwrap();
    assert!(!plain.contains('\x1b'), "{plain:?}");
    let diverged = watched("--epochs 400 --optimizer sgd --learning-rate 1000", "OTHER").unwrap();
    let last: Vec<&str> = diverged.lines().rev().take(2).collect();
    assert!(
        last[0].contains("help:") && last[1].contains("error:") && diverged.contains("\x1b[31;1m"),
        "{diverged:?}"
    );
}
