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

/// Writes the columns.
pub(super) fn write(sink: &mut Sink, batch: &RecordBatch) -> io::Result<()> {
    let mut parts = Parts::new(sink, batch)?;
    parts.write(batch)?;
    parts.close()
}

/// The bytes of rows that are held at most.
const HELD: usize = 64 << 20;

/// A file that is written a part at a time, packed with Snappy.
pub(super) struct Parts<'s, 'a>(ArrowWriter<&'s mut Sink<'a>>);

impl<'s, 'a> Parts<'s, 'a> {
    /// A file of such parts as `like`, which is not yet written.
    pub(super) fn new(sink: &'s mut Sink<'a>, like: &RecordBatch) -> io::Result<Self> {
        let packed = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        ArrowWriter::try_new(sink, like.schema(), Some(packed)).map(Self).map_err(unwrap_io)
    }

    pub(super) fn write(&mut self, part: &RecordBatch) -> io::Result<()> {
        self.0.write(part).map_err(unwrap_io)?;
        // A group of rows is held until it is written.
        if self.0.memory_size() > HELD { self.0.flush().map_err(unwrap_io) } else { Ok(()) }
    }

    pub(super) fn close(self) -> io::Result<()> {
        self.0.close().map(|_| ()).map_err(unwrap_io)
    }
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
