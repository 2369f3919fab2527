//! The memory of an estimate does not grow with the number of draws.
#![cfg(target_os = "linux")]

mod common;

#[path = "common/peak.rs"]
mod peak;

use common::command;

fn peak_of(samples: u64) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    command.args(["estimate", "sum(tanh(z))", "--z", "Normal([0, .5, -1, 2], [1, .8, .5, .1])"]);
    command.args(["--estimator", "pathwise", "--json", "--samples", &samples.to_string()]);
    peak::run(command).1
}

#[test]
fn memory_does_not_grow_with_draws() {
    let [few, many] = [1 << 14, 1 << 22].map(peak_of);
    assert!(few > 1.0 && many < few + 8.0, "{few} MiB and {many} MiB");
}
