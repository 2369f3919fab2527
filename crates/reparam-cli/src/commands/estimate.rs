//! `reparam estimate`: the gradient of an expectation, by every estimator that there is.

use std::rc::Rc;

use burn::tensor::Device;
use clap::Args;
use reparam::Rng;

use crate::console::{self, Console};
use crate::error::{Error, Exit, Result};
use crate::estimate::{Estimated, Integrand, Joint, METHODS, Method, Plan, Row, Site, exact, run, stream};
use crate::interrupt::Interrupt;

use super::sample::count;

/// Estimate E[f(z)] and its gradient in the parameters of z, and how well each estimator does it
///
/// Examples:
///   reparam estimate 'sin(z)' --z 'Normal(0.7, 1.2)' --samples 20000 --estimator all
///   reparam estimate 'sum(tanh(z))' --z 'Normal([0, .5, -1], [1, .8, .5])'
///   reparam estimate '(b - 0.45)^2' --b 'Bernoulli(0.3)' --estimator all
///   reparam estimate 'z*b' --z 'Gamma(2, 1)' --b 'Poisson(3)' --json
///
/// Each variable is a flag of its own with its distribution; they are
/// independent. The table has the value and its slope in each parameter, ± one
/// standard error; the variance of the gradient, summed over its numbers, of
/// one draw and of one evaluation of the expression; and the efficiency: the
/// least variance × time, divided by that of the row.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct EstimateArgs {
    /// The expression, such as 'sum(tanh(z)) + 0.5*z[1]^2'
    #[arg(value_name = "EXPRESSION", allow_hyphen_values = true)]
    expression: String,
    /// A variable and its distribution; shorter: --NAME DISTRIBUTION
    #[arg(long = "variable", value_name = "NAME=DISTRIBUTION", value_parser = variable, required = true)]
    variables: Vec<(String, String)>,
    /// How many draws each estimator makes; 1e6 is a million
    #[arg(short = 'n', long, value_name = "N", default_value = "10000", value_parser = count)]
    samples: u64,
    /// Names of estimators with commas between them, or `all`
    #[arg(long, value_name = "NAME", default_value = "all", value_delimiter = ',')]
    estimator: Vec<String>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

impl EstimateArgs {
    /// Prints what was estimated.
    pub fn run(self, console: &Console) -> Result<()> {
        let sites: Vec<Rc<Site>> = self
            .variables
            .iter()
            .map(|(name, text)| Site::read(name, text).map(Rc::new))
            .collect::<Result<_>>()?;
        let parsed = reparam_lang::parse(&self.expression).map_err(Error::usage)?;
        let integrand = Rc::new(Integrand::new(&parsed, &sites)?);
        let jumps = integrand.jump().is_some();
        let plans = self.plans(&sites, jumps)?;
        let interrupt = Interrupt::install("the table is not printed")?;
        let joint = Joint::new(&sites, &Device::flex().autodiff());
        let mut estimated = Estimated {
            expression: integrand.text(),
            sites: &sites,
            samples: self.samples,
            seed: self.seed,
            exact: exact(integrand.program(), &sites),
            rows: Vec::new(),
            remark: None,
        };
        for (name, mut plan) in plans {
            let step = |_| {
                if interrupt.requested() {
                    return Err(Error {
                        exit: Exit::Interrupted,
                        ..Error::failed("interrupted before all draws were made")
                    });
                }
                Ok(())
            };
            let fast = if name == "pathwise" {
                stream::measure(&integrand, &sites, self.samples, self.seed, step)?
            } else {
                None
            };
            let outcome = match fast {
                Some(outcome) => outcome,
                None => run(&mut plan, &joint, &integrand, self.samples, &mut Rng::new(self.seed), step)?,
            };
            estimated.rows.push(Row { name, biased: plan.is_biased(), outcome });
        }
        estimated.remark = estimated.explain();
        let text = if self.json { format!("{}\n", estimated.json()) } else { estimated.page() };
        let _ = console;
        console::output(text.as_bytes())
    }

    /// A plan for each estimator that was asked for and is for one of the variables at least.
    fn plans(&self, sites: &[Rc<Site>], jumps: bool) -> Result<Vec<(String, Plan)>> {
        let all = self.estimator.iter().any(|name| name == "all");
        let named = |name: &String| {
            Method::named(name).ok_or_else(|| {
                let known: Vec<&str> = METHODS.iter().map(|method| method.name).collect();
                Error::usage(format!("unknown estimator `{name}`"))
                    .help(format!("all, or some of {}", known.join(", ")))
            })
        };
        let methods: Vec<&'static Method> = if all {
            METHODS.iter().collect()
        } else {
            self.estimator.iter().map(named).collect::<Result<_>>()?
        };
        let fitting = methods.into_iter().filter_map(|method| plan(method, sites, jumps));
        let plans: Vec<(String, Plan)> = fitting.collect();
        if plans.is_empty() {
            return Err(Error::usage("none of these estimators is for these variables"));
        }
        Ok(plans)
    }
}

/// The plan that uses a method wherever it is for a variable, and what is best in general elsewhere.
fn plan(method: &'static Method, sites: &[Rc<Site>], jumps: bool) -> Option<(String, Plan)> {
    let fallback = |site: &Site| {
        ["pathwise", "score-loo"].iter().filter_map(|name| Method::named(name)).find(|m| m.suits(site, jumps))
    };
    let chosen: Vec<&'static Method> = sites
        .iter()
        .map(|site| if method.suits(site, jumps) { Some(method) } else { fallback(site) })
        .collect::<Option<_>>()?;
    if !chosen.iter().any(|own| own.name == method.name) {
        return None;
    }
    let others: Vec<String> = sites
        .iter()
        .zip(&chosen)
        .filter(|(_, own)| own.name != method.name)
        .map(|(site, own)| format!("{} {}", site.name, own.name))
        .collect();
    let name = if others.is_empty() {
        method.name.to_owned()
    } else {
        format!("{} ({})", method.name, others.join(", "))
    };
    Some((name, Plan::new(&chosen)))
}

/// `z=Normal(0, 1)`.
fn variable(text: &str) -> std::result::Result<(String, String), String> {
    let (name, distribution) = text
        .split_once('=')
        .ok_or_else(|| "expected NAME=DISTRIBUTION, such as z=Normal(0, 1)".to_owned())?;
    Ok((name.trim().to_owned(), distribution.to_owned()))
}
