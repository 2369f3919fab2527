//! The beta function, the incomplete beta function with its inverse, and their derivatives.

mod corner;
mod density;
mod digamma_rise;
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

pub use incomplete::{beta_i, beta_i_complement, beta_i_xy, log_beta_i, log_beta_i_complement};
pub use inverse::{beta_i_inv, beta_i_inv_complement, logit_beta_i_inv};
pub use slopes::{beta_draw_slopes, beta_i_grad, logit_beta_draw_slopes};
pub use student_t::{
    log_student_t_cdf, log_student_t_sf, student_t_cdf, student_t_quantile, student_t_sf,
    student_t_upper_quantile,
};
pub use student_t_slope::student_t_draw_slope_df;
