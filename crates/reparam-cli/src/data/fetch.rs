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
        .https_only(true)
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

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::fetch_one;
    use crate::data::mnist::Original;

    /// Serves the gzip of `hello` to everyone who asks; its address.
    fn mirror() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"hello").unwrap();
        let body = encoder.finish().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let mut line = String::new();
                while stream.read_line(&mut line).unwrap() > 2 {
                    line.clear();
                }
                let head =
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                stream.get_mut().write_all(&[head.as_bytes(), &body].concat()).unwrap();
            }
        });
        address
    }

    #[test]
    fn only_what_has_the_right_sum_reaches_the_cache() {
        let cache = tempfile::tempdir().unwrap();
        let (agent, mirror) = (ureq::Agent::new_with_defaults(), mirror());
        let fetch = |name, sha256| fetch_one(&agent, &mirror, &Original { name, sha256 }, cache.path());
        let error = fetch("wrong", "0000").unwrap_err();
        assert!(error.message.contains("/wrong.gz: the uncompressed SHA-256 is 2cf24dba"), "{error}");
        assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 0);
        fetch("right", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824").unwrap();
        let bytes = std::fs::read(cache.path().join("right.gz")).unwrap();
        assert_eq!(super::uncompressed_sum(&bytes).unwrap().len(), 64);
        assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 1);
    }
}
