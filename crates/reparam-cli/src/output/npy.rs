//! Tables as one matrix for numpy.

use std::io;

use super::{ColumnData, Table};
use crate::atomic::Sink;
use crate::error::{Error, Result};

/// The narrowest type that holds all columns exactly, as numpy spells it: `float32` where all columns are, `int64`
/// likewise, else `float64`; columns of text are refused by name.
pub(super) fn descr(table: &Table) -> Result<&'static str> {
    let named = |test: fn(&ColumnData) -> bool| -> Vec<_> {
        let columns = table.columns.iter().filter(|(_, cells)| test(cells));
        columns.map(|(name, _)| format!("'{name}'")).collect()
    };
    let text = named(|cells| matches!(cells, ColumnData::Text(_)));
    if !text.is_empty() {
        return Err(Error::failed(format!(
            "NPY holds numbers only, but there is text in {}",
            text.join(", ")
        ))
        .help("choose .csv, .parquet or .jsonl"));
    }
    let singles = named(|cells| matches!(cells, ColumnData::F32(_))).len();
    let whole = named(|cells| matches!(cells, ColumnData::I64(_))).len();
    Ok(match table.columns.len() {
        count if count == singles => "<f4",
        count if count == whole => "<i8",
        _ => "<f8",
    })
}

/// Writes the numbers of a table row by row, as the type that [`descr`] names.
pub(super) fn write_rows(sink: &mut Sink, descr: &str, table: &Table) -> io::Result<()> {
    for row in 0..table.rows() {
        for (_, cells) in &table.columns {
            match (cells, descr) {
                (ColumnData::F32(cells), "<f4") => sink.write_all(&cells[row].to_le_bytes())?,
                (ColumnData::I64(cells), "<i8") => sink.write_all(&cells[row].to_le_bytes())?,
                (cells, _) => sink.write_all(&as_double(cells, row).to_le_bytes())?,
            }
        }
    }
    Ok(())
}

/// The header of version 1 of the format, padded so that the numbers begin at a multiple of 64 bytes.
///
/// `shape` is the inside of a tuple of Python: `3, 2`, or `3,` for a vector.
pub(super) fn write_header(sink: &mut Sink, descr: &str, shape: &str) -> io::Result<()> {
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}");
    let unpadded = 10 + header.len() + 1;
    header.extend(std::iter::repeat_n(' ', unpadded.next_multiple_of(64) - unpadded));
    header.push('\n');
    sink.write_all(b"\x93NUMPY\x01\x00")?;
    sink.write_all(&(header.len() as u16).to_le_bytes())?;
    sink.write_all(header.as_bytes())
}

fn as_double(cells: &ColumnData, row: usize) -> f64 {
    match cells {
        ColumnData::F32(cells) => cells[row].into(),
        ColumnData::F64(cells) => cells[row],
        ColumnData::I64(cells) => cells[row] as f64,
        ColumnData::Text(_) => f64::NAN,
    }
}
