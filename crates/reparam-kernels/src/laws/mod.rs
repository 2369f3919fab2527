//! The univariate laws, one file each.

mod discrete;
mod gumbel;
mod laplace;

pub use discrete::*;
pub use gumbel::Gumbel;
pub use laplace::Laplace;
