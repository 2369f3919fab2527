//! Turns runs of blanks between words into single tabs.

use std::io::{self, Read};

/// A reader of lines whose words are parted by any number of spaces and tabs.
pub(super) struct Blanks<R> {
    inner: R,
    /// Whether a word stands before the current place of the line.
    word: bool,
    /// Whether blanks have been met since that word.
    gap: bool,
}

impl<R> Blanks<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, word: false, gap: false }
    }
}

impl<R: Read> Read for Blanks<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        // A gap owed from the last call takes one byte more than is read.
        let Some(room) = bytes.len().checked_sub(1).filter(|room| *room > 0) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        loop {
            let mut read = vec![0; room];
            let count = self.inner.read(&mut read)?;
            let mut written = 0;
            for byte in &read[..count] {
                match byte {
                    b' ' | b'\t' => self.gap = true,
                    b'\n' | b'\r' => {
                        (self.word, self.gap) = (false, false);
                        bytes[written] = *byte;
                        written += 1;
                    }
                    _ => {
                        if self.gap && self.word {
                            bytes[written] = b'\t';
                            written += 1;
                        }
                        (self.word, self.gap) = (true, false);
                        bytes[written] = *byte;
                        written += 1;
                    }
                }
            }
            if written > 0 || count == 0 {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Blanks;

    #[test]
    fn runs_of_blanks_become_tabs_wherever_the_reads_fall() {
        let text = "  1.5   -2\t3 \r\n\n4 5  6\n \t7";
        for size in 2..=text.len() + 1 {
            let mut blanks = Blanks::new(text.as_bytes());
            let (mut out, mut buffer) = (Vec::new(), vec![0; size]);
            loop {
                match blanks.read(&mut buffer).unwrap() {
                    0 => break,
                    count => out.extend_from_slice(&buffer[..count]),
                }
            }
            assert_eq!(String::from_utf8(out).unwrap(), "1.5\t-2\t3\r\n\n4\t5\t6\n7");
        }
    }
}
