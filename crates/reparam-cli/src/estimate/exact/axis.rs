//! What is integrated or summed over: a number that is drawn, or a vector of a few values.

use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::Level;
use reparam_testing::{Estimate, integrate_all};

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

/// The log-odds of the levels between which a continuous law is integrated, and the pieces to begin with: 95 % of it lie
/// between −4 and 4.
const END: f64 = 700.0;
#[rustfmt::skip]
const LOG_ODDS: [f64; 25] = [
    -END, -200.0, -72.0, -36.0, -24.0, -16.0, -12.0, -8.0, -6.0, -4.0, -2.5, -1.2,
    0.0, 1.2, 2.5, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 36.0, 72.0, 200.0, END,
];

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

    /// The sums over the values, or the integrals over the levels, of functions of points that have their weight in them,
    /// each to an error of its own; the range of the levels is cut at places moved by `shift`.
    pub fn integrate(&self, tolerances: &[f64], shift: f64, f: Functions<'_>) -> Vec<Estimate> {
        let mut sums = vec![Estimate { value: 0.0, error: 0.0 }; tolerances.len()];
        let mut out = vec![0.0; tolerances.len()];
        for part in &self.parts {
            let own = match &part.draw {
                Draw::Value(_) => {
                    f(&Point::value(part), &mut out);
                    out.iter().map(|value| Estimate { value: *value, error: 0.0 }).collect()
                }
                Draw::Level { .. } => over_levels(part, tolerances, shift, f),
            };
            for (sum, own) in sums.iter_mut().zip(own) {
                *sum = Estimate { value: sum.value + own.value, error: sum.error + own.error };
            }
        }
        sums
    }
}

/// Writes the value of each of several functions at a point.
pub type Functions<'a> = &'a mut dyn FnMut(&Point<'_>, &mut [f64]);

fn over_levels(part: &Part, tolerances: &[f64], shift: f64, f: Functions<'_>) -> Vec<Estimate> {
    let mut at = |t: f64, out: &mut [f64]| match Point::at(part, t) {
        Some(point) => f(&point, out),
        None => out.fill(0.0),
    };
    // What has not faded where the levels end is not all there is.
    let mut left_over = [(); 2].map(|()| vec![0.0; tolerances.len()]);
    for (out, end) in left_over.iter_mut().zip([-END, END]) {
        at(end, out);
    }
    let ends: Vec<f64> = LOG_ODDS.iter().map(|t| t + shift).collect();
    let mut all = integrate_all(at, &ends, tolerances);
    for (place, own) in all.iter_mut().enumerate() {
        own.error += left_over.iter().map(|end| end[place].abs() * END).sum::<f64>();
    }
    all
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
                let place = places[of].filter(|place| theta[*place].is_finite());
                place.map_or(0.0, |place| (law.log_prob_slopes)(self.value[0], theta)[1 + place])
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
            // What is infinite cannot move.
            Draw::Level { law, theta, places } => {
                places[of].filter(|place| theta[*place].is_finite()).map_or(0.0, |place| {
                    let slopes = law.quantile_slopes.map(|slopes| slopes(self.level, theta));
                    self.mass() * slopes.map_or(f64::NAN, |slopes| slopes[place])
                })
            }
            Draw::Value(_) => f64::NAN,
        }
    }
}
