//! Logarithms of sums and differences, and of logistic probabilities, without cancellation or overflow.

mod logistic;
mod products;
mod sums;

pub use logistic::{binary_entropy_logit, log_sigmoid, log1m_tanh2, logit, softplus_inverse};
pub use products::{xlog1py, xlogy};
pub use sums::{log_sub_exp, log_sum_exp, log_sum_exp_gradient, log1mexp};
