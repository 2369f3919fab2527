//! The error function and the normal distribution function, into the far tails, and the distributions made of them.

mod distribution;
mod error_function;
mod quantile;

pub use distribution::{inverse_mills_ratio, log_normal_cdf, normal_cdf, normal_sf};
pub use error_function::{erf, erfc, erfcx};
pub use quantile::{erfcinv, erfinv, normal_quantile_of_log};
