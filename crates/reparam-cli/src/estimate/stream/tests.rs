use std::rc::Rc;

use reparam::Measurement;
use reparam_kernels::Rng;
use reparam_lang::{Parsed, parse};
use reparam_testing::{MeanTest, Rates};

use super::*;
use crate::estimate::{Joint, Method, Plan, exact, run};

struct Case {
    parsed: Parsed,
    sites: Vec<Rc<Site>>,
}

impl Case {
    fn new(expression: &str, variables: &[(&str, &str)]) -> Self {
        let site = |(name, law): &(&str, &str)| Site::read(name, law).map(Rc::new);
        let sites =
            variables.iter().map(site).collect::<Result<_>>().unwrap_or_else(|error| panic!("{error}"));
        Self { parsed: parse(expression).unwrap_or_else(|error| panic!("{}", error.render())), sites }
    }

    fn integrand(&self) -> Integrand<'_> {
        Integrand::new(&self.parsed, &self.sites).unwrap_or_else(|error| panic!("{error}"))
    }

    fn measure(&self, samples: u64) -> Measurement {
        self.measure_points(samples, 1).expect("it is for these variables")
    }

    fn measure_points(&self, samples: u64, points: usize) -> Option<Measurement> {
        let outcome = measure(&self.integrand(), &self.sites, (samples, points), 3, |_| Ok(()));
        Some(outcome.unwrap_or_else(|error| panic!("{error}"))?.measurement)
    }

    /// Whether a run of a million draws would be made in single precision.
    fn is_single(&self) -> bool {
        let sites: Vec<&Site> = self.sites.iter().map(AsRef::as_ref).collect();
        let layout = Layout::new(&sites).expect("it is for these variables");
        let integrand = self.integrand();
        let terms = integrand.program().independent_terms(0);
        let task = Task::new(&layout, &terms, 1, 3);
        task.single_is_enough(1 << 20, &task.pilot_means(1 << 20))
    }
}

const MIXED: [(&str, &[(&str, &str)]); 8] = [
    ("sum(tanh(z))", &[("z", "Normal([-1, 0, 0.5], [0.5, 1, 1.5])")]),
    ("sum(tanh(z)) + z[0]*z[2]", &[("z", "Normal([-1, 0, 0.5], 0.8)")]),
    ("sin(z)^2 - 0.3*z", &[("z", "Laplace(0.2, 0.7)")]),
    ("log(z) + z^2/9", &[("z", "Gamma(2.5, 1.5)")]),
    ("x*exp(-y)", &[("x", "StudentT(7, 0.3, 1)"), ("y", "Beta(2, 3)")]),
    ("sqrt(w)*softplus(w)", &[("w", "Weibull(1.5, 2)")]),
    ("sigmoid(u) + v^3", &[("u", "Logistic(0, 1)"), ("v", "Uniform(-1, 2)")]),
    ("7", &[("z", "Normal(0, 1)")]),
];

#[test]
fn means_are_the_exact_ones() {
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    for (expression, variables) in [MIXED[0], MIXED[2], MIXED[7]] {
        let case = Case::new(expression, variables);
        let found = case.measure(1 << 17);
        let truth = exact(&case.integrand(), &case.sites).unwrap_or_else(|error| panic!("{error}"));
        let check = |moments, expected: f64| {
            // Where nothing varies, to the rounding of the sum.
            let near = |mean: f64| (mean - expected).abs() <= 1e-12 * expected.abs();
            if let Err(error) = test.check(moments, expected)
                && !near(moments.mean())
            {
                panic!("{expression}: {error}");
            }
        };
        check(&found.value, truth.value);
        let tensors = truth.gradient.iter().flatten();
        for (moments, expected) in found.gradient.iter().flatten().zip(tensors.flatten()) {
            check(moments, *expected);
        }
        assert_eq!(found.value.count(), 1 << 17);
    }
}

/// The moments of one repetition, through the stream and through tensors.
fn assert_agrees(method: &str, (expression, variables): (&str, &[(&str, &str)]), samples: [u64; 2]) {
    let method = Method::named(method).expect("there is such a method");
    let case = Case::new(expression, variables);
    let fast = case.measure_points(samples[0], method.particles).expect("it is for these variables");
    let joint = Joint::new(&case.sites, &burn::tensor::Device::flex().autodiff());
    let integrand = Rc::new(case.integrand());
    let mut plan = Plan::new(&vec![method; variables.len()]);
    let slow = run(&mut plan, &joint, &integrand, samples[1], &mut Rng::new(8), |_, _| Ok(()));
    let slow = slow.unwrap_or_else(|error| panic!("{error}")).measurement;
    assert_eq!(fast.gradient.len(), slow.gradient.len());
    assert_eq!(fast.evaluations_each(), slow.evaluations_each());
    for (a, b) in fast.elements().chain([&fast.value]).zip(slow.elements().chain([&slow.value])) {
        // Six standard errors: 2e-9. Where all points have the same slope rounding is left.
        let error = a.standard_error().hypot(b.standard_error()) + 1e-12 * a.mean().abs();
        assert!((a.mean() - b.mean()).abs() <= 6.0 * error, "{expression}: {a:?} and {b:?}");
        let is_still = b.variance() <= 1e-24 * b.mean().powi(2);
        assert!((a.variance() / b.variance() - 1.0).abs() < 0.25 || is_still, "{expression}: {a:?}, {b:?}");
    }
}

#[test]
fn it_agrees_with_the_general_path() {
    for case in MIXED {
        assert_agrees("pathwise", case, [1 << 16, 1 << 14]);
    }
}

#[test]
fn sobol_points_agree_with_the_general_path() {
    for case in [MIXED[0], MIXED[1], MIXED[2], MIXED[7]] {
        assert_agrees("quasi-random", case, [1 << 19, 1 << 17]);
    }
    let gamma = Case::new(MIXED[3].0, MIXED[3].1);
    assert!(gamma.measure_points(1000, 64).is_none(), "its draws are no location and scale");
}

#[test]
fn single_draw_variances_are_the_exact_ones() {
    let (loc, scale, target) = (0.7, 1.3, 2.0);
    let case = Case::new(&format!("(z - {target})^2"), &[("z", &format!("Normal({loc}, {scale})"))]);
    let found = case.measure(1 << 20);
    let (d, s) = (loc - target, scale);
    let expected = [4.0 * s * s, 4.0 * d * d + 8.0 * s * s];
    for (moments, expected) in found.elements().zip(expected) {
        // Seven standard errors of a variance with a kurtosis below 20.
        let tolerance = 7.0 * (20.0 / f64::from(1 << 20)).sqrt();
        assert!((moments.variance() / expected - 1.0).abs() < tolerance, "{moments:?}, not {expected}");
    }
    // A mean that is large beside the scatter takes nothing from the variance, within its scatter of half a percent.
    let offset = Case::new(&format!("(z - {target})^2 + 5e6"), &[("z", &format!("Normal({loc}, {scale})"))]);
    let variance = offset.measure(1 << 20).value.variance();
    assert!((variance / found.value.variance() - 1.0).abs() < 0.03, "{variance}");
}

#[test]
fn threads_change_no_bit() {
    for ((expression, variables), points) in [(MIXED[1], 1), (MIXED[3], 1), (MIXED[1], 64)] {
        let case = Case::new(expression, variables);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let layout =
                Layout::new(&case.sites.iter().map(AsRef::as_ref).collect::<Vec<_>>()).expect("paths");
            let integrand = case.integrand();
            let terms = integrand.program().independent_terms(0);
            let task = Task::new(&layout, &terms, points, 3);
            let shifts = task.pilot_means(1 << 20);
            let all =
                pool.install(|| task.all::<f32>((1 << 20) + 77 * points as u64, &shifts, &mut |_| Ok(())));
            all.ok().and_then(std::result::Result::ok).expect("finite sums").each
        };
        let one = on(1);
        assert_eq!(one, on(2));
        assert_eq!(one, on(3));
    }
}

#[test]
fn single_precision_is_used_where_it_is_enough() {
    let is_single = |expression| Case::new(expression, &[("z", "Normal(0.3, 1.2)")]).is_single();
    for expression in ["tanh(z)", "sin(z)", "z^2", "exp(z/3) + 40", "(z + 1)*(z - 1)"] {
        assert!(is_single(expression), "{expression}");
    }
    for expression in ["sin(1e6*z)", "sin(z + 1e8)", "exp(60*z)", "1e-25*z^2", "sqrt(z^2 + 1e12)"] {
        assert!(!is_single(expression), "{expression}");
    }
}

#[test]
fn double_precision_takes_over_where_single_overflows() {
    // Overflows in single precision at z > 6.1, which no pilot run sees.
    let found = Case::new("exp(14.5*z)", &[("z", "Normal(0, 0.71)")]).measure(1 << 22);
    assert!(found.value.mean() > 1e6 && found.value.variance().is_finite(), "{found:?}");
}

#[test]
fn a_draw_without_a_value_is_named() {
    let case = Case::new("log(z[1]) + sum(z)", &[("z", "Normal([4, 1], [1, 0.3])")]);
    for points in [1, 64] {
        let found = measure(&case.integrand(), &case.sites, (1 << 16, points), 3, |_| Ok(()));
        let text = found.expect_err("the logarithm of a negative draw").to_string();
        assert!(text.contains("not finite at the draw z[0] = ") && text.contains("z[1] = -"), "{text}");
    }
}

#[test]
fn a_run_can_be_stopped() {
    let case = Case::new("z", &[("z", "Normal(0, 1)")]);
    let mut draws = 0;
    let found = measure(&case.integrand(), &case.sites, (u64::MAX / 2, 1), 3, |more| {
        draws += more;
        Err(crate::error::Error::failed("enough"))
    });
    assert!(found.is_err() && draws > 0);
}

#[test]
fn variables_without_a_path_are_left_to_others() {
    let case = Case::new("b*z", &[("b", "Bernoulli(0.3)"), ("z", "Normal(0, 1)")]);
    let found = measure(&case.integrand(), &case.sites, (1000, 1), 3, |_| Ok(()));
    assert!(found.is_ok_and(|outcome| outcome.is_none()));
}
