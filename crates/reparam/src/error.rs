//! What is wrong with a parameter, in words for the person who gave it.

use burn::tensor::{DType, Tensor};

/// Parameters that a distribution cannot have.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParamError {
    /// A parameter outside its domain.
    #[error("{distribution}: {parameter} must be {requirement}, got {value} at index {index:?}")]
    Domain {
        /// The distribution that refuses.
        distribution: &'static str,
        /// The parameter's name.
        parameter: &'static str,
        /// What it must be.
        requirement: &'static str,
        /// The first offending number.
        value: f64,
        /// Where it stands in the parameter's tensor.
        index: Vec<usize>,
    },
    /// Parameters that do not go together.
    #[error("{distribution}: the parameters must obey {requirement}, which fails at index {index:?}")]
    Conflict {
        /// The distribution that refuses.
        distribution: &'static str,
        /// What they must obey.
        requirement: &'static str,
        /// The first element where they do not.
        index: Vec<usize>,
    },
    /// A matrix that differs from its transpose by more than rounding.
    #[error(
        "{distribution}: {parameter} must be symmetric; in matrix {index} the element at {place:?} is {}, that across the \
         diagonal {}",
        values[0], values[1]
    )]
    NotSymmetric {
        /// The distribution that refuses.
        distribution: &'static str,
        /// The parameter's name.
        parameter: &'static str,
        /// Which matrix of the batch.
        index: usize,
        /// Row and column of the first element below the diagonal that differs from the one above.
        place: [usize; 2],
        /// Both of them, the lower first.
        values: [f64; 2],
    },
    /// A matrix without a Cholesky factor.
    #[error(
        "{distribution}: {parameter} must be positive definite; the pivot of row {row} of matrix {index} is {pivot}: \
         look for rows that depend on others, or add a larger jitter to the diagonal"
    )]
    NotPositiveDefinite {
        /// The distribution that refuses.
        distribution: &'static str,
        /// The parameter's name.
        parameter: &'static str,
        /// Which matrix of the batch.
        index: usize,
        /// The first row whose pivot is not positive.
        row: usize,
        /// That pivot.
        pivot: f64,
    },
}

/// Checks every number of `param`; reads the tensor back from its device.
///
/// # Errors
/// The first number that fails `holds`.
pub fn require<const D: usize>(
    distribution: &'static str,
    parameter: &'static str,
    requirement: &'static str,
    param: &Tensor<D>,
    holds: impl Fn(f64) -> bool,
) -> Result<(), ParamError> {
    let values = to_f64(param.clone());
    match values.iter().position(|&value| !holds(value)) {
        None => Ok(()),
        Some(flat) => Err(ParamError::Domain {
            distribution,
            parameter,
            requirement,
            value: values[flat],
            index: unravel(flat, param.dims()).to_vec(),
        }),
    }
}

/// The elements in row-major order, as doubles.
pub(crate) fn to_f64<const D: usize>(x: Tensor<D>) -> Vec<f64> {
    x.cast(DType::F64).into_data().iter::<f64>().collect()
}

/// The index along each axis of element `flat` in row-major order.
pub(crate) fn unravel<const D: usize>(mut flat: usize, dims: [usize; D]) -> [usize; D] {
    let mut index = [0; D];
    for axis in (0..D).rev() {
        index[axis] = flat % dims[axis];
        flat /= dims[axis];
    }
    index
}
