//! Memory, asked for before it is taken: what does not fit is an error that says how much is needed and how much is
//! there, never a process that the system kills.
//!
//! Whoever is about to hold much calls [`ask`] first, and adds which choice to make smaller. What nobody asked for
//! meets the [`allocator`], which ends the process with the same words.

pub mod allocator;
mod system;
mod training;

pub use training::{check, weights};

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};

/// The bytes that this process may hold in all, where the user said so.
static LIMIT: AtomicU64 = AtomicU64::new(u64::MAX);

/// Holds the process to `bytes` in all from now on, whatever the system would give.
pub fn limit(bytes: u64) {
    LIMIT.store(bytes, Ordering::Relaxed);
}

/// Bytes that may still be taken: the least of what [`limit`], the machine, the container around this process and the
/// shell's limit on address space leave; `None` where nothing is known.
pub fn available() -> Option<u64> {
    let limit = LIMIT.load(Ordering::Relaxed);
    let own = (limit < u64::MAX).then(|| limit.saturating_sub(system::resident().unwrap_or(0)));
    own.into_iter().chain(system::available()).min()
}

/// Nothing, where `bytes` more are there: `what` needs them.
///
/// ```text
/// memory::ask("a table of these draws", memory::bytes::<f64>(&[rows, columns]))
///     .map_err(|error| error.help("write fewer with -n"))?;
/// ```
///
/// # Errors
///
/// `{what} would need about 12 GB of memory; 3 GB are there`; the caller adds what to make smaller.
pub fn ask(what: impl Display, bytes: u64) -> Result<()> {
    match available() {
        Some(there) if bytes > there => Err(Error::failed(format!(
            "{what} would need about {} of memory; {} are there",
            Size(bytes),
            Size(there)
        ))),
        _ => Ok(()),
    }
}

/// The bytes of an array of `T` with these axes; the largest number where that overflows.
pub fn bytes<T>(axes: &[usize]) -> u64 {
    axes.iter().fold(size_of::<T>() as u64, |bytes, &axis| bytes.saturating_mul(axis as u64))
}

/// Reads a size: `2G`, `500 MB`, `1.5GiB`, or plain bytes.
///
/// # Errors
///
/// What was expected instead.
pub fn parse(text: &str) -> std::result::Result<u64, String> {
    const UNITS: [(&str, f64); 13] = [
        ("", 1.0),
        ("B", 1.0),
        ("K", 1e3),
        ("KB", 1e3),
        ("KIB", 1024.0),
        ("M", 1e6),
        ("MB", 1e6),
        ("MIB", 1_048_576.0),
        ("G", 1e9),
        ("GB", 1e9),
        ("GIB", 1_073_741_824.0),
        ("T", 1e12),
        ("TB", 1e12),
    ];
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = (text[..end].trim(), text[end..].trim().to_ascii_uppercase());
    let unit = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, size)| size);
    let bytes = number.parse::<f64>().ok().zip(unit).map(|(number, unit)| number * unit);
    bytes
        .filter(|bytes| *bytes >= 1.0 && bytes.is_finite())
        .map(|bytes| bytes as u64)
        .ok_or_else(|| "expected a size, such as 2G, 500M or 1.5GiB".into())
}

/// A number of bytes in words, as far as one decides by it: `850 MB`, `1.4 GB`, `16 GB`.
#[derive(Clone, Copy, Debug)]
pub struct Size(pub u64);

impl Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Written without an allocation: this is how one that failed is told.
        let bytes = self.0 as f64;
        match bytes {
            1e18.. => write!(f, "more than a million TB"),
            1e13.. => write!(f, "{:.0} TB", bytes / 1e12),
            1e10.. => write!(f, "{:.0} GB", bytes / 1e9),
            1e9.. => write!(f, "{:.1} GB", bytes / 1e9),
            _ => write!(f, "{:.0} MB", bytes / 1e6),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Size, ask, bytes, parse};

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, size) in [
            ("1000", 1000),
            ("2G", 2_000_000_000),
            ("500 MB", 500_000_000),
            ("1.5gib", 1_610_612_736),
            ("64K", 64_000),
        ] {
            assert_eq!(parse(text), Ok(size), "{text}");
        }
        for text in ["", "G", "0", "-1G", "2X", "nan", "1e999", "2 G B"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_said_as_people_compare_them() {
        let said = [0, 850_000_000, 1_350_000_000, 16_400_000_000, 35_000_000_000_000, u64::MAX];
        let said = said.map(|bytes| Size(bytes).to_string());
        assert_eq!(said, ["0 MB", "850 MB", "1.4 GB", "16 GB", "35 TB", "more than a million TB"]);
    }

    #[test]
    fn what_cannot_be_is_refused_and_what_is_small_is_not() {
        assert_eq!(bytes::<f64>(&[3, 5]), 120);
        assert_eq!(bytes::<f64>(&[usize::MAX, 2]), u64::MAX);
        assert!(ask("a table", 1 << 10).is_ok());
        if cfg!(target_os = "linux") {
            let error = ask("a table", 1 << 60).unwrap_err();
            let said = "a table would need about more than a million TB of memory; ";
            assert!(error.message.starts_with(said), "{error}");
        }
    }
}
