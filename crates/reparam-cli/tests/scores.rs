//! What a score is worth: it belongs to its row, it can be gated on, and no row is too odd for it.

mod common;

use std::fmt::Write as _;
use std::fs;

use common::{Dice, SMALL, fail, run, succeed, table, trained, words};

/// A column of CSV text.
fn column(text: &str, name: &str) -> Vec<f64> {
    let place = text.lines().next().unwrap().split(',').position(|cell| cell == name).unwrap();
    text.lines().skip(1).map(|row| row.split(',').nth(place).unwrap().parse().unwrap()).collect()
}

#[test]
fn a_score_belongs_to_its_row_and_not_to_the_file_it_stands_in() {
    let home = trained(150, "--epochs 4");
    let folder = home.path();
    let (whole, _) = succeed(folder, "score t -o -");
    let scores = column(&whole, "score");
    let text = fs::read_to_string(folder.join("t.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let scored = |rows: &[usize]| {
        let part: Vec<&str> =
            std::iter::once(lines[0]).chain(rows.iter().map(|&row| lines[row + 1])).collect();
        fs::write(folder.join("part.csv"), part.join("\n")).unwrap();
        column(&succeed(folder, "score t part.csv -o -").0, "score")
    };
    assert_eq!(scored(&[3]), [scores[3]]);
    let ten: Vec<usize> = (0..10).collect();
    assert_eq!(scored(&ten), scores[..10]);
    assert_eq!(scored(&[140, 70, 5, 70]), [scores[140], scores[70], scores[5], scores[70]]);
    let (other, _) = succeed(folder, "score t -o - --seed 1");
    assert_ne!(column(&other, "score"), scores, "another seed, other draws");
}

#[test]
fn a_level_that_no_row_can_come_down_to_is_refused() {
    let home = trained(150, "--epochs 2");
    let folder = home.path();
    // Fifteen rows are held out: 1/16 can be reached.
    let told = fail(folder, "score t -o never.csv --fail-if-anomalous 0.05", 2);
    assert!(told.contains("with 15 held-out rows no p-value lies below 0.0625"), "{told}");
    assert!(told.contains("give 0.0625 or more") && told.contains("0.05 needs 19 held-out rows"), "{told}");
    assert!(!folder.join("never.csv").exists());
    fs::write(folder.join("odd.csv"), "a,b,count,flag,same,kind\n0,50,10,1,7,x\n").unwrap();
    let (code, out, _) = run(folder, &words("score t odd.csv -o - --fail-if-anomalous 0.0625"));
    assert_eq!(code, Some(3), "{out}");
    for level in ["1.5", "0", "-0.1", "nan", "inf", "x"] {
        let told = fail(folder, &format!("score t -o never.csv --fail-if-anomalous={level}"), 2);
        assert!(told.contains("at most 1"), "{told}");
    }
}

#[test]
fn slips_of_the_finger_score_finitely_and_in_order() {
    let home = trained(150, "--epochs 4");
    let folder = home.path();
    let mut odd = "a,b,count,flag,same,kind\n".to_owned();
    for b in ["5", "51", "1000", "1e5", "1e9", "1e300"] {
        writeln!(odd, "0,{b},10,1,7,x").unwrap();
    }
    fs::write(folder.join("odd.csv"), odd).unwrap();
    let (scores, _) = succeed(folder, "score t odd.csv -o -");
    let scores = column(&scores, "score");
    assert!(scores.iter().all(|score| score.is_finite()) && scores.is_sorted_by(|a, b| a < b), "{scores:?}");
    let (lines, _) = succeed(folder, "score t odd.csv -o odd.jsonl");
    assert_eq!(lines, "");
    assert!(!fs::read_to_string(folder.join("odd.jsonl")).unwrap().contains("null"));
}

#[test]
fn the_bound_lies_below_what_it_bounds_with_any_number_of_draws() {
    let home = trained(150, "--epochs 4");
    for draws in [1, 2, 128] {
        let (text, _) = succeed(home.path(), &format!("evaluate t --json --importance {draws}"));
        let found: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mean = |key: &str| found[key]["mean"].as_f64().unwrap();
        assert!(mean("elbo") <= mean("log_evidence"), "{text}");
    }
}

#[test]
fn the_summary_holds_the_model_against_one_gaussian() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("t.csv"), table(150, 1)).unwrap();
    let (_, told) = succeed(folder, &format!("train t.csv {SMALL} --name t --epochs 3"));
    let line = told.lines().find(|line| line.starts_with("held-out log p(x): ")).expect(&told);
    assert!(line.contains("one fitted Gaussian has ") && line.contains(" by "), "{line}");
    let info: serde_json::Value = serde_json::from_str(&succeed(folder, "info t --json").0).unwrap();
    let held_out = &info["metadata"]["training"]["held_out"];
    assert_eq!(held_out["rows"], 15);
    let own = held_out["log_p"]["mean"].as_f64().unwrap();
    let baselines = held_out["baselines"].as_array().unwrap();
    assert_eq!(baselines[0]["components"], 1);
    for other in baselines {
        let mean = |key: &str| other[key]["mean"].as_f64().unwrap();
        assert!((own - mean("log_p") - mean("ahead")).abs() < 1e-9);
    }
    let (pictures, told) = succeed(folder, "train --epochs 1 --hidden 4 --name d");
    assert!(pictures.is_empty() && !told.contains("Gaussian has"), "{told}");
}

/// Correlation 0.9: what 32 steps did not learn.
#[test]
fn a_small_table_is_learned_by_default() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let mut dice = Dice(77);
    let mut text = "u,v\n".to_owned();
    for _ in 0..120 {
        let u = dice.normal();
        writeln!(text, "{:.4},{:.4}", u, 0.9 * u + 0.19f64.sqrt() * dice.normal()).unwrap();
    }
    fs::write(folder.join("t.csv"), text).unwrap();
    succeed(folder, "train t.csv --name t -q");
    let (made, _) = succeed(folder, "generate t -n 4000 -o -");
    let (u, v) = (column(&made, "u"), column(&made, "v"));
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let product = |x: &[f64], y: &[f64]| {
        let (a, b) = (mean(x), mean(y));
        x.iter().zip(y).map(|(x, y)| (x - a) * (y - b)).sum::<f64>()
    };
    let correlation = product(&u, &v) / (product(&u, &u) * product(&v, &v)).sqrt();
    assert!((correlation - 0.9).abs() < 0.06, "{correlation}");
}

/// A tenth of the rows is a cluster that a model of all columns learns to expect.
#[test]
fn rows_that_are_doubted_are_not_learned_from() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let mut dice = Dice(5);
    let mut text = "a,b,c\n".to_owned();
    for row in 0..400 {
        let [a, b, c] = [dice.normal(), dice.normal(), dice.normal()];
        if row % 10 == 0 {
            writeln!(text, "{:.4},{:.4},{:.4}", 3.5 + 0.4 * a, 3.5 + 0.4 * b, -3.5 + 0.4 * c).unwrap();
        } else {
            writeln!(text, "{a:.4},{b:.4},{c:.4}").unwrap();
        }
    }
    fs::write(folder.join("t.csv"), text).unwrap();
    let odd_ones_rank = |flags: &str, name: &str| {
        succeed(folder, &format!("train t.csv --hidden 8 --name {name} -q {flags}"));
        let scores = column(&succeed(folder, &format!("score {name} -o -")).0, "score");
        let above =
            |odd: f64| scores.iter().enumerate().filter(|(row, s)| row % 10 != 0 && **s < odd).count();
        (0..400).step_by(10).map(|row| above(scores[row])).sum::<usize>() as f64 / (40.0 * 360.0)
    };
    let robust = odd_ones_rank("--contamination 0.15", "robust");
    assert!(robust > 0.97, "{robust}");
    assert!(odd_ones_rank("", "plain") < 0.9);
    let told = fail(folder, "train --contamination 0.1", 2);
    assert!(told.contains("objective.contamination"), "{told}");
    assert!(fail(folder, "train t.csv --contamination 0.6", 2).contains("a part of the rows from 0 to 0.5"));
}
