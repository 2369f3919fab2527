//! Each check of a common mistake passes where nothing is wrong, and fails where the mistake is planted.

mod common;

use burn::tensor::Tensor;
use reparam::{
    Distribution, Explicit, Gamma, LkjCholesky, Measurement, MultivariateNormal, Normal, ParamMap, Params,
    Pathwise, Reparameterized, Rng, ScoreFunction, StraightThroughBernoulli, Truth,
    checks::{self, Mistake},
    linalg, measure,
    noise::{self, Noise},
    prelude::*,
    shape::sum_event,
    testing::{parts, tensor},
};
use reparam_testing::Moments;

const RATE: f64 = 1e-9;

fn normal(loc: f64, scale: f64) -> Normal<2> {
    Normal::new(tensor(&[loc], [1, 1]), tensor(&[scale], [1, 1]))
}

/// A normal whose noise already has the scale, and whose path scales it a second time.
#[derive(Clone)]
struct ScaledNoise {
    loc: Tensor<2>,
    scale: Tensor<2>,
    /// Whether the noise forgets its gradient at least.
    stopped: bool,
}

impl Params for ScaledNoise {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { loc: f.apply(self.loc.clone()), scale: f.apply(self.scale.clone()), stopped: self.stopped }
    }
}

impl Distribution<2> for ScaledNoise {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        reparam::gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        Normal::new(self.loc.clone(), self.scale.clone()).log_prob(x)
    }
}

impl Reparameterized<2> for ScaledNoise {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.path(self.noise(rng))
    }
}

impl Explicit<2> for ScaledNoise {
    fn noise_law(&self) -> Noise {
        Noise::Normal
    }
    fn noise_like(&self) -> Tensor<2> {
        self.loc.clone()
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        self.loc.clone() + noise
    }
    fn noise(&self, rng: &mut Rng) -> Tensor<2> {
        let noise = noise::normal(&self.loc, rng) * self.scale.clone();
        if self.stopped { reparam::gradient::stop(noise) } else { noise }
    }
}

#[test]
fn noise_that_knows_the_scale_is_found() {
    assert!(checks::noise(&normal(0.3, 1.2)).passed());
    let own = |stopped| ScaledNoise { loc: tensor(&[0.3], [1, 1]), scale: tensor(&[1.2], [1, 1]), stopped };
    let tracked = checks::noise(&own(false));
    assert!(tracked.failed() && tracked.detail.contains("carries a gradient"), "{tracked}");
    let moved = checks::noise(&own(true));
    assert!(moved.failed() && moved.detail.contains("for other parameters"), "{moved}");
}

#[test]
fn a_scale_taken_as_it_is_fails() {
    let phi = tensor(&[0.3, 0.5], [2]);
    let two = |phi| -> [Tensor<2>; 2] { parts(phi) };
    let wrong = checks::unconstrained(
        |phi| {
            let [loc, scale] = two(phi);
            Normal::new(loc, scale)
        },
        &phi,
    );
    assert!(wrong.failed() && wrong.detail.contains("number 1 moved by -1"), "{wrong}");
    let log_variance = |phi| {
        let [loc, log_variance] = two(phi);
        Normal::from_log_variance(loc, log_variance)
    };
    let softplus = |phi| {
        let [loc, raw] = two(phi);
        Normal::from_softplus(loc, raw)
    };
    assert!(checks::unconstrained(log_variance, &phi).passed());
    assert!(checks::unconstrained(softplus, &phi).passed());
    let gamma = |phi| {
        let [concentration, rate] = two(phi);
        Gamma::<2>::new(concentration, rate)
    };
    assert!(checks::unconstrained(gamma, &phi).failed());
}

/// The divergence from N(μ, σ²) to N(0, 1) as it stands in most autoencoders: ½ (σ² + μ² − 1 − log σ²).
fn by_log_variance(loc: f64, log_variance: f64) -> Tensor<1> {
    tensor(&[0.5 * (log_variance.exp() + loc * loc - 1.0 - log_variance)], [1])
}

#[test]
fn a_scale_taken_for_another_is_named() {
    let (loc, scale) = (0.4, 1.7);
    let (q, p) = (normal(loc, scale), normal(0.0, 1.0));
    let check = |claimed| checks::normal_divergence(claimed, &q, &p, 20_000, RATE, &mut Rng::new(3));
    let right = check(by_log_variance(loc, 2.0 * scale.ln()));
    assert!(right.passed(), "{right}");
    assert!(check(q.kl(&p)).passed());
    for (given, words) in [
        (scale, "σ in the place of log σ²"),
        (scale.ln(), "σ in the place of σ², or log σ in that of log σ²"),
        (4.0 * scale.ln(), "σ² in the place of σ, or log σ² in that of log σ"),
    ] {
        let wrong = check(by_log_variance(loc, given));
        assert!(wrong.failed() && wrong.detail.contains(words), "{wrong}");
    }
    let by_scale = |scale: f64| tensor(&[0.5 * (scale * scale + loc * loc - 1.0) - scale.ln()], [1]);
    let wrong = check(by_scale(2.0 * scale.ln()));
    assert!(wrong.failed() && wrong.detail.contains("log σ² in the place of σ"), "{wrong}");
    let other = check(tensor(&[3.0], [1]));
    assert!(other.failed() && !other.detail.contains("in the place of"), "{other}");
}

#[test]
fn any_divergence_can_be_held_against_draws() {
    let gamma = |concentration: f64, rate: f64| {
        Gamma::<2>::new(tensor(&[concentration; 3], [3, 1]), tensor(&[rate], [1, 1]))
    };
    let (q, p) = (gamma(2.0, 1.5), gamma(1.0, 0.7));
    let check = |claimed| checks::divergence(claimed, &q, &p, 20_000, RATE, &mut Rng::new(3));
    assert!(check(q.kl(&p)).passed());
    assert!(check(p.kl(&q)).failed(), "the other way round");
    let ratios: Moments = [0.9, 1.1].repeat(500).into_iter().collect();
    assert!(checks::divergence_of(1.0, &ratios, RATE).passed());
    assert!(checks::divergence_of(1.1, &ratios, RATE).failed());
}

#[test]
fn a_gradient_below_its_noise_is_heard_of() {
    let far = |_: &Normal<2>, z: Tensor<2>| sum_event((z - 20.0).square());
    let by_score = |f: fn(&Normal<2>, Tensor<2>) -> Tensor<1>| -> Measurement {
        let mut score = ScoreFunction { particles: 1, baseline: reparam::NoBaseline };
        measure(&mut score, &normal(0.5, 1.0), f, 20_000, &mut Rng::new(5))
    };
    let score = by_score(far);
    let one = checks::samples(&score, 1, 1.0, RATE);
    assert!(one.failed(), "{one}");
    assert!(checks::samples(&score, 10_000, 1.0, RATE).passed());
    let pathwise = measure(&mut Pathwise { particles: 1 }, &normal(0.5, 1.0), far, 20_000, &mut Rng::new(5));
    assert!(checks::samples(&pathwise, 1, 1.0, RATE).passed());
    let nothing = by_score(|_, z| sum_event(z * 0.0 + 1.0));
    let optimum = checks::samples(&nothing, 1, 1.0, RATE);
    assert!(!optimum.passed() && !optimum.failed(), "{optimum}");
}

#[test]
fn rows_that_mix_are_found() {
    let q = Normal::<2>::new(tensor(&[0.3, 0.1], [1, 2]), tensor(&[1.2], [1, 1]));
    assert!(checks::shapes(&q, |z| sum_event(z.square())).passed());
    // Targets [N, 1] against predictions [N] give [N, N], and its mean over the wrong axis N numbers.
    let broadcast = checks::shapes(&q, |z: Tensor<2>| {
        let rows = z.dims()[0];
        let targets = z.clone().narrow(1, 0, 1).expand([rows, rows]);
        let predictions = z.narrow(1, 1, 1).reshape([1, rows]).expand([rows, rows]);
        (targets - predictions).square().mean_dim(1).reshape([rows])
    });
    assert!(broadcast.failed() && broadcast.detail.contains("among 5 rows"), "{broadcast}");
    let summed = checks::shapes(&q, |z: Tensor<2>| z.sum());
    assert!(summed.failed() && summed.detail.contains("gives 1 number for 5 rows"), "{summed}");
}

#[test]
fn a_discrete_draw_with_a_path_is_found_with_its_bias() {
    let cube = |z: Tensor<2>| sum_event(z.powi_scalar(3));
    let passing = checks::discrete(&normal(0.3, 1.2), |_, z| cube(z), None, RATE, &mut Rng::new(1));
    assert!(passing.passed(), "{passing}");
    let [temperature, logits] = [0.5, 0.3].map(|x| tensor(&[x], [1, 1]));
    let q = StraightThroughBernoulli::<2>::new(temperature, logits);
    // b³ = b: the sum over both values gives p (1 − p) for the slope in the logit.
    let p = 1.0 / (1.0 + (-0.3f64).exp());
    let truth = Truth::Exact(vec![vec![0.0], vec![p * (1.0 - p)]]);
    let found = checks::discrete(&q, |_, z| cube(z), Some(&truth), RATE, &mut Rng::new(1));
    assert!(found.failed(), "{found}");
    assert!(
        found.detail.contains("1000 draws take 2 values") && found.detail.contains("is off by"),
        "{found}"
    );
    // One that rounding has made few is another mistake.
    let rounded = checks::discrete(&normal(1e6, 1e-9), |_, z| cube(z), None, RATE, &mut Rng::new(1));
    assert!(rounded.passed(), "{rounded}");
}

#[test]
fn a_spread_that_rounding_swallows_is_found() {
    let rng = &mut Rng::new(2);
    assert!(checks::spread(&normal(1e6, 1e-4), rng).passed());
    assert!(checks::spread(&normal(0.0, 1e-30), rng).passed(), "a small number is no tiny σ");
    for scale in [1e-9, 1e-12] {
        let tiny = checks::spread(&normal(1e6, scale), rng);
        assert!(tiny.failed(), "{tiny}");
    }
    let corner = LkjCholesky::new(3, tensor(&[2.0], [1]));
    assert!(checks::spread(&corner, rng).passed(), "its first number is 1");
    let single = Normal::<2>::new(
        Tensor::from_floats([[1.0, 1000.0]], &common::device()),
        Tensor::from_floats([[1e-3, 1e-3]], &common::device()),
    );
    let tiny = checks::spread(&single, rng);
    assert!(tiny.failed() && tiny.detail.contains("element 1"), "{tiny}");
}

#[test]
fn a_covariance_by_its_entries_fails_and_by_its_factor_passes() {
    let matrix = |phi: Tensor<1>| phi.reshape([1, 2, 2]);
    let from_factor = |phi: Tensor<1>| {
        let lower = matrix(phi).tril(0);
        lower.clone().matmul(lower.swap_dims(1, 2))
    };
    let entries = tensor(&[1.0, 0.3, 0.3, 0.5], [4]);
    let wrong = checks::covariance(matrix, &entries, 0.01);
    assert!(wrong.failed() && wrong.detail.contains("not symmetric"), "{wrong}");
    let symmetric = |phi: Tensor<1>| {
        let lower = matrix(phi).tril(0);
        lower.clone() + lower.tril(-1).swap_dims(1, 2)
    };
    assert!(checks::covariance(symmetric, &entries, 0.01).passed());
    let near = tensor(&[1.0, 0.999, 0.999, 1.0], [4]);
    let wrong = checks::covariance(symmetric, &near, 0.01);
    assert!(wrong.failed() && wrong.detail.contains("not positive definite"), "{wrong}");
    let factor = tensor(&[1.0, 0.0, 0.999, 0.05], [4]);
    let right = checks::covariance(from_factor, &factor, 0.01);
    assert!(right.passed(), "{right}");
    let singular = tensor(&[1.0, 0.0, 1.0, 1e-7], [4]);
    let wrong = checks::covariance(from_factor, &singular, 1e-12);
    assert!(wrong.failed() && wrong.detail.contains("condition number"), "{wrong}");
    // The library's own way there, with a jitter.
    let q = MultivariateNormal::new(tensor(&[0.0, 0.0], [1, 2]), linalg::cholesky(symmetric(near), 1e-6));
    assert!(q.checked().is_ok());
}

#[test]
fn a_check_says_what_to_do_where_it_fails() {
    let failed = checks::spread(&normal(1e6, 1e-12), &mut Rng::new(0)).to_string();
    assert!(failed.starts_with("tiny σ: failed: draws of size 1.000e6"), "{failed}");
    assert!(failed.ends_with(Mistake::TinyScale.advice()), "{failed}");
    let passed = checks::spread(&normal(1.0, 1.0), &mut Rng::new(0)).to_string();
    assert!(passed.starts_with("tiny σ: passed: ") && !passed.contains("rescale"), "{passed}");
    let names: std::collections::HashSet<_> = Mistake::ALL.iter().map(|mistake| mistake.name()).collect();
    assert_eq!(names.len(), 8);
}
