//! The univariate laws, one file each.

mod gumbel;
mod laplace;

pub use gumbel::Gumbel;
pub use laplace::Laplace;
