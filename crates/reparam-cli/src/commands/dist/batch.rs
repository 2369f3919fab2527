//! JSON lines in, the same lines with their values out.
//!
//! Lines are taken as they come: a program may write one and wait for its answer. What is there at once is shared out
//! over the threads, and no more than a chunk is ever held.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use rayon::prelude::*;
use serde_json::json;

use super::line::Fields;
use crate::console::{self, Console};
use crate::error::{Context, Error, Result};
use crate::output::Precision;
use crate::wording::counted;

/// Bytes read at once.
const BUFFER: usize = 1 << 20;
/// Lines worked on at once.
const CHUNK: usize = 1 << 14;
/// Bytes of the longest line: a matrix of a million numbers.
const LONGEST: usize = 1 << 25;

/// Evaluates the lines of `file`, or of standard input where it is `-`.
///
/// A line that cannot be evaluated is an answer, not a failure: it carries its error, and a warning counts such lines.
pub fn run(file: &Path, precision: Precision, console: &Console) -> Result<()> {
    let shown = file.display();
    let input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file_error = || format!("cannot read '{shown}'");
        let opened = File::open(file).context(file_error())?;
        if opened.metadata().is_ok_and(|there| there.is_dir()) {
            return Err(Error::failed(format!("{}: it is a folder", file_error())));
        }
        Box::new(opened)
    };
    let mut input = BufReader::with_capacity(BUFFER, input);
    let mut stdout = io::BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let (mut seen, mut failed, mut first) = (0, 0, None);
    loop {
        let lines = chunk(&mut input, seen).context(format_args!("cannot read '{shown}'"))?;
        if lines.is_empty() {
            break;
        }
        let answers: Vec<Answered> =
            lines.par_iter().map(|(number, line)| answer(*number, line, precision)).collect();
        for ((number, _), answered) in lines.iter().zip(&answers) {
            if let Some(message) = &answered.error {
                failed += 1;
                first.get_or_insert_with(|| (*number, message.clone()));
            }
            stdout.write_all(&answered.text).map_err(|error| Error::stdout(&error))?;
        }
        seen = lines.last().map_or(seen, |(number, _)| *number);
        stdout.flush().map_err(|error| Error::stdout(&error))?;
    }
    if let Some((number, message)) = first {
        console.warn(&format!(
            "{} of {} could not be evaluated; the first is line {number}: {message}",
            failed,
            counted(seen, "line")
        ));
    }
    Ok(())
}

/// The next lines with their numbers from 1: at least one, and then as many as are there without waiting.
fn chunk(input: &mut BufReader<Box<dyn Read>>, before: usize) -> io::Result<Vec<(usize, Vec<u8>)>> {
    let mut lines = Vec::new();
    while lines.is_empty() || (lines.len() < CHUNK && input.buffer().contains(&b'\n')) {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        let number = before + lines.len() + 1;
        if line.len() == LONGEST && line.last() != Some(&b'\n') {
            return Err(io::Error::other(format!("line {number} is longer than {LONGEST} bytes")));
        }
        lines.push((number, line));
    }
    Ok(lines)
}

/// A line as it is written back.
struct Answered {
    text: Vec<u8>,
    error: Option<String>,
}

fn answer(number: usize, line: &[u8], precision: Precision) -> Answered {
    let mut text = Vec::with_capacity(line.len() + 64);
    if line.iter().all(u8::is_ascii_whitespace) {
        return Answered { text, error: None };
    }
    let error = match serde_json::from_slice::<Fields>(line) {
        Ok(fields) => {
            let answer = console::caught(|| fields.answer(precision)).unwrap_or_else(Err);
            let error = answer.as_ref().err().cloned();
            // Writing to memory cannot fail, nor can fields that were JSON.
            let _ = fields.with(answer).write(&mut text);
            error
        }
        Err(error) => {
            let message = format!("not a JSON object: {error}");
            text = format!("{}\n", json!({"line": number, "error": message})).into_bytes();
            Some(message)
        }
    };
    Answered { text, error }
}
