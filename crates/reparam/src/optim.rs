//! Optimizers whose step is one fused pass over each parameter.

mod adam;

pub use adam::{Adam, AdamState};
