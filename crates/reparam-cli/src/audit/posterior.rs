//! The gradient of the bound of a trained model, in the posterior of some of its rows.
//!
//! The weights of the encoder see the draws only through means and log-variances of the posterior: a gradient that is
//! unbiased there is unbiased in the weights.

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{DType, Device, Tensor, TensorData};
use reparam::checks::{self, Check, Mistake};
use reparam::{
    Distribution, EntropyTerm, Explicit, Family, Kl, Measurement, MonteCarlo, Normal, ParamMap, Params,
    Pathwise, Reparameterized, Rng, StickTheLanding, Truth, Vae, audit, gradient, measure, noise::Noise,
    shape,
};

use super::report::{Report, Row, Table};
use super::{CHANCES, LONGER, worst};
use crate::error::{Error, Result};
use crate::estimate::Seen;
use crate::model::{Decoder, Net, PriorLaw};
use crate::opened::Opened;
use crate::seeds::{Site, stream};
use crate::wording::{counted, thousands};

/// Rows whose bound is differentiated.
const ROWS: usize = 16;
/// How many times as many draws a second look has.
const MORE: u64 = 16;
/// Repetitions between two looks at the interrupt.
const PIECE: u64 = 128;
/// The signal-to-noise ratio of a step below which it is lost: a model near its optimum is well below 1.
const LEAST: f64 = 0.1;
/// Draws of each row by which the divergence is held against its closed form.
const DRAWS: usize = 4000;

/// The posteriors of some rows as one distribution, `[repetitions, rows · latent]`.
#[derive(Clone)]
struct Posterior {
    loc: Tensor<2>,
    log_variance: Tensor<2>,
}

impl Params for Posterior {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { loc: f.apply(self.loc.clone()), log_variance: f.apply(self.log_variance.clone()) }
    }
}

impl Posterior {
    fn normal(&self) -> Normal<2> {
        Normal::from_log_variance(self.loc.clone(), self.log_variance.clone())
    }
}

impl Distribution<2> for Posterior {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        self.normal().sample(rng)
    }
    fn log_prob(&self, z: Tensor<2>) -> Tensor<1> {
        self.normal().log_prob(z)
    }
}

impl Reparameterized<2> for Posterior {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.normal().rsample(rng)
    }
}

impl Explicit<2> for Posterior {
    fn noise_law(&self) -> Noise {
        self.normal().noise_law()
    }
    fn noise_like(&self) -> Tensor<2> {
        self.normal().noise_like()
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        self.normal().path(noise)
    }
}

/// The bound of some rows.
struct Bound {
    likelihood: Decoder,
    /// The inputs, `[rows, width]`.
    x: Tensor<2>,
    /// The prior of all latents side by side.
    prior: Normal<2>,
    latent: usize,
}

impl Bound {
    /// Σ log p(x|z) over the rows, for each repetition.
    fn log_likelihood(&self, z: Tensor<2>) -> Tensor<1> {
        let [repetitions, _] = z.dims();
        let [rows, _] = self.x.dims();
        let z = z.reshape([repetitions * rows, self.latent]);
        let each = self.likelihood.given(z).log_prob(shape::tile(self.x.clone(), repetitions));
        shape::sum_event(each.reshape([repetitions, rows]))
    }

    fn log_prior(&self, z: Tensor<2>) -> Tensor<1> {
        self.prior.log_prob(z)
    }

    /// The bound by one way of writing it.
    fn of(&self, form: Form, q: &Posterior, z: Tensor<2>) -> Tensor<1> {
        let likelihood = self.log_likelihood(z.clone());
        match form {
            Form::Divergence => likelihood - q.normal().kl(&self.prior),
            Form::Entropy => likelihood + self.log_prior(z.clone()) + MonteCarlo.at(q, z),
            Form::Landing => likelihood + self.log_prior(z.clone()) + StickTheLanding.at(q, z),
        }
    }
}

/// A way of writing the bound.
#[derive(Clone, Copy)]
enum Form {
    Divergence,
    Entropy,
    Landing,
}

const FORMS: [(Form, &str); 3] = [
    (Form::Divergence, "pathwise, divergence in closed form"),
    (Form::Entropy, "pathwise, entropy by draws"),
    (Form::Landing, "pathwise, sticking the landing"),
];

/// Audits the bound of an opened run.
///
/// # Errors
/// Whatever `step` says.
pub fn posterior(
    opened: &Opened,
    name: &str,
    (samples, seed, rate): (u64, u64, f64),
    step: impl Fn() -> Result<()>,
) -> Result<Report> {
    let device = Device::flex().autodiff();
    let net = opened.model.net.clone();
    let rng = &mut stream(seed, Site::Use);
    let (measured, kind) = opened.measured();
    let rows = &measured[..measured.len().min(ROWS)];
    let x = opened.rows().inputs(rows, &Device::flex(), rng);
    let q = net.posterior(x.clone());
    let double = To(device, DType::F64);
    let [count, latent] = q.dims();
    let flat = |t: Tensor<2>| double.tensor(t).reshape([1, count * latent]);
    let q = Posterior { loc: flat(q.loc()), log_variance: flat(q.log_scale() * 2.0) };
    let (prior, likelihood) = double.model(net)?;
    let bound = Bound { likelihood, x: double.tensor(x), prior: side_by_side(&prior, count), latent };

    let repeat = |form: Form, repetitions: u64, rng: &mut Rng| -> Result<Measurement> {
        let mut found = Measurement::default();
        let mut left = repetitions.max(2);
        while left > 0 {
            let now = left.min(PIECE);
            let f = |q: &Posterior, z| bound.of(form, q, z);
            found.merge(&measure(&mut Pathwise { particles: 1 }, &q, f, now as usize, rng));
            left -= now;
            step()?;
        }
        Ok(found)
    };
    let long = repeat(Form::Divergence, LONGER * samples, &mut rng.split(LONGER))?;
    let plain = long.total_variance();
    let share = rate / (FORMS.len() + CHANCES) as f64;
    let truth = Truth::Run(long.clone());
    let mut table_rows = Vec::new();
    for (form, name) in FORMS {
        let found = repeat(form, samples, &mut rng.split(0))?;
        let mut seen = Seen { audit: audit(&found, &truth, share / 2.0), again: None };
        if !seen.audit.passed() && !seen.audit.failed() {
            // So few draws cannot tell a bias from their skewness.
            let draws = MORE * samples;
            let truth = Truth::Run(repeat(Form::Divergence, LONGER * draws, &mut rng.split(LONGER + 1))?);
            let found = repeat(form, draws, &mut rng.split(1))?;
            seen = Seen { audit: audit(&found, &truth, share / 2.0), again: Some(draws) };
        }
        table_rows.push(Row::new((name.to_owned(), false), seen, plain));
    }
    let label = |parameter: &'static str| {
        (0..count * latent).map(move |i| format!("{parameter}[{}][{}]", i / latent, i % latent))
    };
    let table = Table {
        what: format!("the bound of {}", counted(count, kind)),
        truth: format!("{} more draws of {}", thousands((LONGER * samples) as usize), FORMS[0].1),
        labels: label("loc").chain(label("log_variance")).collect(),
        plain: FORMS[0].1.to_owned(),
        rows: table_rows,
    };
    let config = &opened.model.config;
    let draws = (config.train.batch_size.get() * config.objective.samples) as u64;
    let few = checks::samples(&long, draws, LEAST, share);
    let step_words = format!(
        "a step has {} of {}: ",
        counted(*config.train.batch_size.get(), "row"),
        counted(config.objective.samples, "draw")
    );
    let few = Check { detail: step_words + &few.detail, ..few };
    Ok(Report {
        target: name.to_owned(),
        kind: "run",
        samples,
        seed,
        rate,
        note: None,
        tables: vec![table],
        checks: mistakes(&q, &bound, &prior, few, share, rng),
    })
}

fn mistakes(
    q: &Posterior,
    bound: &Bound,
    prior: &Normal<2>,
    few: Check,
    rate: f64,
    rng: &mut Rng,
) -> Vec<Check> {
    let latent = bound.latent;
    let count = q.loc.dims()[1] / latent;
    let row = |t: &Tensor<2>| t.clone().narrow(1, 0, latent);
    let one = Posterior { loc: row(&q.loc), log_variance: row(&q.log_variance) };
    let part = |phi: &Tensor<1>, i: usize| phi.clone().narrow(0, i * latent, latent).reshape([1, latent]);
    let phi = Tensor::cat(vec![one.loc.clone(), one.log_variance.clone()], 1).reshape([2 * latent]);
    let encoder =
        checks::unconstrained(|phi| Posterior { loc: part(&phi, 0), log_variance: part(&phi, 1) }, &phi);
    let decoder = checks::unconstrained(
        |z: Tensor<1>| bound.likelihood.given(z.reshape([1, latent])),
        &one.loc.clone().reshape([latent]),
    );
    let each = |t: &Tensor<2>| t.clone().reshape([count, latent]);
    let all = Normal::from_log_variance(each(&q.loc), each(&q.log_variance));
    let divergence = checks::normal_divergence(all.kl(prior), &all, prior, DRAWS, rate, rng);
    let of_row = |z: Tensor<2>| {
        let x = bound.x.clone().narrow(0, 0, 1);
        let rows = z.dims()[0];
        bound.likelihood.given(z).log_prob(shape::tile(x, rows))
    };
    // The run itself computes in single precision.
    let single = q.map(&To(q.loc.device(), DType::F32));
    vec![
        checks::noise(q),
        worst(
            Mistake::UnconstrainedScale,
            vec![("posterior".to_owned(), encoder), ("likelihood".to_owned(), decoder)],
            "",
        ),
        divergence,
        few,
        checks::shapes(&one, of_row),
        checks::discrete(&one, |_, z| shape::sum_event(z), None, rate, rng),
        checks::spread(&single, rng),
        Check::does_not_apply(
            Mistake::CovarianceWithoutCholesky,
            "posterior and prior have a variance for each latent dimension, and no covariance",
        ),
    ]
}

/// A prior of the latents of so many rows.
fn side_by_side(prior: &Normal<2>, rows: usize) -> Normal<2> {
    let wide = |t: Tensor<2>| t.repeat_dim(1, rows);
    Normal::from_log_variance(wide(prior.loc()), wide(prior.log_scale() * 2.0))
}

/// Numbers on a device and of a type, without a gradient.
struct To(Device, DType);

impl To {
    fn tensor<const D: usize>(&self, t: Tensor<D>) -> Tensor<D> {
        let dims = t.dims();
        let items: Vec<f64> = gradient::stop(t).into_data().iter::<f64>().collect();
        Tensor::from_data(TensorData::new(items, dims), (&self.0, self.1))
    }

    /// The prior and the decoder.
    fn model(&self, net: Net) -> Result<(Normal<2>, Decoder)> {
        let Vae { prior, likelihood, .. } = net;
        let PriorLaw::Normal(prior) = prior.given(()) else {
            return Err(Error::failed(
                "the law of this run's code is a mixture, whose divergence has no closed form",
            )
            .help("audit a run that was trained with --components 1"));
        };
        Ok((prior.map(self), likelihood.map(&mut Everywhere(self))))
    }
}

impl ParamMap for To {
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R> {
        self.tensor(param)
    }
}

struct Everywhere<'a>(&'a To);

impl ModuleMapper for Everywhere<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        param.map(|tensor| self.0.tensor(tensor))
    }
}
