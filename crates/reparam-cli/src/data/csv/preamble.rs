//! What stands before a table of text: a byte order mark, comments, the separator as spreadsheets write it.

use std::io::{self, Read};

/// The lines before the table, found at the beginning of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Preamble {
    /// How many bytes they take.
    pub(super) bytes: usize,
    /// How many lines they are.
    pub(super) lines: u64,
    /// How many of them begin with `#`.
    pub(super) comments: usize,
    /// The last of those, without its `#`: programs that write numbers put the names there.
    pub(super) last_comment: Option<Vec<u8>>,
    /// The separator that a line `sep=;` names.
    pub(super) separator: Option<u8>,
}

impl Preamble {
    /// Looks at the beginning of a file.
    pub(super) fn of(head: &[u8]) -> Self {
        let mut preamble = Self::default();
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        preamble.bytes = head.len() - text.len();
        // A line without an end may go on beyond what is at hand.
        while let Some(end) = head[preamble.bytes..].iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let rest = &head[preamble.bytes..];
            let line = rest[..end].trim_ascii();
            if let Some(comment) = line.strip_prefix(b"#") {
                preamble.comments += 1;
                preamble.last_comment = Some(comment.trim_ascii().to_vec());
            } else if preamble.separator.is_none()
                && let Some([separator]) = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"SEP="))
            {
                preamble.separator = Some(*separator);
            } else if line == b"sep=" && rest[..end].ends_with(b"\t") {
                preamble.separator = Some(b'\t');
            } else {
                break;
            }
            preamble.lines += 1;
            preamble.bytes += end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        }
        preamble
    }

    /// What the user should know; `named`: whether the last comment is in use.
    pub(super) fn note(&self, named: bool) -> Option<String> {
        match self.comments - usize::from(named) {
            0 => None,
            1 => Some("the first line begins with # and is passed over".into()),
            many => Some(format!("the first {many} lines begin with # and are passed over")),
        }
    }
}

/// A stream without its first bytes.
pub(super) fn skip(mut reader: Box<dyn Read>, bytes: usize) -> io::Result<Box<dyn Read>> {
    io::copy(&mut reader.by_ref().take(bytes as u64), &mut io::sink())?;
    Ok(reader)
}

/// Lines that end in a carriage return alone, with the usual end instead.
pub(super) struct LineEnds(pub(super) Box<dyn Read>);

impl Read for LineEnds {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(bytes)?;
        bytes[..count].iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Preamble;

    #[test]
    fn comments_and_separators_are_found() {
        let plain = Preamble::of(b"a,b\n1,2\n");
        assert_eq!(plain, Preamble::default());
        let marked = Preamble::of(b"\xef\xbb\xbfsep=;\r\na;b\r\n");
        assert_eq!((marked.bytes, marked.lines, marked.separator), (10, 1, Some(b';')));
        assert_eq!(Preamble::of(b"sep=\t\na\tb\n").separator, Some(b'\t'));
        let said = Preamble::of(b"# made by hand\n#x,y\n1,2\n");
        assert_eq!((said.bytes, said.lines, said.comments), (20, 2, 2));
        assert_eq!(said.last_comment.as_deref(), Some(&b"x,y"[..]));
        assert_eq!(Preamble::of(b"# no end").lines, 0);
    }
}
