//! `reparam audit`: is a gradient right, how well is it known, and which of the common mistakes are there?

use std::path::Path;
use std::rc::Rc;

use burn::tensor::Device;
use clap::Args;
use reparam::Rng;
use reparam::checks::{self, Mistake};

use crate::args::{DataArgs, RunArgs};
use crate::audit::{
    CHANCES, Reference, Report, gather, is_rounded, mistakes, posterior, spread, standard, worst,
};
use crate::console::{self, Console};
use crate::error::{Error, Exit, Result};
use crate::estimate::{Integrand, Joint, Plan, Site, slopes};
use crate::interrupt::Interrupt;
use crate::opened::Opened;

use super::estimate::{draws, plans, variable};

/// Audit a gradient: bias, noise and cost of each estimator, and eight common mistakes
///
/// Examples:
///   reparam audit 'Gamma(2.5, rate=1.2)'
///   reparam audit 'tanh(z) + b' --z 'Normal(0.3, 1)' --b 'Bernoulli(0.7)'
///   reparam audit last
///   reparam audit 'Normal(1e6, 1e-9)' --json
///
/// TARGET is a distribution, an expression with its variables as in
/// `reparam estimate`, or a trained run. A distribution is audited with E[z],
/// E[z^2] and E[tanh(z)]; a run with the bound of 16 of its rows, whose gradient
/// is taken in the mean and log-variance of each row's posterior.
///
/// Each estimator is held against the exact gradient where there is one, else
/// against a run eight times as long of the plainest unbiased estimator. Biased
/// estimators are shown as such and do not fail. The signal-to-noise ratio is
/// the size of the gradient over the standard deviation of one repetition.
/// Effective draws per second: draws of the plainest unbiased estimator that
/// tell as much as the row's estimator does in a second.
///
/// Ends with 3 where an estimator is not what it says or a mistake is found.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct AuditArgs {
    /// A distribution, an expression, or a run: its folder, its name, `last`, or its model file
    #[arg(value_name = "TARGET", allow_hyphen_values = true)]
    target: String,
    /// A variable and its distribution; shorter: --NAME DISTRIBUTION
    #[arg(long = "variable", value_name = "NAME=DISTRIBUTION", value_parser = variable)]
    variables: Vec<(String, String)>,
    /// How many draws each estimator makes [default: 20000, of a run 1000]
    #[arg(short = 'n', long, value_name = "N", value_parser = draws)]
    samples: Option<u64>,
    /// Names of estimators with commas between them; `all` for all, `auto` for the one that costs least here
    #[arg(long, value_name = "NAME", default_value = "all", value_delimiter = ',')]
    estimator: Vec<String>,
    /// How often the estimators may fail by chance, all together
    #[arg(long, value_name = "RATE", default_value = "1e-6", value_parser = chance)]
    rate: f64,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// The folder that holds the runs
    #[arg(long, value_name = "DIR", default_value = "runs")]
    runs_dir: String,
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    data: DataArgs,
}

/// Draws of each estimator of an expression, and of each way to write the bound of a run.
const SAMPLES: [u64; 2] = [20_000, 1000];

impl AuditArgs {
    /// Prints what was found.
    pub fn run(self, console: &Console) -> Result<()> {
        let interrupt = Interrupt::install_impatient("nothing is printed")?;
        let step = || interrupt.check();
        let is_run = !self.target.contains('(') || Path::new(&self.target).exists();
        let report = if self.variables.is_empty() && is_run {
            self.of_run(console, step)?
        } else if self.data.data.is_some() {
            return Err(Error::usage("DATA goes with a run alone").help("a distribution is a call in quotes"));
        } else {
            self.of_variables(console, step)?
        };
        let text = if self.json { format!("{}\n", report.json()) } else { report.page() };
        console::output(text.as_bytes())?;
        match report.faults() {
            None => Ok(()),
            Some(faults) => {
                Err(Error { exit: Exit::CheckFailed, ..Error::failed(format!("the audit failed: {faults}")) })
            }
        }
    }

    fn of_run(&self, console: &Console, step: impl Fn() -> Result<()>) -> Result<Report> {
        let run = RunArgs::new(&self.target, &self.runs_dir);
        let opened = Opened::new(&run, &self.data, console).map_err(|error| {
            if reparam_lang::parse(&self.target).is_ok() && error.message.starts_with("there is no run") {
                let help = error.help.as_deref().unwrap_or_default();
                let help = format!("{help}; an expression needs its variables, such as --z 'Normal(0, 1)'");
                return error.help(help);
            }
            error
        })?;
        posterior(&opened, &self.target, (self.samples(SAMPLES[1]), self.seed, self.rate), step)
    }

    /// The variables, and the expressions that are audited.
    fn of_variables(&self, console: &Console, step: impl Fn() -> Result<()>) -> Result<Report> {
        let is_distribution = self.variables.is_empty();
        let sites: Vec<Rc<Site>> = if is_distribution {
            vec![Rc::new(Site::read("z", &self.target)?)]
        } else {
            Site::all(&self.variables)?
        };
        let (texts, heavy) =
            if is_distribution { standard(&sites[0]) } else { (vec![self.target.clone()], Vec::new()) };
        for text in heavy {
            console.note(&format!("E[{text}] is left out: the tails of z are too heavy for a mean of draws"));
        }
        let parsed = texts.iter().map(|text| reparam_lang::parse(text).map_err(Error::usage));
        let parsed = parsed.collect::<Result<Vec<_>>>()?;
        let integrands = parsed.iter().map(|parsed| Integrand::new(parsed, &sites).map(Rc::new));
        let integrands = integrands.collect::<Result<Vec<_>>>()?;
        let joint = Joint::new(&sites, &Device::flex().autodiff());
        // Which estimators there are depends on the variables, and on whether the expression jumps: no standard one does.
        let samples = self.samples(SAMPLES[0]);
        let numbers = (samples, self.seed);
        let plans: Vec<(String, Plan)> =
            plans(&self.estimator, numbers, (&sites, &joint), &integrands[0], console, &step)?.0;

        let shares = plans.iter().filter(|(_, plan)| !plan.is_biased()).count().max(1) * integrands.len();
        let share = self.rate / (shares + CHANCES) as f64;
        let (mut tables, mut few) = (Vec::new(), Vec::new());
        let rng = &mut Rng::new(self.seed).split(1);
        let spread = spread(&sites, &joint, rng);
        let note = if slopes(&sites).is_empty() {
            Some("all parameters are whole numbers, so there is no gradient")
        } else if is_rounded(&spread) {
            Some("rounding moves the draws as much as the noise does, and the exact answer with them")
        } else {
            None
        };
        for integrand in integrands.iter().filter(|_| note.is_none()) {
            let reference = Reference::new((&sites, &joint), integrand, samples, self.seed, &step)?;
            let (plain, particles) = reference.plain();
            let each = share / integrands.len() as f64;
            let check = checks::samples(&plain, (samples / particles).max(1), 1.0, each);
            few.push((format!("E[{}]", integrand.text()), check));
            tables.push(gather(&plans, &reference, share, &step)?);
        }
        let few = worst(Mistake::TooFewSamples, few, "no gradient is estimated");
        Ok(Report {
            target: self.target.clone(),
            kind: if is_distribution { "distribution" } else { "expression" },
            samples,
            seed: self.seed,
            rate: self.rate,
            checks: mistakes(&sites, &joint, &integrands[0], few, spread, share / sites.len() as f64, rng)?,
            note: note.map(str::to_owned),
            tables,
        })
    }

    fn samples(&self, usual: u64) -> u64 {
        self.samples.unwrap_or(usual).max(2)
    }
}

/// A rate of false alarms.
fn chance(text: &str) -> std::result::Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (f64::MIN_POSITIVE..0.5).contains(rate));
    rate.ok_or_else(|| "expected a number between 0 and 0.5, such as 1e-6".to_owned())
}
