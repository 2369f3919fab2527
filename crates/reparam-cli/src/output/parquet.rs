//! Tables as Apache Parquet.

use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::{ColumnData, Table};
use crate::atomic::Sink;
use crate::error::{Context, Result};

/// The table as Arrow columns without nulls.
pub(super) fn batch(table: &Table) -> Result<RecordBatch> {
    let arrays: Vec<ArrayRef> = table
        .columns
        .iter()
        .map(|(_, cells)| -> ArrayRef {
            match cells {
                ColumnData::F32(cells) => Arc::new(Float32Array::from(cells.clone())),
                ColumnData::F64(cells) => Arc::new(Float64Array::from(cells.clone())),
                ColumnData::I64(cells) => Arc::new(Int64Array::from(cells.clone())),
                ColumnData::Text(cells) => Arc::new(StringArray::from_iter_values(cells)),
            }
        })
        .collect();
    let names = table.columns.iter().map(|(name, _)| name.as_str());
    let fields: Vec<_> =
        names.zip(&arrays).map(|(name, array)| Field::new(name, array.data_type().clone(), false)).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).context("the table does not fit Parquet")
}

/// Writes the columns, packed with Snappy.
pub(super) fn write(sink: &mut Sink, batch: &RecordBatch) -> io::Result<()> {
    let packed = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(sink, batch.schema(), Some(packed)).map_err(unwrap_io)?;
    writer.write(batch).map_err(unwrap_io)?;
    writer.close().map_err(unwrap_io)?;
    Ok(())
}

/// The error of the disk behind the error of the format, so that a full disk is still known as one.
fn unwrap_io(error: parquet::errors::ParquetError) -> io::Error {
    match error {
        parquet::errors::ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        other => io::Error::other(other),
    }
}
