//! Tables as JSON objects, one per row.

use std::io;

use super::{ColumnData, Table};
use crate::atomic::Sink;

/// One object per line.
pub(super) fn write_lines(sink: &mut Sink, table: &Table) -> io::Result<()> {
    let names = names(table)?;
    for row in 0..table.rows() {
        object(sink, table, &names, row)?;
        writeln!(sink)?;
    }
    Ok(())
}

/// One array of objects.
pub(super) fn write_array(sink: &mut Sink, table: &Table) -> io::Result<()> {
    let mut array = Array::default();
    array.write(sink, table)?;
    array.close(sink)
}

/// An array of objects that is written a part at a time.
#[derive(Debug, Default)]
pub(super) struct Array {
    begun: bool,
}

impl Array {
    /// Adds an object for each row.
    pub(super) fn write(&mut self, sink: &mut Sink, part: &Table) -> io::Result<()> {
        let names = names(part)?;
        for row in 0..part.rows() {
            write!(sink, "{}", if self.begun { ",\n" } else { "[\n" })?;
            self.begun = true;
            object(sink, part, &names, row)?;
        }
        Ok(())
    }

    /// Ends the array.
    pub(super) fn close(self, sink: &mut Sink) -> io::Result<()> {
        writeln!(sink, "{}", if self.begun { "\n]" } else { "[]" })
    }
}

/// The column names as JSON texts, escaped once.
fn names(table: &Table) -> serde_json::Result<Vec<String>> {
    table.columns.iter().map(|(name, _)| serde_json::to_string(name)).collect()
}

/// One row; JSON has no word for numbers that are not finite, so they become `null`.
fn object(sink: &mut Sink, table: &Table, names: &[String], row: usize) -> io::Result<()> {
    for (place, (name, (_, cells))) in names.iter().zip(&table.columns).enumerate() {
        write!(sink, "{}{name}:", if place == 0 { "{" } else { "," })?;
        match cells {
            ColumnData::F32(cells) => serde_json::to_writer(&mut *sink, &cells[row])?,
            ColumnData::F64(cells) => serde_json::to_writer(&mut *sink, &cells[row])?,
            ColumnData::I64(cells) => serde_json::to_writer(&mut *sink, &cells[row])?,
            ColumnData::Text(cells) => serde_json::to_writer(&mut *sink, &cells[row])?,
        }
    }
    write!(sink, "}}")
}
