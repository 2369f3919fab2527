//! Tables that are written a block of rows at a time, so that there may be more rows than memory holds.

use std::io;

use super::{Format, OutputTarget, Table, json, npy, parquet, text};
use crate::atomic::Sink;
use crate::error::{Error, Result};

/// Writes a table of `rows` rows as `next` makes its blocks, each with the columns of the first; `None` ends it.
///
/// # Errors
///
/// What `next` or the target fails with; a format that does not hold such columns.
pub fn write_blocks(
    target: &OutputTarget,
    rows: u64,
    mut next: impl FnMut() -> Result<Option<Table>>,
) -> Result<()> {
    let format = Format::choose(target, None)?;
    // The first block says which columns there are; a table without rows has one too.
    let first = next()?.unwrap_or_default();
    let mut fault = None;
    let written = match format {
        Format::Png => return Err(super::no_picture()),
        Format::Parquet => {
            let like = parquet::batch(&first)?;
            target.write(|sink| {
                let mut parts = parquet::Parts::new(sink, &like)?;
                parts.write(&like)?;
                each(&mut next, &mut fault, |block| {
                    parts.write(&parquet::batch(block).map_err(io::Error::other)?)
                })?;
                parts.close()
            })
        }
        Format::Npy => {
            let descr = npy::descr(&first)?;
            target.write(|sink| {
                npy::write_header(sink, descr, &format!("{rows}, {}", first.columns.len()))?;
                npy::write_rows(sink, descr, &first)?;
                each(&mut next, &mut fault, |block| npy::write_rows(sink, descr, block))
            })
        }
        Format::Csv | Format::Tsv => {
            let delimiter = if format == Format::Csv { b',' } else { b'\t' };
            target.write(|sink| {
                text::write(sink, delimiter, &first)?;
                each(&mut next, &mut fault, |block| text::write_rows(sink, delimiter, block))
            })
        }
        Format::Jsonl => target.write(|sink| {
            json::write_lines(sink, &first)?;
            each(&mut next, &mut fault, |block| json::write_lines(sink, block))
        }),
        Format::Json => target.write(|sink| write_array(sink, &first, &mut next, &mut fault)),
    };
    match fault {
        Some(fault) => Err(fault),
        None => written,
    }
}

/// Hands over one block after another; a fault of `next` is kept, and breaks off the writing.
fn each(
    next: &mut impl FnMut() -> Result<Option<Table>>,
    fault: &mut Option<Error>,
    mut write: impl FnMut(&Table) -> io::Result<()>,
) -> io::Result<()> {
    loop {
        match next() {
            Ok(Some(block)) => write(&block)?,
            Ok(None) => return Ok(()),
            Err(error) => {
                *fault = Some(error);
                return Err(io::ErrorKind::Other.into());
            }
        }
    }
}

/// One array of all blocks.
fn write_array(
    sink: &mut Sink,
    first: &Table,
    next: &mut impl FnMut() -> Result<Option<Table>>,
    fault: &mut Option<Error>,
) -> io::Result<()> {
    let mut array = json::Array::default();
    array.write(sink, first)?;
    each(next, fault, |block| array.write(sink, block))?;
    array.close(sink)
}

#[cfg(test)]
mod tests {
    use super::write_blocks;
    use crate::error::Error;
    use crate::output::{ColumnData, OutputTarget, Table, write_table};

    fn block(from: i64, rows: usize) -> Table {
        let numbers = (from..from + rows as i64).collect::<Vec<_>>();
        let halves = numbers.iter().map(|number| *number as f64 / 2.0).collect();
        let words = numbers.iter().map(|number| format!("w{number}")).collect();
        let table =
            Table::default().with("n", ColumnData::I64(numbers)).with("half", ColumnData::F64(halves));
        if from < 0 { table } else { table.with("word", ColumnData::Text(words)) }
    }

    #[test]
    fn blocks_make_the_file_of_the_whole_table() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["t.csv", "t.tsv", "t.jsonl", "t.json", "t.npy", "t.parquet"] {
            // NPY holds no text.
            let start = if name == "t.npy" { -100 } else { 5 };
            let (whole, parts) = (folder.path().join(name), folder.path().join(format!("parts-{name}")));
            write_table(&OutputTarget::File(whole.clone()), None, &block(start, 7)).unwrap();
            let mut blocks = vec![block(start + 6, 1), block(start + 3, 3), block(start, 3)];
            write_blocks(&OutputTarget::File(parts.clone()), 7, || Ok(blocks.pop())).unwrap();
            let read = |path| std::fs::read(path).unwrap();
            assert!(read(&whole) == read(&parts), "{name}");
        }
        let none = folder.path().join("none.json");
        write_blocks(&OutputTarget::File(none.clone()), 0, || Ok(None)).unwrap();
        assert_eq!(std::fs::read_to_string(none).unwrap(), "[]\n");
    }

    #[test]
    fn a_fault_between_blocks_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        let mut blocks = vec![Err(Error::failed("no more")), Ok(Some(block(0, 2)))];
        let error = write_blocks(&OutputTarget::File(path), 4, || blocks.pop().unwrap()).unwrap_err();
        assert_eq!(error.message, "no more");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
