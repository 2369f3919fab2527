//! The beta function, the incomplete beta function with its inverse, and their derivatives.

mod corner;
mod density;
mod digamma_rise;
mod incomplete;
mod mills;
mod nodes;
mod point;
mod slopes;

pub use incomplete::{beta_i, beta_i_complement, beta_i_xy};
pub use slopes::{beta_draw_slopes, beta_i_grad, logit_beta_draw_slopes};
