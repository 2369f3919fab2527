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
    let names = names(table)?;
    for row in 0..table.rows() {
        write!(sink, "{}", if row == 0 { "[\n" } else { ",\n" })?;
        object(sink, table, &names, row)?;
    }
    writeln!(sink, "{}", if table.rows() == 0 { "[]" } else { "\n]" })
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
