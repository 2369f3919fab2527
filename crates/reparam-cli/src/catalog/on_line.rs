//! Distributions over single numbers as functions of all their numbers: laws of the kernels, and what is made of them.

mod censored;
mod leaf;
mod mixed;
mod placed;
mod point_mass;
mod truncated;

use reparam_kernels::Element;
use reparam_kernels::law::{Coordinate, Decay, Domain, Level, Support};

pub use censored::Censored;
pub use leaf::{Leaf, fault};
pub use mixed::{Mixed, chosen};
pub use placed::Placed;
pub use point_mass::PointMass;
pub use truncated::Truncated;

/// A distribution over single numbers that is fixed by numbers θ, of which the parts of a distribution that is made of
/// others have theirs in a row.
///
/// Points have a density, or a mass where the support is whole numbers; [`atoms`](Self::atoms) have a mass beside it.
pub trait OnLine: Send + Sync {
    /// What each number may be.
    fn domains(&self) -> Vec<Domain>;

    /// The same for each argument of the grammar, of which one may hold several numbers.
    fn arguments(&self) -> Vec<Domain> {
        self.domains()
    }

    /// Whether an end of the support at which the density does not vanish, or a point with a mass, moves with each number.
    fn edges(&self, theta: &[f64]) -> Vec<bool>;

    /// What is wrong with the numbers.
    ///
    /// # Errors
    /// That, in words.
    fn check(&self, theta: &[f64]) -> Result<(), String>;

    /// Where it lives.
    fn support(&self, theta: &[f64]) -> Support;

    /// The log-density, the log-mass of counts and atoms.
    fn log_prob(&self, x: f64, theta: &[f64]) -> f64;

    /// Its slopes in x and in each number.
    fn slopes(&self, x: f64, theta: &[f64]) -> Vec<f64>;

    /// P(X ≤ x) and P(X > x).
    fn tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]>;

    /// Their logarithms.
    fn log_tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]>;

    /// The quantile at a level.
    fn quantile(&self, level: Level<f64>, theta: &[f64]) -> Option<f64>;

    /// A draw from these bits.
    fn draw(&self, bits: &mut Element, theta: &[f64]) -> f64;

    /// The slopes of the draw at x in each number, its level held fixed; `None` where there is no path.
    fn path(&self, x: f64, theta: &[f64]) -> Option<Vec<f64>>;

    /// How the density fades towards both ends, where that is known.
    fn ends(&self, theta: &[f64]) -> Option<[Decay; 2]>;

    /// Points of a continuous distribution that have a mass.
    fn atoms(&self, _theta: &[f64]) -> Vec<f64> {
        Vec::new()
    }

    /// Mean and variance, where there is a formula.
    fn moments(&self, theta: &[f64]) -> Option<[f64; 2]>;

    /// Points at which the density may be largest.
    fn modes(&self, theta: &[f64]) -> Vec<f64>;

    /// Points between which the density changes much: quantiles of every part.
    fn landmarks(&self, theta: &[f64]) -> Vec<f64>;

    /// The coordinate in which points stay exact.
    fn coordinate(&self) -> Coordinate {
        Coordinate::Itself
    }

    /// The log-density at the point with this coordinate.
    fn log_prob_at(&self, t: f64, theta: &[f64]) -> f64 {
        self.log_prob(self.coordinate().value(t), theta)
    }
}

/// ln p from p and 1 − p, through the smaller.
fn log_of(p: f64, complement: f64) -> f64 {
    // Plus 0, so that ln 1 is not −0.
    if p > 0.5 { (-complement).ln_1p() + 0.0 } else { p.ln() }
}

/// a · b, where nothing wins over infinitely much.
fn flow(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}
