use std::fs;
use std::path::Path;
use std::process::Command;

use super::super::checkpoint::Checkpoints;
use super::{again, child_folder};

fn checkpoints_in(folder: &Path) -> Checkpoints {
    fs::create_dir_all(folder).unwrap();
    Checkpoints::new(folder.to_path_buf(), None)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_newest_two_are_kept_and_the_newest_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let checkpoints = checkpoints_in(&folder.path().join("checkpoint"));
    assert!(checkpoints.load_latest().unwrap().is_none());
    for step in [0, 9, 10, 11] {
        checkpoints.save(step, format!("state {step}").as_bytes()).unwrap();
    }
    assert_eq!(
        names(&folder.path().join("checkpoint")),
        ["step-000000000010.ckpt", "step-000000000011.ckpt"]
    );
    let loaded = checkpoints.load_latest().unwrap().unwrap();
    assert_eq!((loaded.step, loaded.payload.as_slice(), loaded.warnings.len()), (11, &b"state 11"[..], 0));
}

/// Every byte of the newest file is flipped in turn, and the file is cut at every length.
/// A run may be killed after a checkpoint is in place and before the superseded one is gone.
#[test]
fn loading_drops_what_a_kill_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let checkpoints = checkpoints_in(&folder.path().join("checkpoint"));
    let place = folder.path().join("checkpoint");
    checkpoints.save(1, b"state 1").unwrap();
    let first = fs::read(place.join("step-000000000001.ckpt")).unwrap();
    for step in [2, 3] {
        checkpoints.save(step, format!("state {step}").as_bytes()).unwrap();
    }
    fs::write(place.join("step-000000000001.ckpt"), first).unwrap();
    assert_eq!(checkpoints.load_latest().unwrap().unwrap().step, 3);
    assert_eq!(names(&place), ["step-000000000002.ckpt", "step-000000000003.ckpt"]);
}

#[test]
fn any_damage_falls_back_to_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let checkpoints = checkpoints_in(folder.path());
    checkpoints.save(1, b"first").unwrap();
    checkpoints.save(2, b"second").unwrap();
    let newest = folder.path().join("step-000000000002.ckpt");
    let whole = fs::read(&newest).unwrap();
    let flipped = (0..whole.len()).map(|i| {
        let mut bytes = whole.clone();
        bytes[i] ^= 1 << (i % 8);
        bytes
    });
    let cut = (0..whole.len()).map(|length| whole[..length].to_vec());
    let grown = [whole.iter().copied().chain([0]).collect()];
    for damaged in flipped.chain(cut).chain(grown) {
        fs::write(&newest, damaged).unwrap();
        let loaded = checkpoints.load_latest().unwrap().unwrap();
        assert_eq!((loaded.step, loaded.payload.as_slice()), (1, &b"first"[..]));
        assert!(loaded.warnings[0].contains("step-000000000002.ckpt is damaged"), "{:?}", loaded.warnings);
    }
    fs::write(folder.path().join("step-000000000001.ckpt"), b"").unwrap();
    let error = checkpoints.load_latest().unwrap_err();
    assert!(
        error.message.contains("step-000000000001") && error.message.contains("step-000000000002"),
        "{error}"
    );
}

/// A resumed run that fell back takes the damaged step again; what it saves replaces the damaged file.
#[test]
fn a_damaged_file_is_replaced_when_its_step_is_reached_again() {
    let folder = tempfile::tempdir().unwrap();
    let checkpoints = checkpoints_in(folder.path());
    for step in [1, 2] {
        checkpoints.save(step, b"state").unwrap();
    }
    fs::write(folder.path().join("step-000000000002.ckpt"), b"torn").unwrap();
    checkpoints.save(2, b"again").unwrap();
    let loaded = checkpoints.load_latest().unwrap().unwrap();
    assert_eq!((loaded.step, loaded.payload.as_slice(), loaded.warnings.len()), (2, &b"again"[..], 0));
}

/// The disk fills up in the middle of a checkpoint: a limit on the size of files has the same effect on a writer.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_earlier_checkpoints_whole() {
    let test = "run::tests::checkpoint::a_full_disk_leaves_the_earlier_checkpoints_whole";
    if let Some(folder) = child_folder() {
        let checkpoints = checkpoints_in(&folder);
        checkpoints.save(1, b"small").unwrap();
        let error = checkpoints.save(2, &vec![7; 1 << 20]).unwrap_err();
        assert!(error.message.contains("step-000000000002.ckpt"), "{error}");
        assert_eq!(names(&folder), ["step-000000000001.ckpt"]);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let child = again(test, folder.path());
    // Ignored, the signal of the limit becomes an error of the write.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh"]).arg(child.get_program());
    limited.args(child.get_args()).env("TEST_FOLDER", folder.path());
    let output = limited.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let loaded = checkpoints_in(folder.path()).load_latest().unwrap().unwrap();
    assert_eq!((loaded.step, loaded.payload.as_slice()), (1, &b"small"[..]));
}
