//! Every distribution of the library under the harness that users get, whole: what ours cannot pass, theirs need not.

use std::f64::consts::PI;

use burn::tensor::{DType, Tensor};
use reparam::{
    AsymmetricLaplace, Bernoulli, Beta, BetaBinomial, Binomial, Categorical, Cauchy, Chi2,
    ContinuousBernoulli, Dirichlet, DiscreteUniform, ExpRelaxedOneHotCategorical, Exponential,
    FisherSnedecor, Frechet, Gamma, GeneralizedExtremeValue, GeneralizedNormal, GeneralizedPareto, Geometric,
    Gumbel, HalfCauchy, HalfNormal, HurdleNegativeBinomial, HurdlePoisson, InverseGamma, InverseGaussian,
    Kumaraswamy, Laplace, LkjCholesky, LogLogistic, LogNormal, LogUniform, Logistic, LogisticNormal,
    LogitNormal, LogitRelaxedBernoulli, LowRankNormal, MixtureSameFamily, MultivariateNormal,
    MultivariateStudentT, NegativeBinomial, Normal, OneHotCategorical, Pareto, Poisson, PowerSpherical,
    RelaxedBernoulli, RelaxedOneHotCategorical, SkewNormal, StudentT, TanhNormal, Transformed, Triangular,
    TruncatedNormal, Uniform, UniformSphere, VonMises, VonMisesFisher, Weibull, Wishart,
    ZeroInflatedBinomial, ZeroInflatedNegativeBinomial, ZeroInflatedPoisson, laws,
    testing::{Case, Support, parts},
};

const LINE: Support = Support::Interval(f64::NEG_INFINITY, f64::INFINITY);
const HALF: Support = Support::Interval(0.0, f64::INFINITY);
const UNIT: Support = Support::Interval(0.0, 1.0);

fn counts() -> Support {
    Support::Values((0..400).map(f64::from).collect())
}

/// One test for each: the constructor of so many parameters, their numbers, the support, what must be found.
macro_rules! on_the_line {
    ($($test:ident: $name:ident($($parameter:ident),+), $params:expr, $support:expr, $least:expr;)+) => {$(
        #[test]
        fn $test() {
            let case = Case::new(stringify!($name), $params, |params: Tensor<1>| {
                let [$($parameter),+] = parts(params);
                $name::<2>::new($($parameter),+)
            });
            let found = laws!(case.support($support));
            assert!($least.iter().all(|capability| found.contains(capability)), "{found:?}");
        }
    )+};
}

const MOVING: [&str; 3] = ["Reparameterized", "Moments", "Reparameterized + Moments"];
const DRAWN: [&str; 1] = ["Reparameterized"];
const COUNTED: [&str; 2] = ["Factorized", "Moments"];

on_the_line! {
    asymmetric_laplace: AsymmetricLaplace(loc, scale, asymmetry), [0.3, 1.2, 0.7], LINE, MOVING;
    beta: Beta(concentration1, concentration0), [1.7, 2.6], UNIT, MOVING;
    beta_with_singular_ends: Beta(concentration1, concentration0), [0.7, 0.9], UNIT, MOVING;
    cauchy: Cauchy(loc, scale), [0.3, 1.2], LINE, DRAWN;
    chi2: Chi2(df), [3.3], HALF, MOVING;
    continuous_bernoulli: ContinuousBernoulli(logits), [0.8], UNIT, MOVING;
    exponential: Exponential(rate), [1.3], HALF, MOVING;
    fisher_snedecor: FisherSnedecor(df1, df2), [3.0, 12.0], HALF, MOVING;
    fisher_snedecor_without_a_variance: FisherSnedecor(df1, df2), [3.0, 3.5], HALF, MOVING;
    frechet: Frechet(scale, concentration), [1.3, 9.0], HALF, MOVING;
    frechet_without_a_mean: Frechet(scale, concentration), [1.3, 0.8], HALF, MOVING;
    gamma: Gamma(concentration, rate), [2.5, 1.5], HALF, MOVING;
    gamma_below_one: Gamma(concentration, rate), [0.6, 1.5], HALF, MOVING;
    gumbel: Gumbel(loc, scale), [0.3, 1.2], LINE, MOVING;
    generalized_extreme_value: GeneralizedExtremeValue(loc, scale, concentration), [0.3, 1.2, -0.2],
        Support::Interval(f64::NEG_INFINITY, 6.3), MOVING;
    generalized_normal: GeneralizedNormal(loc, scale, power), [0.3, 1.2, 1.6], LINE, MOVING;
    generalized_pareto: GeneralizedPareto(loc, scale, concentration), [0.3, 1.2, -0.2], Support::Interval(0.3, 6.3), MOVING;
    half_cauchy: HalfCauchy(scale), [1.3], HALF, DRAWN;
    half_normal: HalfNormal(scale), [1.3], HALF, MOVING;
    inverse_gamma: InverseGamma(concentration, rate), [4.5, 1.5], HALF, MOVING;
    inverse_gaussian: InverseGaussian(loc, concentration), [1.3, 2.4], HALF, MOVING;
    kumaraswamy: Kumaraswamy(a, b), [1.7, 2.6], UNIT, MOVING;
    laplace: Laplace(loc, scale), [0.3, 1.2], LINE, MOVING;
    log_logistic: LogLogistic(scale, concentration), [1.3, 5.5], HALF, MOVING;
    log_normal: LogNormal(loc, scale), [0.3, 0.5], HALF, MOVING;
    log_uniform: LogUniform(low, high), [0.5, 3.0], Support::Interval(0.5, 3.0), MOVING;
    logistic: Logistic(loc, scale), [0.3, 0.7], LINE, MOVING;
    logit_normal: LogitNormal(loc, scale), [0.3, 0.7], UNIT, DRAWN;
    logit_relaxed_bernoulli: LogitRelaxedBernoulli(temperature, logits), [0.7, 0.4], LINE, DRAWN;
    normal: Normal(loc, scale), [0.3, 1.2], LINE, MOVING;
    pareto: Pareto(scale, alpha), [1.3, 5.5], Support::Interval(1.3, f64::INFINITY), MOVING;
    relaxed_bernoulli: RelaxedBernoulli(temperature, logits), [1.7, 0.4], UNIT, DRAWN;
    skew_normal: SkewNormal(loc, scale, skewness), [0.5, 1.2, 2.0], LINE, MOVING;
    student_t: StudentT(df, loc, scale), [5.5, 0.3, 1.2], LINE, MOVING;
    student_t_without_a_variance: StudentT(df, loc, scale), [2.0, 0.3, 1.2], LINE, MOVING;
    tanh_normal: TanhNormal(loc, scale), [0.2, 0.6], Support::Interval(-1.0, 1.0), DRAWN;
    triangular: Triangular(low, high, peak), [-0.5, 2.0, 0.3], Support::Interval(-0.5, 2.0), MOVING;
    truncated_normal: TruncatedNormal(loc, scale, low, high), [0.3, 1.2, -1.0, 2.0], Support::Interval(-1.0, 2.0), MOVING;
    uniform: Uniform(low, high), [-0.5, 2.0], Support::Interval(-0.5, 2.0), MOVING;
    von_mises: VonMises(loc, concentration), [0.3, 1.4], Support::Interval(0.3 - PI, 0.3 + PI), MOVING;
    weibull: Weibull(scale, concentration), [1.3, 1.8], HALF, MOVING;
    bernoulli: Bernoulli(logits), [0.4], Support::Values(vec![0.0, 1.0]), COUNTED;
    geometric: Geometric(logits), [-0.6], counts(), COUNTED;
    poisson: Poisson(rate), [3.2], counts(), COUNTED;
    hurdle_poisson: HurdlePoisson(rate, gate), [3.2, 0.3], counts(), COUNTED;
    hurdle_negative_binomial: HurdleNegativeBinomial(total_count, probs, gate), [2.5, 0.4, 0.3], counts(), COUNTED;
    zero_inflated_poisson: ZeroInflatedPoisson(rate, gate), [3.2, 0.3], counts(), COUNTED;
    zero_inflated_negative_binomial: ZeroInflatedNegativeBinomial(total_count, probs, gate), [2.5, 0.4, 0.3], counts(), COUNTED;
}

/// One test for each: a distribution of a vector of numbers.
macro_rules! of_numbers {
    ($($test:ident: $params:expr, |$p:ident| $build:expr, $support:expr, $least:expr;)+) => {$(
        #[test]
        fn $test() {
            let case = Case::new(stringify!($test), $params, |$p: Tensor<1>| $build);
            let support: Option<Support> = $support;
            let case = match support {
                Some(support) => case.support(support),
                None => case,
            };
            let found = laws!(case);
            assert!($least.iter().all(|capability| found.contains(capability)), "{found:?}");
        }
    )+};
}

fn slice<const R: usize>(params: &Tensor<1>, from: usize, dims: [usize; R]) -> Tensor<R> {
    params.clone().narrow(0, from, dims.iter().product()).reshape(dims)
}

/// A number that stays where it is, in the precision of the parameters.
fn held(params: &Tensor<1>, x: f64) -> Tensor<2> {
    Tensor::full([1, 1], x, (&params.device(), params.dtype()))
}

/// Three numbers as the lower triangle of a 2 × 2 matrix.
fn lower(params: &Tensor<1>, from: usize) -> Tensor<3> {
    let [a, b, c] = [0, 1, 2].map(|i| slice(params, from + i, [1, 1, 1]));
    let row = |x: Tensor<3>, y: Tensor<3>| Tensor::cat(vec![x, y], 2);
    Tensor::cat(vec![row(a.clone(), a.zeros_like()), row(b, c)], 1)
}

of_numbers! {
    negative_binomial: [-0.4], |p| NegativeBinomial::<2>::new(held(&p, 2.5), slice(&p, 0, [1, 1])), Some(counts()), COUNTED;
    binomial: [0.4], |p| Binomial::<2>::new(held(&p, 7.0), slice(&p, 0, [1, 1])), Some(Support::Values((0..8).map(f64::from).collect())), COUNTED;
    beta_binomial: [1.7, 2.6], |p| BetaBinomial::<2>::new(held(&p, 7.0), slice(&p, 0, [1, 1]), slice(&p, 1, [1, 1])), Some(Support::Values((0..8).map(f64::from).collect())), COUNTED;
    zero_inflated_binomial: [0.4, 0.3], |p| ZeroInflatedBinomial::<2>::new(held(&p, 7.0), slice(&p, 0, [1, 1]), slice(&p, 1, [1, 1])), Some(Support::Values((0..8).map(f64::from).collect())), COUNTED;
    discrete_uniform: [0.0], |p| DiscreteUniform::<2>::new(held(&p, 1.0), held(&p, 6.0)), Some(Support::Values((1..7).map(f64::from).collect())), COUNTED;
    categorical: [0.3, -0.5, 1.1], |p| Categorical::<2>::new(slice(&p, 0, [1, 3])), None, ["Entropy"];
    one_hot_categorical: [0.3, -0.5, 1.1], |p| OneHotCategorical::<2>::new(slice(&p, 0, [1, 3])), None, ["Entropy"];
    exp_relaxed_one_hot: [0.7, 0.3, -0.5, 1.1], |p| ExpRelaxedOneHotCategorical::<2>::new(slice(&p, 0, [1, 1]), slice(&p, 1, [1, 3])), None, DRAWN;
    relaxed_one_hot: [0.7, 0.3, -0.5, 1.1], |p| RelaxedOneHotCategorical::<2>::new(slice(&p, 0, [1, 1]), slice(&p, 1, [1, 3])), None, DRAWN;
    dirichlet: [0.7, 2.0, 5.5], |p| Dirichlet::new(slice(&p, 0, [1, 3])), None, MOVING;
    lkj_cholesky: [1.4], |p| LkjCholesky::new(3, p), None, DRAWN;
    logistic_normal: [0.3, -0.5, 0.8, 1.1], |p| LogisticNormal::new(Normal::new(slice(&p, 0, [1, 2]), slice(&p, 2, [1, 2]))), None, DRAWN;
    low_rank_normal: [0.3, -1.0, 0.9, -0.4, 0.5, 0.8], |p| LowRankNormal::new(slice(&p, 0, [1, 2]), slice(&p, 2, [1, 2, 1]), slice(&p, 4, [1, 2])), None, MOVING;
    multivariate_normal: [0.3, -1.0, 1.1, 0.4, 0.8], |p| MultivariateNormal::new(slice(&p, 0, [1, 2]), lower(&p, 2)), None, MOVING;
    multivariate_student_t: [5.5, 0.3, -1.0, 1.1, 0.4, 0.8], |p| MultivariateStudentT::new(slice(&p, 0, [1]), slice(&p, 1, [1, 2]), lower(&p, 3)), None, MOVING;
    multivariate_student_t_without_a_variance: [1.5, 0.3, -1.0, 1.1, 0.4, 0.8], |p| MultivariateStudentT::new(slice(&p, 0, [1]), slice(&p, 1, [1, 2]), lower(&p, 3)), None, MOVING;
    power_spherical: [0.6, -0.3, 1.1, 2.5], |p| PowerSpherical::new(slice(&p, 0, [1, 3]), slice(&p, 3, [1])), None, MOVING;
    uniform_sphere: [1.0], |p| UniformSphere::new([1, 3], &p.device(), DType::F64), None, ["Moments"];
    von_mises_fisher: [0.6, -0.3, 1.1, 2.5], |p| VonMisesFisher::new(slice(&p, 0, [1, 3]), slice(&p, 3, [1])), None, MOVING;
    wishart: [5.3, 1.1, 0.4, 0.8], |p| Wishart::new(slice(&p, 0, [1]), lower(&p, 1)), None, MOVING;
    mixture_of_angles: [0.3, -0.4, 0.3, 1.0, 1.4, 2.5], |p| {
        let [logits, loc, concentration] = parts(p);
        MixtureSameFamily::new(logits, VonMises::new(loc, concentration))
    }, None, ["Moments"];
    mixture_of_gammas: [0.3, -0.4, 1.3, 4.0, 1.4, 2.5], |p| {
        let [logits, concentration, rate] = parts(p);
        MixtureSameFamily::new(logits, Gamma::new(concentration, rate))
    }, Some(HALF), MOVING;
    shifted_gamma: [2.5, 0.3, 1.2], |p| {
        let [concentration, shift, scale] = parts(p);
        Transformed::new(Gamma::<2>::new(concentration.clone(), concentration.ones_like()), reparam::Affine::new(shift, scale))
    }, Some(Support::Interval(0.3, f64::INFINITY)), MOVING;
}
