//! Tables as separated text with a header.

use std::fmt::Write as _;
use std::io;

use csv::WriterBuilder;

use super::{ColumnData, Table};
use crate::atomic::Sink;

/// Writes header and rows.
pub(super) fn write(sink: &mut Sink, delimiter: u8, table: &Table) -> io::Result<()> {
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(&mut *sink);
    writer.write_record(table.columns.iter().map(|(name, _)| name)).map_err(unwrap_io)?;
    writer.flush()?;
    drop(writer);
    write_rows(sink, delimiter, table)
}

/// Writes rows; numbers have as many digits as give the same number back, and not-a-number is `NaN`.
pub(super) fn write_rows(sink: &mut Sink, delimiter: u8, table: &Table) -> io::Result<()> {
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(sink);
    let mut cell = String::new();
    for row in 0..table.rows() {
        for (_, cells) in &table.columns {
            cell.clear();
            // Debug takes an exponent where Display would print a hundred zeros.
            let written = match cells {
                ColumnData::F32(cells) => write!(cell, "{:?}", cells[row]),
                ColumnData::F64(cells) => write!(cell, "{:?}", cells[row]),
                ColumnData::I64(cells) => write!(cell, "{}", cells[row]),
                ColumnData::Text(cells) => cell.write_str(&cells[row]),
            };
            written.map_err(io::Error::other)?;
            writer.write_field(&cell).map_err(unwrap_io)?;
        }
        writer.write_record(None::<&[u8]>).map_err(unwrap_io)?;
    }
    writer.flush()
}

/// The error of the disk or pipe behind the error of the format: what it is decides how the command ends.
fn unwrap_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
