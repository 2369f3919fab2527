//! The gamma function and its logarithmic derivatives, the incomplete gamma functions with their inverses and derivatives.
//!
//! Scalar code in double precision. Exponentials and logarithms are those of `libm`, which like everything else here
//! rounds alike on every processor.

mod bregman;
mod density;
mod draw_slope;
mod half_step;
mod incomplete;
mod inverse;
mod log1pmx;
mod log_beta;
mod log_gamma;
mod negentropy;
mod polygamma;
mod stirling;
mod uniform;

pub use bregman::{
    beta_shape_divergence, gamma_log_concavity, gamma_shape_divergence, lgamma_bregman, lgamma_excess,
};
pub use density::{gamma_log_density, log_gamma_log_density, poisson_log_mass};
pub use draw_slope::{gamma_draw_slope, gamma_p_grad_a, log_gamma_draw_slope, log_gamma_power_slope};
pub use half_step::{digamma_half_step, trigamma_half_step};
pub use incomplete::{gamma_p, gamma_q, log_gamma_p, log_gamma_q};
pub use inverse::{gamma_p_inv, gamma_q_inv, log_gamma_p_inv, log_gamma_q_inv};
pub use log_beta::{lbeta, ln_multivariate_beta, multigammaln};
pub use log_gamma::{lgamma, lgamma_diff, lgamma1p};
pub use log1pmx::{deviance, log1pmx};
pub use negentropy::{
    gamma_negentropy, gamma_negentropy_fall, gamma_negentropy_grad, gamma_negentropy_rest,
    log_minus_digamma_excess, log_minus_digamma_excess_grad,
};
pub use polygamma::{digamma, digamma_minus_log, tetragamma, trigamma, trigamma_minus_recip};
pub use stirling::stirling_error;

/// ½ ln 2π.
const HALF_LN_2_PI: f64 = 0.918938533204672742;

/// c₀ + c₁ x + c₂ x² + …
#[inline]
fn horner(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}
