//! Random numbers, elementary functions, densities and optimizer steps on plain slices.
//!
//! Numbers only: `f32` and `f64` scalars and slices, no tensors. Three promises hold everywhere:
//!
//! - the same bits for any number of threads, any vector instructions and any cut of a draw into calls;
//! - the stated accuracy on the whole domain: far tails, subnormal numbers, infinities;
//! - every kernel runs under the widest vector instructions of the processor, found at run time, and long slices over
//!   the threads of the current rayon pool (feature `rayon`).
//!
//! Matrices are row-major with `width` numbers per row; each `value` has one number per row.

// Only what is inlined into the dispatched loop is compiled for its vector instructions.
#![allow(clippy::inline_always)]

pub mod catalog;
pub mod draws;
mod dual;
mod function;
mod isa;
mod lanes;
mod philox;
mod real;
mod rng;
mod sample;
mod scalar;

pub mod adam;
pub mod bernoulli;
pub mod elementary;
pub mod formula;
pub mod law;
pub mod laws;
pub mod multivariate;
pub mod normal;
pub mod pointwise;
pub mod rows;
pub mod shares;
pub mod single;
pub mod slices;
pub mod sobol;
pub mod special;
pub mod sums;

pub use dual::Dual;
pub use function::Function;
pub use philox::block as philox4x32;
pub use real::Real;
pub use rng::{Element, Rng};
pub use scalar::Scalar;
