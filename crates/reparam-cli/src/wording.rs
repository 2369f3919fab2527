//! How numbers and paths are written in messages.

use std::path::Path;

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
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
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
    fn paths_are_quoted_where_a_shell_would_split_them() {
        for (path, word) in
            [("runs/a-1", "runs/a-1"), ("my runs", "'my runs'"), ("it's $HOME", r"'it'\''s $HOME'")]
        {
            assert_eq!(super::shell_word(path.as_ref()), word);
        }
    }
}
