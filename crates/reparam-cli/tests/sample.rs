//! `reparam sample`: the same draws whatever the machine does, in files that others read.

mod common;

#[cfg(target_os = "linux")]
#[path = "common/peak.rs"]
mod peak;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{command, run};
use serde_json::Value;

/// Runs `reparam sample` with these arguments; standard output.
fn sample(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = run(folder, &[&["sample"], args].concat());
    assert_eq!(code, Some(0), "{args:?}: {err}");
    out
}

/// Header and numbers of an NPY file of doubles.
fn npy(path: &Path) -> (String, Vec<f64>) {
    let bytes = fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
    let length = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let header = String::from_utf8(bytes[10..10 + length].to_vec()).unwrap();
    let numbers = bytes[10 + length..].as_chunks::<8>().0.iter().map(|number| f64::from_le_bytes(*number));
    (header, numbers.collect())
}

/// Values of parameters that every distribution with a parameter of the name can take.
fn argument(distribution: &str, name: &str) -> &'static str {
    let is_vector = |names: &[&str]| names.contains(&distribution);
    let classes = ["Categorical", "OneHotCategorical", "Multinomial", "RelaxedOneHotCategorical"];
    let more = ["ExpRelaxedOneHotCategorical", "StraightThroughOneHot", "MixtureSameFamily", "Mixture"];
    let vectors = ["MultivariateNormal", "LowRankNormal", "MultivariateStudentT", "LogisticNormal"];
    match name {
        "law" => "Normal(0.5,1)",
        "mean" if distribution == "Beta" => "0.5",
        "scale" if distribution == "Wishart" => "[[1,0.5],[0.5,2]]",
        "low" if is_vector(&["Censored", "Truncated"]) => "-1",
        "loc" if is_vector(&vectors) || is_vector(&["VonMisesFisher", "PowerSpherical"]) => "[0.5,-1]",
        "scale" if is_vector(&vectors) => "[1,0.5]",
        "logits" if is_vector(&classes) || is_vector(&more) => "[0.5,-1]",
        "probs" if is_vector(&classes) || is_vector(&more) => "[0.25,0.75]",
        "components" => "Normal([0,5],[1,2])",
        "concentration" if is_vector(&["Dirichlet", "DirichletMultinomial"]) => "[0.3,2]",
        "loc" if distribution == "MatrixNormal" => "[[0.5,-1,2],[1,0,1]]",
        "scale_column" => "[[1,0,0],[0.5,2,0],[0,1,1]]",
        "scale_tril" | "scale_row" => "[[1,0],[0.5,2]]",
        "covariance_matrix" | "precision_matrix" => "[[1,0.5],[0.5,2]]",
        "factor" => "[[1],[0.5]]",
        "diagonal" => "[1,2]",
        "low" if distribution == "DiscreteUniform" => "0",
        "prob" | "probs" | "gate" | "low" | "loc" => "0.5",
        "successes" | "failures" => "5",
        "cutpoints" => "[-1,1]",
        "dim" => "3",
        "df" => "3.5",
        "draws" | "high" | "total_count" => "4",
        _ => "1.5",
    }
}

#[test]
fn every_distribution_of_the_table_draws_inside_of_its_support() {
    let folder = tempfile::tempdir().unwrap();
    let (_, list, _) = run(folder.path(), &["dist", "--list", "--json"]);
    for row in serde_json::from_str::<Value>(&list).unwrap().as_array().unwrap() {
        let name = row["distribution"].as_str().unwrap();
        let usage = row["usage"].as_str().unwrap();
        let names = usage.split_once('(').unwrap().1.trim_end_matches(')').split(", ");
        let given = names.filter(|name| *name != "…").map(|name| name.split('=').next().unwrap());
        let given: Vec<String> = given.map(|each| format!("{each}={}", argument(name, each))).collect();
        let law = format!("{name}({})", given.join(", "));
        let drawn = sample(folder.path(), &[&law, "-n", "20", "--seed", "3"]);
        assert_eq!(drawn.lines().count(), 20, "{law}");
        for draw in drawn.lines() {
            let numbers: Vec<f64> = draw.split('\t').map(|number| number.parse().unwrap()).collect();
            assert!(numbers.iter().all(|number| number.is_finite()), "{law}: {draw}");
            let at = match numbers.as_slice() {
                [x] => x.to_string(),
                [a, b, c, d] if name.ends_with("Wishart") => format!("[[{a},{b}],[{c},{d}]]"),
                all if name == "MatrixNormal" => format!("[{:?},{:?}]", &all[..3], &all[3..]),
                all if name == "LkjCholesky" => format!("[{:?},{:?},{:?}]", &all[..3], &all[3..6], &all[6..]),
                all => format!("{all:?}"),
            };
            let (_, out, err) = run(folder.path(), &["dist", &law, "--at", &at, "--json"]);
            let object: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{law} at {at}: {err}"));
            assert!(object["at"][0]["log_prob"].is_f64(), "{law} at {at}: {}", object["at"][0]["log_prob"]);
            if !name.ends_with("Wishart") {
                break;
            }
        }
    }
}

#[test]
fn draws_depend_on_the_seed_alone() {
    let folder = tempfile::tempdir().unwrap();
    for law in ["Gamma(0.3, 2)", "Dirichlet([0.1, 1, 3])", "Normal([0, 1], 2)", "LkjCholesky(3, 2)"] {
        let draw = |number: &str, threads: &str, seed: &str| {
            let mut command = command(folder.path());
            command.args(["sample", law, "-n", number, "--seed", seed]).env("RAYON_NUM_THREADS", threads);
            String::from_utf8(command.output().unwrap().stdout).unwrap()
        };
        let many = draw("50000", "1", "1");
        assert_eq!(many.lines().count(), 50_000);
        assert!(many == draw("50000", "3", "1"), "{law}: other draws on other threads");
        assert!(many.starts_with(&draw("777", "2", "1")), "{law}: few are not the first of many");
        assert!(many != draw("50000", "1", "2"), "{law}: the seed does not matter");
    }
}

/// The rank correlation of n independent pairs has the standard deviation 1/√(n − 1): 0.13 is six of them.
#[test]
fn columns_of_separate_runs_are_no_copies() {
    let folder = tempfile::tempdir().unwrap();
    let ranks = |law: &str| {
        let drawn = sample(folder.path(), &[law, "-n", "2000", "--seed", "0"]);
        let drawn: Vec<f64> = drawn.lines().map(|line| line.parse().unwrap()).collect();
        let mut order: Vec<usize> = (0..drawn.len()).collect();
        order.sort_by(|a, b| drawn[*a].total_cmp(&drawn[*b]));
        let mut ranks = vec![0.0; drawn.len()];
        order.into_iter().enumerate().for_each(|(rank, place)| ranks[place] = rank as f64 - 999.5);
        ranks
    };
    let laws = ["Normal(0, 1)", "Logistic(0, 1)", "Normal(5, 2)", "Normal(0, variance=1)", "Cauchy(0, 1)"];
    let columns = laws.map(ranks);
    let spread = columns[0].iter().map(|x| x * x).sum::<f64>();
    for (place, column) in columns.iter().enumerate() {
        for (other, name) in columns[..place].iter().zip(laws) {
            let correlation = column.iter().zip(other).map(|(a, b)| a * b).sum::<f64>() / spread;
            assert!(correlation.abs() < 0.13, "{} and {name}: {correlation}", laws[place]);
        }
    }
    assert_eq!(columns[0], ranks("Gaussian(mean=0, sd=1)"));
}

/// A block of 4,096 draws, each with all of its classes, took 1.3 GB.
#[cfg(target_os = "linux")]
#[test]
fn draws_of_many_classes_take_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let weights = vec!["1"; 20_000].join(",");
    let mut command = command(folder.path());
    command.args(["sample", &format!("Categorical(logits=[{weights}])"), "-n", "3", "--seed", "1"]);
    let (drawn, megabytes) = peak::run(command);
    assert_eq!(drawn.lines().count(), 3);
    assert!(megabytes < 200.0, "{megabytes} MiB");
}

#[test]
fn files_have_the_shape_of_the_draws() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("z.npy");
    for (law, shape, count) in [
        ("Gamma(2, 1)", "(100,)", 100),
        ("Normal([0, 1], 1)", "(100, 2)", 200),
        ("Dirichlet([0.1, 1, 3])", "(100, 3)", 300),
        ("Wishart(3, [[1, 0], [0, 1]])", "(100, 2, 2)", 400),
    ] {
        sample(folder.path(), &[law, "-n", "100", "-o", "z.npy"]);
        let (header, numbers) = npy(&path);
        assert!(header.contains(&format!("'shape': {shape}")) && header.contains("<f8"), "{law}: {header}");
        assert_eq!(numbers.len(), count, "{law}");
        let text = sample(folder.path(), &[law, "-n", "100"]);
        let text: Vec<f64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
        assert_eq!(text, numbers, "{law}");
    }
    sample(folder.path(), &["Gamma(2, 1)", "-n", "7", "-o", "z.npy", "--dtype", "f32"]);
    assert!(String::from_utf8_lossy(&fs::read(&path).unwrap()).contains("<f4"));
    sample(folder.path(), &["Dirichlet([1, 2])", "-n", "3", "-o", "z.csv"]);
    let csv = fs::read_to_string(folder.path().join("z.csv")).unwrap();
    assert!(csv.starts_with("z0,z1\n") && csv.lines().count() == 4, "{csv}");
    sample(folder.path(), &["Gamma(2, 1)", "-n", "3", "-o", "z.jsonl"]);
    let lines = fs::read_to_string(folder.path().join("z.jsonl")).unwrap();
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["z"].is_f64()), "{lines}");
    sample(folder.path(), &["Gamma(2, 1)", "-n", "3", "-o", "z.parquet"]);
    assert!(run(folder.path(), &["train", "z.parquet", "--dry-run"]).0 == Some(0));
}

#[test]
fn small_concentrations_are_drawn_in_logarithms() {
    let folder = tempfile::tempdir().unwrap();
    let logs = sample(folder.path(), &["Gamma(0.0001, 1)", "-n", "1000", "--coordinate"]);
    let logs: Vec<f64> = logs.lines().map(|line| line.parse().unwrap()).collect();
    assert!(logs.iter().all(|log| log.is_finite()) && logs.iter().any(|log| *log < -1e4));
    let plain = sample(folder.path(), &["Gamma(0.0001, 1)", "-n", "1000", "--dtype", "f32"]);
    assert!(plain.lines().all(|line| line.parse::<f32>().unwrap() >= f32::MIN_POSITIVE));
    let (code, _, err) = run(folder.path(), &["sample", "Normal(0, 1)", "--coordinate"]);
    assert!(code == Some(2) && err.contains("leave --coordinate out"), "{err}");
}

#[test]
fn what_cannot_be_done_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for (args, expected) in [
        (&["Gama(2, 1)", "-o", "z.npy"][..], "did you mean `Gamma`?"),
        (&["Gamma(-2, 1)", "-o", "z.npy"], "concentration must be finite and positive"),
        (&["Gamma(2, 1)", "-o", "z.png"], ".npy"),
        (&["Gamma(2, 1)", "-o", "z.xyz"], ".npy"),
        (&["Gamma(2, 1)", "-n", "1.5"], "a whole number"),
        (&["Gamma(2, 1)", "-n", "-1"], "-1"),
        (&["Dirichlet([[1, 2], [3, 4]])", "-o", "z.npy"], "draw from one distribution at a time"),
        (&["Gamma(2, 1)", "-o", "no/such/z.npy"], "no/such"),
    ] {
        let (code, out, err) = run(folder.path(), &[&["sample"], args].concat());
        assert!(code != Some(0) && out.is_empty() && err.contains(expected), "{args:?}: {code:?} {err}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path())
        .args(["sample", "Dirichlet([0.1, 1, 3])", "-n", "1e12", "-o", "z.npy"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Until it writes.
    while fs::read_dir(folder.path()).unwrap().count() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command.args(["sample", "Normal(0, 1)", "-n", "1e5"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "), "{output:?}");
}
