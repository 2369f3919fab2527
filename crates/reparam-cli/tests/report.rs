//! The report of a real run, opened in a real browser.

mod browser;
mod common;

use std::fs;
use std::path::Path;

use common::{SMALL, succeed, table};

/// Opens the report of `run` and checks what holds for every report; the headings and the number of charts.
fn open(folder: &Path, run: &str) -> Option<(Vec<String>, usize, Vec<u32>)> {
    let page = browser::open(&folder.join("runs").join(run).join("report.html"), 1280, 900)?;
    assert_eq!((page.console, page.requests), (vec![], vec![]), "{run}");
    assert_eq!(page.active_content, 0, "{run}");
    assert!(page.charts.iter().all(|(width, height)| *width > 200.0 && *height > 140.0), "{:?}", page.charts);
    assert!(page.widths.1 <= page.widths.0, "the page scrolls sideways: {:?}", page.widths);
    Some((page.headings, page.charts.len(), page.images))
}

#[test]
fn pictures_are_shown_with_their_reconstructions_and_samples() {
    let folder = tempfile::tempdir().unwrap();
    succeed(folder.path(), "train --hidden 8 --latent-dim 2 --epochs 3");
    let Some((headings, charts, images)) = open(folder.path(), "digits-1") else { return };
    for heading in ["KL per latent dimension", "Latent space", "Originals and reconstructions", "Samples"] {
        assert!(headings.iter().any(|h| h == heading), "{heading} is not in {headings:?}");
    }
    assert_eq!(
        (charts, images),
        (5, vec![91; 3]),
        "three curves, bars and codes; three grids of ten pictures a row"
    );
}

#[test]
fn tables_are_shown_beside_what_the_model_generates() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.csv"), table(120, 1)).unwrap();
    succeed(folder.path(), &format!("train t.csv {SMALL} --epochs 3"));
    let Some((headings, charts, images)) = open(folder.path(), "t-1") else { return };
    let varied = ["a", "b", "count", "flag"];
    for name in varied {
        assert!(headings.iter().any(|h| h == name), "{name} is not in {headings:?}");
    }
    // All correlations, and six pairs of two clouds each.
    let pairs = 1 + 2 * 6;
    assert_eq!(
        (charts, images),
        (5 + varied.len() + pairs, vec![]),
        "three curves, bars, codes, the columns and their pairs"
    );
}
