//! The variables as distributions of the library's own types, for estimators that are for these alone.

use burn::tensor::Tensor;
use reparam::{
    Bernoulli, Binomial, Branch, Categorical, Distribution, Enumerable, Exponential, Gamma, Geometric,
    NegativeBinomial, Normal, OneHotCategorical, ParamMap, Params, Poisson, Rng, WeakDerivative,
};

use super::joint::Joint;
use super::site::Site;
use crate::catalog::Arguments;

/// A family of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Normal,
    Bernoulli,
    OneHot,
}

impl Family {
    /// That of a variable, if it is one of these.
    pub fn of(site: &Site) -> Option<Self> {
        if !is_by_own(site) {
            return None;
        }
        match site.given().signature.name {
            "Normal" => Some(Self::Normal),
            "Bernoulli" => Some(Self::Bernoulli),
            "OneHotCategorical" => Some(Self::OneHot),
            _ => None,
        }
    }
}

/// Whether a variable's law was given by its own parameters.
fn is_by_own(site: &Site) -> bool {
    site.line().is_none_or(|laws| laws.iter().all(|(law, _)| law.own.is_none()))
}

/// Normal variables, side by side.
pub fn normals(joint: &Joint) -> Normal<2> {
    let [loc, scale] = [0, 1].map(|place| side_by_side(joint, |_, arguments| arguments.each(place)));
    Normal::new(loc, scale)
}

/// Bernoulli variables, side by side.
pub fn bits(joint: &Joint) -> Bernoulli<2> {
    Bernoulli::new(side_by_side(joint, |site, arguments| bernoulli(site, arguments).logits()))
}

/// One variable of classes.
pub fn one_hot(joint: &Joint) -> OneHotCategorical<2> {
    let (site, arguments) = joint.parts().next().expect("a variable");
    if is_logits(site) {
        OneHotCategorical::new(arguments.vector(0))
    } else {
        OneHotCategorical::from_probs(arguments.vector(0))
    }
}

fn side_by_side(joint: &Joint, f: impl Fn(&Site, &Arguments) -> Tensor<2>) -> Tensor<2> {
    Tensor::cat(joint.parts().map(|(site, arguments)| f(site, arguments)).collect(), 1)
}

fn bernoulli(site: &Site, arguments: &Arguments) -> Bernoulli<2> {
    if is_logits(site) { Bernoulli::new(arguments.each(0)) } else { Bernoulli::from_probs(arguments.each(0)) }
}

/// Whether a variable was given by logits rather than probabilities.
pub(super) fn is_logits(site: &Site) -> bool {
    site.given().parameters().iter().any(|parameter| parameter.name == "logits")
}

/// A variable whose law has a measure-valued derivative.
#[derive(Clone)]
pub struct Weak(Joint);

impl Weak {
    /// Whether a variable has one.
    pub fn suits(site: &Site) -> bool {
        [
            "Normal",
            "Gamma",
            "Exponential",
            "Poisson",
            "Bernoulli",
            "Categorical",
            "OneHotCategorical",
            "Geometric",
            "Binomial",
            "NegativeBinomial",
        ]
        .contains(&site.given().signature.name)
            && is_by_own(site)
    }

    /// One variable that has one.
    pub fn new(joint: Joint) -> Self {
        Self(joint)
    }

    fn law(&self) -> Box<dyn WeakDerivative<2>> {
        let (site, arguments) = self.0.parts().next().expect("a variable");
        let (each, is_logits) = (|place| arguments.each(place), is_logits(site));
        match site.given().signature.name {
            "Normal" => Box::new(Normal::new(each(0), each(1))),
            "Gamma" => Box::new(Gamma::new(each(0), each(1))),
            "Exponential" => Box::new(Exponential::new(each(0))),
            "Poisson" => Box::new(Poisson::new(each(0))),
            "Geometric" if is_logits => Box::new(Geometric::new(each(0))),
            "Geometric" => Box::new(Geometric::from_probs(each(0))),
            "Binomial" if is_logits => Box::new(Binomial::new(each(0), each(1))),
            "Binomial" => Box::new(Binomial::from_probs(each(0), each(1))),
            "NegativeBinomial" if is_logits => Box::new(NegativeBinomial::new(each(0), each(1))),
            "NegativeBinomial" => Box::new(NegativeBinomial::from_probs(each(0), each(1))),
            "Bernoulli" => Box::new(bernoulli(site, arguments)),
            "Categorical" if is_logits => Box::new(Categorical::new(arguments.vector(0))),
            "Categorical" => Box::new(Categorical::from_probs(arguments.vector(0))),
            _ => Box::new(one_hot(&self.0)),
        }
    }
}

impl Params for Weak {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self(self.0.map(f))
    }
}

impl Distribution<2> for Weak {
    fn dims(&self) -> [usize; 2] {
        self.0.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        self.0.sample(rng)
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        self.0.log_prob(x)
    }
}

impl WeakDerivative<2> for Weak {
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<2>> {
        self.law().branches(coupled, rng)
    }
}

impl Enumerable<2> for Joint {
    /// Every combination of the variables' values.
    fn support(&self) -> Tensor<2> {
        let device = self.device();
        let columns: Vec<Vec<Vec<f64>>> = self
            .parts()
            .flat_map(|(site, _)| site.values().expect("the plan lists what can be listed"))
            .collect();
        let mut rows: Vec<Vec<f64>> = vec![Vec::new()];
        for values in columns {
            rows = rows
                .iter()
                .flat_map(|row| values.iter().map(|value| [row.as_slice(), value].concat()))
                .collect();
        }
        crate::catalog::tensor(rows.concat(), [rows.len(), self.dims()[1]], &device, false)
    }
}
