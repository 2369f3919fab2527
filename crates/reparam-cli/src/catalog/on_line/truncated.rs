//! A distribution between two bounds: its density there, divided by their probability.

use std::sync::Arc;

use reparam_kernels::Element;
use reparam_kernels::law::{Decay, Domain, Level, Noise, Support};

use super::{OnLine, flow, log_of};

/// A distribution given that its draws lie between two bounds, which belong to it; θ ends with the bounds.
pub struct Truncated(pub Arc<dyn OnLine>);

/// Masses of a discrete distribution that are added up for the slopes of a bound's probability.
const MOST_MASSES: f64 = 65_536.0;

/// The probabilities around the bounds.
struct Between<'a> {
    base: &'a dyn OnLine,
    theta: &'a [f64],
    bounds: [f64; 2],
    is_discrete: bool,
    /// P(X ≤ x) and P(X > x) at the last point below the lower bound, and at the upper bound.
    at: [[f64; 2]; 2],
    /// The probability between the bounds.
    mass: f64,
}

/// F(b) − F(a), from the tails at both.
fn difference(a: [f64; 2], b: [f64; 2]) -> f64 {
    if b[0] <= 0.5 {
        b[0] - a[0]
    } else if a[1] <= 0.5 {
        a[1] - b[1]
    } else {
        1.0 - a[0] - b[1]
    }
}

impl Between<'_> {
    /// A point of the support at, or right below, x; for a discrete distribution the number before it.
    fn edge(&self, side: usize) -> f64 {
        match (self.is_discrete, side) {
            (true, 0) => self.bounds[0].ceil() - 1.0,
            (true, _) => self.bounds[1].floor(),
            (false, _) => self.bounds[side],
        }
    }

    /// The density at a bound; 0 where it lies beyond the support.
    fn density(&self, side: usize) -> f64 {
        let x = self.bounds[side];
        if x.is_infinite() || self.is_discrete { 0.0 } else { self.base.log_prob(x, self.theta).exp() }
    }

    /// ∂F/∂θ at a bound.
    fn motion(&self, side: usize) -> Option<Vec<f64>> {
        let x = self.edge(side);
        let none = vec![0.0; self.theta.len()];
        let (low, high) = self.base.support(self.theta).ends();
        if x >= high || x < low || (x == low && !self.is_discrete) {
            return Some(none);
        }
        if !self.is_discrete {
            let density = self.density(side);
            let path = self.base.path(x, self.theta)?;
            return Some(path.into_iter().map(|slope| -flow(density, slope)).collect());
        }
        // From the side with fewer numbers; all slopes add up to 0.
        let (from, to, sign) = if x - low < high - x { (low, x, 1.0) } else { (x + 1.0, high, -1.0) };
        let is_short = to - from < MOST_MASSES;
        if !is_short {
            return None;
        }
        let mut sum = none;
        for k in 0..=(to - from) as usize {
            let k = from + k as f64;
            let mass = self.base.log_prob(k, self.theta).exp();
            for (sum, slope) in sum.iter_mut().zip(&self.base.slopes(k, self.theta)[1..]) {
                *sum += sign * flow(mass, *slope);
            }
        }
        Some(sum)
    }
}

impl Truncated {
    fn between<'a>(&'a self, theta: &'a [f64]) -> Option<Between<'a>> {
        let (theta, bounds) = theta.split_at(theta.len() - 2);
        let bounds = [bounds[0], bounds[1]];
        let is_discrete = self.0.support(theta).is_discrete();
        let mut between =
            Between { base: self.0.as_ref(), theta, bounds, is_discrete, at: [[0.0; 2]; 2], mass: 0.0 };
        let tails = [0, 1].map(|side| self.0.tails(between.edge(side), theta));
        between.at = [tails[0]?, tails[1]?];
        between.mass = difference(between.at[0], between.at[1]);
        Some(between)
    }

    /// P(X ≤ x) and P(X > x) of the truncated draw, inside of the bounds.
    fn inner(&self, between: &Between<'_>, x: f64) -> Option<[f64; 2]> {
        let tails = self.0.tails(x, between.theta)?;
        let share = |part: f64| (part / between.mass).clamp(0.0, 1.0);
        Some([share(difference(between.at[0], tails)), share(difference(tails, between.at[1]))])
    }
}

impl OnLine for Truncated {
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
        let own = &theta[..theta.len() - 2];
        self.0.check(own)?;
        let [low, high] = [theta[own.len()], theta[own.len() + 1]];
        let is_discrete = self.0.support(own).is_discrete();
        let is_ordered = low < high || is_discrete && low == high;
        if !is_ordered {
            return Err(format!("Truncated: low must be below high, got {low} and {high}"));
        }
        let between =
            self.between(theta).ok_or("Truncated: this distribution has no distribution function")?;
        if between.mass > 0.0 {
            Ok(())
        } else {
            Err(format!("Truncated: the probability between {low} and {high} is 0 in double precision"))
        }
    }
    fn support(&self, theta: &[f64]) -> Support {
        let (own, bounds) = theta.split_at(theta.len() - 2);
        match self.0.support(own) {
            Support::Interval(low, high) => Support::Interval(low.max(bounds[0]), high.min(bounds[1])),
            Support::Integers(low, high) => {
                Support::Integers(low.max(bounds[0].ceil()), high.min(bounds[1].floor()))
            }
        }
    }
    fn log_prob(&self, x: f64, theta: &[f64]) -> f64 {
        if x.is_nan() || !self.support(theta).contains(x) {
            return if x.is_nan() { f64::NAN } else { f64::NEG_INFINITY };
        }
        let Some(between) = self.between(theta) else { return f64::NAN };
        self.0.log_prob(x, between.theta) - between.mass.ln()
    }
    fn slopes(&self, x: f64, theta: &[f64]) -> Vec<f64> {
        let nothing = |with: f64| vec![with; 1 + theta.len()];
        if !self.support(theta).contains(x) {
            return nothing(0.0);
        }
        let Some(between) = self.between(theta) else { return nothing(f64::NAN) };
        let mut slopes = self.0.slopes(x, between.theta);
        let motions = [0, 1].map(|side| between.motion(side));
        for (place, slope) in slopes[1..].iter_mut().enumerate() {
            *slope -= match &motions {
                [Some(low), Some(high)] => (high[place] - low[place]) / between.mass,
                _ => f64::NAN,
            };
        }
        slopes.extend([between.density(0) / between.mass, -between.density(1) / between.mass]);
        slopes
    }
    fn tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        let (low, high) = self.support(theta).ends();
        if x < low {
            Some([0.0, 1.0])
        } else if x >= high {
            Some([1.0, 0.0])
        } else {
            self.inner(&self.between(theta)?, x)
        }
    }
    fn log_tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        let [lower, upper] = self.tails(x, theta)?;
        Some([log_of(lower, upper), log_of(upper, lower)])
    }
    fn quantile(&self, level: Level<f64>, theta: &[f64]) -> Option<f64> {
        let between = self.between(theta)?;
        let of_base = Level {
            lower: between.at[0][0] + level.lower * between.mass,
            upper: between.at[1][1] + level.upper * between.mass,
        };
        let (low, high) = self.support(theta).ends();
        Some(self.0.quantile(of_base, between.theta)?.clamp(low, high))
    }
    fn draw(&self, bits: &mut Element, theta: &[f64]) -> f64 {
        let t = bits.noise(Noise::Logistic);
        self.quantile(Level::logit(t), theta).unwrap_or(f64::NAN)
    }
    fn path(&self, x: f64, theta: &[f64]) -> Option<Vec<f64>> {
        let between = self.between(theta)?;
        let own = self.0.path(x, between.theta)?;
        let [below, above] = self.inner(&between, x)?;
        let density = self.0.log_prob(x, between.theta).exp();
        let motions = [between.motion(0)?, between.motion(1)?];
        let in_law = own
            .iter()
            .enumerate()
            .map(|(place, slope)| slope + (motions[0][place] * above + motions[1][place] * below) / density);
        let in_bounds = [between.density(0) * above / density, between.density(1) * below / density];
        Some(in_law.chain(in_bounds).collect())
    }
    fn ends(&self, theta: &[f64]) -> Option<[Decay; 2]> {
        clipped_ends(self.0.as_ref(), theta)
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

/// How a distribution fades that ends at two bounds: not at all at those within its support.
pub fn clipped_ends(base: &dyn OnLine, theta: &[f64]) -> Option<[Decay; 2]> {
    let (own, bounds) = theta.split_at(theta.len() - 2);
    let ends = base.ends(own)?;
    let (low, high) = base.support(own).ends();
    let clipped = [bounds[0] > low, bounds[1] < high];
    Some([0, 1].map(|side| if clipped[side] { Decay::Power(1.0) } else { ends[side] }))
}
