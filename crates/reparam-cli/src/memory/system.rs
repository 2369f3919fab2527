//! What the system says about memory. Linux answers in files; elsewhere nothing is known.

use std::fs;
use std::path::{Path, PathBuf};

/// What the machine, the container and the shell's limit each leave.
pub(super) fn available() -> impl Iterator<Item = u64> {
    [machine(), container(), address_space()].into_iter().flatten()
}

/// The bytes that this process holds.
pub(super) fn resident() -> Option<u64> {
    field(&fs::read_to_string("/proc/self/status").ok()?, "VmRSS:")
}

/// What can be had without pushing others out.
fn machine() -> Option<u64> {
    field(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:")
}

/// What `ulimit -v` leaves of the address space.
fn address_space() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    let limit: u64 = line.split_whitespace().next()?.parse().ok()?;
    let mapped = field(&fs::read_to_string("/proc/self/status").ok()?, "VmSize:")?;
    Some(limit.saturating_sub(mapped))
}

/// `Name:   123 kB` in bytes.
fn field(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(rest.split_whitespace().next()?.parse::<u64>().ok()?.saturating_mul(1024))
}

/// What the control groups around this process leave: the least of its own and of those above.
fn container() -> Option<u64> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    groups.lines().filter_map(|line| least(Path::new("/sys/fs/cgroup"), line)).min()
}

/// The least that one line of `/proc/self/cgroup` leaves, where it is about memory.
fn least(root: &Path, line: &str) -> Option<u64> {
    let (_, rest) = line.split_once(':')?;
    let (controllers, path) = rest.split_once(':')?;
    // Version 2 has one tree for all controllers; version 1 one for each.
    let (tree, files) = if controllers.is_empty() {
        (root.to_path_buf(), ["memory.max", "memory.current", "inactive_file"])
    } else if controllers.split(',').any(|controller| controller == "memory") {
        (root.join("memory"), ["memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"])
    } else {
        return None;
    };
    let group = tree.join(path.trim_start_matches('/'));
    // Inside a container the path may be that of the machine outside, of which only the root is here.
    let groups = group.ancestors().take_while(|group| group.starts_with(&tree));
    groups.filter_map(|group| left_of(group.to_path_buf(), files)).min()
}

/// Limit less usage of one group. Pages of files that nobody has touched lately are given up when asked for.
fn left_of(group: PathBuf, [limit, usage, reclaimable]: [&str; 3]) -> Option<u64> {
    let number = |file: &str| fs::read_to_string(group.join(file)).ok()?.trim().parse::<u64>().ok();
    let limit = number(limit)?;
    let stat = fs::read_to_string(group.join("memory.stat")).unwrap_or_default();
    let given_up = stat.lines().find_map(|line| line.strip_prefix(reclaimable)?.trim().parse().ok());
    let used = number(usage).unwrap_or(0).saturating_sub(given_up.unwrap_or(0));
    Some(limit.saturating_sub(used))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{field, least};

    #[test]
    fn the_tightest_group_counts_in_either_version() {
        let root = tempfile::tempdir().unwrap();
        let lay_out = |group: &str, files: &[(&str, &str)]| {
            let folder = root.path().join(group);
            fs::create_dir_all(&folder).unwrap();
            for (file, text) in files {
                fs::write(folder.join(file), text).unwrap();
            }
        };
        lay_out("a/b", &[("memory.max", "max\n"), ("memory.current", "5\n")]);
        lay_out(
            "a",
            &[
                ("memory.max", "1000\n"),
                ("memory.current", "700\n"),
                ("memory.stat", "anon 400\ninactive_file 200\n"),
            ],
        );
        assert_eq!(least(root.path(), "0::/a/b"), Some(500));
        assert_eq!(least(root.path(), "0::/elsewhere"), None);
        lay_out("memory/c", &[("memory.limit_in_bytes", "90"), ("memory.usage_in_bytes", "100")]);
        assert_eq!(least(root.path(), "4:memory:/c/d"), Some(0));
        assert_eq!(least(root.path(), "9:cpu:/c"), None);
        assert_eq!(least(root.path(), "nonsense"), None);
    }

    #[test]
    fn fields_are_in_kibibytes() {
        assert_eq!(field("VmPeak:\t 9 kB\nVmRSS:\t    12 kB\n", "VmRSS:"), Some(12 * 1024));
        assert_eq!(field("", "VmRSS:"), None);
    }
}
