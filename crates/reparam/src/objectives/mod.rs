//! The objectives, one file each.

mod elbo;
mod iwae;

pub use elbo::Elbo;
pub use iwae::{Iwae, log_mean_exp};
