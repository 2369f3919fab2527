//! Apache Parquet files with columns of numbers and truth values.

mod column;
mod guard;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use ::parquet::file::reader::ChunkReader;
use arrow_array::RecordBatch;

use self::column::{Numbers, texts};
use super::draft::Draft;
use super::element::rounded_note;
use super::input::{Input, Stored};
use super::labels::LabelBuilder;
use super::selection::{Role, Selection};
use super::{ReadOptions, Values};
use crate::error::{Error, Result};

/// Reads the columns of numbers; nulls are missing cells.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Draft> {
    let (name, stem) = (input.name.clone(), input.stem());
    let stored = input.into_stored()?;
    // Damaged files have made the decoder panic; that is no reason for the command to.
    let read = guard::quietly(|| match stored {
        Stored::File(file) => read_chunks(&name, stem, file, options),
        Stored::Memory(bytes) => read_chunks(&name, stem, bytes::Bytes::from(bytes), options),
    });
    read.unwrap_or_else(|| Err(damaged(&name, "its pages contradict each other")))
}

fn read_chunks<R: ChunkReader + 'static>(
    name: &str,
    stem: String,
    chunks: R,
    options: &ReadOptions,
) -> Result<Draft> {
    // Without the embedded Arrow schema, dictionaries and views come as the plain columns that they stand for.
    let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(chunks, plain)
        .map_err(|error| damaged(name, error))?;
    let schema = builder.schema().clone();
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let mut selection = Selection::new(name, &names, options)?;
    if options.only_numbers && options.expected.is_none() {
        selection.leave_out(&names, |place| !column::is_number(schema.field(place).data_type()));
    }
    refuse_types(name, &schema, &selection.roles)?;
    let wanted: Vec<usize> = (0..names.len()).filter(|place| selection.roles[*place] != Role::Skip).collect();
    let roles: Vec<Role> = wanted.iter().map(|place| selection.roles[*place]).collect();
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
    let reader = builder.with_projection(mask).build().map_err(|error| damaged(name, error))?;
    let labelled = roles.contains(&Role::Label);
    let mut table = Table {
        features: vec![Numbers::default(); selection.columns.len()],
        values: Values::default(),
        labels: labelled.then(LabelBuilder::default),
        rounded: 0,
    };
    for batch in reader {
        table.push(name, &batch.map_err(|error| damaged(name, error))?, &roles)?;
    }
    let mut draft = Draft::table(stem, selection.columns, table.values).with_builder(table.labels);
    draft.dataset.notes = selection.notes;
    draft.dataset.notes.extend(rounded_note(table.rounded));
    Ok(draft)
}

/// The table in the making.
struct Table {
    /// The columns of one batch.
    features: Vec<Numbers>,
    values: Values,
    labels: Option<LabelBuilder>,
    rounded: usize,
}

impl Table {
    fn push(&mut self, name: &str, batch: &RecordBatch, roles: &[Role]) -> Result<()> {
        for (role, array) in roles.iter().zip(batch.columns()) {
            match (role, &mut self.labels) {
                (Role::Feature(place), _) => self.rounded += self.features[*place].fill(array),
                (Role::Label, Some(labels)) => texts(array, |text| labels.push(text)),
                _ => {}
            }
        }
        self.values.make_room(name, batch.num_rows() * self.features.len())?;
        for row in 0..batch.num_rows() {
            self.features.iter().for_each(|column| self.values.push(column.0[row]));
        }
        Ok(())
    }
}

/// Refuses columns that hold no numbers, all of them in one message.
fn refuse_types(name: &str, schema: &arrow_schema::Schema, roles: &[Role]) -> Result<()> {
    let refused: Vec<_> = schema
        .fields()
        .iter()
        .zip(roles)
        .filter(|(field, role)| match role {
            Role::Feature(_) => !column::is_number(field.data_type()),
            Role::Label => !column::is_label(field.data_type()),
            Role::Skip => false,
        })
        .map(|(field, _)| field)
        .collect();
    let Some(first) = refused.first() else { return Ok(()) };
    let listed: Vec<_> = refused
        .iter()
        .map(|field| format!("column '{}' is {}", field.name(), column::words(field.data_type())))
        .collect();
    Err(Error::failed(format!("{name}: columns of numbers are expected, but {}", listed.join(", "))).help(
        format!(
            "leave a column out with --exclude '{0}', all such columns with --only-numbers, keep a column of text aside with --label '{0}', \
         or write it as a number",
            first.name()
        ),
    ))
}

fn damaged(name: &str, what: impl std::fmt::Display) -> Error {
    let what = what.to_string();
    let what = what.trim_start_matches("Parquet error: ");
    Error::failed(format!("{name}: the Parquet file cannot be read: {what}"))
        .help("the file is damaged, cut short, or packed in a way that is not known: write it again")
}

#[cfg(test)]
#[path = "parquet/tests.rs"]
mod tests;
