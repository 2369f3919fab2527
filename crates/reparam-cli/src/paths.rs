//! Paths as text: configurations hold text, and file names hold any bytes.
//!
//! A path that is no UTF-8 is written as a URI, `file:caf%E9.csv`, with each byte that is no plain letter as two
//! digits (RFC 8089; RFC 3986, section 2.1). Whoever writes such a URI by hand is understood too.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::PathBuf;

const SCHEME: &str = "file:";

/// The path as text, from which [`read`] makes the path again.
pub fn write(path: &OsStr) -> String {
    if let Some(text) = path.to_str() {
        return text.to_owned();
    }
    let mut uri = SCHEME.to_owned();
    for &byte in path.as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The path that a text means.
pub fn read(text: &str) -> PathBuf {
    let plain = PathBuf::from(text);
    match text.strip_prefix(SCHEME) {
        // A file that is called so wins.
        Some(uri) if !plain.exists() => decoded(uri).map_or(plain, PathBuf::from),
        _ => plain,
    }
}

/// The bytes of a URI's path; `file:///a` and `file:a` both occur.
#[cfg(unix)]
fn decoded(uri: &str) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    let path = uri.strip_prefix("//").unwrap_or(uri);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, others) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = others;
    }
    Some(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn decoded(_: &str) -> Option<OsString> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    use super::{read, write};

    #[test]
    fn any_path_comes_back_through_text() {
        for bytes in [&b"wine.csv"[..], b"caf\xe9 1.csv", b"a%41/\xff\xfe", "t\u{e4}ble.csv".as_bytes()] {
            let path = OsStr::from_bytes(bytes);
            assert_eq!(read(&write(path)), Path::new(path));
        }
        assert_eq!(write(OsStr::from_bytes(b"caf\xe9 1.csv")), "file:caf%E9%201.csv");
        assert_eq!(read("file:///data/a%20b.csv"), Path::new("/data/a b.csv"));
        assert_eq!(read("file:%zz"), Path::new("file:%zz"));
    }
}
