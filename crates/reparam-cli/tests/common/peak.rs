//! The most memory that the command holds.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Runs a command that must succeed; what it wrote, and the peak of its resident memory in MiB.
pub fn run(mut command: Command) -> (String, f64) {
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the command starts");
    // What it writes is far less than a pipe holds.
    let mut peak: f64 = 0.0;
    while child.try_wait().expect("the command ends").is_none() {
        peak = peak.max(high_water(&child).unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output().expect("the command ended");
    assert!(output.status.success(), "{output:?}");
    (String::from_utf8(output.stdout).expect("the command writes UTF-8"), peak)
}

/// `VmHWM` of a process that still runs.
fn high_water(child: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}
