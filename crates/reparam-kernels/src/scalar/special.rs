//! Special functions of a [`Scalar`]: their values from [`special`](crate::special), with the slopes that carry derivatives
//! through them.

mod angle;
mod bessel;
mod counts;
mod gamma;
mod location;
mod logarithm;
mod negentropy;
mod normal;
mod power;
mod sinhc;
mod skewed;

pub use angle::{arccot, cot_pi, ln_1p_square, sin_excess};
pub use bessel::{
    bessel_ratio, bessel_ratio_complement, log_i0_bregman, von_mises_cdf, von_mises_entropy,
    von_mises_log_cdf, von_mises_log_peak, von_mises_quantile, von_mises_variance,
};
pub use counts::{deviance, log1pmx, poisson_log_mass, stirling_error};
pub use gamma::{
    beta_shape_divergence, digamma, digamma_minus_log, gamma_log_concavity, gamma_shape_divergence,
    ln_binomial, ln_gamma_1p, ln_gamma_2p_excess, ln_gamma_curvature, ln_gamma_excess, ln_gamma_rise,
};
pub use location::{located, log_distance, standard_value, standardised};
pub use logarithm::{
    ln_1m_tanh_square, ln_ratio, ln_softplus, log_log_complement, logit, logit_of_log_log, product,
    ratio_deficit, softplus_inverse,
};
pub use negentropy::{
    gamma_negentropy, gamma_negentropy_fall, gamma_negentropy_rest, log_minus_digamma_excess,
};
pub use normal::{
    log_normal_cdf, normal_cdf, normal_central_mass, normal_quantile, normal_quantile_of_central_mass,
};
pub use power::{BoxCox, exp_m1_excess, exp_m1_mean_deficit, exp_m1_over, ln_1p_over, pow, pow_ratio};
pub use sinhc::{langevin, langevin_slope, ln_sinhc, ln_sinhc_over_square};
pub use skewed::{
    log1p_exponential_variance, scaled_exponential_integral, skew_normal_cdf, skew_normal_log_cdf,
};
