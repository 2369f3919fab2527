//! What is wrong with a parameter, in words for the person who gave it.

use burn::tensor::{DType, Tensor};

/// A parameter outside its domain.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{distribution}: {parameter} must be {requirement}, got {value} at index {index:?}")]
pub struct ParamError {
    /// The distribution that refuses.
    pub distribution: &'static str,
    /// The parameter's name.
    pub parameter: &'static str,
    /// What it must be.
    pub requirement: &'static str,
    /// The first offending number.
    pub value: f64,
    /// Where it stands in the parameter's tensor.
    pub index: Vec<usize>,
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
        Some(flat) => Err(ParamError {
            distribution,
            parameter,
            requirement,
            value: values[flat],
            index: unravel(flat, param.dims()).to_vec(),
        }),
    }
}

/// The elements in row-major order, as doubles.
fn to_f64<const D: usize>(x: Tensor<D>) -> Vec<f64> {
    x.cast(DType::F64).into_data().iter::<f64>().collect()
}

/// The index along each axis of element `flat` in row-major order.
fn unravel<const D: usize>(mut flat: usize, dims: [usize; D]) -> [usize; D] {
    let mut index = [0; D];
    for axis in (0..D).rev() {
        index[axis] = flat % dims[axis];
        flat /= dims[axis];
    }
    index
}
