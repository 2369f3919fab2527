//! Fetches MNIST over HTTPS into the cache.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::mnist::{ORIGINALS, Original, hexadecimal};
use crate::atomic;
use crate::error::{Context, Error, Result};

/// Where copies are published, tried in this order.
const MIRRORS: [&str; 2] =
    ["https://ossci-datasets.s3.amazonaws.com/mnist", "https://storage.googleapis.com/cvdf-datasets/mnist"];

/// More than any of the four files has, compressed (9.9 MB) or not (47 MB).
const LIMIT: u64 = 64 << 20;

/// Fetches what `cache` lacks of the four files, each checked before it is written; says from where.
pub(super) fn fetch(cache: &Path) -> Result<&'static str> {
    fs::create_dir_all(cache).context(format!("cannot make the folder '{}'", cache.display()))?;
    eprintln!("fetching MNIST (11 MB) into '{}'", cache.display());
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(Duration::from_mins(5)))
        .build()
        .into();
    let mut failures = Vec::new();
    for mirror in MIRRORS {
        match ORIGINALS.iter().try_for_each(|original| fetch_one(&agent, mirror, original, cache)) {
            Ok(()) => return Ok(mirror),
            Err(error) => failures.push(error.message),
        }
    }
    Err(Error::failed(failures.join("; ")))
}

fn fetch_one(agent: &ureq::Agent, mirror: &str, original: &Original, cache: &Path) -> Result<()> {
    let path = cache.join(format!("{}.gz", original.name));
    if path.exists() {
        return Ok(());
    }
    let url = format!("{mirror}/{}.gz", original.name);
    let mut response = agent.get(&url).call().context(&url)?;
    let compressed = response.body_mut().with_config().limit(LIMIT).read_to_vec().context(&url)?;
    let sum = uncompressed_sum(&compressed).context(&url)?;
    if sum != original.sha256 {
        let expected = original.sha256;
        return Err(Error::failed(format!("{url}: the uncompressed SHA-256 is {sum}, not {expected}")));
    }
    atomic::write(&path, |file| file.write_all(&compressed))
}

fn uncompressed_sum(compressed: &[u8]) -> std::io::Result<String> {
    let mut sum = Sha256::new();
    let mut reader = MultiGzDecoder::new(compressed).take(LIMIT);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(hexadecimal(sum)),
            count => sum.update(&buffer[..count]),
        }
    }
}
