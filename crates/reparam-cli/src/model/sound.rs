//! Whether what a model file says of itself can be: every number of its metadata, by its name.

use super::saved::Calibration;
use crate::config::Config;
use crate::data::Layout;
use crate::error::{Error, Result};
use crate::memory;
use crate::preprocess::{Column, Preprocess};
use crate::run::container::Tensor;

/// Numbers beyond this cannot be squared, and no column that was learned from holds them.
const LARGEST: f64 = 1e154;

/// Refuses columns and pictures that no training writes.
pub(super) fn preprocess(preprocess: &Preprocess) -> Result<()> {
    let Preprocess { layout, columns } = preprocess;
    if columns.is_empty() {
        return Err(fault("preprocess.columns", "is empty"));
    }
    columns.iter().try_for_each(column)?;
    if let Layout::Image { height, width, channels, maximum } = *layout {
        let sizes =
            [("height", height), ("width", width), ("channels", channels), ("maximum", maximum as usize)];
        for (name, size) in sizes {
            if size == 0 {
                return Err(fault(&format!("preprocess.layout.{name}"), "is 0"));
            }
        }
        let pixels = height.checked_mul(width).and_then(|pixels| pixels.checked_mul(channels));
        if pixels != Some(columns.len()) || !matches!(channels, 1 | 3) {
            return Err(fault(
                "preprocess.layout",
                &format!("has {height}×{width}×{channels} pixels, but there are {} columns", columns.len()),
            ));
        }
    }
    if preprocess.width() == 0 {
        return Err(fault("preprocess.columns", "are all constant"));
    }
    Ok(())
}

fn column(column: &Column) -> Result<()> {
    let Column { name, min, max, shift, scale, .. } = column;
    let named = |key: &str| format!("preprocess.columns, '{name}': its {key}");
    for (key, number) in [("min", *min), ("max", *max)] {
        if !number.is_finite() {
            return Err(fault(&named(key), &format!("is {number}; a finite number is expected")));
        }
    }
    if min > max {
        return Err(fault(&named("min"), &format!("is {min}, above its max, {max}")));
    }
    if shift.is_nan() || shift.abs() > LARGEST {
        return Err(fault(&named("shift"), &format!("is {shift}; a number up to {LARGEST:e} is expected")));
    }
    if !(*scale > 0.0 && *scale <= LARGEST) {
        return Err(fault(
            &named("scale"),
            &format!("is {scale}; a number above 0, up to {LARGEST:e}, is expected"),
        ));
    }
    Ok(())
}

/// Refuses a configuration that leaves the network open, or describes a larger one than there are weights for: it
/// would be built before its weights are found missing.
pub(super) fn network<'t>(
    config: &Config,
    width: usize,
    weights: impl Iterator<Item = &'t Tensor>,
) -> Result<()> {
    if config.model.hidden.fixed().is_none() {
        return Err(fault("config, model.hidden", "is missing"));
    }
    if config.model.latent_dim.fixed().is_none() {
        return Err(fault("config, model.latent_dim", "is missing"));
    }
    if config.model.likelihood.fixed().is_none() {
        return Err(fault("config, model.likelihood", "is missing"));
    }
    let (needed, there) =
        (memory::weights(config, width), weights.map(|tensor| tensor.values.len() as u64).sum());
    if needed > there {
        return Err(fault(
            "config",
            &format!(
                "has model.hidden = {:?} and model.latent_dim = {} for {width} columns, which take {needed} weights; \
                 {there} are there",
                config.model.hidden.get(),
                config.model.latent_dim.get()
            ),
        ));
    }
    Ok(())
}

/// Refuses scores that are out of order, or of other columns.
pub(super) fn calibration(calibration: &Calibration, width: usize) -> Result<()> {
    if calibration.scores.is_empty() || !calibration.scores.is_sorted() {
        return Err(fault("calibration.scores", "do not rise"));
    }
    let means = calibration.column_means.len();
    if means != width {
        return Err(fault("calibration.column_means", &format!("has {means} numbers for {width} columns")));
    }
    Ok(())
}

fn fault(what: &str, is: &str) -> Error {
    Error::failed(format!("its {what} {is}"))
}
