//! The objectives, one file each.

mod elbo;
mod iwae;
mod vimco;

pub use elbo::Elbo;
pub use iwae::{Iwae, log_mean_exp};
pub use vimco::Vimco;
