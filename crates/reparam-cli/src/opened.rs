//! A trained model opened for use, with the rows it is to be used on.

use std::path::PathBuf;

use crate::args::{DataArgs, RunArgs};
use crate::config::{Config, DataFacts};
use crate::console::Console;
use crate::data::{self, ColumnKind, Dataset, Layout, ReadOptions, Source};
use crate::error::{Error, Result};
use crate::measure::Rows;
use crate::memory;
use crate::model::SavedModel;
use crate::output::{ColumnData, Format, OutputTarget, Table, grid_bytes, write_blocks, write_image_grid};
use crate::preprocess::Column;
use crate::run::{Found, find};
use crate::seeds::{Site, stream};
use crate::split::Split;
use crate::wording::{shell_word, thousands};

/// A model and rows in the model's columns.
pub struct Opened {
    /// The model.
    pub model: SavedModel,
    /// The rows.
    pub dataset: Dataset,
    /// Whether these are the very rows the model was trained and measured on.
    own: bool,
    /// The files that were read.
    read: Vec<PathBuf>,
}

/// Reads the model that `run` names.
///
/// # Errors
///
/// Where there is none, or it cannot be read.
pub fn model(run: &RunArgs) -> Result<SavedModel> {
    let (run, runs) = run.parts();
    let path = find(run, runs)?.model();
    if !path.exists() {
        return Err(Error::failed(format!("{} does not exist: the run has not finished", path.display()))
            .help(format!("continue it with: reparam train --resume {}", shell_word(run))));
    }
    SavedModel::read(&path)
}

/// The data that a configuration names, in the columns of a model where there is one.
///
/// # Errors
///
/// Where they cannot be read, or lack a column that the model needs.
pub fn read_data(config: &Config, model: Option<&SavedModel>) -> Result<Dataset> {
    let options = ReadOptions {
        label: config.data.label.clone(),
        exclude: config.data.exclude.clone(),
        only_numbers: config.data.only_numbers,
        header: config.data.header,
        array: config.data.array.clone(),
        missing: config.data.missing,
        data_dir: config.data.data_dir.clone(),
        image_size: config.data.image_size.map(|size| (size.height, size.width)),
        expected: model.map(|model| model.preprocess.expected()),
        ..ReadOptions::default()
    };
    data::load(&Source::parse(Some(&config.data.source))?, &options)
}

/// The files that stand behind a model and its rows: none of them is to be overwritten.
///
/// # Errors
///
/// Where there is no such run, or no such data.
pub fn read_files(run: &RunArgs, data: Option<&Config>) -> Result<Vec<PathBuf>> {
    let (run, runs) = run.parts();
    let mut files = match find(run, runs)? {
        Found::Run(folder) => folder.files(),
        Found::Model(path) => vec![path],
    };
    let source = data.map(|config| Source::parse(Some(&config.data.source))).transpose()?;
    if let Some(Source::Path(path)) = source {
        // Of a folder every file that lies in it.
        let inside =
            std::fs::read_dir(&path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        files.extend(inside);
        files.push(path);
    }
    Ok(files)
}

impl Opened {
    /// The model of `run` and the rows of `data`; without DATA, the rows of the run itself.
    ///
    /// # Errors
    ///
    /// Where either cannot be read, or the rows do not have the model's columns.
    pub fn new(run: &RunArgs, data: &DataArgs, console: &Console) -> Result<Self> {
        let model = model(run)?;
        let own = data.data.is_none();
        if own && Source::parse(Some(&model.config.data.source)).is_ok_and(|source| source == Source::Stdin) {
            return Err(Error::usage("the run was trained on standard input, which cannot be read again")
                .help("name the rows as DATA; `-` is standard input"));
        }
        let config = model.config.clone().with(&data.settings())?;
        let dataset = read_data(&config, Some(&model))?;
        dataset.notes.iter().for_each(|note| console.note(&format!("{}: {note}", dataset.name)));
        if own && dataset.fingerprint() != model.training.data {
            console.warn("the data have changed since the model was trained");
        }
        if dataset.rows() == 0 {
            return Err(Error::failed(format!("{}: no rows", dataset.name)));
        }
        model.preprocess.check_support(&dataset, *model.config.model.likelihood.get())?;
        let read = read_files(run, Some(&config))?;
        Ok(Self { model, dataset, own, read })
    }

    /// The rows as the network sees them.
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            dataset: &self.dataset,
            preprocess: &self.model.preprocess,
            binarize: self.model.config.data.binarize,
        }
    }

    /// The numbers of all rows.
    pub fn all(&self) -> Vec<u32> {
        (0..self.dataset.rows() as u32).collect()
    }

    /// The rows to measure a model on, and what one of them is: of its own data those it never learned from, of
    /// others all.
    pub fn measured(&self) -> (Vec<u32>, &'static str) {
        if !self.own {
            return (self.all(), "row");
        }
        let facts = DataFacts::of(&self.dataset);
        let rng = stream(self.model.config.train.seed, Site::Split);
        let split = Split::new(&self.dataset, &self.model.config, &facts, rng);
        if split.held_out.is_empty() {
            return (split.training, "training row");
        }
        (split.held_out, "held-out row")
    }

    /// Refuses an output that would overwrite what is read.
    ///
    /// # Errors
    ///
    /// Where it is the file of the rows, or belongs to the run.
    pub fn spares(&self, output: &OutputTarget) -> Result<()> {
        output.spare(&self.read)
    }

    /// A table that starts with the number of each row in its source and, where known, its class.
    pub fn table(&self, repeats: usize) -> Table {
        self.block(&self.all(), repeats)
    }

    /// The part of that table for some rows.
    pub fn block(&self, rows: &[u32], repeats: usize) -> Table {
        let repeated = || rows.iter().flat_map(move |&row| std::iter::repeat_n(row as usize, repeats));
        let number = |row: usize| self.dataset.kept.as_ref().map_or(row, |kept| kept[row]) as i64;
        let table = Table::default().with("row", ColumnData::I64(repeated().map(number).collect()));
        match &self.dataset.labels {
            None => table,
            Some(labels) => {
                let class = |row: usize| labels.of_row[row] as usize;
                let number =
                    |name: &String| name.parse().ok().filter(|number: &i64| number.to_string() == *name);
                let numbers: Option<Vec<i64>> = labels.classes.iter().map(number).collect();
                let classes = repeated().map(class);
                let cells = match numbers {
                    Some(numbers) => ColumnData::I64(classes.map(|class| numbers[class]).collect()),
                    None => ColumnData::Text(classes.map(|class| labels.classes[class].clone()).collect()),
                };
                table.with("label", cells)
            }
        }
    }
}

impl DataFacts {
    /// What the open choices of a configuration depend on.
    pub fn of(dataset: &Dataset) -> Self {
        let summaries = dataset.summaries();
        Self {
            rows: dataset.rows(),
            test_rows: dataset.test_from.map(|first| dataset.rows() - first),
            columns: dataset.columns.len(),
            varied: summaries.iter().filter(|column| column.kind != ColumnKind::Constant).count(),
            binary: summaries.iter().all(|c| c.min >= 0.0 && c.max <= 1.0 && c.kind != ColumnKind::Real),
            image: dataset.layout != Layout::Table,
        }
    }
}

/// How the cells of columns that hold whole numbers in the source are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// Rows as the source would have had them: whole numbers are whole.
    Drawn,
    /// Means, which are whole by chance only.
    Means,
}

/// Writes rows on the user's scale, made in blocks of the network's outputs with the columns that come before them:
/// pictures to a PNG, else a table with the columns of the source after those.
///
/// # Errors
///
/// Where the target cannot be written, or cannot hold such rows.
pub fn write_rows(
    target: &OutputTarget,
    model: &SavedModel,
    cells: Cells,
    rows: u64,
    mut next: impl FnMut() -> Result<Option<(Table, Vec<f32>)>>,
) -> Result<()> {
    let restored = |outputs: &[f32]| {
        let mut values = model.preprocess.restore(outputs);
        if cells == Cells::Drawn && model.preprocess.layout == Layout::Table {
            model.preprocess.as_seen(&mut values);
        }
        values
    };
    if let (Format::Png, layout @ Layout::Image { maximum, .. }) =
        (Format::choose(target, None)?, model.preprocess.layout)
    {
        let pictures = rows as usize;
        let width = model.preprocess.columns.len();
        memory::ask(
            format!("one picture of {} pictures", thousands(pictures)),
            memory::bytes::<f32>(&[width, pictures]).saturating_add(grid_bytes(layout, pictures)),
        )
        .map_err(|error| error.help("draw fewer, or write a table: .npy, .csv or .parquet"))?;
        let mut levels: Vec<f32> = Vec::with_capacity(width * pictures);
        while let Some((_, outputs)) = next()? {
            levels.extend(restored(&outputs).iter().map(|value| (value / f64::from(maximum)) as f32));
        }
        let across = (pictures as f64).sqrt().ceil().clamp(1.0, 32.0) as usize;
        return write_image_grid(target, &levels, layout, across, 1);
    }
    let whole = whole_columns(model, cells);
    write_blocks(target, rows, || {
        Ok(next()?.map(|(table, outputs)| with_columns(table, model, &whole, &restored(&outputs))))
    })
}

/// For each column, whether its cells are written as whole numbers.
fn whole_columns(model: &SavedModel, cells: Cells) -> Vec<bool> {
    let fits = |x: f64| x.fract() == 0.0 && x.abs() < 2f64.powi(53);
    let whole = |column: &Column| match column.kind {
        ColumnKind::Constant => fits(column.min),
        ColumnKind::Binary | ColumnKind::Integer => {
            cells == Cells::Drawn
                && model.preprocess.layout == Layout::Table
                && fits(column.min)
                && fits(column.max)
        }
        ColumnKind::Real => false,
    };
    model.preprocess.columns.iter().map(whole).collect()
}

fn with_columns(mut table: Table, model: &SavedModel, whole: &[bool], values: &[f64]) -> Table {
    let columns = &model.preprocess.columns;
    for (place, (column, whole)) in columns.iter().zip(whole).enumerate() {
        let cells = values.iter().skip(place).step_by(columns.len());
        table = table.with(
            &column.name,
            if *whole {
                ColumnData::I64(cells.map(|&cell| cell as i64).collect())
            } else {
                ColumnData::F64(cells.copied().collect())
            },
        );
    }
    table
}
