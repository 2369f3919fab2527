//! Special functions in double precision, with the derivatives that gradients through draws need.
//!
//! Plain functions of `f64`. Each states its largest relative error by region; where a value may vanish or overflow, its
//! logarithm or its scaled form stands beside it.

mod bessel;
mod beta;
mod exponential_integral;
mod gamma;
mod logs;
mod noncentral;
mod normal;
mod polynomial;
pub(crate) mod quadrature;

pub use bessel::*;
pub use beta::*;
pub use exponential_integral::{
    log1p_exponential_variance, scaled_exponential_integral, scaled_exponential_integral_grad,
};
pub use gamma::*;
pub use logs::*;
pub use noncentral::*;
pub use normal::*;

pub(crate) use quadrature::integrate;
