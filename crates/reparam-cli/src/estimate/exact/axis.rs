//! What is integrated or summed over: a number that is drawn, or a vector of a few values.

use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::Level;
use reparam_testing::{Estimate, integrate};

/// A number, or a vector of a few values: drawn from one of several parts.
pub struct Axis {
    /// What it is called.
    pub name: String,
    /// For each number that its law depends on, whether an end of the support moves with it at which the density does
    /// not vanish.
    pub edges: Vec<bool>,
    /// What it is drawn from.
    pub parts: Vec<Part>,
}

/// A part of a law and its probability.
pub struct Part {
    /// How likely it is.
    pub probability: f64,
    /// The slope of that in each number that the axis' law depends on.
    pub slopes: Vec<f64>,
    /// What is drawn then.
    pub draw: Draw,
}

/// What a part of a law draws.
pub enum Draw {
    /// These numbers.
    Value(Vec<f64>),
    /// A continuous number, with the place in its law of each number that the axis' law depends on.
    Level { law: &'static Univariate, theta: Vec<f64>, places: Vec<Option<usize>> },
}

/// A point of an axis.
pub struct Point<'a> {
    part: &'a Part,
    value: [f64; 1],
    level: Level<f64>,
    /// dF/dt at log-odds t of the level; 1 for a value.
    weight: f64,
    /// Whether it is the first or the last of the levels that were asked for.
    pub is_end: bool,
}

/// The error of an integral relative to that of its size.
const TOLERANCE: f64 = 1e-9;
/// The log-odds of the levels between which a continuous law is integrated, in pieces.
const LOG_ODDS: [f64; 5] = [-700.0, -36.0, 0.0, 36.0, 700.0];

impl Axis {
    /// Whether it is integrated rather than summed over.
    pub fn is_continuous(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.draw, Draw::Level { .. }))
    }

    /// How many numbers it has.
    pub fn width(&self) -> usize {
        if let Some(Part { draw: Draw::Value(values), .. }) = self.parts.first() { values.len() } else { 1 }
    }

    /// How many values are summed over.
    pub fn values(&self) -> usize {
        if self.is_continuous() { 1 } else { self.parts.len() }
    }

    /// Every value, and continuous numbers at these log-odds of their levels.
    pub fn points(&self, log_odds: &[f64]) -> Vec<Point<'_>> {
        let mut points: Vec<Point<'_>> = Vec::new();
        for part in &self.parts {
            let first = points.len();
            match &part.draw {
                Draw::Value(_) => points.push(Point::value(part)),
                Draw::Level { .. } => {
                    points.extend(log_odds.iter().filter_map(|t| Point::at(part, *t)));
                    if let [end, .., other] = &mut points[first..] {
                        (end.is_end, other.is_end) = (true, true);
                    }
                }
            }
        }
        points
    }

    /// The sum over the values, or the integral over the levels, of a function of points that have their weight in them;
    /// the range of the levels is cut at places moved by `shift`.
    pub fn integrate(&self, shift: f64, f: &dyn Fn(&Point<'_>) -> f64) -> Estimate {
        self.parts.iter().fold(Estimate { value: 0.0, error: 0.0 }, |sum, part| {
            let own = match &part.draw {
                Draw::Value(_) => Estimate { value: f(&Point::value(part)), error: 0.0 },
                Draw::Level { .. } => over_levels(part, shift, f),
            };
            Estimate { value: sum.value + own.value, error: sum.error + own.error }
        })
    }
}

fn over_levels(part: &Part, shift: f64, f: &dyn Fn(&Point<'_>) -> f64) -> Estimate {
    let at = |t: f64| Point::at(part, t).map_or(0.0, |point| f(&point));
    // What has not faded where the levels end is not all there is.
    let left_over = (at(LOG_ODDS[0]).abs() + at(LOG_ODDS[4]).abs()) * LOG_ODDS[4];
    LOG_ODDS.windows(2).fold(Estimate { value: 0.0, error: left_over }, |sum, ends| {
        let piece = integrate(at, ends[0] + shift, ends[1] + shift, TOLERANCE);
        Estimate { value: sum.value + piece.value, error: sum.error + piece.error }
    })
}

impl<'a> Point<'a> {
    fn value(part: &'a Part) -> Self {
        Self { part, value: [f64::NAN], level: Level::logit(0.0), weight: 1.0, is_end: false }
    }

    /// The point of a continuous part at these log-odds of the level. `None` where no number tells it from an end of the
    /// support, so that it has no weight.
    fn at(part: &'a Part, t: f64) -> Option<Self> {
        let Draw::Level { law, theta, .. } = &part.draw else { return None };
        let level = Level::logit(t);
        let value = law.quantile?(level, theta);
        let weight = level.lower * level.upper;
        let (low, high) = (law.support)(theta).ends();
        let is_inner = low < value && value < high && weight > 0.0;
        is_inner.then_some(Self { part, value: [value], level, weight, is_end: false })
    }

    /// The draw.
    pub fn values(&self) -> &[f64] {
        if let Draw::Value(values) = &self.part.draw { values } else { &self.value }
    }

    /// How likely it is.
    pub fn mass(&self) -> f64 {
        self.weight * self.part.probability
    }

    /// The slope of its mass, the draw held fixed: that of the part's probability, and the part's own score.
    pub fn slope(&self, of: usize) -> f64 {
        let score = match &self.part.draw {
            Draw::Level { law, theta, places } => {
                places[of].map_or(0.0, |place| (law.log_prob_slopes)(self.value[0], theta)[1 + place])
            }
            Draw::Value(_) => 0.0,
        };
        // What is not likely has a score that need not be a number.
        let own = if self.part.probability == 0.0 { 0.0 } else { self.part.probability * score };
        self.weight * (self.part.slopes[of] + own)
    }

    /// Its mass times the slope of the draw, the level held fixed.
    pub fn path(&self, of: usize) -> f64 {
        match &self.part.draw {
            Draw::Level { law, theta, places } => places[of].map_or(0.0, |place| {
                let slopes = law.quantile_slopes.map(|slopes| slopes(self.level, theta));
                self.mass() * slopes.map_or(f64::NAN, |slopes| slopes[place])
            }),
            Draw::Value(_) => f64::NAN,
        }
    }
}
