//! Special functions of a [`Scalar`](crate::Scalar): their values from [`special`](crate::special), with the slopes that
//! carry derivatives through them.

mod counts;

pub use counts::{deviance, log1pmx, poisson_log_mass, stirling_error};
