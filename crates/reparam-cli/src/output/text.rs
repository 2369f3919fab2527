//! Tables as separated text with a header.

use std::fmt::Write as _;
use std::io;

use csv::WriterBuilder;

use super::{ColumnData, Table};
use crate::atomic::Sink;

/// Writes header and rows; numbers have as many digits as give the same number back, and not-a-number is `NaN`.
pub(super) fn write(sink: &mut Sink, delimiter: u8, table: &Table) -> io::Result<()> {
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(sink);
    writer.write_record(table.columns.iter().map(|(name, _)| name))?;
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
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
