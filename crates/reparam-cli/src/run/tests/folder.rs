use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::super::{Found, RunFolder, find};
use super::{again, child_folder};
use crate::config::Config;
use crate::error::{Error, Exit};

fn create(runs: &Path, name: Option<&str>, force: bool) -> Result<RunFolder, Error> {
    let folder = RunFolder::create(runs, name, "Opt Digits.csv", force)?;
    folder.write_config(&Config::default())?;
    Ok(folder)
}

fn refused(result: Result<RunFolder, Error>) -> String {
    let error = result.unwrap_err();
    format!("{} / {}", error.message, error.help.unwrap_or_default())
}

#[test]
fn runs_are_numbered_per_data_set() {
    let home = tempfile::tempdir().unwrap();
    let runs = home.path().join("runs");
    let names: Vec<_> = (0..3).map(|_| name(&create(&runs, None, false).unwrap())).collect();
    assert_eq!(names, ["opt-digits-csv-1", "opt-digits-csv-2", "opt-digits-csv-3"]);
    fs::create_dir(runs.join("opt-digits-csv-41")).unwrap();
    assert_eq!(name(&create(&runs, None, false).unwrap()), "opt-digits-csv-42");
    assert_eq!(name(&RunFolder::create(&runs, None, "→", false).unwrap()), "run-1");
}

#[test]
fn what_is_there_is_kept_unless_it_is_a_run_and_force_is_given() {
    let home = tempfile::tempdir().unwrap();
    let runs = home.path();
    let first = create(runs, Some("a"), false).unwrap();
    first.checkpoints().save(3, b"state").unwrap();
    for file in [first.model(), first.report(), first.metrics(), first.log(), first.path().join("notes.md")] {
        fs::write(file, "old").unwrap();
    }
    drop(first);
    let refusal = refused(create(runs, Some("a"), false));
    assert!(refusal.contains("a is not empty / continue it with --resume"), "{refusal}");
    let forced = RunFolder::create(runs, Some("a"), "x", true).unwrap();
    let left = fs::read_dir(forced.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut left: Vec<_> = left.collect();
    left.sort();
    assert_eq!(left, ["checkpoint", "lock", "notes.md"]);
    assert!(forced.checkpoints().load_latest().unwrap().is_none());

    fs::create_dir(runs.join("torn")).unwrap();
    fs::write(runs.join("torn/.config.toml.123-0.tmp"), "killed in the first wri").unwrap();
    let anew = RunFolder::create(runs, Some("torn"), "x", false).unwrap();
    assert_eq!(fs::read_dir(anew.path()).unwrap().count(), 2, "the lock, and a folder for checkpoints");

    fs::create_dir(runs.join("photos")).unwrap();
    fs::write(runs.join("photos/model.safetensors"), "mine").unwrap();
    let refusal = refused(RunFolder::create(runs, Some("photos"), "x", true));
    assert!(refusal.contains("nothing was removed"), "{refusal}");
    assert_eq!(fs::read(runs.join("photos/model.safetensors")).unwrap(), b"mine");
}

#[test]
fn names_and_places_that_cannot_be_are_refused() {
    let home = tempfile::tempdir().unwrap();
    for name in ["", ".", "..", "last", "a/b", "../a", "-a", "a\nb", &"a".repeat(101)] {
        let error = create(home.path(), Some(name), false).unwrap_err();
        assert_eq!(error.exit, Exit::Usage, "{name:?}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    let parentless = home.path().join("none").join("runs");
    let refusal = refused(create(&parentless, None, false));
    assert!(refusal.contains(&format!("cannot create the folder {}", parentless.display())), "{refusal}");
    let file = home.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert!(refused(create(&file, None, false)).contains("file is a file, and cannot hold runs"));
    assert!(refused(create(home.path(), Some("file"), true)).contains("cannot create the folder"));
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

/// Another process holds the run, says so, and is then killed without a chance to clean up.
#[cfg(unix)]
#[test]
fn a_run_has_one_writer_and_a_killed_one_frees_it() {
    if let Some(folder) = child_folder() {
        let _held = create(&folder, Some("a"), false).unwrap();
        eprintln!("held");
        let _ = std::io::stdin().read(&mut [0]);
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let mut child = again("run::tests::folder::a_run_has_one_writer_and_a_killed_one_frees_it", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(told.any(|line| line.ends_with("held")));
    let run = home.path().join("a");
    for refusal in
        [refused(create(home.path(), Some("a"), true)), refused(RunFolder::resume(&run, home.path()))]
    {
        assert!(refusal.contains(&format!("a is in use by process {}", child.id())), "{refusal}");
    }
    // Readers need no lock.
    assert!(matches!(find(&run, home.path()).unwrap(), Found::Run(folder) if folder.config().is_ok()));
    child.kill().unwrap();
    child.wait().unwrap();
    let stray = run.join(".model.safetensors.123-0.tmp");
    fs::write(&stray, "torn").unwrap();
    assert_eq!(RunFolder::resume(&run, home.path()).unwrap().config().unwrap(), Config::default());
    assert!(!stray.exists());
}

#[test]
fn a_run_is_found_by_folder_name_model_and_as_the_last() {
    let home = tempfile::tempdir().unwrap();
    let runs = home.path();
    let found = |run: &Path| match find(run, runs) {
        Ok(Found::Run(folder)) => Ok(name(&folder)),
        Ok(Found::Model(path)) => Ok(path.display().to_string()),
        Err(error) => Err(refused(Err(error))),
    };
    let empty = found("last".as_ref()).unwrap_err();
    assert!(empty.starts_with("there is no run yet / there are no runs in"), "{empty}");
    for (name, age) in [("b", 100), ("a", 300), ("c", 200)] {
        let folder = create(runs, Some(name), false).unwrap();
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
        fs::File::options()
            .write(true)
            .open(folder.path().join("config.toml"))
            .unwrap()
            .set_modified(time)
            .unwrap();
    }
    assert_eq!(found("last".as_ref()).unwrap(), "b");
    assert_eq!(found("a".as_ref()).unwrap(), "a");
    assert_eq!(found(&runs.join("c")).unwrap(), "c");
    let model = runs.join("c/model.safetensors");
    fs::write(&model, "").unwrap();
    assert_eq!(found(&model).unwrap(), "c");
    let alone: PathBuf = runs.join("alone.safetensors");
    fs::write(&alone, "").unwrap();
    assert_eq!(found(&alone).unwrap(), alone.display().to_string());
    assert!(refused(RunFolder::resume(&alone, runs)).contains("without its run folder"));
    let none = found("d".as_ref()).unwrap_err();
    assert!(
        none.starts_with("there is no run d / the runs in") && none.ends_with("are b, c and a"),
        "{none}"
    );
    fs::create_dir(runs.join("e")).unwrap();
    assert!(found(&runs.join("e")).unwrap_err().contains("holds no run: it has no config.toml"));
}

fn name(folder: &RunFolder) -> String {
    folder.path().file_name().unwrap().to_str().unwrap().to_owned()
}
