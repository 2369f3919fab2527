//! The objectives, one file each.

mod dreg;
mod elbo;
mod iwae;

pub use dreg::DReG;
pub use elbo::Elbo;
pub use iwae::{Iwae, IwaeStickTheLanding, log_mean_exp};
