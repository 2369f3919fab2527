//! The bijections, one file each.

mod affine;
mod exp;
mod tanh;

pub use affine::Affine;
pub use exp::Exp;
pub use tanh::Tanh;
