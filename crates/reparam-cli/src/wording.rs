//! How numbers and paths are written, in messages and in JSON.

use std::path::Path;

use serde_json::{Value, json};

/// A number with as many digits as give the same number back: `3`, `0.1`, `1e-300`, `inf`, `nan`.
pub fn number(x: f64) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    // Debug takes an exponent where Display would print a hundred zeros.
    let text = format!("{x:?}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The same in JSON, which has no word for numbers that are not finite: they are the texts `inf`, `-inf` and `nan`.
pub fn json_number(x: f64) -> Value {
    if x.is_finite() { json!(x) } else { json!(number(x)) }
}

/// `1 row`, `1,797 rows`, `10 classes`.
pub fn counted(number: usize, noun: &str) -> String {
    let ending = match noun {
        _ if number == 1 => "",
        sibilant if sibilant.ends_with('s') => "es",
        _ => "s",
    };
    format!("{} {noun}{ending}", thousands(number))
}

/// 1234567 → "1,234,567".
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

/// A path as a shell takes it: in single quotes where it holds more than plain letters.
pub fn shell_word(path: &Path) -> String {
    if path.to_str().is_none() {
        return escaped(path.as_os_str().as_encoded_bytes());
    }
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// `$'caf\xe9'`: bytes that are no text.
fn escaped(bytes: &[u8]) -> String {
    let word: String = bytes
        .iter()
        .map(|byte| match byte {
            b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
            b' '..=b'~' => char::from(*byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        })
        .collect();
    format!("$'{word}'")
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_agree_with_their_nouns() {
        let said = [(0, "row"), (1, "class"), (2, "class"), (1_234_567, "row")];
        let said = said.map(|(number, noun)| super::counted(number, noun));
        assert_eq!(said, ["0 rows", "1 class", "2 classes", "1,234,567 rows"]);
    }

    #[test]
    fn numbers_are_short_and_exact() {
        let said = [3.0, -0.0, 0.1, 1e-300, 1e22, f64::NEG_INFINITY, -f64::NAN].map(super::number);
        assert_eq!(said, ["3", "-0", "0.1", "1e-300", "1e22", "-inf", "nan"]);
        assert_eq!(super::json_number(f64::NAN).to_string(), "\"nan\"");
        assert_eq!(super::json_number(0.1 + 0.2).to_string(), "0.30000000000000004");
    }

    #[test]
    fn paths_are_quoted_where_a_shell_would_split_them() {
        for (path, word) in
            [("runs/a-1", "runs/a-1"), ("my runs", "'my runs'"), ("it's $HOME", r"'it'\''s $HOME'")]
        {
            assert_eq!(super::shell_word(path.as_ref()), word);
        }
        assert_eq!(super::escaped(b"caf\xe9 it's"), r"$'caf\xe9 it\'s'");
    }
}
