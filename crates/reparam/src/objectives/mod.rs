//! The objectives, one file each.

mod dreg;
mod elbo;
mod iwae;
mod vimco;
mod wake_sleep;

pub use dreg::DReG;
pub use elbo::Elbo;
pub use iwae::{Iwae, IwaeStickTheLanding, log_mean_exp};
pub use vimco::Vimco;
pub use wake_sleep::WakeSleep;
