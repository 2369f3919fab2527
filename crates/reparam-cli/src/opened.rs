//! A trained model opened for use, with the rows it is to be used on.

use crate::args::{DataArgs, RunArgs};
use crate::config::{Config, DataFacts};
use crate::console::Console;
use crate::data::{self, ColumnKind, Dataset, Layout, ReadOptions, Source};
use crate::error::{Error, Result};
use crate::measure::Rows;
use crate::model::SavedModel;
use crate::output::{ColumnData, Format, OutputTarget, Table, write_image_grid, write_table};
use crate::run::find;
use crate::seeds::{Site, stream};
use crate::split::Split;
use crate::wording::shell_word;

/// A model and rows in the model's columns.
pub struct Opened {
    /// The model.
    pub model: SavedModel,
    /// The rows.
    pub dataset: Dataset,
    /// Whether these are the very rows the model was trained and measured on.
    own: bool,
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
        missing: config.data.missing,
        data_dir: config.data.data_dir.clone(),
        image_size: config.data.image_size.map(|size| (size.height, size.width)),
        expected: model.map(|model| model.preprocess.expected()),
        ..ReadOptions::default()
    };
    data::load(&Source::parse(Some(&config.data.source))?, &options)
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
        Ok(Self { model, dataset, own })
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

    /// A table that starts with the number of each row in its source and, where known, its class.
    pub fn table(&self, repeats: usize) -> Table {
        let repeated = |rows: usize| (0..rows).flat_map(move |row| std::iter::repeat_n(row, repeats));
        let number = |row: usize| self.dataset.kept.as_ref().map_or(row, |kept| kept[row]) as i64;
        let rows = self.dataset.rows();
        let table = Table::default().with("row", ColumnData::I64(repeated(rows).map(number).collect()));
        match &self.dataset.labels {
            None => table,
            Some(labels) => {
                let class = |row: usize| labels.of_row[row] as usize;
                let number =
                    |name: &String| name.parse().ok().filter(|number: &i64| number.to_string() == *name);
                let numbers: Option<Vec<i64>> = labels.classes.iter().map(number).collect();
                let classes = repeated(rows).map(class);
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

/// Writes rows on the user's scale: pictures to a PNG, else a table with the columns of the source after `table`'s.
///
/// # Errors
///
/// Where the target cannot be written, or cannot hold such rows.
pub fn write_rows(target: &OutputTarget, table: Table, model: &SavedModel, values: &[f64]) -> Result<()> {
    match (Format::choose(target, None)?, model.preprocess.layout) {
        (Format::Png, layout @ Layout::Image { maximum, height, width, channels }) => {
            let levels: Vec<f32> = values.iter().map(|value| (value / f64::from(maximum)) as f32).collect();
            let pictures = levels.len() / (height * width * channels);
            let across = (pictures as f64).sqrt().ceil().clamp(1.0, 32.0) as usize;
            write_image_grid(target, &levels, layout, across, 1)
        }
        _ => write_table(target, None, &with_columns(table, model, values)),
    }
}

fn with_columns(mut table: Table, model: &SavedModel, values: &[f64]) -> Table {
    let columns = &model.preprocess.columns;
    for (place, column) in columns.iter().enumerate() {
        let cells: Vec<f64> = values.iter().skip(place).step_by(columns.len()).copied().collect();
        let whole = cells.iter().all(|cell| cell.fract() == 0.0 && cell.abs() < 2f64.powi(53));
        let integer = matches!(column.kind, ColumnKind::Integer | ColumnKind::Binary | ColumnKind::Constant);
        table = table.with(
            &column.name,
            if integer && whole {
                ColumnData::I64(cells.iter().map(|&cell| cell as i64).collect())
            } else {
                ColumnData::F64(cells)
            },
        );
    }
    table
}
