//! Laws on tensors: the lifting is one piece of code for every law, so a law of each kind stands for all.

use burn::tensor::{DType, Device, Tensor, TensorData};
use reparam::{
    Gamma, Gumbel, InverseGaussian, Kumaraswamy, Laplace, LogNormal, Logistic, Normal, ParamError, Poisson,
    Rng, SkewNormal, TanhNormal, Triangular, Uniform, Weibull, laws,
    prelude::*,
    testing::{Case, Support, parts, tensor, values},
};

macro_rules! cases {
    ($($name:ident: $build:expr, $params:expr, $support:expr, [$($capability:literal)+];)+) => {$(
        #[test]
        fn $name() {
            let case = Case::new(stringify!($name), $params, |params: Tensor<1>| $build(parts(params)));
            let reference = case.distribution();
            let case = case.support($support).cdf(move |_, x| values(reference.cdf(tensor::<2>(&[x], [1, 1])))[0]);
            let found = laws!(case);
            for capability in [$($capability),+] {
                assert!(found.contains(&capability), "{capability} is missing in {found:?}");
            }
        }
    )+};
}

type Two = [Tensor<2>; 2];

cases! {
    laplace: |[loc, scale]: Two| Laplace::new(loc, scale), [0.3, 1.2], Support::Interval(-40.0, 40.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy" "Kl"];
    gumbel: |[loc, scale]: Two| Gumbel::new(loc, scale), [0.3, 1.2], Support::Interval(-8.0, 60.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy" "Kl"];
    logistic: |[loc, scale]: Two| Logistic::new(loc, scale), [0.3, 0.7], Support::Interval(-40.0, 40.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy"];
    log_normal: |[loc, scale]: Two| LogNormal::new(loc, scale), [0.3, 0.5], Support::Interval(0.0, 60.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy"];
    kumaraswamy: |[a, b]: Two| Kumaraswamy::new(a, b), [1.7, 2.6], Support::Interval(0.0, 1.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy"];
    weibull: |[scale, concentration]: Two| Weibull::new(scale, concentration), [1.3, 1.8],
        Support::Interval(0.0, 12.0), ["Reparameterized" "Explicit" "Moments" "Entropy" "Kl"];
    tanh_normal: |[loc, scale]: Two| TanhNormal::new(loc, scale), [0.2, 0.6],
        Support::Interval(-1.0, 1.0), ["Reparameterized" "Explicit"];
    triangular: |[low, high, peak]: [Tensor<2>; 3]| Triangular::new(low, high, peak), [-0.5, 2.0, 0.3],
        Support::Interval(-0.5, 2.0), ["Reparameterized" "Explicit" "Moments" "Entropy"];
}

#[test]
fn inverse_gaussian() {
    let case = Case::new("InverseGaussian(1.3, 2.4)", [1.3, 2.4], |params: Tensor<1>| {
        let [loc, concentration] = parts(params);
        InverseGaussian::<2>::new(loc, concentration)
    });
    let law = case.distribution();
    let case = case.support(Support::Interval(0.0, 60.0));
    let case = case.cdf(move |_, x| values(law.cdf(tensor::<2>(&[x], [1, 1])))[0]);
    case.entropy_laws();
    case.kl_laws();
    laws!(case);
}

#[test]
fn skew_normal() {
    let case = Case::new("SkewNormal(0.3, 1.2, 1.7)", [0.3, 1.2, 1.7], |params: Tensor<1>| {
        let [loc, scale, skewness] = parts(params);
        SkewNormal::<2>::new(loc, scale, skewness)
    });
    let law = case.distribution();
    let case = case.support(Support::Interval(-12.0, 14.0));
    let case = case.cdf(move |_, x| values(law.cdf(tensor::<2>(&[x], [1, 1])))[0]);
    laws!(case);
}

#[test]
fn divergences_between_families() {
    let normal = Case::new("Normal(0.3, 1.2)", [0.3, 1.2], |params: Tensor<1>| {
        let [loc, scale] = parts(params);
        Normal::<2>::new(loc, scale)
    });
    let gumbel = Case::new("Gumbel(-0.4, 2.0)", [-0.4, 2.0], |params: Tensor<1>| {
        let [loc, scale] = parts(params);
        Gumbel::<2>::new(loc, scale)
    });
    let weibull = Case::new("Weibull(1.3, 1.8)", [1.3, 1.8], |params: Tensor<1>| {
        let [scale, concentration] = parts(params);
        Weibull::<2>::new(scale, concentration)
    });
    let gamma = Case::new("Gamma(2.5, 1.5)", [2.5, 1.5], |params: Tensor<1>| {
        let [concentration, rate] = parts(params);
        Gamma::<2>::new(concentration, rate)
    });
    let normal = normal.support(Support::Interval(-15.0, 15.0));
    let gumbel = gumbel.support(Support::Interval(-12.0, 80.0));
    normal.divergence_is_integral(&gumbel);
    gumbel.divergence_is_integral(&normal);
    let weibull = weibull.support(Support::Interval(0.0, 12.0));
    weibull.divergence_is_integral(&gamma);
    let apart = normal.distribution().kl(&gamma.distribution());
    assert_eq!(values(apart), [f64::INFINITY]);
}

#[test]
fn counts_have_no_path() {
    let case = Case::new("Poisson(3.2)", [3.2], |params: Tensor<1>| {
        let [rate] = parts(params);
        Poisson::<2>::new(rate)
    });
    let case = case.support(Support::Values((0..60).map(f64::from).collect()));
    let found = laws!(case);
    assert!(
        found.contains(&"Moments") && found.contains(&"Kl") && !found.contains(&"Reparameterized"),
        "{found:?}"
    );
}

#[test]
fn every_function_is_differentiable() {
    // Of the standard normal law at 1, with φ(1) = 0.24197 and Φ(1) = 0.84134.
    let loc = tensor::<2>(&[0.0], [1, 1]).require_grad();
    let scale = tensor::<2>(&[1.0], [1, 1]);
    let normal = Normal::new(loc.clone(), scale).law();
    let x = || tensor::<2>(&[1.0], [1, 1]);
    let slope = |y: Tensor<2>| values(loc.grad(&y.backward()).expect("a gradient"))[0];
    let (density, below): (f64, f64) = (0.241_970_724_519_143_37, 0.841_344_746_068_542_9);
    for (got, want) in [
        (slope(normal.cdf(x())), -density),
        (slope(normal.sf(x())), density),
        (slope(normal.log_cdf(x())), -density / below),
        (slope(normal.log_sf(x())), density / (1.0 - below)),
        (slope(normal.quantile(x() * 0.3)), 1.0),
        (slope(normal.upper_quantile(x() * 0.3)), 1.0),
        (slope(normal.mode()), 1.0),
    ] {
        assert!((got - want).abs() < 1e-14, "{got} instead of {want}");
    }
}

#[test]
fn draws_beyond_single_precision_stay_inside_with_their_coordinate_exact() {
    let device = Device::flex().autodiff();
    let full = |x: f32| Tensor::<2>::full([4096, 1], x, &device);
    // Half of the mass of the first lies below the smallest and above the largest number of single precision.
    let wide = Weibull::new(full(1.0), full(0.01).require_grad());
    let draws = values(wide.rsample(&mut Rng::new(1)));
    assert!(draws.iter().all(|z| *z > 0.0 && z.is_finite()));
    let t = wide.rsample_twin(&mut Rng::new(1));
    let logs = values(t.clone());
    assert!(logs.iter().any(|t| *t < -200.0) && logs.iter().any(|t| *t > 90.0));
    let log_prob = wide.log_prob_twin(t);
    assert!(values(log_prob.clone()).iter().all(|x| x.is_finite()));

    let corners = Kumaraswamy::new(full(0.01), full(0.01));
    let draws = values(corners.sample(&mut Rng::new(1)));
    assert!(draws.iter().all(|z| *z > 0.0 && *z < 1.0));
    assert!(values(corners.log_prob(corners.sample(&mut Rng::new(1)))).iter().all(|x| x.is_finite()));
}

#[test]
fn outside_the_support_the_density_vanishes_without_a_slope() {
    let high = tensor::<2>(&[2.0], [1, 1]).require_grad();
    let uniform = Uniform::new(tensor(&[0.0], [1, 1]), high.clone());
    for x in [-1.0, 2.5, f64::INFINITY] {
        let density = uniform.log_prob(tensor::<2>(&[x], [1, 1]));
        assert_eq!(values(density.clone()), [f64::NEG_INFINITY]);
        assert_eq!(values(high.grad(&density.backward()).expect("a gradient")), [0.0]);
    }
    assert!(values(uniform.log_prob(tensor::<2>(&[f64::NAN], [1, 1])))[0].is_nan());
}

#[test]
fn faults_name_the_parameter() {
    let device = Device::flex();
    let numbers =
        |x: [f64; 2]| Tensor::<2>::from_data(TensorData::new(x.to_vec(), [1, 2]), (&device, DType::F64));
    let error = Weibull::new(numbers([1.0, 1.0]), numbers([0.5, -0.5])).checked().unwrap_err();
    assert_eq!(
        error.to_string(),
        "Weibull: concentration must be finite and positive, got -0.5 at index [0, 1]"
    );
    let error = Uniform::new(numbers([0.0, 3.0]), numbers([1.0, 2.0])).checked().unwrap_err();
    assert!(
        matches!(error, ParamError::Conflict { distribution: "Uniform", ref index, .. } if *index == [0, 1])
    );
}
