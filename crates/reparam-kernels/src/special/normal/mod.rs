//! The error function and the normal distribution function, into the far tails, and the distributions made of them.

mod distribution;
mod error_function;
mod exponential;
mod interval;
mod inverse_gaussian;
mod owens_t;
mod place;
mod quantile;
mod skew_normal;
mod tilted;
mod truncated;

pub use distribution::{inverse_mills_ratio, log_normal_cdf, normal_cdf, normal_sf};
pub use error_function::{erf, erfc, erfcx};
pub use exponential::{
    exp_normal_cdf, exp_normal_log_cdf, exp_normal_log_density, exp_normal_log_sf, exp_normal_sf,
};
pub(crate) use interval::Interval;
pub use interval::log_normal_interval;
pub use inverse_gaussian::{
    inverse_gaussian_cdf, inverse_gaussian_log_cdf, inverse_gaussian_log_draw_slopes,
    inverse_gaussian_log_sf, inverse_gaussian_sf,
};
pub use owens_t::owens_t;
pub(crate) use place::Place;
pub use quantile::{erfcinv, erfinv, normal_quantile_of_log};
pub use skew_normal::{
    skew_normal_cdf, skew_normal_cdf_grad_skewness, skew_normal_draw_slope, skew_normal_log_cdf,
};
pub use truncated::{
    truncated_normal_entropy, truncated_normal_entropy_deficit, truncated_normal_excess,
    truncated_normal_log_ratio, truncated_normal_mean, truncated_normal_variance,
};
