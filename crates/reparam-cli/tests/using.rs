//! What a trained model is good for: its numbers agree with each other, and every format holds the same.

mod common;

use std::fs;
use std::process::Stdio;

use common::{command, fail, metrics, succeed, table, trained};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A column of CSV text.
fn column(text: &str, name: &str) -> Vec<f64> {
    let place = text.lines().next().unwrap().split(',').position(|cell| cell == name).unwrap();
    text.lines().skip(1).map(|row| row.split(',').nth(place).unwrap().parse().unwrap()).collect()
}

#[test]
fn evaluation_agrees_with_training() {
    let home = trained(300, "--epochs 12 --learning-rate 0.01 --start random");
    let folder = home.path();
    let evaluated = json(&succeed(folder, "evaluate t --json --importance 200").0);
    assert_eq!(evaluated["rows"], 30);
    let mean = |key: &str| evaluated[key]["mean"].as_f64().unwrap();
    let info = json(&succeed(folder, "info t --json").0);
    let best = info["metadata"]["training"]["epoch"].as_u64().unwrap() as usize;
    let metrics = metrics(&folder.join("runs/t"));
    let held_out = &metrics[best - 1]["held_out"];
    let elbos: Vec<f64> = metrics.iter().map(|line| line["held_out"]["elbo"].as_f64().unwrap()).collect();
    assert!(elbos.iter().all(|elbo| *elbo <= elbos[best - 1]), "the best epoch is kept: {elbos:?}");
    // The divergence has a closed form and needs no draws; one draw of z per row moves the rest by less than the
    // spread over the rows.
    assert!((mean("kl") - held_out["kl"].as_f64().unwrap()).abs() < 1e-5);
    let se = held_out["elbo_se"].as_f64().unwrap();
    assert!((mean("elbo") - held_out["elbo"].as_f64().unwrap()).abs() < 2.0 * se);
    assert!((mean("elbo") - (mean("reconstruction") - mean("kl"))).abs() < 1e-9);
    // In expectation the bound lies below log p(x); five standard errors of the difference leave 3e-7.
    let spread =
        evaluated["elbo"]["se"].as_f64().unwrap() + evaluated["log_evidence"]["se"].as_f64().unwrap();
    assert!(mean("log_evidence") > mean("elbo") - 5.0 * spread);
    assert!(mean("log_evidence") > mean("elbo"), "and here it does");
    let total: f64 = evaluated["kl_per_dim"].as_array().unwrap().iter().map(|kl| kl.as_f64().unwrap()).sum();
    assert!((total - mean("kl")).abs() < 1e-5);
    for key in ["elbo", "reconstruction", "kl", "log_evidence"] {
        assert!(evaluated[key]["se"].as_f64().unwrap() > 0.0, "{key}");
    }
    let (text, _) = succeed(folder, "evaluate t");
    assert!(text.starts_with("30 held-out rows, nats per row\n"), "{text}");
    let parameters = info["parameters"].as_u64().unwrap();
    assert_eq!(parameters, 4 * 8 + 8 + 2 * (8 * 2 + 2) + 2 * 8 + 8 + 8 * 4 + 4 + 4, "{text}");
}

#[test]
fn a_model_without_held_out_rows_says_what_it_measures() {
    let home = trained(40, "--epochs 2 --held-out 0");
    let (text, _) = succeed(home.path(), "evaluate t");
    assert!(text.starts_with("40 training rows, nats per row\n"), "{text}");
    assert!(fail(home.path(), "score t -o -", 1).contains("--held-out 0"));
}

/// Rows of the law of the training rows: their p-values exceed each level as often as they should.
///
/// For fresh exchangeable rows, the distance between the p-values' distribution and the uniform one stays below
/// √(ln(2/α)/2)·√(1/n + 1/m) with probability 1 − α for n held-out and m fresh rows (Dvoretzky, Kiefer, Wolfowitz;
/// Massart 1990, each sample's distance bounded apart with α/2). With α = 1e-7, n = 600 and m = 1,000 that is 0.18.
#[test]
fn p_values_of_fresh_rows_are_uniform_and_those_of_outliers_small() {
    let home = trained(1200, "--epochs 8 --learning-rate 0.01 --held-out 0.5");
    let folder = home.path();
    fs::write(folder.join("fresh.csv"), table(1000, 99)).unwrap();
    let (scores, _) = succeed(folder, "score t fresh.csv -o - --importance 128");
    let mut p_values = column(&scores, "p_value");
    p_values.sort_by(f64::total_cmp);
    let count = p_values.len() as f64;
    let distance = p_values
        .iter()
        .enumerate()
        .map(|(place, p)| (p - place as f64 / count).abs().max((p - (place + 1) as f64 / count).abs()))
        .fold(0.0, f64::max);
    let bound = |rows: f64| ((4.0f64 / 1e-7).ln() / (2.0 * rows)).sqrt();
    assert!(distance < bound(600.0) + bound(1000.0), "{distance}");

    // `b` goes with `a`; far off it, and beyond what single precision holds, it is named.
    let outliers = "a,b,count,flag,same,kind\n0.1,0.2,10,1,7,x\n0.1,12,10,1,7,x\n0.1,-1000,10,1,7,x\n0.1,1e12,10,1,7,x\n0.1,-1e300,10,1,7,x\n0.1,0.2,4000000,1,7,y\n";
    fs::write(folder.join("odd.csv"), outliers).unwrap();
    let (scores, _) = succeed(folder, "score t odd.csv -o -");
    let p_values = column(&scores, "p_value");
    assert!(p_values[0] > 0.02, "{scores}");
    assert!(p_values[1..].iter().all(|p| *p == 1.0 / 601.0), "the smallest there is: {scores}");
    let named: Vec<&str> = scores.lines().skip(2).map(|row| row.split(',').nth(4).unwrap()).collect();
    assert_eq!(named, ["b", "b", "b", "b", "count"], "{scores}");
    assert!(!scores.contains("NaN"), "{scores}");
    let (_, told) = succeed(folder, "evaluate t odd.csv");
    assert!(told.contains("so far from what the model learned"), "{told}");
    let (_, told) = succeed(folder, "score t odd.csv -o - --importance 10");
    assert!(told.contains("p-values compare 10 draws per row with 128"), "{told}");
}

#[test]
fn generated_rows_look_like_the_rows_of_the_table() {
    let home = trained(200, "--epochs 5");
    let folder = home.path();
    let (rows, told) = succeed(folder, "generate t -n 500 -o - --seed 3");
    assert_eq!(told, "");
    assert_eq!(rows.lines().next(), Some("a,b,count,flag,same"));
    assert_eq!(rows.lines().count(), 501);
    let source = table(200, 1);
    for name in ["a", "b", "count", "flag", "same"] {
        let (made, seen) = (column(&rows, name), column(&source, name));
        let range =
            |numbers: &[f64]| numbers.iter().fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(*x), h.max(*x)));
        let ((low, high), (least, most)) = (range(&made), range(&seen));
        assert!(least <= low && high <= most, "{name}: {low} to {high}");
        let whole = seen.iter().all(|x| x.fract() == 0.0);
        assert!(!whole || made.iter().all(|x| x.fract() == 0.0), "{name}");
    }
    assert_eq!(succeed(folder, "generate t -n 500 -o - --seed 3").0, rows);
    assert_ne!(succeed(folder, "generate t -n 500 -o - --seed 4").0, rows);
    assert_eq!(succeed(folder, "generate t -n 0 -o -").0, "a,b,count,flag,same\n");
    // What was generated can be read back, with the model and without.
    fs::write(folder.join("new.csv"), &rows).unwrap();
    succeed(folder, "evaluate t new.csv");
}

#[test]
fn every_format_holds_the_same_rows() {
    let home = trained(60, "--epochs 2");
    let folder = home.path();
    for verb in ["generate t -n 6", "reconstruct t", "encode t", "encode t --draws 2", "score t"] {
        let (csv, _) = succeed(folder, &format!("{verb} -o -"));
        let read = |name: &str| {
            succeed(folder, &format!("{verb} -o {name}"));
            fs::read(folder.join(name)).unwrap()
        };
        let text = |name: &str| String::from_utf8(read(name)).unwrap();
        assert_eq!(text("o.csv"), csv, "{verb}");
        assert_eq!(text("o.tsv").replace('\t', ","), csv, "{verb}");
        let rows = csv.lines().count() - 1;
        let lines = text("o.jsonl");
        let array = json(&text("o.json"));
        assert_eq!((lines.lines().count(), array.as_array().unwrap().len()), (rows, rows), "{verb}");
        assert!(lines.lines().zip(array.as_array().unwrap()).all(|(line, row)| json(line) == *row));
        let names: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        assert_eq!(array[0].as_object().unwrap().len(), names.len());
        assert!(read("o.parquet").starts_with(b"PAR1"));
        // Arrays hold numbers only: the class of a row is text.
        if verb.starts_with("generate") {
            let npy = read("o.npy");
            let header = String::from_utf8_lossy(&npy[..128]).into_owned();
            assert!(header.contains(&format!("'shape': ({rows}, {})", names.len())), "{header}");
        } else {
            assert!(fail(folder, &format!("{verb} -o x.npy"), 1).contains("'label'"));
        }
        assert!(fail(folder, &format!("{verb} -o x.png"), 2).contains("table"));
        assert!(!folder.join("x.png").exists() && !folder.join("x.npy").exists());
    }
    // The parquet file is data again.
    succeed(folder, "generate t -n 30 -o new.parquet");
    succeed(folder, "encode t new.parquet -o -");
}

#[test]
fn encoding_gives_the_posterior() {
    let home = trained(60, "--epochs 6 --learning-rate 0.01");
    let folder = home.path();
    let (rows, _) = succeed(folder, "encode t -o -");
    assert_eq!(rows.lines().next(), Some("row,label,z0_mean,z1_mean,z0_sd,z1_sd"));
    let (draws, _) = succeed(folder, "encode t --draws 400 -o - --seed 5");
    assert_eq!(draws.lines().nth(401).unwrap().split(',').next(), Some("1"), "row by row");
    let (mean, sd) = (column(&rows, "z1_mean"), column(&rows, "z1_sd"));
    let drawn = column(&draws, "z1");
    for (row, drawn) in drawn.chunks(400).enumerate() {
        // Six standard errors: 2e-9 for each of the sixty rows.
        let average = drawn.iter().sum::<f64>() / 400.0;
        assert!((average - mean[row]).abs() < 6.0 * sd[row] / 20.0, "row {row}");
    }
}

#[test]
fn pictures_are_written_as_a_grid() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    succeed(folder, "train --epochs 1 --hidden 8 --name d -q");
    for line in ["generate d -n 5 -o a.png", "reconstruct d -o b.png", "generate d -n 5 --noise -o c.png"] {
        let (out, told) = succeed(folder, line);
        assert_eq!((out, told), (String::new(), String::new()), "{line}");
    }
    let sizes: Vec<_> = ["a.png", "b.png", "c.png"]
        .map(|name| {
            let bytes = fs::read(folder.join(name)).unwrap();
            assert!(bytes.starts_with(b"\x89PNG"));
            let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            (side(16), side(20))
        })
        .into();
    // Five pictures: three across, two down.
    assert!(sizes[0] == sizes[2] && sizes[0].0 > sizes[0].1, "{sizes:?}");
    assert!(sizes[1].0 > sizes[0].0, "{sizes:?}");
    assert!(fs::read(folder.join("a.png")).unwrap() != fs::read(folder.join("c.png")).unwrap());
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let home = trained(60, "--epochs 1");
    for line in ["generate t -n 20000 -o -", "encode t --draws 1000 -o -", "score t -o -", "evaluate t"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(home.path())
            .args(line.split(' '))
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}: {told}");
        assert!(!told.contains("error"), "{line}: {told}");
    }
}

/// MNIST itself, where the variable names a folder that holds it.
#[test]
fn mnist_is_learned_and_evaluated() {
    let Some(place) = std::env::var_os("REPARAM_DATA_DIR") else {
        eprintln!("skipped: REPARAM_DATA_DIR names no folder with MNIST");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        let output =
            command(home.path()).env("REPARAM_DATA_DIR", &place).args(line.split(' ')).output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run("train mnist --hidden 16 --latent-dim 2 --epochs 1 --name m -q");
    let evaluated = json(&run("evaluate m --json --importance 2"));
    assert_eq!(evaluated["rows"], 10_000);
    assert!(evaluated["elbo"]["mean"].as_f64().unwrap() > -230.0, "{evaluated}");
    assert_eq!(run("encode m -o -").lines().count(), 70_001);
}

#[test]
fn what_is_read_is_not_written_over() {
    let home = trained(40, "--epochs 1");
    let folder = home.path();
    let data = fs::read(folder.join("t.csv")).unwrap();
    for verb in ["encode", "reconstruct", "score"] {
        for line in [format!("{verb} t t.csv -o t.csv"), format!("{verb} t -o ./t.csv")] {
            let told = fail(folder, &line, 2);
            assert!(told.contains("t.csv: this is a file that is read"), "{told}");
        }
        let told = fail(folder, &format!("{verb} t -o runs/t/metrics.jsonl"), 2);
        assert!(told.contains("this is a file that is read"), "{told}");
    }
    assert!(fs::read(folder.join("t.csv")).unwrap() == data);
    succeed(folder, "encode t t.csv -o new.csv");
}
