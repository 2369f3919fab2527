//! The table of cases.

use reparam_kernels::catalog::{UNIVARIATES, Univariate};
use reparam_kernels::law::Level;

/// A law at parameters.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub law: &'static Univariate,
    pub theta: &'static [f64],
}

/// Laws by name and first parameter, with their cases: ordinary, tiny and huge parameters.
const TABLE: &[(&str, &str, &[&[f64]])] = &[
    (
        "AsymmetricLaplace",
        "loc",
        &[&[1.0, 2.0, 0.5], &[1e-30, 1e-30, 30.0], &[1e30, 1e30, 1e-2], &[-3.0, 100.0, 1.0]],
    ),
    (
        "Beta",
        "concentration1",
        &[
            &[2.0, 3.0],
            &[1.0, 1.0],
            &[1.0, 4.0],
            &[0.5, 0.5],
            &[0.05, 5.0],
            &[300.0, 0.05],
            &[1e-3, 1e-3],
            &[1e6, 3e5],
        ],
    ),
    (
        "BetaPrime",
        "concentration1",
        &[&[2.0, 3.0], &[1.0, 1.0], &[0.5, 0.5], &[0.05, 5.0], &[300.0, 2.5], &[1e6, 3e5]],
    ),
    (
        "Burr",
        "scale",
        &[
            &[2.0, 3.0, 1.5],
            &[1e-30, 0.5, 6.0],
            &[1e30, 1e5, 0.3],
            &[1.0, 0.2, 0.02],
            &[3.0, 1.0, 1.0],
            &[1.0, 2.0, 1e6],
        ],
    ),
    ("Cauchy", "loc", &[&[-1.0, 2.0], &[1e-30, 1e-30], &[1e30, 1e30]]),
    ("Chi2", "df", &[&[3.0], &[2.0], &[0.01], &[1e8]]),
    ("ContinuousBernoulli", "probs", &[&[0.3], &[0.5], &[0.500_01], &[1e-30], &[0.999_999]]),
    ("ContinuousBernoulli", "logits", &[&[-0.7], &[0.0], &[1e-6], &[1.5], &[-300.0], &[1e4]]),
    (
        "Dagum",
        "scale",
        &[
            &[2.0, 3.0, 1.5],
            &[1e-30, 2.5, 0.2],
            &[1e30, 1e5, 0.3],
            &[1.0, 0.2, 0.02],
            &[3.0, 1.0, 1.0],
            &[1.0, 4.0, 1e6],
        ],
    ),
    ("Exponential", "rate", &[&[1.5], &[1e-30], &[1e30]]),
    (
        "ExponentiallyModifiedNormal",
        "loc",
        &[
            &[1.0, 2.0, 0.7],
            &[0.0, 1.0, 1e-6],
            &[-1.0, 0.5, 1e3],
            &[1e30, 1e30, 1e-30],
            &[1e-30, 1e-30, 1e29],
            &[0.0, 1.0, 30.0],
        ],
    ),
    ("FisherSnedecor", "df1", &[&[3.0, 12.0], &[2.0, 9.5], &[0.1, 20.0], &[40.0, 0.3], &[1e5, 3e6]]),
    ("Frechet", "scale", &[&[2.0, 5.0], &[1e-30, 2.5], &[1e30, 1e5], &[1.0, 0.02]]),
    (
        "Gamma",
        "concentration",
        &[&[2.5, 1.5], &[1.0, 1e-30], &[0.2, 1e30], &[1e-3, 2.0], &[15.9, 3.0], &[1e8, 1e-10]],
    ),
    (
        "GeneralizedExtremeValue",
        "loc",
        &[
            &[1.0, 2.0, 0.2],
            &[1.0, 2.0, 0.0],
            &[0.5, 1.0, -0.4],
            &[1e30, 1e30, 1e-7],
            &[1e-30, 1e-30, 0.9],
            &[2.0, 1.0, -1e-3],
        ],
    ),
    (
        "GeneralizedGamma",
        "concentration",
        &[
            &[2.5, 1.5, 0.7],
            &[1.0, 1e-30, 3.0],
            &[0.2, 1e30, 2.0],
            &[1e-3, 2.0, 5.0],
            &[15.9, 3.0, 0.3],
            &[1e6, 1.0, 1.5],
            &[0.5, 1.0, 2.0],
        ],
    ),
    (
        "GeneralizedNormal",
        "loc",
        &[&[1.0, 2.0, 3.0], &[1e-30, 1e-30, 1.0], &[0.5, 3.0, 0.3], &[-1.0, 0.1, 40.0], &[2.0, 1.0, 1e5]],
    ),
    (
        "GeneralizedPareto",
        "loc",
        &[
            &[1.0, 2.0, 0.2],
            &[1.0, 2.0, 0.0],
            &[0.5, 1.0, -0.4],
            &[1e30, 1e30, 1e-7],
            &[1e-30, 1e-30, 0.9],
            &[2.0, 1.0, -1e-3],
        ],
    ),
    ("Gompertz", "concentration", &[&[0.5, 2.0], &[1e-6, 1.5], &[1e6, 1e-3], &[2.0, 1e-30], &[1.0, 1e30]]),
    ("Gumbel", "loc", &[&[1.0, 2.0], &[1e-30, 1e-30], &[1e30, 1e30]]),
    ("HalfCauchy", "scale", &[&[2.0], &[1e-30], &[1e30]]),
    ("HalfNormal", "scale", &[&[2.0], &[1e-30], &[1e30]]),
    (
        "HalfStudentT",
        "df",
        &[&[5.0, 2.0], &[1.0, 1e-30], &[2.5, 1e30], &[0.3, 1.0], &[4e3, 0.5], &[1e8, 3.0]],
    ),
    (
        "InverseGamma",
        "concentration",
        &[&[3.5, 1.5], &[1.0, 1e-30], &[0.2, 1e30], &[1e-3, 2.0], &[1e8, 1e10]],
    ),
    (
        "InverseGaussian",
        "loc",
        &[&[1.0, 2.0], &[1e-30, 3e-30], &[1e30, 1e34], &[5.0, 0.1], &[1e-3, 5.0], &[1.0, 1e-4], &[2.0, 1e8]],
    ),
    (
        "JohnsonSU",
        "skewness",
        &[
            &[-0.5, 1.5, 1.0, 2.0],
            &[0.0, 2.0, 0.0, 1.0],
            &[2.0, 1.0, 1e30, 1e30],
            &[0.3, 50.0, -1.0, 0.5],
            &[1.0, 0.2, 0.0, 1.0],
        ],
    ),
    (
        "Kumaraswamy",
        "a",
        &[
            &[2.0, 3.0],
            &[0.5, 0.5],
            &[1.0, 1.0],
            &[20.0, 1.0],
            &[0.05, 5.0],
            &[5.0, 0.05],
            &[1e4, 1e4],
            &[0.01, 0.01],
        ],
    ),
    ("Laplace", "loc", &[&[1.0, 2.0], &[1e-30, 1e-30], &[1e30, 1e30]]),
    ("Levy", "loc", &[&[1.0, 2.0], &[1e-30, 1e-30], &[0.0, 1e30], &[-3.0, 0.1]]),
    ("LogLogistic", "scale", &[&[2.0, 5.0], &[1e-30, 2.5], &[1e30, 1e5], &[1.0, 0.02], &[1.0, 1.0]]),
    ("LogNormal", "loc", &[&[0.5, 0.7], &[-60.0, 1e-3], &[60.0, 2.0], &[1.0, 20.0]]),
    ("LogUniform", "low", &[&[0.5, 7.0], &[1e-30, 1e30], &[3.0, 3.000_1]]),
    ("Logistic", "loc", &[&[1.0, 2.0], &[1e-30, 1e-30], &[1e30, 1e30]]),
    ("LogitNormal", "loc", &[&[0.5, 0.7], &[-3.0, 2.0], &[20.0, 1e-3], &[1.0, 10.0]]),
    ("LogitRelaxedBernoulli", "temperature", &[&[0.5, 1.0], &[1e-3, -20.0], &[100.0, 3.0]]),
    ("Lomax", "scale", &[&[2.0, 5.0], &[1e-30, 2.5], &[1e30, 1e5], &[1.0, 0.2], &[3.0, 1.0]]),
    ("Maxwell", "scale", &[&[2.0], &[1e-30], &[1e30]]),
    ("Nakagami", "concentration", &[&[2.5, 1.5], &[0.5, 1e-30], &[0.1, 1e30], &[1.0, 1.0], &[1e6, 3.0]]),
    (
        "NoncentralChi2",
        "df",
        &[
            &[3.0, 2.0],
            &[2.0, 0.0],
            &[2.0, 5.0],
            &[0.5, 10.0],
            &[1e-2, 1e-6],
            &[1e6, 1e3],
            &[40.0, 1e6],
            &[1.0, 0.3],
        ],
    ),
    ("Normal", "loc", &[&[1.0, 2.0], &[1e-30, 1e-30], &[1e30, 1e30]]),
    ("Pareto", "scale", &[&[2.0, 5.0], &[1e-30, 2.5], &[1e30, 1e5], &[1.0, 0.02]]),
    ("Rayleigh", "scale", &[&[2.0], &[1e-30], &[1e30]]),
    ("RelaxedBernoulli", "temperature", &[&[0.5, 1.0], &[1.0, 0.3], &[2.0, -1.0], &[0.01, 2.0]]),
    (
        "Rice",
        "distance",
        &[&[1.0, 2.0], &[0.0, 1.0], &[30.0, 0.5], &[1e30, 1e30], &[1e-30, 3e-30], &[1e4, 1.0]],
    ),
    (
        "SkewNormal",
        "loc",
        &[
            &[1.0, 2.0, 0.0],
            &[1.0, 2.0, 3.0],
            &[-1.0, 0.5, -0.3],
            &[0.0, 1.0, -20.0],
            &[1e30, 1e30, 0.7],
            &[0.0, 1e-30, 1e3],
        ],
    ),
    (
        "StudentT",
        "df",
        &[
            &[5.0, 1.0, 2.0],
            &[2.5, 1e-30, 1e-30],
            &[1.0, 0.0, 1.0],
            &[0.9, -3.0, 1e10],
            &[4e3, 1.0, 0.5],
            &[1e8, 1e30, 1e30],
        ],
    ),
    ("TanhNormal", "loc", &[&[0.5, 0.7], &[-1.0, 2.0], &[5.0, 1e-3], &[1.0, 10.0]]),
    ("Triangular", "low", &[&[-1.0, 4.0, 1.5], &[1e-30, 5e-30, 2e-30], &[2.0, 3.0, 2.0], &[2.0, 3.0, 3.0]]),
    (
        "TruncatedNormal",
        "loc",
        &[
            &[0.5, 2.0, -1.0, 3.0],
            &[0.0, 1.0, 8.0, 9.0],
            &[0.0, 1.0, -40.0, -39.0],
            &[0.25, 1e8, 0.0, 1.0],
            &[0.5, 1e-3, 0.0, 1.0],
            &[0.0, 1.0, 3.0, f64::INFINITY],
            &[1.0, 2.0, f64::NEG_INFINITY, 0.3],
            &[1.0, 2.0, f64::NEG_INFINITY, 30.0],
            &[1.0, 2.0, f64::NEG_INFINITY, f64::INFINITY],
            &[0.0, 1.0, -1e-3, 2e-3],
            &[-1e8, 1.0, 0.0, f64::INFINITY],
        ],
    ),
    ("Uniform", "low", &[&[-1.0, 4.0], &[1e-30, 5e-30], &[-1e30, 1e30]]),
    (
        "VonMises",
        "loc",
        &[&[0.5, 2.0], &[-1.0, 0.0], &[3.0, 1e-9], &[0.0, 10.4], &[1e-3, 1e6], &[0.0, 1e30], &[-2.0, 0.3]],
    ),
    ("Weibull", "scale", &[&[2.0, 5.0], &[1e-30, 0.5], &[1e30, 1e5], &[1.0, 0.02], &[3.0, 1.0]]),
];

/// Every case of a continuous law.
pub fn cases() -> impl Iterator<Item = Case> {
    TABLE.iter().flat_map(|(name, parameter, cases)| {
        let law = UNIVARIATES
            .iter()
            .find(|law| law.name == *name && law.parameters[0].name == *parameter)
            .unwrap_or_else(|| panic!("the catalogue has no {name} by {parameter}"));
        cases.iter().map(move |theta| Case { law, theta })
    })
}

impl Case {
    /// The log-density.
    pub fn log_prob(&self, x: f64) -> f64 {
        (self.law.log_prob)(x, self.theta)
    }

    /// Whether x is inside of the support and within the range of numbers, so that it tells where it is.
    pub fn is_inner(&self, x: f64) -> bool {
        let (low, high) = (self.law.support)(self.theta).ends();
        // A number next to an end has lost its distance from it.
        let clear = |end: f64| end.is_infinite() || (x - end).abs() > 1e-6 * end.abs();
        x.is_finite()
            && x > low
            && x < high
            && clear(low)
            && clear(high)
            && x.abs() > 1e-290
            && x.abs() < 1e290
    }

    /// The quantiles at these levels, given by their log-odds, that are inner.
    pub fn quantiles(&self, log_odds: &[f64]) -> Vec<(Level<f64>, f64)> {
        let Some(quantile) = self.law.quantile else { return Vec::new() };
        log_odds
            .iter()
            .map(|t| Level::logit(*t))
            .map(|level| (level, quantile(level, self.theta)))
            .filter(|(_, x)| self.is_inner(*x))
            .collect()
    }

    /// A length around the quantile x of this level in which the density changes little.
    pub fn reach(&self, level: Level<f64>, x: f64) -> f64 {
        let (low, high) = (self.law.support)(self.theta).ends();
        let share = level.lower.min(level.upper) / self.log_prob(x).exp();
        0.1 * share.min(x - low).min(high - x)
    }
}

#[test]
fn every_continuous_law_has_a_case() {
    for law in UNIVARIATES {
        let any = vec![1.0; law.parameters.len()];
        let has_cases = || cases().any(|case| std::ptr::eq(case.law, law));
        // Other forms are held against the law itself.
        let is_exempt = (law.support)(&any).is_discrete() || law.own.is_some();
        assert!(is_exempt || has_cases(), "{} has no case", law.name);
    }
    for case in cases() {
        assert_eq!((case.law.check)(case.theta), Ok(()), "{} {:?}", case.law.name, case.theta);
    }
}
