//! `reparam estimate`: the gradient of an expectation, by every estimator that there is.

use std::path::PathBuf;
use std::rc::Rc;

use burn::tensor::Device;
use clap::Args;
use reparam::Rng;

use crate::atomic;
use crate::columns::aligned;
use crate::console::{self, Console};
use crate::error::{Error, Result};
use crate::estimate::{
    Estimated, Integrand, Joint, LeftOut, Looker, METHODS, MOST_EVALUATIONS, Method, Plan, Refusal, Row,
    Site, Trail, choose, exact, general, picture, run, run_fast, slopes, variances, wrong,
};
use crate::interrupt::Interrupt;
use crate::wording::thousands;

use super::sample::{count, progress};

/// Estimate E[f(z)] and its gradient in the parameters of z, by one estimator or by all
///
/// Examples:
///   reparam estimate 'sin(z)' --z 'Normal(0.7, 1.2)' -n 20000 --estimator all
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
    #[arg(value_name = "EXPRESSION", allow_hyphen_values = true, required_unless_present = "list")]
    expression: Option<String>,
    /// A variable and its distribution; shorter: --NAME DISTRIBUTION
    #[arg(long = "variable", value_name = "NAME=DISTRIBUTION", value_parser = variable, required_unless_present = "list")]
    variables: Vec<(String, String)>,
    /// How many draws each estimator makes; 1e6 is a million
    #[arg(short = 'n', long, value_name = "N", default_value = "10000", value_parser = draws)]
    samples: u64,
    /// Names of estimators with commas between them; `all` for all, `auto` for the one that costs least here
    #[arg(long, value_name = "NAME", default_value = "auto", value_delimiter = ',')]
    estimator: Vec<String>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// Show all estimators
    #[arg(long, conflicts_with_all = ["expression", "variables"])]
    list: bool,
    /// Draw the estimates against the number of draws, and the variance against the first parameter
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

impl EstimateArgs {
    /// Prints what was estimated.
    pub fn run(self, console: &Console) -> Result<()> {
        if self.list {
            let rows = METHODS.iter().map(|method| {
                let bias = if method.biased { "biased: " } else { "" };
                vec![method.name.to_owned(), format!("{bias}{}", method.summary)]
            });
            return console::output(aligned(&rows.collect::<Vec<_>>()).as_bytes());
        }
        let sites = Site::all(&self.variables)?;
        let expression = self.expression.as_deref().unwrap_or_default();
        let parsed = reparam_lang::parse(expression).map_err(Error::usage)?;
        let integrand = Rc::new(Integrand::new(&parsed, &sites)?);
        for name in integrand.unused(&sites) {
            console.warn(&format!("the expression does not depend on `{name}`"));
        }
        let interrupt = Interrupt::install_impatient("nothing is printed")?;
        let step = || interrupt.check();
        let joint = Joint::new(&sites, &Device::flex().autodiff());
        let exact = exact(&integrand, &sites);
        let (plans, reason) =
            plans(&self.estimator, (self.samples, self.seed), (&sites, &joint), &integrand, console, step)?;
        let bar = progress(console, self.samples * plans.len() as u64, "draws");
        let slopes = slopes(&sites);
        let watched = slopes.first().cloned();
        let (sites, slopes) = (&sites[..], &slopes[..]);
        let looker = Looker { sites, joint: &joint, integrand: &integrand, slopes, seed: self.seed };
        let variances = match &self.plot {
            Some(_) => {
                let plans = plans.iter().map(|(name, plan)| (name.as_str(), plan));
                variances(sites, &joint, &integrand, plans, self.seed, step)?
            }
            None => None,
        };
        let mut rows = Vec::new();
        for (name, mut plan) in plans {
            let (mut trail, mut drawn) = (Trail::default(), 0);
            let outcome = if self.plot.is_some() {
                let mut rng = Rng::new(self.seed);
                run(&mut plan, &joint, &integrand, self.samples, &mut rng, |draws, so_far| {
                    bar.inc(draws);
                    drawn += draws;
                    if let Some(slope) = watched.as_ref().filter(|_| draws > 0) {
                        trail.push(drawn, slope, so_far);
                    }
                    step()
                })?
            } else {
                run_fast(&mut plan, &joint, &integrand, self.samples, self.seed, |draws| {
                    bar.inc(draws);
                    step()
                })?
            };
            let (biased, weakness) = (plan.is_biased(), plan.weakness());
            let wrong = match &exact {
                Ok(exact) if !biased => {
                    let found = &outcome.measurement;
                    wrong(&looker, exact, &plan, found, self.samples, &step)?
                }
                _ => None,
            };
            rows.push(Row { name, biased, outcome, trail, weakness, wrong });
        }
        bar.finish_and_clear();
        let mut estimated = Estimated {
            expression: integrand.text(),
            sites,
            samples: self.samples,
            seed: self.seed,
            exact,
            rows,
            left_out: left_out(&self.estimator, sites, &integrand),
            remark: reason,
        };
        if estimated.remark.is_none() {
            estimated.remark = estimated.explain();
        }
        if let Some(path) = &self.plot {
            let svg = picture(&estimated, variances.as_ref());
            atomic::write(path, |file| file.write_all(svg.as_bytes()))?;
        }
        let text = if self.json { format!("{}\n", estimated.json()) } else { estimated.page() };
        console::output(text.as_bytes())
    }
}

/// A plan for each estimator that was asked for and is for one of the variables at least; why, if one was chosen.
pub fn plans(
    asked: &[String],
    (samples, seed): (u64, u64),
    (sites, joint): (&[Rc<Site>], &Joint),
    integrand: &Rc<Integrand<'_>>,
    console: &Console,
    step: impl Fn() -> Result<()>,
) -> Result<(Vec<Named>, Option<String>)> {
    let mut plans = Vec::new();
    let mut reason = None;
    for name in asked {
        match name.as_str() {
            "auto" => {
                if let Some(choice) = choose(sites, joint, integrand, (samples, seed), &step)? {
                    plans.push((named("auto", sites, &choice.methods), Plan::new(&choice.methods)));
                    reason = Some(format!("auto took {}.", choice.reason));
                }
            }
            "all" => {
                for method in METHODS {
                    let heavy =
                        |site: &&Rc<Site>| (method.evaluations)(site, method.particles) > MOST_EVALUATIONS;
                    if let Some(site) = sites.iter().find(|site| method.suits(site, integrand) && heavy(site))
                    {
                        console.note(&format!(
                            "{} is left out: {} evaluations for each draw; ask for it by name",
                            method.name,
                            thousands((method.evaluations)(site, method.particles))
                        ));
                    } else {
                        plans.extend(plan(method, sites, integrand));
                    }
                }
            }
            name => {
                let method = Method::named(name).ok_or_else(|| unknown(name))?;
                let plan = plan(method, sites, integrand).ok_or_else(|| unfit(method, sites, integrand))?;
                plans.push(plan);
            }
        }
    }
    if plans.is_empty() {
        let error = Error::usage("there is no unbiased estimator for these variables");
        let why =
            LeftOut::all(sites, integrand).into_iter().map(|own| format!("{}: {}", own.variable, own.why));
        let why: Vec<String> = why.collect();
        return Err(if why.is_empty() { error } else { error.help(why.join("; ")) });
    }
    Ok((plans, reason))
}

fn unknown(name: &str) -> Error {
    let near = METHODS
        .iter()
        .map(|method| (strsim::jaro_winkler(method.name, name), method.name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let help = near.map_or_else(
        || "`reparam estimate --list` shows all; `auto` chooses one, `all` takes all".to_owned(),
        |(_, near)| format!("did you mean `{near}`?"),
    );
    Error::usage(format!("unknown estimator `{name}`")).help(help)
}

/// What is not said of names that were not asked for.
fn left_out(asked: &[String], sites: &[Rc<Site>], integrand: &Integrand<'_>) -> Vec<LeftOut> {
    let all = asked.iter().any(|name| ["auto", "all"].contains(&name.as_str()));
    let mut left_out = LeftOut::all(sites, integrand);
    if !all {
        for own in &mut left_out {
            own.methods.retain(|name| asked.iter().any(|asked| asked == name));
        }
        left_out.retain(|own| !own.methods.is_empty());
    }
    left_out
}

/// Why a method is for none of the variables.
fn unfit(method: &Method, sites: &[Rc<Site>], integrand: &Integrand<'_>) -> Error {
    let error = Error::usage(format!("{} is for none of these variables", method.name));
    let mut refusals = sites.iter().filter_map(|site| Some((site, method.refusal(site, integrand)?)));
    match refusals.find(|(_, refusal)| *refusal != Refusal::Kind) {
        Some((site, Refusal::Wrong(why))) => error.help(format!("{}: {why}", site.name)),
        Some(_) => {
            error.help("every term of the expression depends on all that is drawn: this would be score-loo")
        }
        None => error.help("`--estimator all` takes those that are"),
    }
}

/// The name of a plan, and of what it leaves to others.
fn named(name: &str, sites: &[Rc<Site>], methods: &[&'static Method]) -> String {
    let others: Vec<String> = sites
        .iter()
        .zip(methods)
        .filter(|(_, own)| own.name != name)
        .map(|(site, own)| format!("{} {}", site.name, own.name))
        .collect();
    if others.is_empty() { name.to_owned() } else { format!("{name} ({})", others.join(", ")) }
}

/// A plan under the name that its row has.
pub type Named = (String, Plan);

/// The plan that uses a method wherever it is for a variable, and what is good in general elsewhere.
pub fn plan(method: &'static Method, sites: &[Rc<Site>], integrand: &Integrand<'_>) -> Option<Named> {
    let own =
        |site: &Rc<Site>| if method.suits(site, integrand) { Some(method) } else { general(site, integrand) };
    let chosen: Vec<&'static Method> = sites.iter().map(own).collect::<Option<_>>()?;
    let used = chosen.iter().any(|own| own.is(method));
    used.then(|| (named(method.name, sites, &chosen), Plan::new(&chosen).led_by(method)))
}

/// A whole number of draws that have a standard error.
pub fn draws(text: &str) -> std::result::Result<u64, String> {
    match count(text)? {
        0 | 1 => Err("expected at least 2 draws: one has no standard error".to_owned()),
        draws => Ok(draws),
    }
}

/// `z=Normal(0, 1)`.
pub fn variable(text: &str) -> std::result::Result<(String, String), String> {
    let (name, distribution) = text
        .split_once('=')
        .ok_or_else(|| "expected NAME=DISTRIBUTION, such as z=Normal(0, 1)".to_owned())?;
    Ok((name.trim().to_owned(), distribution.to_owned()))
}
