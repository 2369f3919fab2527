//! Modified Bessel functions, scaled, and what the von Mises families make of them.

mod any_order;
mod bregman;
mod debye;
mod orders_zero_one;
mod ratio;
mod skellam;
mod von_mises;
mod von_mises_quantile;
mod von_mises_variance;

pub use any_order::{bessel_ratio_order, bessel_ratio_order_grad, log_iv_scaled};
pub use bregman::log_i0_bregman;
pub use orders_zero_one::{i0e, i1e, log_i0};
pub use ratio::{bessel_ratio, bessel_ratio_complement, bessel_ratio_grad};
pub use skellam::log_skellam_mass;
pub use von_mises::{von_mises_cdf, von_mises_draw_slope, von_mises_log_cdf, von_mises_log_peak};
pub use von_mises_quantile::von_mises_quantile;
pub use von_mises_variance::{von_mises_variance, von_mises_variance_grad};
