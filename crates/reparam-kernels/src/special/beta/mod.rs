//! The incomplete beta function with its inverse and derivatives, the slopes of Beta draws, and Student's t.
//!
//! Everything is computed in the logit t = ln(x / y), in which the density f = x^a y^b / B(a, b) is smooth and has one
//! peak. Near the ends (`corner`) a power series gives all, with the poles at small parameters taken out by hand.
//! Elsewhere the tail in units of f (`mills`) is an integral of positive terms along a path (`path`), by Gauss–Legendre
//! rules in vector code (`rule`); so are its derivatives, on the side of the point on which they keep one sign. There is
//! no other method, and no switch between regions at which digits are lost.

mod corner;
mod density;
mod digamma;
mod exceedance;
mod incomplete;
mod inverse;
mod mills;
mod nodes;
mod path;
mod point;
mod rule;
mod slopes;
mod student_t;
mod student_t_slope;

pub use density::{beta_log_density, logit_beta_log_density};
pub use digamma::{digamma_bend, digamma_minus_log_rise, digamma_rise, trigamma_minus_recip_rise};
pub use exceedance::{expected_logit_slopes, log_beta_exceedance};
pub use incomplete::{beta_i, beta_i_complement, beta_i_xy, log_beta_i, log_beta_i_complement};
pub use inverse::{beta_i_inv, beta_i_inv_complement, logit_beta_i_inv};
pub use slopes::{beta_draw_slopes, beta_i_grad, logit_beta_draw_slopes};
pub use student_t::{
    log_student_t_cdf, log_student_t_sf, student_t_cdf, student_t_quantile, student_t_sf,
    student_t_upper_quantile,
};
pub use student_t_slope::student_t_draw_slope_df;
