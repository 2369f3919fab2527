//! Special functions and laws against true values of forty digits at hard points, in `reference/hard`.
//!
//! An error is relative to the true value, and allowed in proportion to the condition of the point: a function cannot be
//! closer to the truth than one rounding of its input.

mod bank;
mod bessel;
mod beta;
mod divergences;
mod gamma;
mod laws;
mod multivariate;
mod normal;
mod special;
