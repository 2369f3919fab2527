//! Multivariate laws, one event at a time: log-densities and divergences with their slopes, on slices.
//!
//! An event is one slice, a matrix one in row-major order. Every function takes the slopes that its caller wants as
//! mutable slices, one for each of its inputs; an empty one is a slope that nobody wants.

mod cosine;
pub mod dirichlet;
mod double_double;
mod factor;
mod gamma;
pub mod inverse_wishart;
pub mod lkj;
pub mod low_rank;
pub mod matrix_normal;
pub mod normal;
mod polar;
pub mod sphere;
pub mod student_t;
pub mod wishart;

pub use cosine::{cosine_slope, draw_cosine};
pub use double_double::Dd;
pub use factor::{Factor, NotPositiveDefinite};
pub use gamma::log_gamma_draw;
pub use polar::orthogonal_factor;
