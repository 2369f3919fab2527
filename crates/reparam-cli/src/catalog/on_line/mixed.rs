//! A mixture of any distributions over single numbers.

use std::sync::Arc;

use reparam_kernels::Element;
use reparam_kernels::law::{Coordinate, Decay, Domain, Level, Noise, Support};
use reparam_kernels::special::log_sum_exp;

use super::{OnLine, flow, log_of};

/// A draw of one of several distributions, by weights; θ begins with those, as probabilities or as logarithms.
pub struct Mixed {
    /// Whether the weights are probabilities.
    pub is_probs: bool,
    /// The distributions.
    pub components: Vec<Arc<dyn OnLine>>,
}

/// What a sum of weights may lack, where single precision has rounded them.
const ROUNDING: f64 = 1e-6;
/// By how much a distribution function of counts may miss a level that it reaches, relative to it.
const SLACK: f64 = 8.0 * f64::EPSILON;
/// Steps of a search for a quantile: enough to halve any bracket to neighbouring numbers.
const HALVINGS: usize = 2200;

/// The component that a draw is of, by these weights.
pub fn chosen(bits: &mut Element, weights: impl ExactSizeIterator<Item = f64>) -> usize {
    // The last takes what rounding leaves.
    let last = weights.len() - 1;
    let mut left = bits.noise(Noise::Uniform);
    let below = weights.take(last).position(|w| {
        left -= w;
        left < 0.0
    });
    below.unwrap_or(last)
}

/// A mixture at its numbers.
struct At<'a> {
    is_probs: bool,
    log_weights: Vec<f64>,
    /// The sum of the weights as they were given.
    total: f64,
    parts: Vec<(&'a dyn OnLine, &'a [f64])>,
}

impl Mixed {
    /// What is wrong with the weights.
    ///
    /// # Errors
    /// That, in words.
    pub fn check_weights(&self, weights: &[f64]) -> Result<(), String> {
        let is_fine = if self.is_probs {
            weights.iter().all(|w| *w >= 0.0) && (weights.iter().sum::<f64>() - 1.0).abs() <= ROUNDING
        } else {
            weights.iter().all(|w| *w < f64::INFINITY) && weights.iter().any(|w| w.is_finite())
        };
        match (is_fine, self.is_probs) {
            (true, _) => Ok(()),
            (false, true) => Err("probs must be numbers of at least 0 whose sum is 1".to_owned()),
            (false, false) => Err("logits must be below ∞, one of them finite".to_owned()),
        }
    }

    fn at<'a>(&'a self, theta: &'a [f64]) -> At<'a> {
        let (weights, mut rest) = theta.split_at(self.components.len());
        let logs: Vec<f64> =
            if self.is_probs { weights.iter().map(|w| w.ln()).collect() } else { weights.to_vec() };
        let all = log_sum_exp(&logs);
        let total = if self.is_probs { weights.iter().sum() } else { 1.0 };
        let mut parts: Vec<(&dyn OnLine, &[f64])> = Vec::new();
        for component in &self.components {
            let (own, others) = rest.split_at(component.domains().len());
            parts.push((component.as_ref(), own));
            rest = others;
        }
        At { is_probs: self.is_probs, log_weights: logs.iter().map(|w| w - all).collect(), total, parts }
    }
}

impl At<'_> {
    /// Components that have a weight.
    fn weighted(&self) -> impl Iterator<Item = (f64, &dyn OnLine, &[f64])> {
        let all = self.log_weights.iter().zip(&self.parts);
        all.filter(|(w, _)| **w > f64::NEG_INFINITY).map(|(w, (law, theta))| (*w, *law, *theta))
    }

    /// Σ w f.
    fn mean(&self, f: impl Fn(&dyn OnLine, &[f64]) -> f64) -> f64 {
        self.weighted().map(|(w, law, theta)| w.exp() * f(law, theta)).sum()
    }

    /// ln Σ w e^f.
    fn log_mean(&self, f: impl Fn(&dyn OnLine, &[f64]) -> f64) -> f64 {
        let terms: Vec<f64> = self.weighted().map(|(w, law, theta)| w + f(law, theta)).collect();
        // An infinite density is that of the sum.
        if terms.contains(&f64::INFINITY) { f64::INFINITY } else { log_sum_exp(&terms) }
    }

    /// The two tails, each a mean of those of the components.
    fn tails(&self, x: f64) -> [f64; 2] {
        [0, 1].map(|side| self.mean(|law, theta| law.tails(x, theta).map_or(f64::NAN, |tails| tails[side])))
    }

    /// The share of each component in a density, of which this is the logarithm, at one point.
    fn shares(&self, log_prob: f64, own: impl Fn(&dyn OnLine, &[f64]) -> f64) -> Vec<f64> {
        let share = |(w, (law, theta)): (&f64, &(&dyn OnLine, &[f64]))| {
            if *w > f64::NEG_INFINITY { (w + own(*law, theta) - log_prob).exp() } else { 0.0 }
        };
        self.log_weights.iter().zip(&self.parts).map(share).collect()
    }

    /// Slopes in all numbers: in the weights from what one weight's part is to the whole, and those of each component
    /// times its share.
    fn slopes(
        &self,
        by_weight: &[f64],
        shares: &[f64],
        own: impl Fn(&dyn OnLine, &[f64]) -> Vec<f64>,
    ) -> Vec<f64> {
        let in_weights = by_weight.iter().zip(&self.log_weights).map(|(slope, log_weight)| {
            if self.is_probs { slope / self.total } else { flow(log_weight.exp(), *slope) }
        });
        let in_components = self.parts.iter().zip(shares).flat_map(|((law, theta), share)| {
            if *share > 0.0 {
                own(*law, theta).into_iter().map(|slope| flow(*share, slope)).collect()
            } else {
                vec![0.0; theta.len()]
            }
        });
        in_weights.chain(in_components).collect()
    }
}

impl OnLine for Mixed {
    fn domains(&self) -> Vec<Domain> {
        let domain = if self.is_probs { Domain::Probability } else { Domain::Extended };
        let weights = std::iter::repeat_n(domain, self.components.len());
        weights.chain(self.components.iter().flat_map(|component| component.domains())).collect()
    }
    /// The weights are one argument.
    fn arguments(&self) -> Vec<Domain> {
        let domain = if self.is_probs { Domain::Probability } else { Domain::Extended };
        std::iter::once(domain).chain(self.components.iter().flat_map(|own| own.arguments())).collect()
    }
    fn edges(&self, theta: &[f64]) -> Vec<bool> {
        let weights = std::iter::repeat_n(false, self.components.len());
        weights.chain(self.at(theta).parts.iter().flat_map(|(law, own)| law.edges(own))).collect()
    }
    fn check(&self, theta: &[f64]) -> Result<(), String> {
        let at = self.at(theta);
        for (law, own) in &at.parts {
            law.check(own)?;
        }
        let is_discrete = |(law, own): &(&dyn OnLine, &[f64])| law.support(own).is_discrete();
        if at.parts.iter().any(|part| is_discrete(part) != is_discrete(&at.parts[0])) {
            return Err("a mixture of masses and densities has neither".to_owned());
        }
        self.check_weights(&theta[..self.components.len()])
    }
    fn support(&self, theta: &[f64]) -> Support {
        let at = self.at(theta);
        let ends = || at.weighted().map(|(_, law, own)| law.support(own).ends());
        let low = ends().map(|(low, _)| low).fold(f64::INFINITY, f64::min);
        let high = ends().map(|(_, high)| high).fold(f64::NEG_INFINITY, f64::max);
        let is_discrete = at.parts.first().is_some_and(|(law, own)| law.support(own).is_discrete());
        if is_discrete { Support::Integers(low, high) } else { Support::Interval(low, high) }
    }
    fn log_prob(&self, x: f64, theta: &[f64]) -> f64 {
        self.at(theta).log_mean(|law, own| law.log_prob(x, own))
    }
    fn slopes(&self, x: f64, theta: &[f64]) -> Vec<f64> {
        let at = self.at(theta);
        let log_prob = at.log_mean(|law, own| law.log_prob(x, own));
        let shares = at.shares(log_prob, |law, own| law.log_prob(x, own));
        let by_weight: Vec<f64> =
            at.parts.iter().map(|(law, own)| (law.log_prob(x, own) - log_prob).exp_m1()).collect();
        let in_x =
            at.parts.iter().zip(&shares).map(|((law, own), share)| {
                if *share > 0.0 { flow(*share, law.slopes(x, own)[0]) } else { 0.0 }
            });
        let others = at.slopes(&by_weight, &shares, |law, own| law.slopes(x, own)[1..].to_vec());
        std::iter::once(in_x.sum()).chain(others).collect()
    }
    fn tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        Some(self.at(theta).tails(x)).filter(|tails| !tails[0].is_nan() || x.is_nan())
    }
    fn log_tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        let at = self.at(theta);
        let [lower, upper] = at.tails(x);
        let log =
            |side: usize| at.log_mean(|law, own| law.log_tails(x, own).map_or(f64::NAN, |tails| tails[side]));
        // A sum of rounded weights may be above 1.
        let near_one =
            |p: f64, complement: f64, side| if p > 0.5 { log_of(p, complement) } else { log(side) };
        Some([near_one(lower, upper, 0), near_one(upper, lower, 1)])
    }
    /// Between the components' quantiles, by bisection on the smaller tail.
    fn quantile(&self, level: Level<f64>, theta: &[f64]) -> Option<f64> {
        let at = self.at(theta);
        let quantiles =
            at.weighted().map(|(_, law, own)| law.quantile(level, own)).collect::<Option<Vec<f64>>>()?;
        let mut low = quantiles.iter().copied().fold(f64::INFINITY, f64::min);
        let mut high = quantiles.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if low == high || !(low.is_finite() && high.is_finite()) {
            return Some(high);
        }
        let is_discrete = self.support(theta).is_discrete();
        if is_discrete {
            low -= 1.0;
        }
        for _ in 0..HALVINGS {
            let middle = low + 0.5 * (high - low);
            let middle = if is_discrete { middle.floor() } else { middle };
            if middle <= low || middle >= high {
                break;
            }
            let [below, above] = at.tails(middle);
            // A level that rounding has moved past a step is that step's.
            let slack = if is_discrete { SLACK } else { 0.0 };
            let is_below = if level.is_low() {
                below < level.lower * (1.0 - slack)
            } else {
                above > level.upper * (1.0 + slack)
            };
            *(if is_below { &mut low } else { &mut high }) = middle;
        }
        Some(high)
    }
    fn draw(&self, bits: &mut Element, theta: &[f64]) -> f64 {
        let at = self.at(theta);
        let class = chosen(bits, at.log_weights.iter().map(|w| w.exp()));
        let (law, own) = at.parts[class];
        law.draw(bits, own)
    }
    fn path(&self, x: f64, theta: &[f64]) -> Option<Vec<f64>> {
        let at = self.at(theta);
        for (_, law, own) in at.weighted() {
            law.path(x, own)?;
        }
        // The density of an angle goes on beyond the turn on which it is drawn.
        let drawn = |law: &dyn OnLine, own: &[f64]| {
            if law.support(own).contains(x) { law.log_prob(x, own) } else { f64::NEG_INFINITY }
        };
        let log_prob = at.log_mean(drawn);
        let shares = at.shares(log_prob, drawn);
        let [lower, upper] = self.log_tails(x, theta)?;
        let (side, whole, sign) = if lower < upper { (0, lower, -1.0) } else { (1, upper, 1.0) };
        let by_weight: Vec<f64> = at
            .parts
            .iter()
            .map(|(law, own)| {
                let tail = law.log_tails(x, own).map_or(f64::NAN, |tails| tails[side]);
                sign * ((tail - log_prob).exp() - (whole - log_prob).exp())
            })
            .collect();
        Some(at.slopes(&by_weight, &shares, |law, own| law.path(x, own).unwrap_or_default()))
    }
    fn ends(&self, theta: &[f64]) -> Option<[Decay; 2]> {
        let at = self.at(theta);
        let hull = self.support(theta).ends();
        let mut all: [Option<Decay>; 2] = [None; 2];
        for (_, law, own) in at.weighted() {
            let (low, high) = law.support(own).ends();
            let ends = law.ends(own)?;
            for (side, reaches) in [low == hull.0, high == hull.1].into_iter().enumerate() {
                if reaches {
                    all[side] = Some(all[side].map_or(ends[side], |slowest| slowest.slower(ends[side])));
                }
            }
        }
        Some([all[0]?, all[1]?])
    }
    /// Σ w (Var + (mean − m)²), m the mean; infinite where a component's is, whatever its mean.
    fn moments(&self, theta: &[f64]) -> Option<[f64; 2]> {
        let at = self.at(theta);
        let all: Vec<(f64, [f64; 2])> =
            at.weighted().map(|(w, law, own)| Some((w.exp(), law.moments(own)?))).collect::<Option<_>>()?;
        let mean = all.iter().map(|(w, [mean, _])| w * mean).sum::<f64>();
        let variance = if all.iter().any(|(_, [_, variance])| *variance == f64::INFINITY) {
            f64::INFINITY
        } else {
            all.iter().map(|(w, [own, variance])| w * (variance + (own - mean).powi(2))).sum()
        };
        Some([mean, variance])
    }
    fn modes(&self, theta: &[f64]) -> Vec<f64> {
        self.at(theta).weighted().flat_map(|(_, law, own)| law.modes(own)).collect()
    }
    fn landmarks(&self, theta: &[f64]) -> Vec<f64> {
        self.at(theta).weighted().flat_map(|(_, law, own)| law.landmarks(own)).collect()
    }
    fn coordinate(&self) -> Coordinate {
        let first = self.components[0].coordinate();
        let is_shared = self.components.iter().all(|component| component.coordinate() == first);
        if is_shared { first } else { Coordinate::Itself }
    }
    fn log_prob_at(&self, t: f64, theta: &[f64]) -> f64 {
        if self.coordinate() == Coordinate::Itself {
            return self.log_prob(t, theta);
        }
        self.at(theta).log_mean(|law, own| law.log_prob_at(t, own))
    }
}
