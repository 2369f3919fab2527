//! Multivariate laws, one event at a time: log-densities and divergences with their slopes, on slices.
//!
//! An event is one slice, a matrix one in row-major order. Every function takes the slopes that its caller wants as
//! mutable slices, one for each of its inputs; an empty one is a slope that nobody wants.

mod cosine;
mod double_double;
mod factor;
pub mod low_rank;
pub mod normal;
pub mod sphere;
pub mod student_t;

pub use cosine::{cosine_slope, draw_cosine};
pub use double_double::Dd;
pub use factor::{Factor, NotPositiveDefinite};
