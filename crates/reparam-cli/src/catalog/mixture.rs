//! A mixture of laws of one family.

mod rows;

use std::any::Any;
use std::sync::Arc;

use rayon::prelude::*;
use reparam_kernels::Rng;
use reparam_kernels::law::{Level, Support};
use reparam_kernels::special::log_sum_exp;
use reparam_lang::{Interval, Value};

use super::arguments::Arguments;
use super::capabilities::Path;
use super::composite::of_itself;
use super::given::{Fault, Given};
use super::law::{Answer, Form, Law, Quantity, lacks};
use super::on_line::{Leaf, Mixed, OnLine, Placed, chosen};
use super::rows::Rows;
use super::univariate::Bound;
use rows::MixtureRows;

/// How weights are named that are probabilities.
const PROBS: &str = "probs";

/// What a sum of weights may lack, where single precision has rounded them.
const ROUNDING: f64 = 1e-6;

/// A law for each component, with its weight.
pub struct Mixture {
    /// Whether the weights were given as probabilities.
    is_probs: bool,
    log_weights: Vec<f64>,
    /// The sum of the weights as they were given; 1 where they were given as logarithms.
    total: f64,
    components: Vec<Bound>,
}

impl Mixture {
    /// The laws that it is a mixture of; those without weight are left out.
    pub fn components(&self) -> &[Bound] {
        &self.components
    }

    /// The probability of each component.
    pub fn weights(&self) -> Vec<f64> {
        self.log_weights.iter().map(|w| w.exp()).collect()
    }

    /// The slope of the probability of a component in a weight as it was given, or its logarithm: their sum is taken out.
    pub fn slope_of_weight(&self, of: usize, given: usize) -> f64 {
        let (own, other) = (self.log_weights[of].exp(), self.log_weights[given].exp());
        let same = if of == given { 1.0 } else { 0.0 };
        if self.is_probs { (same - own) / self.total } else { own * (same - other) }
    }

    /// The mixture that was given.
    pub fn make(given: &Given) -> Result<Box<dyn Law>, Fault> {
        let fault = |argument, message: &str| Fault {
            message: format!("{}: {message}", given.signature.name),
            argument: Some(argument),
        };
        let [Value::Vector(weights), Value::Distribution(bound)] = given.values.as_slice() else {
            return Err(fault(0, "expected weights and components"));
        };
        let components: Result<Vec<_>, Fault> = Given::all(bound).iter().map(Bound::given).collect();
        let components = components.map_err(|inner| Fault { argument: Some(1), ..inner })?;
        if components.len() != weights.len() {
            let message =
                format!("{} weights need as many components, got {}", weights.len(), components.len());
            return Err(fault(1, &message));
        }
        let is_probs = given.parameters()[0].name == PROBS;
        let log_weights: Vec<f64> = weights.iter().map(|w| if is_probs { w.ln() } else { *w }).collect();
        let total = log_sum_exp(&log_weights);
        if log_weights.iter().any(|w| w.is_nan())
            || !total.is_finite()
            || (is_probs && total.abs() > ROUNDING)
        {
            let expected = if is_probs {
                "probs must be numbers of at least 0 whose sum is 1"
            } else {
                "logits must be below ∞, one of them finite"
            };
            return Err(fault(0, expected));
        }
        // A component that is left out has no part in any sum.
        let parts = log_weights.iter().map(|w| w - total).zip(components);
        let total = if is_probs { total.exp() } else { 1.0 };
        let (log_weights, components) = parts.filter(|(w, _)| *w > f64::NEG_INFINITY).unzip();
        Ok(Box::new(Self { is_probs, log_weights, total, components }))
    }

    /// The same as a mixture of any laws.
    fn placed(&self) -> Placed {
        let component = |law: &Bound| Arc::new(Leaf(law.law())) as Arc<dyn OnLine>;
        let law = Mixed { is_probs: false, components: self.components.iter().map(component).collect() };
        let parts = self.components.iter().flat_map(Bound::theta);
        Placed { law: Arc::new(law), theta: self.log_weights.iter().chain(parts).copied().collect() }
    }

    /// Σ w f.
    fn mean(&self, f: impl Fn(&Bound) -> f64) -> f64 {
        self.log_weights.iter().zip(&self.components).map(|(w, law)| w.exp() * f(law)).sum()
    }

    /// ln Σ w e^f.
    fn log_mean(&self, f: impl Fn(&Bound) -> f64) -> f64 {
        let terms = self.log_weights.iter().zip(&self.components).map(|(w, law)| w + f(law));
        log_sum_exp(&terms.collect::<Vec<_>>())
    }

    /// The slope of the log-density in x.
    fn slope(&self, x: f64) -> f64 {
        let log_prob = self.log_mean(|law| law.number("log_prob", Some(x)));
        self.mean(|law| {
            let share = (law.number("log_prob", Some(x)) - log_prob).exp();
            if share > 0.0 { share * law.number("log_prob_grad_x", Some(x)) } else { 0.0 }
        })
    }
}

impl Law for Mixture {
    fn support(&self) -> String {
        let ends = |law: &Bound| law.support_set().ends();
        let low = self.components.iter().map(|law| ends(law).0).fold(f64::INFINITY, f64::min);
        let high = self.components.iter().map(|law| ends(law).1).fold(f64::NEG_INFINITY, f64::max);
        let hull =
            if self.is_discrete() { Support::Integers(low, high) } else { Support::Interval(low, high) };
        super::univariate::words(hull)
    }

    fn is_discrete(&self) -> bool {
        self.components[0].is_discrete()
    }

    fn range(&self, element: usize) -> Interval {
        let all = self.components.iter().map(|component| component.range(element));
        all.reduce(Interval::hull).unwrap_or(Interval::REAL)
    }

    fn draws(&self) -> String {
        "a component by its weight, then a draw of it".to_owned()
    }

    fn path(&self) -> Path {
        let moves = self.components.iter().all(|component| component.law().slopes.is_some());
        if moves && !self.is_discrete() { Path::Implicit } else { Path::None }
    }

    fn of_itself(&self) -> Vec<Quantity> {
        ["mean", "variance", "mode", "entropy"].map(|name| Quantity::new(name, name, true)).into()
    }

    fn of_point(&self) -> Vec<Quantity> {
        let known = self.components[0].of_point().into_iter();
        known
            .filter(|q| {
                q.function == "log_prob_grad_x"
                    || !q.function.contains("_grad_") && !q.function.starts_with("dz_")
            })
            .collect()
    }

    fn evaluate(&self, function: &str, x: Option<&Value<'_>>) -> Result<Answer, String> {
        let known =
            self.of_itself().into_iter().chain(self.of_point()).filter(|q| q.known).map(|q| q.function);
        let mut known: Vec<String> = known.collect();
        known.extend(["std", "median", "icdf", "isf", "sample"].map(str::to_owned));
        if !known.iter().any(|known| known == function) {
            return Err(lacks("a mixture", function, &known));
        }
        if function == "sample" {
            let mut draw = [0.0];
            self.fill(&mut Rng::new(0), Form::Double, &mut draw)?;
            return Ok(Value::Number(draw[0]));
        }
        let tails = |x: f64, side: usize| self.placed().tails(x).map_or(f64::NAN, |tails| tails[side]);
        let log_tails =
            |x: f64, side: usize| self.placed().log_tails(x).map_or(f64::NAN, |tails| tails[side]);
        let value = match (function, x) {
            ("mean" | "variance" | "std" | "mode" | "entropy" | "median", _) => {
                return of_itself(function, &self.placed()).expect("a function of the whole");
            }
            (_, Some(Value::Number(x))) => match function {
                "icdf" => self.quantile(*x, 1.0 - x).unwrap_or(f64::NAN),
                "isf" => self.quantile(1.0 - x, *x).unwrap_or(f64::NAN),
                "prob" => self.log_mean(|law| law.number("log_prob", Some(*x))).exp(),
                "log_prob" => self.log_mean(|law| law.number(function, Some(*x))),
                "cdf" => tails(*x, 0),
                "sf" => tails(*x, 1),
                "log_cdf" => log_tails(*x, 0),
                "log_sf" => log_tails(*x, 1),
                "log_prob_grad_x" => self.slope(*x),
                _ => self.mean(|law| law.number(function, Some(*x))),
            },
            _ => return Err(format!("`{function}` needs a number x")),
        };
        Ok(Value::Number(value))
    }

    fn quantile(&self, lower: f64, upper: f64) -> Option<f64> {
        self.placed().quantile(Level { lower, upper })
    }

    fn event(&self) -> Vec<usize> {
        Vec::new()
    }

    fn coordinate(&self) -> Option<&'static str> {
        self.components[0].coordinate()
    }

    fn fill(&self, rng: &mut Rng, form: Form, out: &mut [f64]) -> Result<(), String> {
        let from = rng.take(out.len());
        let weights = self.weights();
        out.par_iter_mut().with_min_len(1024).enumerate().for_each(|(place, out)| {
            let mut bits = from.element_at(place as u64);
            let class = chosen(&mut bits, weights.iter().copied());
            *out = self.components[class].draw(&mut bits, form);
        });
        Ok(())
    }

    fn rows(&self, arguments: &Arguments, _rows: usize) -> Result<Box<dyn Rows>, String> {
        Ok(Box::new(MixtureRows::new(self.components[0].law(), self.is_probs, arguments)))
    }

    fn on_line(&self) -> Option<Placed> {
        Some(self.placed())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
