//! A distribution whose draws beyond two bounds are moved to them.

use std::sync::Arc;

use reparam_kernels::Element;
use reparam_kernels::law::{Decay, Domain, Level, Support};

use super::truncated::clipped_ends;
use super::{OnLine, flow};

/// The nearest point between two bounds to a draw, so that each bound has the mass of all that lies beyond; θ ends with
/// the bounds.
pub struct Censored(pub Arc<dyn OnLine>);

impl Censored {
    /// Whether x is a bound with a mass, and which.
    fn bound(&self, x: f64, theta: &[f64]) -> Option<usize> {
        let (own, bounds) = theta.split_at(theta.len() - 2);
        let (low, high) = self.0.support(own).ends();
        let [below, above] = [bounds[0], bounds[1]];
        if x == below && below.is_finite() && below >= low {
            Some(0)
        } else if x == above && above.is_finite() && above <= high {
            Some(1)
        } else {
            None
        }
    }

    /// The logarithm of the mass of a bound.
    fn log_mass(&self, side: usize, x: f64, own: &[f64]) -> f64 {
        let tails = |x: f64| self.0.log_tails(x, own).map_or(f64::NAN, |tails| tails[side]);
        // P(X ≥ k) = P(X > k − 1) of whole numbers.
        let is_upper_count = side == 1 && self.0.support(own).is_discrete();
        tails(if is_upper_count { x.ceil() - 1.0 } else { x })
    }
}

impl OnLine for Censored {
    fn domains(&self) -> Vec<Domain> {
        self.0.domains().into_iter().chain([Domain::Extended; 2]).collect()
    }
    fn arguments(&self) -> Vec<Domain> {
        self.0.arguments().into_iter().chain([Domain::Extended; 2]).collect()
    }
    fn edges(&self, theta: &[f64]) -> Vec<bool> {
        let (own, bounds) = theta.split_at(theta.len() - 2);
        let edges = self.0.edges(own).into_iter();
        edges.chain(bounds.iter().map(|bound| bound.is_finite())).collect()
    }
    fn check(&self, theta: &[f64]) -> Result<(), String> {
        let (own, bounds) = theta.split_at(theta.len() - 2);
        self.0.check(own)?;
        let [low, high] = [bounds[0], bounds[1]];
        let is_ordered = low < high;
        if !is_ordered {
            return Err(format!("Censored: low must be below high, got {low} and {high}"));
        }
        let support = self.0.support(own);
        let is_between = |x: &f64| x.is_infinite() || x.fract() == 0.0;
        if support.is_discrete() && ![low, high].iter().all(is_between) {
            return Err("Censored: the bounds of whole numbers must be whole numbers".to_owned());
        }
        let (first, last) = support.ends();
        if low > last || high < first {
            return Err(format!("Censored: nothing lies between {low} and {high}"));
        }
        Ok(())
    }
    fn support(&self, theta: &[f64]) -> Support {
        let (own, bounds) = theta.split_at(theta.len() - 2);
        match self.0.support(own) {
            Support::Interval(low, high) => Support::Interval(low.max(bounds[0]), high.min(bounds[1])),
            Support::Integers(low, high) => Support::Integers(low.max(bounds[0]), high.min(bounds[1])),
        }
    }
    fn log_prob(&self, x: f64, theta: &[f64]) -> f64 {
        if x.is_nan() || !self.support(theta).contains(x) {
            return if x.is_nan() { f64::NAN } else { f64::NEG_INFINITY };
        }
        let own = &theta[..theta.len() - 2];
        match self.bound(x, theta) {
            Some(side) => self.log_mass(side, x, own),
            None => self.0.log_prob(x, own),
        }
    }
    fn slopes(&self, x: f64, theta: &[f64]) -> Vec<f64> {
        if !self.support(theta).contains(x) {
            return vec![0.0; 1 + theta.len()];
        }
        let own = &theta[..theta.len() - 2];
        let Some(side) = self.bound(x, theta) else {
            return self.0.slopes(x, own).into_iter().chain([0.0; 2]).collect();
        };
        let sign = if side == 0 { 1.0 } else { -1.0 };
        let mut in_bounds = [0.0; 2];
        let mut in_law = vec![f64::NAN; own.len()];
        // ∂ ln F = f (−∂x/∂θ at fixed level) ÷ F, and the density ÷ F in the bound itself.
        if let Some(path) = self.0.path(x, own) {
            let hazard = (self.0.log_prob(x, own) - self.log_mass(side, x, own)).exp();
            in_law = path.into_iter().map(|slope| -sign * flow(hazard, slope)).collect();
            in_bounds[side] = sign * hazard;
        }
        std::iter::once(0.0).chain(in_law).chain(in_bounds).collect()
    }
    fn tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        let (low, high) = self.support(theta).ends();
        if x < low {
            Some([0.0, 1.0])
        } else if x >= high {
            Some([1.0, 0.0])
        } else {
            self.0.tails(x, &theta[..theta.len() - 2])
        }
    }
    fn log_tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        let (low, high) = self.support(theta).ends();
        if x < low {
            Some([f64::NEG_INFINITY, 0.0])
        } else if x >= high {
            Some([0.0, f64::NEG_INFINITY])
        } else {
            self.0.log_tails(x, &theta[..theta.len() - 2])
        }
    }
    fn quantile(&self, level: Level<f64>, theta: &[f64]) -> Option<f64> {
        let (low, high) = self.support(theta).ends();
        Some(self.0.quantile(level, &theta[..theta.len() - 2])?.clamp(low, high))
    }
    fn draw(&self, bits: &mut Element, theta: &[f64]) -> f64 {
        let (low, high) = self.support(theta).ends();
        self.0.draw(bits, &theta[..theta.len() - 2]).clamp(low, high)
    }
    /// A draw at a bound moves with the bound alone.
    fn path(&self, x: f64, theta: &[f64]) -> Option<Vec<f64>> {
        let own = &theta[..theta.len() - 2];
        let Some(side) = self.bound(x, theta) else {
            return Some(self.0.path(x, own)?.into_iter().chain([0.0; 2]).collect());
        };
        self.0.path(x, own)?;
        let mut path = vec![0.0; theta.len()];
        path[own.len() + side] = 1.0;
        Some(path)
    }
    fn ends(&self, theta: &[f64]) -> Option<[Decay; 2]> {
        clipped_ends(self.0.as_ref(), theta)
    }
    fn atoms(&self, theta: &[f64]) -> Vec<f64> {
        let (own, bounds) = theta.split_at(theta.len() - 2);
        if self.0.support(own).is_discrete() {
            return Vec::new();
        }
        let has_mass =
            |bound: &f64| self.bound(*bound, theta).is_some() && self.log_prob(*bound, theta).is_finite();
        bounds.iter().copied().filter(has_mass).collect()
    }
    fn moments(&self, _theta: &[f64]) -> Option<[f64; 2]> {
        None
    }
    fn modes(&self, theta: &[f64]) -> Vec<f64> {
        let (low, high) = self.support(theta).ends();
        let own = self.0.modes(&theta[..theta.len() - 2]).into_iter().map(|mode| mode.clamp(low, high));
        own.chain([low, high].into_iter().filter(|end| end.is_finite())).collect()
    }
    fn landmarks(&self, theta: &[f64]) -> Vec<f64> {
        self.0.landmarks(&theta[..theta.len() - 2])
    }
}
