//! At the ends of supports, where draws saturate and densities vanish: finite numbers, and the right ones.

mod common;

use burn::tensor::{DType, Tensor, TensorData};
use common::assert_close;
use reparam::law::{Cdf as _, Draw as _, Law as _, Quantile as _, Reparameterized as _, Tails as _};
use reparam::{
    Coordinate, Dirichlet, DirichletMultinomial, Exp, Gamma, HalfLine, Interval, LowRankNormal,
    MixtureSameFamily, MultivariateNormal, Normal, Pareto, PowerSpherical, Rng, Sigmoid, SoftmaxCentred,
    Softplus, StickBreaking, Tanh, Transform, Transformed, Truncated, law::Level, laws, prelude::*,
};

fn of_type<const D: usize>(data: &[f64], dims: [usize; D], dtype: DType) -> Tensor<D> {
    Tensor::from_data(TensorData::new(data.to_vec(), dims), (&common::device(), dtype))
}

fn tensor<const D: usize>(data: &[f64], dims: [usize; D]) -> Tensor<D> {
    of_type(data, dims, DType::F64)
}

fn values<const D: usize>(x: Tensor<D>) -> Vec<f64> {
    x.into_data().iter::<f64>().collect()
}

fn wide(dtype: DType, loc: f64, scale: f64, width: usize) -> Normal<2> {
    let rows = 4000;
    let of = |x: f64| of_type(&[x], [1, 1], dtype).expand([rows, width]);
    Normal::new(of(loc), of(scale))
}

/// The log-densities of a law's own draws are finite, however far the bijection saturates.
fn scores_itself<T: Transform<2> + Copy>(name: &str, scale: f64, transform: T) {
    for dtype in [DType::F32, DType::F64] {
        let q = Transformed::<_, _, 2>::new(wide(dtype, 0.0, scale, 2), transform);
        let z = q.sample(&mut Rng::new(1));
        assert!(values(z.clone()).iter().all(|z| z.is_finite()), "{name}, {dtype:?}");
        let densities = values(q.log_prob(z));
        let lost = densities.iter().filter(|p| !p.is_finite()).count();
        assert_eq!(lost, 0, "{name}, {dtype:?}");
    }
}

#[test]
fn draws_that_saturate_have_a_density() {
    for scale in [5.0, 60.0, 400.0] {
        scores_itself("Tanh", scale, Tanh);
        scores_itself("Sigmoid", scale, Sigmoid);
        scores_itself("Exp", scale, Exp);
        scores_itself("Softplus", scale, Softplus);
        scores_itself("Interval", scale, Interval::new(-3.0, 0.1));
        scores_itself("HalfLine", scale.min(60.0), HalfLine::above(1.0));
        scores_itself("SoftmaxCentred", scale, SoftmaxCentred);
        scores_itself("StickBreaking", scale, StickBreaking);
    }
}

/// In single precision, where the draw itself has lost up to a nat at loc 8, and everything at 30.
#[test]
fn the_twin_of_a_saturated_draw_is_exact() {
    for loc in [0.0, 8.0, 30.0, -30.0] {
        let q = Transformed::<_, _, 2>::new(wide(DType::F32, loc, 1.0, 1), Tanh);
        assert_eq!(q.coordinate(), Coordinate::Artanh);
        let x = q.rsample_twin(&mut Rng::new(2));
        for (x, got) in values(x.clone()).into_iter().zip(values(q.log_prob_twin(x))) {
            let distance = x.abs();
            let slope = 2.0 * (std::f64::consts::LN_2 - distance - (-2.0 * distance).exp().ln_1p());
            assert_close(got, common::normal_log_prob(x, loc, 1.0) - slope, 1e-6);
        }
        assert!(values(q.rsample(&mut Rng::new(2))).iter().all(|z| z.abs() < 1.0));
    }
    let q = Transformed::<_, _, 2>::new(wide(DType::F32, 40.0, 1.0, 1), Sigmoid);
    assert_eq!(q.coordinate(), Coordinate::Logit);
    assert!(
        values(q.log_prob_twin(q.rsample_twin(&mut Rng::new(3)))).iter().all(|p| (20.0..50.0).contains(p))
    );
}

#[test]
fn the_ends_of_a_squashed_law() {
    for (y, x) in [(-1.0, f64::NEG_INFINITY), (1.0, f64::INFINITY)] {
        let (got, log_determinant) = Tanh.inverse(tensor(&[y], [1, 1]));
        assert_eq!((values(got)[0], values(log_determinant)[0]), (x, f64::INFINITY));
        let q =
            Transformed::<_, _, 2>::new(Normal::new(tensor(&[0.0], [1, 1]), tensor(&[1.0], [1, 1])), Tanh);
        assert_eq!(values(q.log_prob(tensor(&[y], [1, 1])))[0], f64::NEG_INFINITY);
    }
}

fn mixture<Q: reparam::Factorized<2>>(weights: &[f64], components: Q) -> MixtureSameFamily<Q, 2> {
    MixtureSameFamily::new(tensor(weights, [1, weights.len()]), components)
}

/// f = ½ e^(−x) (1 + x): at 0 the second component has no density, and half of the slope.
#[test]
fn a_mixture_where_a_component_begins() {
    let rate = tensor(&[1.0, 1.0], [1, 2]);
    let q = mixture(&[0.0, 0.0], Gamma::new(tensor(&[1.0, 2.0], [1, 2]), rate));
    let x = tensor(&[0.0], [1, 1]).require_grad();
    let density = q.log_prob(x.clone());
    assert_close(values(density.clone())[0], -std::f64::consts::LN_2, 1e-15);
    assert_close(values(x.grad(&density.backward()).unwrap())[0], 0.0, 1e-12);
}

#[test]
fn a_mixture_of_heavy_tails() {
    let pareto = |alpha: &[f64]| {
        let k = alpha.len();
        Pareto::new(tensor(&vec![1.0; k], [1, k]), tensor(alpha, [1, k]))
    };
    let q = mixture(&[0.3, -1.1, 0.7], pareto(&[1.5, 0.7, 3.0]));
    let x: Vec<f64> = (0..400).map(|i| 1.0 + 1e-17 * 1.12_f64.powi(i)).collect();
    for x in x {
        let x = tensor(&[x], [1, 1]);
        let [below, above] = [q.log_cdf(x.clone()), q.log_sf(x)].map(|p| values(p)[0]);
        assert!(below <= 0.0 && above <= 0.0, "{below} {above}");
        assert_close(below.exp() + above.exp(), 1.0, 1e-15);
    }
    assert_eq!((values(q.mean())[0], values(q.variance())[0]), (f64::INFINITY, f64::INFINITY));
    // A component that is left out has no say.
    let q = mixture(&[0.0, f64::NEG_INFINITY], pareto(&[3.0, 0.5]));
    assert_close(values(q.variance())[0], 0.75, 1e-15);
}

/// Between ends that the distribution function cannot tell apart the law is all but uniform.
#[test]
fn a_law_between_ends_that_are_nearly_one() {
    type Between = Truncated<laws::Cauchy>;
    for (low, high) in [(0.0_f64, 1e-20), (1e-20, 1.5e-20), (3.0, 3.0 + 1e-12)] {
        let theta = [0.0, 1.0, low, high];
        let exact = -(high - low).ln();
        for share in [0.25, 0.5, 0.75] {
            let x = low + share * (high - low);
            let share = (x - low) / (high - low);
            assert_close(Between::log_prob(x, theta), exact, 1e-11);
            assert_close(Between::cdf(x, theta), share, 1e-11);
            assert_close(Between::log_upper(x, theta), (1.0 - share).ln(), 1e-11);
        }
        let mut mean = 0.0;
        for i in 0..200 {
            let z = Between::draw(&mut Rng::new(i).element(), theta);
            assert!(z > low && z < high);
            mean += (z - low) / (high - low) / 200.0;
            let slopes = Between::slopes(z, theta);
            // The ends take the draw along.
            assert_close(slopes[3], (z - low) / (high - low), 1e-9);
            assert!(slopes[0].abs() < high - low, "{slopes:?}");
        }
        assert!((mean - 0.5).abs() < 0.15, "{mean}");
        let middle = Between::quantile(Level::lower(0.5), theta);
        assert_close((middle - low) / (high - low), 0.5, if low > 1.0 { 1e-3 } else { 1e-11 });
    }
    assert_close(Between::log_prob(0.5e-20, [0.0, 1.0, 0.0, 1e-20]), 46.051_701_859_880_914, 1e-14);
}

/// 1 − mean is what the others have.
#[test]
fn shares_next_to_one() {
    let a = [10.0, 1e-16];
    let exact = 1e-15 / (10.0 * 10.0 * 11.0);
    for variance in values(Dirichlet::new(tensor(&a, [1, 2])).variance()) {
        assert!((variance / exact - 1.0).abs() < 1e-14, "{variance:e}");
    }
    let a = tensor(&[0.3630458146366063, 28252.666026560484, 4.560415438222337e-06], [1, 3]);
    let exact =
        [4.54789521174330036801696e-10, 4.547952339588281614672956e-10, 5.712931318191219359339303e-15];
    for (variance, exact) in values(Dirichlet::new(a.clone()).variance()).into_iter().zip(exact) {
        assert!((variance / exact - 1.0).abs() < 1e-14, "{variance:e}");
    }
    let exact = [1.458339307463363207401995, 1.458357626219184956101437, 0.00001831922661859913448324429];
    let counts = DirichletMultinomial::<2>::new(tensor(&[44236.0], [1, 1]), a);
    for (variance, exact) in values(counts.variance()).into_iter().zip(exact) {
        assert!((variance / exact - 1.0).abs() < 1e-14, "{variance:e}");
    }
    // Across the direction, 2 (b + k) / ((2b + k) (2b + k + 1)).
    let k = 1e15;
    let q = PowerSpherical::new(tensor(&[1.0, 0.0, 0.0], [1, 3]), tensor(&[k], [1]));
    let across = values(q.variance())[1];
    assert!((across * (k + 2.0) * (k + 3.0) / (2.0 * (k + 1.0)) - 1.0).abs() < 1e-14, "{across:e}");
}

/// Nearly collinear factors: the divergence from the same law stretched by 2 is (d/2) (¼ − 1 + ln 4).
#[test]
fn divergences_of_low_rank() {
    let factor = [1e3, 1e3 + 1e-6, 500.0, 500.0, 200.0, 200.0000002];
    let q = |stretch: f64| {
        let factor: Vec<f64> = factor.iter().map(|f| f * stretch).collect();
        let diagonal = [1e-8 * stretch * stretch; 3];
        LowRankNormal::new(tensor(&[0.0; 3], [1, 3]), tensor(&factor, [1, 3, 2]), tensor(&diagonal, [1, 3]))
    };
    let exact = 1.5 * (0.25 - 1.0 + 4.0_f64.ln());
    assert_close(values(q(1.0).kl(&q(2.0)))[0], exact, 1e-12);
    assert_close(values(q(1.0).kl(&MultivariateNormal::from(&q(2.0))))[0], exact, 1e-12);
}
