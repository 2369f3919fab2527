//! An estimate that is called unbiased, and is not.

use reparam::{Measurement, Truth};
use reparam_testing::Estimate;

use super::exact::Exact;
use super::looks::Looker;
use super::page::{Slope, digits, figure};
use super::plan::Plan;
use crate::error::Result;

/// The error of an exact answer, relative to the size of what is integrated.
const QUADRATURE: f64 = 1e-7;
/// How often a right estimate is called wrong.
pub const RATE: f64 = 1e-9;

/// A slope that lies beyond its bound from the exact one.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The slope: `z.loc`.
    pub label: String,
    /// What it should be.
    pub truth: f64,
    /// How far off it is.
    pub bias: f64,
    /// How far off it may be.
    pub bound: f64,
}

impl Wrong {
    /// The end of a sentence that begins with the name of the estimator.
    pub fn words(&self) -> String {
        format!(
            "is wrong here: d/d {} is off by {}, with a bound of {}, from {}",
            self.label,
            figure(self.bias),
            figure(self.bound),
            digits(self.truth)
        )
    }
}

/// The exact gradient, with the error of quadrature relative to the sizes of what was measured.
pub fn near(exact: &Exact, slopes: &[Slope], sizes: &[&Measurement]) -> Truth {
    let near = slopes.iter().enumerate().map(|(place, slope)| {
        let value = slope.of(exact);
        let sizes = sizes.iter().map(|found| found.gradient[place][0].variance().sqrt());
        let size = sizes.filter(|size| size.is_finite()).fold(value.abs(), f64::max);
        vec![Estimate { value, error: QUADRATURE * size }]
    });
    Truth::Near(near.collect())
}

/// The slope that is furthest beyond its bound, where a plan that found this in so many draws is biased.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says.
pub fn wrong(
    looker: &Looker<'_>,
    exact: &Exact,
    plan: &Plan,
    found: &Measurement,
    samples: u64,
    step: &dyn Fn() -> Result<()>,
) -> Result<Option<Wrong>> {
    let flat = looker.flat(found);
    let truth = |_: u64| Ok(near(exact, looker.slopes, &[&flat]));
    let seen = looker.look(plan, found, &truth, (samples, RATE), step)?;
    let of = |slope: &reparam::Audited| Wrong {
        label: looker.slopes[slope.place[0]].label(),
        truth: slope.truth,
        bias: slope.bias,
        bound: slope.interval.high - slope.bias,
    };
    let failed = seen.audit.slopes.iter().filter(|slope| slope.failed()).map(of);
    let beyond =
        |wrong: &Wrong| if wrong.bias.is_nan() { f64::INFINITY } else { wrong.bias.abs() / wrong.bound };
    Ok(failed.max_by(|a, b| beyond(a).total_cmp(&beyond(b))))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use burn::tensor::Device;
    use reparam::Rng;

    use super::{Wrong, wrong};
    use crate::estimate::{Integrand, Joint, Looker, Method, Plan, Site, exact, run, slopes};

    /// What is wrong with a method for the toy of REBAR, whose gradient is 0.1, were it called unbiased.
    fn found(method: &str) -> Option<Wrong> {
        found_of("(b - 0.45)^2", "Bernoulli(0.3)", method)
    }

    fn found_of(expression: &str, law: &str, method: &str) -> Option<Wrong> {
        let sites = Site::all(&[("b".to_owned(), law.to_owned())]).unwrap();
        let parsed = reparam_lang::parse(expression).unwrap();
        let integrand = Rc::new(Integrand::new(&parsed, &sites).unwrap());
        let joint = Joint::new(&sites, &Device::flex().autodiff());
        let (exact, slopes) = (exact(&integrand, &sites).unwrap(), slopes(&sites));
        let looker = Looker { sites: &sites, joint: &joint, integrand: &integrand, slopes: &slopes, seed: 1 };
        let plan = Plan::new(&[Method::named(method).unwrap()]);
        let (mut fresh, mut rng) = (plan.fresh(), Rng::new(1));
        let outcome = run(&mut fresh, &joint, &integrand, 2000, &mut rng, |_, _| Ok(())).unwrap();
        wrong(&looker, &exact, &plan, &outcome.measurement, 2000, &|| Ok(())).unwrap()
    }

    #[test]
    fn a_bias_is_told_and_noise_is_not() {
        let wrong = found("straight-through").expect("a bias of 0.4");
        assert_eq!(wrong.label, "b.probs");
        assert!((wrong.truth - 0.1).abs() < 1e-9 && (wrong.bias + 0.4).abs() < wrong.bound, "{wrong:?}");
        for method in ["score", "score-loo", "measure-valued", "enumerate", "disarm"] {
            assert_eq!(found(method), None, "{method}");
        }
    }
    /// Of 2,000 draws one in ten runs has one of the last class, which makes most of the slope.
    #[test]
    fn a_class_that_was_not_drawn_makes_no_estimator_wrong() {
        let law = "Categorical([0.5, 0.49995, 0.00005])";
        assert_eq!(found_of("b + 1000*(b > 1.5)", law, "score-loo"), None);
        for (law, rarest) in [
            ("Categorical([0.5, 0.3, 0.2, 0])", 0.2),
            ("Categorical(logits=[0, 0, 0, 0])", 0.25),
            ("OneHotCategorical([0.9, 0.1])", 0.1),
            ("Bernoulli(0.3)", 0.3),
            ("Bernoulli(1)", 1.0),
            ("Poisson(3)", 1.0),
            ("Normal(0, 1)", 1.0),
        ] {
            let sites = Site::all(&[("b".to_owned(), law.to_owned())]).unwrap();
            assert!((sites[0].rarest_class() - rarest).abs() < 1e-12, "{law}");
        }
    }
}
