//! What every continuous law of the catalogue must obey, over a table of laws and parameters.
//!
//! The laws on the integers have sums instead of integrals, and a table of their own in `discrete.rs`.
//!
//! Statistics: one test of 3,000 draws a case, each with a false-alarm rate of 10⁻⁹.

mod cases;
mod density;
mod draws;
mod edges;
mod ends;
mod expectations;
mod slopes;
mod tails;
