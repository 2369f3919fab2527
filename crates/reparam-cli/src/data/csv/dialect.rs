//! How a table of text parts its cells, judged by its first lines.

use std::io::Read;

use super::blanks::Blanks;
use super::preamble::{LineEnds, Preamble};
use crate::data::input::Input;
use crate::error::{Error, Result};

/// What parts the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The byte between two cells, after runs of blanks have become tabs.
    pub(super) delimiter: u8,
    blanks: bool,
    /// Whether lines end in a carriage return alone.
    returns: bool,
}

/// Separators in the order of preference: numbers may hold commas where something else parts them.
const SEPARATORS: [u8; 4] = *b"\t;|,";

/// How many lines are looked at.
const LINES: usize = 20;

impl Dialect {
    /// Judges the beginning of `input`; refuses what is no UTF-8 text.
    pub(super) fn of(input: &Input, preamble: &Preamble) -> Result<Self> {
        refuse_binary(&input.name, &input.head)?;
        let head = &input.head[preamble.bytes..];
        let returns = input.head.contains(&b'\r') && !input.head.contains(&b'\n');
        let named = preamble.separator.or((input.extension().as_deref() == Some("tsv")).then_some(b'\t'));
        let found = match named {
            Some(delimiter) => Self { delimiter, blanks: false, returns },
            None => Self::of_lines(&lines(head, if returns { b'\r' } else { b'\n' })),
        };
        Ok(Self { returns, ..found })
    }

    fn of_lines(lines: &[&[u8]]) -> Self {
        let count = |separator: u8, line: &[u8]| {
            let mut quoted = false;
            let outside = line.iter().filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == separator
            });
            outside.count()
        };
        let steady = |separator: &u8| {
            let mut counts = lines.iter().map(|line| count(*separator, line));
            let first = counts.next().unwrap_or(0);
            first > 0 && counts.all(|count| count == first)
        };
        let words = |line: &[u8]| line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
        let first = lines.first().copied().unwrap_or_default();
        if let Some(delimiter) = SEPARATORS.into_iter().find(steady) {
            Self { delimiter, blanks: false, returns: false }
        } else if let Some(delimiter) =
            SEPARATORS.into_iter().rev().find(|separator| count(*separator, first) > 0)
        {
            Self {
                delimiter,
                blanks: delimiter == b'\t' && lines.iter().any(|line| words(line) != words(first)),
                returns: false,
            }
        } else if words(first) > 1 && lines.iter().all(|line| words(line) == words(first)) {
            Self { delimiter: b'\t', blanks: true, returns: false }
        } else {
            Self { delimiter: b',', blanks: false, returns: false }
        }
    }

    /// The stream as the CSV reader wants it.
    pub(super) fn adapt(self, reader: Box<dyn Read>) -> Box<dyn Read> {
        let reader = if self.returns { Box::new(LineEnds(reader)) } else { reader };
        if self.blanks { Box::new(Blanks::new(reader)) } else { reader }
    }

    /// The words of a line outside the table, parted as its cells are.
    pub(super) fn split(self, line: &str) -> Vec<String> {
        let parted: Vec<&str> = if self.blanks {
            line.split_whitespace().collect()
        } else {
            line.split(char::from(self.delimiter)).map(str::trim).collect()
        };
        parted.into_iter().map(str::to_owned).collect()
    }

    /// What the user should know about the ends of lines.
    pub(super) fn line_ends_note(self) -> Option<String> {
        self.returns.then(|| "lines end in a carriage return alone, as old programs write them".into())
    }

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match (self.blanks, self.delimiter) {
            (true, _) => "blank-separated",
            (_, b'\t') => "tab-separated",
            (_, b';') => "semicolon-separated",
            (_, b'|') => "bar-separated",
            _ => "comma-separated",
        }
    }
}

/// The first whole lines that are not empty.
fn lines(head: &[u8], end: u8) -> Vec<&[u8]> {
    let mut lines: Vec<_> = head.split(|byte| *byte == end).map(<[u8]>::trim_ascii_end).collect();
    if lines.len() > 1 {
        // The head may end within a line.
        lines.pop();
    }
    lines.into_iter().filter(|line| !line.is_empty()).take(LINES).collect()
}

fn refuse_binary(name: &str, head: &[u8]) -> Result<()> {
    let help = "save the file as UTF-8 text";
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Error::failed(format!("{name}: is UTF-16 text; UTF-8 is expected")).help(help));
    }
    match head.iter().position(|byte| *byte == 0) {
        Some(place) => {
            Err(Error::failed(format!("{name}: has a NUL byte at byte {place}: it is no UTF-8 text"))
                .help(help))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, lines};

    fn words(text: &str) -> &'static str {
        Dialect::of_lines(&lines(text.as_bytes(), b'\n')).words()
    }

    #[test]
    fn separators_are_recognised() {
        assert_eq!(words("a,b\n1,2\n"), "comma-separated");
        assert_eq!(words("a;b\n1,5;2,5\n"), "semicolon-separated");
        assert_eq!(words("a\tb\n1\t2\n"), "tab-separated");
        assert_eq!(words("\"a;b\",c\n1,2\n"), "comma-separated");
        assert_eq!(words("1.0  2.0\n10.0 20.0\n"), "blank-separated");
        assert_eq!(words("body mass\n3.5\n"), "comma-separated");
        assert_eq!(words("a,b\n1,2,3\n"), "comma-separated");
        assert_eq!(words("5"), "comma-separated");
    }
}
