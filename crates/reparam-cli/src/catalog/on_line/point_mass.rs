//! All mass at one point.

use reparam_kernels::Element;
use reparam_kernels::law::{Decay, Domain, Level, Support};

use super::OnLine;

/// A number that is always the same: θ is that number.
pub struct PointMass;

impl OnLine for PointMass {
    fn domains(&self) -> Vec<Domain> {
        vec![Domain::Real]
    }
    fn edges(&self, _theta: &[f64]) -> Vec<bool> {
        vec![true]
    }
    fn check(&self, theta: &[f64]) -> Result<(), String> {
        if theta[0].is_finite() {
            Ok(())
        } else {
            Err(format!("PointMass: value must be finite, got {}", theta[0]))
        }
    }
    fn support(&self, theta: &[f64]) -> Support {
        Support::Interval(theta[0], theta[0])
    }
    fn log_prob(&self, x: f64, theta: &[f64]) -> f64 {
        match x {
            x if x.is_nan() => f64::NAN,
            x if x == theta[0] => 0.0,
            _ => f64::NEG_INFINITY,
        }
    }
    fn slopes(&self, _x: f64, _theta: &[f64]) -> Vec<f64> {
        vec![0.0; 2]
    }
    fn tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        Some(match x {
            x if x.is_nan() => [f64::NAN; 2],
            x if x < theta[0] => [0.0, 1.0],
            _ => [1.0, 0.0],
        })
    }
    fn log_tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        Some(self.tails(x, theta)?.map(f64::ln))
    }
    fn quantile(&self, level: Level<f64>, theta: &[f64]) -> Option<f64> {
        Some(if level.lower.is_nan() { f64::NAN } else { theta[0] })
    }
    fn draw(&self, _bits: &mut Element, theta: &[f64]) -> f64 {
        theta[0]
    }
    fn path(&self, _x: f64, _theta: &[f64]) -> Option<Vec<f64>> {
        Some(vec![1.0])
    }
    fn ends(&self, _theta: &[f64]) -> Option<[Decay; 2]> {
        None
    }
    fn atoms(&self, theta: &[f64]) -> Vec<f64> {
        vec![theta[0]]
    }
    fn moments(&self, theta: &[f64]) -> Option<[f64; 2]> {
        Some([theta[0], 0.0])
    }
    fn modes(&self, theta: &[f64]) -> Vec<f64> {
        vec![theta[0]]
    }
    fn landmarks(&self, theta: &[f64]) -> Vec<f64> {
        vec![theta[0]]
    }
}
