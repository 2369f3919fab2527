//! What several test files need.
#![allow(dead_code, reason = "every test file uses a part")]

pub mod discrete;

use burn::tensor::Device;
use reparam::testing::rates;
use reparam_testing::MeanTest;

/// The standard normal distribution function.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The log-density of a normal.
pub fn normal_log_prob(x: f64, loc: f64, scale: f64) -> f64 {
    -0.5 * ((x - loc) / scale).powi(2) - scale.ln() - 0.5 * std::f64::consts::TAU.ln()
}

/// The CPU, with automatic differentiation.
pub fn device() -> Device {
    Device::flex().autodiff()
}

/// Panics unless the mean of independent numbers may be `expected`, at the rates of one law.
#[track_caller]
pub fn assert_mean(numbers: &[f64], expected: f64) {
    MeanTest::new(rates()).check(&numbers.iter().copied().collect(), expected).unwrap();
}

/// Panics unless the two numbers agree to `tolerance`, relative to the larger of 1 and the expected one.
#[track_caller]
pub fn assert_close(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() <= tolerance * expected.abs().max(1.0), "got {got}, expected {expected}");
}
