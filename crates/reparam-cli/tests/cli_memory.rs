//! What does not fit into memory is an error with the size needed and the size there, before it is taken.

#![cfg(target_os = "linux")]

mod common;
#[path = "common/peak.rs"]
mod peak;

use std::fs;
use std::io::Write;
use std::path::Path;

use common::{command, fail, run, succeed, trained, words};

/// Runs a line that must end with one error that says how much is needed and how much is there.
fn refused(folder: &Path, line: &str, what: &str) {
    let told = fail(folder, line, 1);
    assert!(told.contains(what), "{line}: no {what:?} in {told}");
    assert!(told.contains(" are there") || told.contains("longer than"), "{told}");
}

#[test]
fn outputs_of_any_length_take_a_constant_amount() {
    let home = trained(60, "--epochs 1");
    let folder = home.path();
    let peak_of = |line: &str| {
        let mut command = command(folder);
        command.args(words(line));
        peak::run(command).1
    };
    for (few, many) in [
        ("generate t -n 1000 -o new.csv", "generate t -n 4e5 -o new.csv"),
        ("encode t -o codes.csv --draws 10", "encode t -o codes.csv --draws 1e4"),
        ("encode t -o new.parquet --draws 10", "encode t -o new.parquet --draws 1e4"),
    ] {
        let (few, many) = (peak_of(few), peak_of(many));
        assert!(many < few + 60.0, "{few} MiB for few rows, {many} for many");
    }
    let rows = fs::read_to_string(folder.join("new.csv")).unwrap();
    assert_eq!(rows.lines().count(), 400_001);
}

#[test]
fn blocks_do_not_show_in_what_is_written() {
    let home = trained(60, "--epochs 1");
    let folder = home.path();
    let (few, _) = succeed(folder, "generate t -n 600 -o -");
    let (many, _) = succeed(folder, "generate t -n 6e2 -o -");
    assert_eq!(few, many);
    let (none, _) = succeed(folder, "generate t -n 0 -o -");
    assert_eq!(none, "a,b,count,flag,same\n");
    // The draws of a row are the same in one portion and in several.
    let (few, _) = succeed(folder, "encode t -o - --draws 500");
    let (many, _) = succeed(folder, "encode t -o - --draws 600");
    let draws = |text: &str| {
        text.lines().filter(|line| line.starts_with("0,")).take(500).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(draws(&few), draws(&many));
    assert_eq!(many.lines().count(), 1 + 60 * 600);
    assert!(fail(folder, "encode t -o - --draws 0", 2).contains("expected 1 or more"));
    assert!(fail(folder, "generate t -o - -n 1.5", 2).contains("1000 or 1e6"));
}

#[test]
fn networks_that_do_not_fit_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    refused(folder, "train --hidden 65536,65536 --memory-limit 2G", "training would need about");
    refused(
        folder,
        "train --samples 1000 --batch-size 1000000000 --memory-limit 500M",
        "training would need about",
    );
    assert!(!folder.join("runs").exists());
    assert!(fail(folder, "train --memory-limit much", 2).contains("expected a size, such as 2G"));
    let (_, told) = succeed(folder, "train --epochs 0 --hidden 8 --memory-limit 500M -q");
    assert_eq!(told, "");
}

#[test]
fn pictures_that_do_not_fit_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::create_dir(folder.join("black")).unwrap();
    for name in ["a.png", "b.png"] {
        image::GrayImage::new(8192, 8192).save(folder.join("black").join(name)).unwrap();
    }
    refused(folder, "train black --memory-limit 200M --dry-run", "2 pictures of 8192×8192 pixels would need");
    let (_, told) = succeed(folder, "train black --image-size 4x4 --memory-limit 1G --held-out 0 --dry-run");
    assert!(told.contains("2 of 2 pictures are resized to 4×4"), "{told}");
    succeed(folder, "train --epochs 0 --hidden 4 --name d -q");
    refused(
        folder,
        "generate d -n 1e7 -o grid.png --memory-limit 500M",
        "one picture of 10,000,000 pictures",
    );
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let gzip = |name: &str, write: &dyn Fn(&mut dyn Write)| {
        let file = fs::File::create(folder.join(name)).unwrap();
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        write(&mut encoder);
        encoder.finish().unwrap();
    };
    // A cell of 300 MB in a file of a few MB.
    gzip("cell.csv.gz", &|out| {
        out.write_all(b"a,b\n1,").unwrap();
        (0..300).for_each(|_| out.write_all(&b"7".repeat(1 << 20)).unwrap());
    });
    refused(folder, "train cell.csv.gz --dry-run", "the line after line 1 is longer than 268 MB");
    refused(
        folder,
        "train cell.csv.gz --dry-run --memory-limit 300M",
        "the line after line 1 is longer than",
    );
    gzip("open.csv.gz", &|out| {
        out.write_all(b"a,b\n1,\"2\n").unwrap();
        (0..280).for_each(|_| out.write_all(&b"3,4\n".repeat(1 << 18)).unwrap());
    });
    let told = fail(folder, "train open.csv.gz --dry-run", 1);
    assert!(told.contains("is a quotation mark not closed?"), "{told}");
    // Twenty million numbers in a file of 400 kB.
    gzip("many.csv.gz", &|out| {
        let line = b"0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.11\n";
        (0..20).for_each(|_| out.write_all(&line.repeat(100_000)).unwrap());
    });
    refused(folder, "train many.csv.gz --dry-run --memory-limit 120M", "many.csv.gz: a table of");
}

#[test]
fn a_table_of_a_million_columns_is_a_table() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let row = |from: usize| {
        (0..1_000_000).map(|column| ((column * 7 + from) % 10).to_string()).collect::<Vec<_>>().join(",")
    };
    fs::write(folder.join("wide.csv"), format!("{}\n{}\n{}\n", row(0), row(3), row(5))).unwrap();
    let (code, _, told) =
        run(folder, &words("train wide.csv --header no --held-out 0 --dry-run --hidden 1 --latent-dim 1"));
    assert_eq!(code, Some(0), "{told}");
    refused(folder, "train wide.csv --held-out 0 --dry-run --memory-limit 2G", "training would need about");
}

#[test]
fn an_archive_that_claims_more_than_it_holds_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let whole = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/x_and_y.npz")).unwrap();
    // The sizes of a member stand 20 bytes after the signature of its entry in the directory.
    let entry = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    for (offset, size) in [(20, u32::MAX - 1), (24, u32::MAX - 1), (24, 1 << 31)] {
        let mut bytes = whole.clone();
        bytes[entry + offset..entry + offset + 4].copy_from_slice(&size.to_le_bytes());
        fs::write(folder.join("x.npz"), &bytes).unwrap();
        let (code, _, told) = run(folder, &words("train x.npz --dry-run --held-out 0 --memory-limit 300M"));
        assert!(code == Some(0) || code == Some(1), "{told}");
        assert!(!told.contains("internal error") && !told.contains("out of memory"), "{told}");
    }
    // A header of the array inside claims 8 TB.
    let mut header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000), }".to_owned();
    header.extend(std::iter::repeat_n(' ', 117 - header.len()));
    header.push('\n');
    let npy = [&b"\x93NUMPY\x01\x00"[..], &118u16.to_le_bytes(), header.as_bytes()].concat();
    fs::write(folder.join("x.npy"), npy).unwrap();
    refused(folder, "train x.npy --dry-run", "an array of shape [1000000, 1000000] would need");
}
