//! Brings the columns of new data into the order that a model was trained with.

use std::collections::{HashMap, HashSet};

use super::selection::quoted;
use super::{Dataset, Expected, Layout, Values};
use crate::error::{Error, Result};
use crate::wording::counted;

/// The rows of `dataset` as the model expects them.
///
/// Columns are found by name; extra ones are ignored with a note, missing ones are an error that names them. Where
/// either side has no names of its own (`x0`…, `pixel_0`…), columns are taken in order and their number, and the
/// shape of pictures, must agree. Grey levels are brought to the model's scale of white.
pub fn align(mut dataset: Dataset, expected: &Expected) -> Result<Dataset> {
    if dataset.columns != expected.columns {
        if is_positional(&dataset.columns) || is_positional(&expected.columns) {
            same_shape(&dataset, expected)?;
            dataset.notes.push(format!("columns are taken in order as {}", quoted(&expected.columns)));
        } else {
            let found = places(&dataset.columns, &expected.columns)
                .map_err(|error| Error { message: format!("{}: {error}", dataset.name), ..error })?;
            if found.len() < dataset.columns.len() {
                let known: HashSet<&String> = expected.columns.iter().collect();
                let extra = dataset.columns.iter().filter(|name| !known.contains(name));
                dataset
                    .notes
                    .push(format!("columns that the model does not know are ignored: {}", quoted(extra)));
            }
            dataset.values = dataset.values.take_columns(&found, dataset.columns.len());
        }
        dataset.columns.clone_from(&expected.columns);
    }
    same_shape(&dataset, expected)?;
    rescale(&mut dataset, expected.layout);
    dataset.layout = expected.layout;
    Ok(dataset)
}

/// Where each expected column stands among `have`.
pub(super) fn places(have: &[String], expected: &[String]) -> Result<Vec<usize>> {
    let at: HashMap<&String, usize> = have.iter().enumerate().map(|(place, name)| (name, place)).collect();
    let missing: Vec<_> = expected.iter().filter(|name| !at.contains_key(name)).collect();
    if !missing.is_empty() {
        return Err(Error::failed(format!(
            "the model was trained on columns that are not here: {}; here are {}",
            quoted(missing),
            quoted(have)
        ))
        .help("give the columns the names that they had in training; their order does not matter"));
    }
    Ok(expected.iter().filter_map(|name| at.get(name).copied()).collect())
}

/// Whether the names only count: `x0`… or `pixel_0`….
pub(super) fn is_positional(columns: &[String]) -> bool {
    ["x", "pixel_"]
        .iter()
        .any(|stem| columns.iter().enumerate().all(|(place, name)| *name == format!("{stem}{place}")))
}

fn same_shape(dataset: &Dataset, expected: &Expected) -> Result<()> {
    let size = |layout| match layout {
        Layout::Table => None,
        Layout::Image { height, width, channels, .. } => Some((height, width, channels)),
    };
    let sizes_agree = match (size(dataset.layout), size(expected.layout)) {
        (Some(here), Some(there)) => here == there,
        _ => true,
    };
    if sizes_agree && dataset.columns.len() == expected.columns.len() {
        return Ok(());
    }
    Err(Error::failed(format!(
        "{}: rows of {}, but the model was trained on rows of {}",
        dataset.name,
        shape(dataset.columns.len(), dataset.layout),
        shape(expected.columns.len(), expected.layout)
    )))
}

fn shape(columns: usize, layout: Layout) -> String {
    match layout {
        Layout::Table => counted(columns, "column"),
        Layout::Image { height, width, channels, .. } => format!("{height}×{width}×{channels} pixels"),
    }
}

/// Grey levels of one scale in another; a table's numbers are taken to be in the model's scale already.
fn rescale(dataset: &mut Dataset, layout: Layout) {
    let (Layout::Image { maximum: from, .. }, Layout::Image { maximum: to, .. }) = (dataset.layout, layout)
    else {
        return;
    };
    if from != to {
        let factor = f64::from(to) / f64::from(from);
        let scaled = (0..dataset.values.len()).map(|index| (dataset.values.at(index) * factor) as f32);
        dataset.values = Values::F32(scaled.collect());
        dataset.notes.push(format!("grey levels 0 to {from} are brought to the model's 0 to {to}"));
    }
}

#[cfg(test)]
mod tests {
    use super::{align, is_positional};
    use crate::data::draft::{Draft, pixel_names};
    use crate::data::{Dataset, Expected, Layout, Missing, Values};

    fn table(columns: &[&str], row: &[u8]) -> Dataset {
        let columns = columns.iter().map(ToString::to_string).collect();
        Draft::table("t".into(), columns, Values::U8(row.to_vec())).settle(Missing::Error).unwrap()
    }

    fn expected(columns: &[&str]) -> Expected {
        Expected { columns: columns.iter().map(ToString::to_string).collect(), layout: Layout::Table }
    }

    fn numbers(dataset: &Dataset) -> Vec<f64> {
        (0..dataset.values.len()).map(|index| dataset.values.at(index)).collect()
    }

    #[test]
    fn names_decide_and_extra_columns_are_ignored() {
        let aligned = align(table(&["b", "z", "a"], &[1, 2, 3]), &expected(&["a", "b"])).unwrap();
        assert_eq!(numbers(&aligned), [3.0, 1.0]);
        assert_eq!(aligned.columns, ["a", "b"]);
        assert!(aligned.notes[0].contains("'z'"));
    }

    #[test]
    fn missing_columns_are_all_named() {
        let error = align(table(&["b"], &[1]), &expected(&["a", "b", "c"])).unwrap_err();
        assert!(error.message.contains("'a', 'c'; here are 'b'"), "{error}");
    }

    #[test]
    fn columns_without_names_go_by_their_place() {
        let aligned = align(table(&["x0", "x1"], &[1, 2]), &expected(&["a", "b"])).unwrap();
        assert_eq!(numbers(&aligned), [1.0, 2.0]);
        let error = align(table(&["x0"], &[1]), &expected(&["a", "b"])).unwrap_err();
        assert_eq!(error.message, "t: rows of 1 column, but the model was trained on rows of 2 columns");
        assert!(!is_positional(&["x1".into(), "x0".into()]));
    }

    #[test]
    fn pictures_need_the_same_shape_and_get_the_same_white() {
        let image = |height, width, maximum| Layout::Image { height, width, channels: 1, maximum };
        let picture = |layout| {
            Draft::images("p".into(), layout, Values::U8(vec![0, 255])).settle(Missing::Error).unwrap()
        };
        let model = Expected { columns: pixel_names(image(1, 2, 16)), layout: image(1, 2, 16) };
        assert_eq!(numbers(&align(picture(image(1, 2, 255)), &model).unwrap()), [0.0, 16.0]);
        let error = align(picture(image(2, 1, 255)), &model).unwrap_err();
        assert!(
            error.message.contains("2×1×1 pixels, but the model was trained on rows of 1×2×1 pixels"),
            "{error}"
        );
        assert_eq!(align(table(&["x0", "x1"], &[3, 4]), &model).unwrap().layout, model.layout);
    }
}
