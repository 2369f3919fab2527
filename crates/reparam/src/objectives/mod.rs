//! The objectives, one file each.

mod elbo;
mod iwae;
mod vimco;
mod wake_sleep;

pub use elbo::Elbo;
pub use iwae::{Iwae, log_mean_exp};
pub use vimco::Vimco;
pub use wake_sleep::WakeSleep;
