//! A univariate law of the kernels at hand.

use std::any::Any;
use std::sync::Arc;

use rayon::prelude::*;
use reparam_kernels::catalog::{Univariate, univariates};
use reparam_kernels::law::{Coordinate, Level, Support};
use reparam_kernels::{Element, Rng};
use reparam_lang::{Interval, Value};

use super::arguments::Arguments;
use super::capabilities::{Capabilities, Path};
use super::composite::of_itself;
use super::divergence::{self, Own};
use super::given::{Fault, Given};
use super::law::{Answer, Form, Law, Quantity, lacks};
use super::line::Line;
use super::on_line::{Leaf, Placed, fault};
use super::rows::Rows;
use super::signatures::names;

/// A law with its parameters.
#[derive(Clone, Debug)]
pub struct Bound {
    given: Given,
    law: &'static Univariate,
    theta: Vec<f64>,
}

/// Functions of a draw's parameter, by what stands before the parameter's name.
const IN_PARAMETER: [&str; 5] = ["log_prob_grad_", "dz_d", "dlogz_d", "dlogit_d", "icdf_grad_"];

impl Bound {
    /// The law that was given, if it is one on the line, its parameters checked.
    pub fn given(given: &Given) -> Result<Self, Fault> {
        if univariates(given.signature.name).next().is_none() {
            let message =
                format!("expected a distribution over single numbers, got {}", given.signature.name);
            return Err(Fault { message, argument: None });
        }
        Self::new(given)
    }

    /// The law that was given, its parameters checked.
    pub fn new(given: &Given) -> Result<Self, Fault> {
        let bound = Self::unchecked(given);
        match fault(bound.law, &bound.theta) {
            None => Ok(bound),
            Some((message, argument)) => Err(Fault { message, argument }),
        }
    }

    /// The law that was given, whatever its parameters.
    pub fn unchecked(given: &Given) -> Self {
        let mut forms = univariates(given.signature.name);
        let law = forms.nth(given.form).expect("a form for each entry of the name");
        let number = |value: &Value<'_>| match value {
            Value::Number(x) => *x,
            _ => f64::NAN,
        };
        Self { given: given.clone(), law, theta: given.values.iter().map(number).collect() }
    }

    /// Where it lives.
    pub fn support_set(&self) -> Support {
        (self.law.support)(&self.theta)
    }

    /// The value of a function; NaN where it has none.
    pub fn number(&self, function: &str, x: Option<f64>) -> f64 {
        self.law.evaluate(function, &self.theta, x).unwrap_or(f64::NAN)
    }

    /// A draw from these bits; NaN where there is no way to draw.
    pub fn draw(&self, bits: &mut Element, form: Form) -> f64 {
        let Some(sampler) = self.law.sampler else { return f64::NAN };
        let t = (sampler.draw)(bits, &self.theta);
        let z = || sampler.coordinate.value(t);
        match form {
            Form::Double => sampler.coordinate.inward(z()),
            Form::Single => sampler.coordinate.inward::<f32>(z()).into(),
            Form::Coordinate => t,
        }
    }

    /// The law.
    pub fn law(&self) -> &'static Univariate {
        self.law
    }

    /// The law by its own parameters.
    pub fn own(&self) -> Own {
        divergence::own(self.law, &self.theta)
    }

    /// Its parameters.
    pub fn theta(&self) -> &[f64] {
        &self.theta
    }

    /// The function with the law's own name of a parameter in place of another name of it.
    fn canonical(&self, function: &str) -> String {
        let own = IN_PARAMETER.iter().find_map(|kind| {
            let given = function.strip_prefix(kind)?;
            let mut known = self.given.parameters().iter();
            Some(format!("{kind}{}", known.find(|p| names(p).any(|name| name == given))?.name))
        });
        own.unwrap_or_else(|| function.to_owned())
    }

    /// `dlogit_d<parameter>`: the slope of logit z at x = logit z, where draws are carried so.
    fn logit_slope(&self, canonical: &str, x: f64) -> Option<f64> {
        let name = canonical.strip_prefix("dlogit_d")?;
        let place = self.law.parameters.iter().position(|parameter| parameter.name == name)?;
        let is_logit = self.coordinate_of_draws() == Coordinate::Logit;
        is_logit.then_some(self.law.slopes?(x, &self.theta)[place])
    }

    /// The names of all functions that it has, for an error.
    fn functions(&self) -> Vec<String> {
        let mut known: Vec<_> = self.of_itself().into_iter().chain(self.of_point()).collect();
        let mut more = |function: &str, is_known: bool| known.push(Quantity::new(function, "", is_known));
        let coordinate = self.coordinate_of_draws();
        more("std", self.law.variance.is_some());
        more("median", self.law.quantile.is_some());
        more("icdf", self.law.quantile.is_some());
        more("isf", self.law.quantile.is_some());
        more("sample", self.law.sampler.is_some());
        more("log_norm", self.law.log_norm.is_some());
        more("log_prob_pre", coordinate != Coordinate::Itself);
        for parameter in self.law.parameters {
            more(&format!("icdf_grad_{}", parameter.name), self.law.quantile_slopes.is_some());
            let moves = self.law.slopes.is_some();
            more(&format!("dlogz_d{}", parameter.name), moves && coordinate == Coordinate::Log);
            more(&format!("dlogit_d{}", parameter.name), moves && coordinate == Coordinate::Logit);
        }
        known.into_iter().filter(|quantity| quantity.known).map(|quantity| quantity.function).collect()
    }

    /// What to say about a function that it does not have.
    fn lacks(&self, function: &str, canonical: &str, x: Option<f64>) -> String {
        if x.is_none() && self.law.evaluate(canonical, &self.theta, Some(0.5)).is_some() {
            return format!("`{function}` needs a number x");
        }
        lacks(self.law.name, function, &self.functions())
    }

    /// The law as a function of its parameters.
    fn placed(&self) -> Placed {
        Placed { law: Arc::new(Leaf(self.law)), theta: self.theta.clone() }
    }

    fn coordinate_of_draws(&self) -> Coordinate {
        self.law.sampler.map_or(Coordinate::Itself, |sampler| sampler.coordinate)
    }
}

/// The law and its parameters, of a distribution over single numbers.
pub fn univariate(law: &dyn Law) -> Option<(&'static Univariate, &[f64])> {
    law.as_any().downcast_ref::<Bound>().map(|bound| (bound.law(), bound.theta()))
}

/// A set of numbers in words.
pub fn words(support: Support) -> String {
    let (low, high) = support.ends();
    let end = |x: f64| if x.is_finite() { format!("{x}") } else { format!("{x}").replace("inf", "∞") };
    match support {
        Support::REAL => "all real numbers".into(),
        Support::Interval(..) => format!("from {} to {}", end(low), end(high)),
        Support::Integers(..) => format!("whole numbers from {} to {}", end(low), end(high)),
    }
}

/// Whether a function may be a difference of infinities at an end of the support.
fn is_slope(canonical: &str) -> bool {
    IN_PARAMETER.iter().any(|kind| canonical.starts_with(kind)) || canonical == "log_prob_pre"
}

impl Law for Bound {
    fn support(&self) -> String {
        words(self.support_set())
    }

    fn is_discrete(&self) -> bool {
        (self.law.support)(&self.theta).is_discrete()
    }

    fn range(&self, _element: usize) -> Interval {
        match self.support_set() {
            Support::Interval(low, high) => Interval::open(low, high),
            Support::Integers(low, high) => Interval::closed(low, high),
        }
    }

    fn draws(&self) -> String {
        let carried = match self.coordinate_of_draws() {
            Coordinate::Itself => "",
            Coordinate::Log => ", carried as ln z",
            Coordinate::Logit => ", carried as logit z",
            Coordinate::Artanh => ", carried as artanh z",
        };
        match self.law.sampler {
            None => "none".to_owned(),
            Some(_) => format!("{}{carried}", self.path().sentence()),
        }
    }

    fn path(&self) -> Path {
        Capabilities::from(self.law).path
    }

    fn of_itself(&self) -> Vec<Quantity> {
        vec![
            Quantity::new("mean", "mean", self.law.mean.is_some()),
            Quantity::new("variance", "variance", self.law.variance.is_some()),
            Quantity::new("mode", "mode", self.law.mode.is_some() || self.law.quantile.is_some()),
            Quantity::new("entropy", "entropy", self.law.entropy.is_some() || self.law.quantile.is_some()),
        ]
    }

    fn of_point(&self) -> Vec<Quantity> {
        let density = if self.is_discrete() { "mass" } else { "density" };
        let mut all = vec![
            Quantity::new("log_prob", format!("log-{density}"), true),
            Quantity::new("prob", density, true),
            Quantity::new("cdf", "cdf", self.law.cdf.is_some()),
            Quantity::new("sf", "sf", self.law.sf.is_some()),
            Quantity::new("log_cdf", "log-cdf", self.law.log_cdf.is_some()),
            Quantity::new("log_sf", "log-sf", self.law.log_sf.is_some()),
        ];
        if !self.is_discrete() {
            all.push(Quantity::new("log_prob_grad_x", format!("d log-{density} / dx"), true));
        }
        let parameters = || self.law.parameters.iter().map(|parameter| parameter.name);
        all.extend(parameters().map(|name| {
            Quantity::new(format!("log_prob_grad_{name}"), format!("d log-{density} / d {name}"), true)
        }));
        if self.law.slopes.is_some() {
            all.extend(
                parameters().map(|name| Quantity::new(format!("dz_d{name}"), format!("dz / d {name}"), true)),
            );
        }
        all
    }

    fn evaluate(&self, function: &str, x: Option<&Value<'_>>) -> Result<Answer, String> {
        let x = match x {
            None => None,
            Some(Value::Number(x)) => Some(*x),
            Some(_) => return Err(format!("{}: x must be a number", self.law.name)),
        };
        if function == "sample" {
            let mut draw = [0.0];
            self.fill(&mut Rng::new(0), Form::Double, &mut draw)?;
            return Ok(Answer::Number(draw[0]));
        }
        let canonical = self.canonical(function);
        let is_level = ["icdf", "isf"].iter().any(|name| canonical.starts_with(name));
        if let Some(level) = x.filter(|x| is_level && !(0.0..=1.0).contains(x) && !x.is_nan()) {
            return Err(format!("`{function}`: x is a probability, between 0 and 1, got {level}"));
        }
        let formula =
            self.law.evaluate(&canonical, &self.theta, x).or_else(|| self.logit_slope(&canonical, x?));
        let Some(value) = formula else {
            return of_itself(function, &self.placed())
                .unwrap_or_else(|| Err(self.lacks(function, &canonical, x)));
        };
        // Slopes at an end of the support, or beyond it, may be differences of infinities.
        match x {
            Some(x) if value.is_nan() && !x.is_nan() && is_slope(&canonical) => {
                Err(format!("`{function}` has no value at x = {x}: the support is {}", self.support()))
            }
            _ => Ok(Value::Number(value)),
        }
    }

    fn quantile(&self, lower: f64, upper: f64) -> Option<f64> {
        Some(self.law.quantile?(Level { lower, upper }, &self.theta))
    }

    fn event(&self) -> Vec<usize> {
        Vec::new()
    }

    fn coordinate(&self) -> Option<&'static str> {
        match self.coordinate_of_draws() {
            Coordinate::Itself => None,
            Coordinate::Log => Some("ln z"),
            Coordinate::Logit => Some("logit z"),
            Coordinate::Artanh => Some("artanh z"),
        }
    }

    fn fill(&self, rng: &mut Rng, form: Form, out: &mut [f64]) -> Result<(), String> {
        if self.law.sampler.is_none() {
            return Err(format!("{} has no draws", self.law.name));
        }
        let from = rng.take(out.len());
        out.par_iter_mut().with_min_len(1024).enumerate().for_each(|(place, out)| {
            *out = self.draw(&mut from.element_at(place as u64), form);
        });
        Ok(())
    }

    fn rows(&self, arguments: &Arguments, _rows: usize) -> Result<Box<dyn Rows>, String> {
        Ok(Box::new(Line::new(self.law, arguments)))
    }

    fn on_line(&self) -> Option<Placed> {
        Some(self.placed())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
