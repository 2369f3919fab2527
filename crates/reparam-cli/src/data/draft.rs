//! A table just read, before its missing cells are settled.

use super::labels::LabelBuilder;
use super::selection::{Role, Selection};
use super::{Dataset, Labels, Layout, Missing, ReadOptions, Values};
use crate::error::{Error, Result};
use crate::wording::counted;

/// A reader's result: missing cells are NaN or infinite.
#[derive(Debug)]
pub(super) struct Draft {
    /// The table.
    pub(super) dataset: Dataset,
    /// Where the reader met the first missing cell and what stood there, if it knows better than row and column.
    pub(super) first_missing: Option<String>,
}

/// The most columns that a message lists.
const LISTED: usize = 8;

impl Draft {
    /// A table of plain columns.
    pub(super) fn table(name: String, columns: Vec<String>, values: Values) -> Self {
        let dataset = Dataset {
            name,
            columns,
            values,
            labels: None,
            layout: Layout::Table,
            test_from: None,
            kept: None,
            notes: Vec::new(),
        };
        Self { dataset, first_missing: None }
    }

    /// Pictures of the given layout.
    pub(super) fn images(name: String, layout: Layout, values: Values) -> Self {
        let mut draft = Self::table(name, pixel_names(layout), values);
        draft.dataset.layout = layout;
        draft
    }

    /// Adds the class of each row.
    pub(super) fn with_labels(mut self, labels: Labels) -> Self {
        self.dataset.labels = Some(labels);
        self
    }

    /// Adds the collected classes, if a label column was read.
    pub(super) fn with_builder(self, builder: Option<LabelBuilder>) -> Self {
        match builder {
            Some(builder) => self.with_labels(builder.finish()),
            None => self,
        }
    }

    /// Adds a line for the user.
    pub(super) fn note(mut self, line: impl Into<String>) -> Self {
        self.dataset.notes.push(line.into());
        self
    }

    /// Leaves out the columns that are not wanted, where the reader has not: those of arrays, which go by their place.
    pub(super) fn without(mut self, source: &str, options: &ReadOptions) -> Result<Self> {
        let dataset = &mut self.dataset;
        if options.exclude.is_empty() {
            return Ok(self);
        }
        if dataset.layout != Layout::Table {
            return Err(Error::usage(format!("--exclude: {source} holds pictures, which have no columns"))
                .help("leave --exclude out"));
        }
        let selection = Selection::new(
            source,
            &dataset.columns,
            &ReadOptions { exclude: options.exclude.clone(), ..ReadOptions::default() },
        );
        match selection {
            Ok(Selection { roles, columns, .. }) => {
                let kept: Vec<usize> = (0..roles.len()).filter(|place| roles[*place] != Role::Skip).collect();
                dataset.values = dataset.values.take_columns(&kept, roles.len());
                dataset.columns = columns;
                Ok(self)
            }
            // What a model was trained on had names, or more columns.
            Err(_) if options.expected.is_some() => Ok(self),
            Err(error) => Err(error),
        }
    }

    /// Refuses a table without rows or columns, and deals with missing cells as asked.
    pub(super) fn settle(self, missing: Missing) -> Result<Dataset> {
        let Self { dataset, first_missing } = self;
        let name = &dataset.name;
        if dataset.columns.is_empty() {
            return Err(Error::failed(format!("{name}: no columns of numbers")));
        }
        if dataset.values.is_empty() {
            return Err(Error::failed(format!("{name}: no rows of data")));
        }
        let gaps = Gaps::of(&dataset);
        if gaps.cells == 0 {
            return Ok(dataset);
        }
        match missing {
            Missing::Error => {
                let place = first_missing.unwrap_or_else(|| gaps.first_place(&dataset));
                Err(Error::failed(format!("{name}: {}; the first: {place}", gaps.counted(&dataset)))
                    .help("give --missing drop to leave out the rows with missing cells, or fill the cells"))
            }
            Missing::Drop if gaps.complete.is_empty() => {
                Err(Error::failed(format!("{name}: {}; no row is complete", gaps.counted(&dataset)))
                    .help("leave out the columns that are mostly missing"))
            }
            Missing::Drop => Ok(gaps.drop_from(dataset)),
        }
    }
}

/// The names of pixels: `pixel_0`…, row by row, the channels of a pixel side by side.
pub(super) fn pixel_names(layout: Layout) -> Vec<String> {
    match layout {
        Layout::Table => Vec::new(),
        Layout::Image { height, width, channels, .. } => {
            (0..height * width * channels).map(|index| format!("pixel_{index}")).collect()
        }
    }
}

/// The names of columns that have none: `x0`….
pub(super) fn plain_names(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("x{index}")).collect()
}

/// Where cells are missing.
struct Gaps {
    cells: usize,
    per_column: Vec<usize>,
    first: usize,
    complete: Vec<usize>,
    rows: usize,
}

impl Gaps {
    fn of(dataset: &Dataset) -> Self {
        let width = dataset.columns.len();
        let rows = dataset.rows();
        let mut gaps = Self { cells: 0, per_column: vec![0; width], first: 0, complete: Vec::new(), rows };
        if matches!(dataset.values, Values::U8(_)) {
            return gaps;
        }
        for row in 0..rows {
            let before = gaps.cells;
            for column in 0..width {
                let index = row * width + column;
                if !dataset.values.at(index).is_finite() {
                    if gaps.cells == 0 {
                        gaps.first = index;
                    }
                    gaps.cells += 1;
                    gaps.per_column[column] += 1;
                }
            }
            if gaps.cells == before {
                gaps.complete.push(row);
            }
        }
        gaps
    }

    /// `row 4 (counted from 0), column 'age': NaN`.
    fn first_place(&self, dataset: &Dataset) -> String {
        let width = dataset.columns.len();
        let (row, column) = (self.first / width, &dataset.columns[self.first % width]);
        format!("row {row} (counted from 0), column '{column}': {}", dataset.values.at(self.first))
    }

    /// `3 missing cells in 2 of 10 rows ('age': 2, 'income': 1)`.
    fn counted(&self, dataset: &Dataset) -> String {
        let gappy: Vec<_> =
            dataset.columns.iter().zip(&self.per_column).filter(|(_, count)| **count > 0).collect();
        let mut listed: Vec<_> =
            gappy.iter().take(LISTED).map(|(name, count)| format!("'{name}': {count}")).collect();
        if gappy.len() > LISTED {
            listed.push(format!("and {} more columns", gappy.len() - LISTED));
        }
        format!(
            "{} missing or non-finite {} in {} of {} rows ({})",
            self.cells,
            if self.cells == 1 { "cell" } else { "cells" },
            self.rows - self.complete.len(),
            self.rows,
            listed.join(", ")
        )
    }

    fn drop_from(self, mut dataset: Dataset) -> Dataset {
        let line = format!(
            "dropped {}: {}",
            counted(self.rows - self.complete.len(), "row"),
            self.counted(&dataset)
        );
        dataset.notes.push(line);
        dataset.values = dataset.values.take_rows(&self.complete, dataset.columns.len());
        dataset.labels = dataset.labels.map(|labels| labels.take_rows(&self.complete));
        dataset.test_from = dataset.test_from.map(|from| self.complete.partition_point(|row| *row < from));
        dataset.kept = Some(self.complete);
        dataset
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, plain_names};
    use crate::data::{Labels, Missing, Values};

    fn gappy() -> Draft {
        let numbers = vec![1.0, 2.0, f32::NAN, 4.0, f32::INFINITY, f32::NAN, 7.0, 8.0];
        let labels: Labels = ["a", "b", "c", "d"].into_iter().collect();
        Draft::table("t".into(), plain_names(2), Values::F32(numbers)).with_labels(labels)
    }

    #[test]
    fn missing_cells_are_counted_and_refused() {
        let error = gappy().settle(Missing::Error).unwrap_err();
        assert_eq!(
            error.message,
            "t: 3 missing or non-finite cells in 2 of 4 rows ('x0': 2, 'x1': 1); \
             the first: row 1 (counted from 0), column 'x0': NaN"
        );
        assert!(error.help.unwrap().contains("--missing drop"));
    }

    #[test]
    fn dropping_keeps_rows_and_labels_together() {
        let mut draft = gappy();
        draft.dataset.test_from = Some(3);
        let dataset = draft.settle(Missing::Drop).unwrap();
        assert_eq!(dataset.rows(), 2);
        assert_eq!((dataset.values.at(2), dataset.values.at(3)), (7.0, 8.0));
        assert_eq!(dataset.labels.unwrap().of_row, [0, 3]);
        assert_eq!(dataset.kept.unwrap(), [0, 3]);
        assert_eq!(dataset.test_from, Some(1));
        assert!(dataset.notes[0].starts_with("dropped 2 rows: 3 missing"));
    }

    #[test]
    fn a_table_without_complete_rows_or_any_rows_is_refused() {
        let none = Draft::table("t".into(), plain_names(1), Values::F64(vec![f64::NAN]));
        assert!(none.settle(Missing::Drop).unwrap_err().message.contains("no row is complete"));
        let empty = Draft::table("t".into(), plain_names(1), Values::default());
        assert!(empty.settle(Missing::Drop).unwrap_err().message.contains("no rows"));
    }
}
