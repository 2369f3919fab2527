//! A distribution over single numbers that is made of others.

mod rows;

use std::any::Any;

use rayon::prelude::*;
use reparam_kernels::Rng;
use reparam_kernels::law::{Domain, Level};
use reparam_lang::{Interval, Value};

use super::arguments::Arguments;
use super::capabilities::Path;
use super::law::{Answer, Form, Law, Quantity, lacks};
use super::numeric;
use super::on_line::Placed;
use super::rows::Rows;
use super::univariate::words;
use rows::PlacedRows;

/// A distribution that is made of others, with its numbers.
pub struct Composite {
    name: &'static str,
    placed: Placed,
    path: Path,
    /// What each argument may be.
    domains: Vec<Domain>,
}

/// Draws that are worth a thread of their own.
const SHARE: usize = 1024;

impl Composite {
    /// Under the name of what makes it.
    pub fn new(name: &'static str, placed: Placed, path: Path) -> Self {
        let domains = placed.law.arguments();
        Self { name, placed, path, domains }
    }
}

/// The nearest number of single precision that is not beyond the ends.
fn single(z: f64, (low, high): (f64, f64)) -> f64 {
    let nearest = z as f32;
    let inward = match f64::from(nearest) {
        below if below < low => nearest.next_up(),
        above if above > high => nearest.next_down(),
        _ => nearest,
    };
    f64::from(inward)
}

/// What a distribution over single numbers tells about itself where some of it takes quadrature or a search.
pub fn of_itself(name: &str, placed: &Placed) -> Option<Result<Answer, String>> {
    let value = match name {
        "mean" => numeric::mean(placed),
        "variance" => numeric::variance(placed),
        "std" => numeric::variance(placed).map(f64::sqrt),
        "mode" => numeric::mode(placed),
        "entropy" => numeric::entropy(placed).map(|found| found.value),
        "median" => placed.quantile(Level { lower: 0.5, upper: 0.5 }),
        _ => return None,
    };
    Some(value.map(Value::Number).ok_or_else(|| format!("`{name}` cannot be computed here")))
}

impl Law for Composite {
    fn support(&self) -> String {
        words(self.placed.support())
    }

    fn is_discrete(&self) -> bool {
        self.placed.support().is_discrete()
    }

    fn range(&self, _element: usize) -> Interval {
        let (low, high) = self.placed.support().ends();
        // An end with a mass is drawn.
        if self.is_discrete() || !self.placed.atoms().is_empty() {
            Interval::closed(low, high)
        } else {
            Interval::open(low, high)
        }
    }

    fn draws(&self) -> String {
        self.path.sentence().to_owned()
    }

    fn path(&self) -> Path {
        self.path
    }

    fn domains(&self) -> Option<Vec<Domain>> {
        Some(self.domains.clone())
    }

    fn moves_an_edge(&self) -> bool {
        self.placed.law.edges(&self.placed.theta).contains(&true)
    }

    fn of_itself(&self) -> Vec<Quantity> {
        ["mean", "variance", "mode", "entropy"].map(|name| Quantity::new(name, name, true)).into()
    }

    fn of_point(&self) -> Vec<Quantity> {
        let density = if self.is_discrete() { "mass" } else { "density" };
        let mut all = vec![
            Quantity::new("log_prob", format!("log-{density}"), true),
            Quantity::new("prob", density, true),
            Quantity::new("cdf", "cdf", true),
            Quantity::new("sf", "sf", true),
            Quantity::new("log_cdf", "log-cdf", true),
            Quantity::new("log_sf", "log-sf", true),
        ];
        if !self.is_discrete() {
            all.push(Quantity::new("log_prob_grad_x", format!("d log-{density} / dx"), true));
        }
        all
    }

    fn evaluate(&self, function: &str, x: Option<&Value<'_>>) -> Result<Answer, String> {
        if let Some(answer) = of_itself(function, &self.placed) {
            return answer;
        }
        if function == "sample" {
            let mut draw = [0.0];
            self.fill(&mut Rng::new(0), Form::Double, &mut draw)?;
            return Ok(Value::Number(draw[0]));
        }
        let mut known: Vec<String> =
            self.of_itself().into_iter().chain(self.of_point()).map(|quantity| quantity.function).collect();
        known.extend(["std", "median", "icdf", "isf", "sample"].map(str::to_owned));
        if !known.iter().any(|known| known == function) {
            return Err(lacks(self.name, function, &known));
        }
        let Some(Value::Number(x)) = x else { return Err(format!("`{function}` needs a number x")) };
        let tails = |side: usize| self.placed.tails(*x).map(|tails| tails[side]);
        let log_tails = |side: usize| self.placed.log_tails(*x).map(|tails| tails[side]);
        let level = |level: Level<f64>| {
            if (0.0..=1.0).contains(x) || x.is_nan() {
                Ok(self.placed.quantile(level))
            } else {
                Err(format!("`{function}`: x is a probability, between 0 and 1, got {x}"))
            }
        };
        let value = match function {
            "log_prob" => Some(self.placed.log_prob(*x)),
            "prob" => Some(self.placed.log_prob(*x).exp()),
            "cdf" => tails(0),
            "sf" => tails(1),
            "log_cdf" => log_tails(0),
            "log_sf" => log_tails(1),
            "icdf" => level(Level::lower(*x))?,
            "isf" => level(Level::upper(*x))?,
            _ => Some(self.placed.slope(*x)),
        };
        value.map(Value::Number).ok_or_else(|| format!("`{function}` cannot be computed here"))
    }

    fn quantile(&self, lower: f64, upper: f64) -> Option<f64> {
        self.placed.quantile(Level { lower, upper })
    }

    fn event(&self) -> Vec<usize> {
        Vec::new()
    }

    fn coordinate(&self) -> Option<&'static str> {
        None
    }

    fn fill(&self, rng: &mut Rng, form: Form, out: &mut [f64]) -> Result<(), String> {
        let from = rng.take(out.len());
        out.par_iter_mut().with_min_len(SHARE).enumerate().for_each(|(place, out)| {
            let z = self.placed.law.draw(&mut from.element_at(place as u64), &self.placed.theta);
            *out = if form == Form::Single { single(z, self.placed.support().ends()) } else { z };
        });
        Ok(())
    }

    fn rows(&self, arguments: &Arguments, _rows: usize) -> Result<Box<dyn Rows>, String> {
        Ok(Box::new(PlacedRows::new(self.placed.law.clone(), self.path, arguments)))
    }

    fn on_line(&self) -> Option<Placed> {
        Some(self.placed.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
