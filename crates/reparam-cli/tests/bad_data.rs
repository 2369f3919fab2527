//! Data that cannot be learned from: each told with its place and a way out, and nothing left behind.

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use common::{command, ended, fail, run, succeed, table};

/// Trains on a file of these bytes, which must fail with all of `expected` in its message and leave no run.
fn refused(name: &str, bytes: &[u8], flags: &str, expected: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(name), bytes).unwrap();
    refused_in(home.path(), name, flags, expected);
}

fn refused_in(folder: &Path, name: &str, flags: &str, expected: &[&str]) {
    let told = fail(folder, &format!("train {name} {flags}"), 1);
    for part in expected {
        assert!(told.contains(part), "{name} {flags}: no {part:?} in {told}");
    }
    assert!(!folder.join("runs").exists(), "{name}: a failure leaves nothing behind");
}

#[test]
fn files_that_are_not_there() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("people.csv"), "a\n1\n2\n").unwrap();
    for (name, expected) in [
        ("poeple.csv", "did you mean 'people.csv'?"),
        ("nothing.csv", "neither a file nor the name of a data set"),
        ("no/such/people.csv", "there is no folder 'no/such'"),
        ("mnits", "did you mean 'mnist'?"),
    ] {
        refused_in(home.path(), name, "", &[expected]);
    }
    fs::create_dir(home.path().join("empty")).unwrap();
    refused_in(home.path(), "empty", "", &["empty"]);
}

#[test]
fn tables_without_rows_to_learn_from() {
    refused("t.csv", b"", "", &["t.csv: the file is empty (0 bytes)"]);
    refused("t.csv", b"a,b\n", "", &["t.csv", "no rows"]);
    refused("t.csv", b"a,b\n1,2\n", "", &["1 row to learn from; training needs at least 2"]);
    refused("t.csv", b"a,b\n1,2\n1,2\n1,2\n", "", &["every column is constant; there is nothing to learn"]);
    refused("t.csv", b"a\n1e200\n-1e200\n3\n", "", &["column 'a' holds numbers up to 1e200, too large"]);
}

#[test]
fn cells_that_are_no_numbers() {
    let text = b"a,b\n1,2\n3,four\n";
    refused("t.csv", text, "", &["t.csv", "line 3", "'b'", "four", "--label 'b'"]);
    let gaps = b"a,b\n1,2\nnan,4\n5,inf\n,8\n9,10\n11,12\n";
    let counted = "3 missing or non-finite cells in 3 of 6 rows ('a': 2, 'b': 1)";
    refused("t.csv", gaps, "", &[counted, "line 3", "--missing drop"]);
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("t.csv"), gaps).unwrap();
    let (_, told) = succeed(home.path(), "train t.csv --missing drop --dry-run");
    assert!(told.contains(&format!("dropped 3 rows: {counted}")), "{told}");
    refused("t.csv", b"a,b\n1,nan\n2,nan\n", "--missing drop", &["no row is complete"]);
    refused("t.csv", b"a,b\n1,2\n3\n", "", &["line 3"]);
    refused("t.csv", b"a,b\n1,\0\n3,4\n", "", &["NUL byte at byte 6"]);
    refused("t.csv", b"a,b\n1,\xff\n3,4\n", "", &["UTF-8"]);
    let utf16: Vec<u8> = "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused("t.csv", &[&b"\xff\xfe"[..], &utf16].concat(), "", &["UTF-16"]);
}

#[test]
fn numbers_outside_the_likelihood() {
    let expected =
        "t: column 'b' holds 2 in row 1 (counted from 0); a Bernoulli likelihood takes numbers from 0 to 1";
    refused(
        "t.csv",
        b"a,b\n0,1\n1,2\n0,1\n1,0\n",
        "--likelihood bernoulli",
        &[expected, "--likelihood gaussian"],
    );
}

#[test]
fn names_that_no_column_has() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("t.csv"), table(20, 1)).unwrap();
    for (flags, expected) in [
        ("--label kinds", "did you mean 'kind'?"),
        ("--exclude a,bb --label kind", "--exclude bb: t.csv has no column of this name; it has 'a', 'b'"),
    ] {
        let told = fail(home.path(), &format!("train t.csv {flags}"), 2);
        assert!(told.contains(expected), "{told}");
    }
}

/// Every prefix of a whole file is refused, or read as the shorter file that it is, but never breaks the command.
#[test]
fn files_that_are_cut_short() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(60, 1)).unwrap();
    succeed(folder, "train t.csv --exclude kind --epochs 1 --hidden 4 --name t -q");
    for name in ["new.npy", "new.parquet"] {
        succeed(folder, &format!("generate t -n 50 -o {name}"));
    }
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/digits.csv.gz"), folder.join("new.csv.gz"))
        .unwrap();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/x_and_y.npz"), folder.join("new.npz"))
        .unwrap();
    fs::create_dir(folder.join("pictures")).unwrap();
    succeed(folder, "train --epochs 0 --hidden 4 --name d -q");
    succeed(folder, "generate d -n 1 -o pictures/new.png");
    fs::copy(folder.join("pictures/new.png"), folder.join("pictures/other.png")).unwrap();
    for name in ["new.npy", "new.parquet", "new.csv.gz", "new.npz", "pictures/new.png"] {
        let path = folder.join(name);
        let whole = fs::read(&path).unwrap();
        let data = if name.starts_with("pictures") { "pictures" } else { name };
        let (code, _, told) = run(folder, &["train", data, "--dry-run", "--held-out", "0"]);
        let whole_is_data = code == Some(0);
        assert!(whole_is_data || name == "new.npz", "{name}: {told}");
        for part in [0, 1, 9, whole.len() / 3, whole.len() / 2, whole.len() - 20] {
            fs::write(&path, &whole[..part]).unwrap();
            let told = fail(folder, &format!("train {data} --dry-run --held-out 0"), 1);
            assert!(told.contains("new."), "{name} cut to {part} bytes: {told}");
        }
        fs::write(&path, whole).unwrap();
    }
}

#[test]
fn arrays_of_a_wrong_shape() {
    let npy = |shape: &str, bytes: usize| {
        let mut header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}");
        header.extend(std::iter::repeat_n(' ', 117 - header.len()));
        header.push('\n');
        [&b"\x93NUMPY\x01\x00"[..], &118u16.to_le_bytes(), header.as_bytes(), &vec![0; bytes]].concat()
    };
    refused("a.npy", &npy("()", 8), "", &["a.npy"]);
    refused(
        "a.npy",
        &npy("(2, 2, 2, 2, 2)", 256),
        "",
        &["a.npy: shape [2, 2, 2, 2, 2] is neither rows × columns"],
    );
    refused("a.npy", &npy("(0, 3)", 0), "", &["no rows of data"]);
    refused("a.npy", &npy("(3, 0)", 0), "", &["a: no columns of numbers"]);
    refused("a.npy", &npy("(10, 3)", 80), "", &["a.npy"]);
    refused("a.npy", &npy("(18446744073709551615, 3)", 80), "", &["a.npy"]);
}

#[test]
fn pictures_of_different_sizes() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::create_dir(folder.join("pictures")).unwrap();
    succeed(folder, "train --epochs 0 --hidden 4 --name d -q");
    succeed(folder, "generate d -n 1 -o pictures/one.png");
    succeed(folder, "generate d -n 4 -o pictures/two.png");
    let told = fail(folder, "train pictures", 1);
    assert!(told.contains("one.png") && told.contains("two.png") && told.contains("--image-size"), "{told}");
    fs::remove_dir_all(folder.join("runs")).unwrap();
    let (_, told) = succeed(folder, "train pictures --image-size 6x6 --held-out 0 --dry-run");
    assert!(told.contains("2 grey pictures of 6×6 pixels"), "{told}");
}

#[test]
fn constant_columns_are_named_and_kept_out() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), table(60, 1)).unwrap();
    let (_, told) = succeed(folder, "train t.csv --label kind --epochs 1 --hidden 4 --name t");
    assert!(told.contains("constant, kept from the network: same"), "{told}");
    assert!(told.contains("model: 4–4–4–4–4"), "four of the five columns: {told}");
    let (rows, _) = succeed(folder, "generate t -n 3 -o -");
    assert!(rows.lines().skip(1).all(|row| row.ends_with(",7")), "{rows}");
}

#[test]
fn few_rows_and_short_batches_are_no_obstacle() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("t.csv"), "a,b\n1,2\n3,5\n4,4\n5,1\n6,2\n").unwrap();
    for flags in ["--batch-size 1", "--batch-size 2 --held-out 0", "--batch-size 1000", "--held-out 0.5"] {
        let (_, told) = succeed(folder, &format!("train t.csv --epochs 2 --hidden 4 {flags} --json"));
        assert!(told.contains("done: 2 epochs"), "{told}");
        assert!(!told.contains("NaN") && !told.contains("inf"), "{told}");
    }
}

#[test]
fn rows_come_from_a_pipe_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let piped = |line: &str| {
        fs::write(folder.join("t.csv"), table(40, 1)).unwrap();
        let file = fs::File::open(folder.join("t.csv")).unwrap();
        ended(&command(folder).args(line.split(' ')).stdin(file).output().unwrap())
    };
    let (code, _, told) = piped("train - --label kind --epochs 1 --hidden 4 --name t");
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(piped("evaluate t -").0, Some(0));
    assert_eq!(piped("train --resume t --epochs 2 -q").0, Some(0));
    let told = fail(folder, "evaluate t", 2);
    assert!(told.contains("was trained on standard input, which cannot be read again"), "{told}");
    let nothing = command(folder).args(["train", "-"]).stdin(Stdio::null()).output().unwrap();
    assert!(ended(&nothing).2.contains("standard input: the file is empty"), "{nothing:?}");
}

#[test]
fn awkward_names_are_names() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    for name in ["my täble.csv", "-dash.csv", "a;b$(c).csv"] {
        fs::write(folder.join(name), table(30, 1)).unwrap();
        let place = format!("./{name}");
        let (code, _, told) = run(folder, &["train", &place, "--label", "kind", "--dry-run"]);
        assert_eq!(code, Some(0), "{told}");
    }
}
