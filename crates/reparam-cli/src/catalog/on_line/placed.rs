//! A distribution over single numbers with its numbers.

use std::sync::Arc;

use reparam_kernels::law::{Coordinate, Decay, Level, Support};

use super::OnLine;

/// A distribution and the numbers that fix it.
#[derive(Clone)]
pub struct Placed {
    /// The distribution.
    pub law: Arc<dyn OnLine>,
    /// Its numbers.
    pub theta: Vec<f64>,
}

impl Placed {
    /// Where it lives.
    pub fn support(&self) -> Support {
        self.law.support(&self.theta)
    }
    /// The log-density or log-mass.
    pub fn log_prob(&self, x: f64) -> f64 {
        self.law.log_prob(x, &self.theta)
    }
    /// The log-density of the point with this coordinate.
    pub fn log_prob_at(&self, t: f64) -> f64 {
        self.law.log_prob_at(t, &self.theta)
    }
    /// The coordinate in which points stay exact.
    pub fn coordinate(&self) -> Coordinate {
        self.law.coordinate()
    }
    /// The slope of the log-density in x.
    pub fn slope(&self, x: f64) -> f64 {
        self.law.slopes(x, &self.theta)[0]
    }
    /// P(X ≤ x) and P(X > x).
    pub fn tails(&self, x: f64) -> Option<[f64; 2]> {
        self.law.tails(x, &self.theta)
    }
    /// Their logarithms.
    pub fn log_tails(&self, x: f64) -> Option<[f64; 2]> {
        self.law.log_tails(x, &self.theta)
    }
    /// The quantile at a level.
    pub fn quantile(&self, level: Level<f64>) -> Option<f64> {
        self.law.quantile(level, &self.theta)
    }
    /// How the density fades towards both ends.
    pub fn ends(&self) -> Option<[Decay; 2]> {
        self.law.ends(&self.theta)
    }
    /// Points of a continuous distribution that have a mass.
    pub fn atoms(&self) -> Vec<f64> {
        self.law.atoms(&self.theta)
    }
    /// Points between which the density changes much.
    pub fn landmarks(&self) -> Vec<f64> {
        self.law.landmarks(&self.theta)
    }
}
