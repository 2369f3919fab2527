//! Time and memory of `reparam estimate --estimator pathwise`, by running the command.
//!
//!     cargo bench -p reparam-cli --bench estimate
//!
//! A draw is one number: 1024 of them make one draw of a vector of 1024. Of five runs the median counts.
#![cfg_attr(not(target_os = "linux"), allow(unused))]

#[path = "../tests/common/peak.rs"]
mod peak;

use std::process::Command;

/// The numbers from `low` to `high` in equal steps, as the command reads them.
fn line(low: f64, high: f64, count: usize) -> String {
    let numbers = (0..count).map(|i| (low + (high - low) * i as f64 / (count - 1) as f64).to_string());
    format!("[{}]", numbers.collect::<Vec<_>>().join(","))
}

fn report(expression: &str, law: &str, samples: u64, width: usize) {
    let once = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reparam"));
        command.args(["estimate", expression, "--z", law, "--estimator", "pathwise", "--json"]);
        command.args(["--samples", &samples.to_string()]);
        let (text, peak) = peak::run(command);
        let found: serde_json::Value = serde_json::from_str(&text).expect("a JSON object");
        (found["estimators"][0]["seconds"].as_f64().expect("a time"), peak)
    };
    let mut runs: Vec<(f64, f64)> = (0..5).map(|_| once()).collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (seconds, peak) = runs[2];
    let nanoseconds = seconds * 1e9 / (samples as f64 * width as f64);
    let law: String = law.chars().take(24).collect();
    println!(
        "{expression:14} {law:24} {samples:>12} × {width:<5} {seconds:7.3} s {nanoseconds:7.3} ns/draw {peak:6.1} MiB"
    );
}

fn main() {
    let wide = format!("Normal({},{})", line(-1.0, 1.0, 1024), line(0.5, 1.5, 1024));
    report("1", "Normal(0, 1)", 2, 1);
    report("sum(tanh(z))", &wide, 1 << 14, 1024);
    report("sum(tanh(z))", &wide, 1 << 17, 1024);
    report("sum(tanh(z))", &wide, 1 << 20, 1024);
    report("norm(z)", &wide, 1 << 14, 1024);
    report("sin(z)", "Normal(0.7, 1.2)", 100_000_000, 1);
    report("tanh(z)", "Normal(0.7, 1.2)", 100_000_000, 1);
    report("log(z)", "Gamma(2.5, 1.2)", 10_000_000, 1);
    report("z^2", "StudentT(7, 0, 1)", 10_000_000, 1);
}
