//! The distributions of several numbers under the laws.

mod common;

use burn::tensor::{DType, Tensor};
use common::{assert_close, assert_mean};
use reparam::{
    ChiSquare, Dirichlet, Hellinger, InverseGamma, InverseWishart, LkjCholesky, LogisticNormal,
    LowRankNormal, MatrixNormal, MultivariateNormal, MultivariateStudentT, Normal, ParamError,
    PowerSpherical, Renyi, Rng, UniformSphere, VonMisesFisher, Wasserstein2, Wishart, laws,
    prelude::*,
    testing::{Case, gradient, tensor, values},
};

fn slice<const R: usize>(params: &Tensor<1>, from: usize, dims: [usize; R]) -> Tensor<R> {
    params.clone().narrow(0, from, dims.iter().product()).reshape(dims)
}

/// Three numbers as the lower triangle of a 2 × 2 matrix.
fn lower(params: &Tensor<1>, from: usize) -> Tensor<3> {
    let place = tensor(&[1., 0., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1.], [3, 4]).cast(params.dtype());
    slice(params, from, [1, 3]).matmul(place).reshape([1, 2, 2])
}

fn low_rank(name: &str, params: [f64; 9]) -> Case<LowRankNormal, 2> {
    Case::new(name, params, |p| {
        LowRankNormal::new(slice(&p, 0, [1, 3]), slice(&p, 3, [1, 3, 1]), slice(&p, 6, [1, 3]))
    })
}

#[test]
fn low_rank_normal() {
    let q = low_rank("LowRankNormal", [0.3, -1.0, 2.0, 0.9, -0.4, 0.6, 0.5, 0.8, 1.3]);
    let found = laws!(q);
    for capability in ["Reparameterized", "Explicit", "Entropy", "Moments", "Kl"] {
        assert!(found.contains(&capability), "{capability} is missing in {found:?}");
    }
    let p = low_rank("another", [0.1, -0.8, 2.3, 0.2, 0.7, -0.3, 0.9, 0.6, 1.1]);
    q.divergence_is_mean_of_draws(&p);
    let (q, p) = (q.distribution(), p.distribution());
    let (full, other) = (MultivariateNormal::from(&q), MultivariateNormal::from(&p));
    let x = tensor(&[0.7, -1.1, 0.4], [1, 3]);
    assert_close(values(q.log_prob(x.clone()))[0], values(full.log_prob(x))[0], 1e-14);
    assert_close(values(q.entropy())[0], values(full.entropy())[0], 1e-14);
    assert_close(values(q.kl(&other))[0], values(full.kl(&p))[0], 1e-14);
}

/// A diagonal a million million times smaller than the factor: what the lemma of Woodbury subtracts agrees in all digits
/// of single precision.
#[test]
fn low_rank_normal_with_a_tiny_diagonal() {
    let diagonal = tensor(&[1e-12; 3], [1, 3]);
    let factor = tensor(&[1.0, 2.0, -1.0], [1, 3, 1]);
    let q = LowRankNormal::new(tensor(&[0.0; 3], [1, 3]), factor, diagonal);
    let x = q.sample(&mut Rng::new(1));
    let full = MultivariateNormal::from(&q);
    assert_close(values(q.log_prob(x.clone()))[0], values(full.log_prob(x))[0], 1e-4);
}

#[test]
fn logistic_normal() {
    let case = Case::<LogisticNormal<Normal<2>>, 2>::new("LogisticNormal", [0.3, -0.5, 0.8, 1.1], |p| {
        LogisticNormal::new(Normal::new(slice(&p, 0, [1, 2]), slice(&p, 2, [1, 2])))
    });
    let found = laws!(case);
    for capability in ["Reparameterized", "Explicit", "Kl"] {
        assert!(found.contains(&capability), "{capability} is missing in {found:?}");
    }
    let q = case.distribution();
    assert_eq!(values(q.log_prob(tensor(&[0.0, 0.4, 0.6], [1, 3]))), [f64::NEG_INFINITY]);
    let wide = LogisticNormal::new(Normal::new(tensor(&[0.0, 0.0], [1, 2]), tensor(&[1e4, 1e4], [1, 2])));
    let log_z = wide.repeated(100).rsample_log(&mut Rng::new(2));
    let density = values(wide.repeated(100).log_prob_log(log_z));
    assert!(density.iter().all(|p| p.is_finite()));
}

#[test]
fn dirichlet() {
    let case = |a: [f64; 3]| {
        Case::<Dirichlet, 2>::new(format!("Dirichlet {a:?}"), a, |p| Dirichlet::new(slice(&p, 0, [1, 3])))
    };
    let (q, p) = (case([0.7, 2.0, 5.5]), case([1.2, 0.4, 3.0]));
    for case in [&q, &p, &case([40.0, 0.05, 3.0])] {
        laws!(case);
    }
    q.divergence_is_mean_of_draws(&p);
}

/// Concentrations of a thousandth put the mass at corners, in single precision too: no draw is NaN, and the logarithms and
/// their gradients are finite.
#[test]
fn dirichlet_at_corners() {
    let concentration = tensor::<2>(&[1e-3; 4], [1, 4]).repeat_dim(0, 500).cast(DType::F32).require_grad();
    let q = Dirichlet::new(concentration.clone());
    let z = q.rsample(&mut Rng::new(3));
    let log_z = q.rsample_twin(&mut Rng::new(3));
    let grads = (log_z.clone().sum() + z.clone().sum()).backward();
    let slopes = values(concentration.grad(&grads).unwrap());
    assert!(slopes.iter().all(|slope| slope.is_finite()));
    for (z, log_z) in values(z.clone()).chunks(4).zip(values(log_z.clone()).chunks(4)) {
        assert!(z.iter().all(|&z| z > 0.0) && (z.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{z:?}");
        assert!(log_z.iter().all(|t| t.is_finite()), "{log_z:?}");
    }
    // Most elements have underflowed in single precision.
    assert!(values(log_z.clone()).iter().filter(|&&t| t < -104.0).count() > 500);
    for density in [q.log_prob(z), q.log_prob_twin(log_z)] {
        assert!(values(density).iter().all(|p| p.is_finite()));
    }
    assert_eq!(values(Dirichlet::new(tensor(&[3.0, 1.0, 2.0], [1, 3])).mode()), [2.0 / 3.0, 0.0, 1.0 / 3.0]);
    assert_eq!(values(Dirichlet::new(tensor(&[0.3, 0.5, 0.1], [1, 3])).mode()), [0.0, 1.0, 0.0]);
}

#[test]
fn multivariate_student_t() {
    let case =
        Case::<MultivariateStudentT, 2>::new("MultivariateStudentT", [9.5, 0.3, -1.0, 1.1, 0.4, 0.8], |p| {
            MultivariateStudentT::new(slice(&p, 0, [1]), slice(&p, 1, [1, 2]), lower(&p, 3))
        });
    laws!(case);
    // With many degrees of freedom it is the normal law.
    let (loc, factor) = (tensor(&[0.3, -1.0], [1, 2]), tensor(&[1.1, 0.0, 0.4, 0.8], [1, 2, 2]));
    let x = tensor(&[0.9, 0.1], [1, 2]);
    let t = MultivariateStudentT::new(tensor(&[1e12], [1]), loc.clone(), factor.clone());
    let normal = MultivariateNormal::new(loc.clone(), factor.clone());
    assert_close(values(t.log_prob(x.clone()))[0], values(normal.log_prob(x))[0], 1e-11);
    let heavy = MultivariateStudentT::new(
        tensor(&[0.01], [1]).cast(DType::F32),
        loc.cast(DType::F32),
        factor.cast(DType::F32),
    );
    let draws = values(heavy.repeated(200).sample(&mut Rng::new(7)));
    assert!(draws.iter().all(|x| x.is_finite()));
    let far = t.log_prob(tensor(&[1e200, -1e250], [1, 2]));
    assert!(values(far)[0].is_finite());
}

fn wishart_case(name: &str, params: [f64; 4]) -> Case<Wishart, 3> {
    Case::new(name, params, |p| Wishart::new(slice(&p, 0, [1]), lower(&p, 1)))
}

#[test]
fn wishart() {
    let (q, p) =
        (wishart_case("Wishart", [5.3, 1.1, 0.4, 0.8]), wishart_case("another", [6.0, 0.9, -0.3, 1.0]));
    laws!(q);
    q.divergence_is_mean_of_draws(&p);
    let q = q.distribution();
    let tril = q.rsample_tril(&mut Rng::new(8));
    let matrix = tril.clone().matmul(tril.clone().swap_dims(1, 2));
    assert_close(values(q.log_prob_tril(tril))[0], values(q.log_prob(matrix))[0], 1e-12);
    let indefinite = tensor(&[1.0, 2.0, 2.0, 1.0], [1, 2, 2]);
    assert_eq!(values(q.log_prob(indefinite)), [f64::NEG_INFINITY]);
    // Barely any degrees of freedom: factors stay factors, in single precision.
    let q = Wishart::new(tensor(&[1.0005], [1]).cast(DType::F32), q.scale_tril().cast(DType::F32));
    let tril = q.repeated(200).rsample_tril(&mut Rng::new(9));
    assert!(values(q.repeated(200).log_prob_tril(tril)).iter().all(|p| p.is_finite()));
}

fn inverse_wishart_case(name: &str, params: [f64; 4]) -> Case<InverseWishart, 3> {
    Case::new(name, params, |p| InverseWishart::new(slice(&p, 0, [1]), lower(&p, 1)))
}

#[test]
fn inverse_wishart() {
    let q = inverse_wishart_case("InverseWishart", [12.3, 1.1, 0.4, 0.8]);
    let p = inverse_wishart_case("another", [13.0, 0.9, -0.3, 1.0]);
    laws!(q);
    q.divergence_is_mean_of_draws(&p);
    let q = q.distribution();
    let tril = q.rsample_tril(&mut Rng::new(8));
    let matrix = tril.clone().matmul(tril.clone().swap_dims(1, 2));
    assert_close(values(q.log_prob_tril(tril))[0], values(q.log_prob(matrix))[0], 1e-12);
    let indefinite = tensor(&[1.0, 2.0, 2.0, 1.0], [1, 2, 2]);
    assert_eq!(values(q.log_prob(indefinite)), [f64::NEG_INFINITY]);
}

/// One by one it is InverseGamma(df / 2, Ψ / 2), and its inverse is a Wishart draw.
#[test]
fn inverse_wishart_is_an_inverse() {
    let one = InverseWishart::new(tensor(&[5.0], [1]), tensor(&[1.5], [1, 1, 1]));
    let gamma = InverseGamma::<2>::new(tensor(&[2.5], [1, 1]), tensor(&[1.125], [1, 1]));
    let at = |x: f64| {
        (values(one.log_prob(tensor(&[x], [1, 1, 1])))[0], values(gamma.log_prob(tensor(&[x], [1, 1])))[0])
    };
    for x in [1e-3, 0.3, 2.0, 1e5] {
        let (got, want) = at(x);
        assert_close(got, want, 1e-14);
    }
    assert_close(values(one.entropy())[0], values(gamma.entropy())[0], 1e-14);
    // With Ψ = V⁻¹: p(X) = p_W(X⁻¹) |X|^(−d − 1).
    let inverse = InverseWishart::new(tensor(&[4.5], [1]), tensor(&[1.0, 0.0, -0.5, 2.0], [1, 2, 2]));
    let direct = Wishart::new(
        tensor(&[4.5], [1]),
        tensor(&[1.030_776_406_404_415_1, 0.0, 0.121_267_812_518_166_5, 0.485_071_250_072_666], [1, 2, 2]),
    );
    let (x, inverted) =
        (tensor(&[2.0, 0.5, 0.5, 1.0], [1, 2, 2]), tensor(&[4.0, -2.0, -2.0, 8.0], [1, 2, 2]) / 7.0);
    let jacobian = 3.0 * 1.75_f64.ln();
    assert_close(values(inverse.log_prob(x))[0], values(direct.log_prob(inverted))[0] - jacobian, 1e-13);
}

fn matrix_normal_case(name: &str, params: [f64; 10]) -> Case<MatrixNormal, 3> {
    Case::new(name, params, |p| MatrixNormal::new(slice(&p, 0, [1, 2, 2]), lower(&p, 4), lower(&p, 7)))
}

#[test]
fn matrix_normal() {
    let numbers = [0.3, -1.0, 2.0, 0.4, 0.9, -0.4, 0.6, 0.5, 0.8, 1.3];
    let q = matrix_normal_case("MatrixNormal", numbers);
    let p = matrix_normal_case("another", [0.1, -0.8, 2.3, 0.2, 0.7, -0.3, 0.9, 0.6, 0.2, 1.1]);
    let found = laws!(q);
    for capability in ["Reparameterized", "Explicit", "Entropy", "Moments", "Kl"] {
        assert!(found.contains(&capability), "{capability} is missing in {found:?}");
    }
    q.divergence_is_mean_of_draws(&p);
}

/// The rows of X one after the other are normal with the Kronecker product of both covariances.
#[test]
fn matrix_normal_is_a_normal_law() {
    let of = |shift: f64, a: [f64; 3], b: [f64; 3]| {
        let loc = [0.1 + shift, -0.2, 0.3, 0.4];
        let [factor_a, factor_b] = [a, b].map(|m| [m[0], 0.0, m[1], m[2]]);
        let matrix = MatrixNormal::new(
            tensor(&loc, [1, 2, 2]),
            tensor(&factor_a, [1, 2, 2]),
            tensor(&factor_b, [1, 2, 2]),
        );
        let kronecker: Vec<f64> = (0..16)
            .map(|at| (at / 4, at % 4))
            .map(|(i, j)| factor_a[i / 2 * 2 + j / 2] * factor_b[i % 2 * 2 + j % 2])
            .collect();
        (matrix, MultivariateNormal::new(tensor(&loc, [1, 4]), tensor(&kronecker, [1, 4, 4])))
    };
    let ((q, q_flat), (p, p_flat)) =
        (of(0.0, [1.1, -0.3, 0.7], [0.9, 0.5, 1.6]), of(0.5, [0.8, 0.2, 1.2], [1.3, -0.4, 0.6]));
    let x = [0.7, -1.1, 0.4, 2.0];
    let (got, want) =
        (values(q.log_prob(tensor(&x, [1, 2, 2])))[0], values(q_flat.log_prob(tensor(&x, [1, 4])))[0]);
    assert_close(got, want, 1e-14);
    assert_close(values(q.kl(&p))[0], values(q_flat.kl(&p_flat))[0], 1e-14);
    assert_close(values(q.entropy())[0], values(q_flat.entropy())[0], 1e-14);
}

/// E[r²] = 1/(2c + 2) for every correlation of three, and its slope −1/(2 (c + 1)²).
#[test]
fn lkj_cholesky() {
    let case = Case::<LkjCholesky, 3>::new("LkjCholesky", [1.4], |p| LkjCholesky::new(3, p));
    laws!(case);
    let rng = Rng::new(10);
    for c in [0.6, 1.4, 9.0] {
        let squares = |params: Tensor<1>, rng: &mut Rng| {
            let factor = LkjCholesky::new(3, params).repeated(40).rsample(rng);
            (factor.clone().matmul(factor.swap_dims(1, 2))).square().reshape([40, 9])
        };
        for (entry, group) in [(3, 0), (6, 1000), (7, 2000)] {
            let numbers: Vec<f64> = (group..group + 500)
                .flat_map(|i| values(squares(tensor(&[c], [1]), &mut rng.split(i)).narrow(1, entry, 1)))
                .collect();
            assert_mean(&numbers, 1.0 / (2.0 * c + 2.0));
            let slopes: Vec<f64> = (group..group + 500)
                .map(|i| gradient(&[c], |p| squares(p, &mut rng.split(i)).narrow(1, entry, 1).mean())[0])
                .collect();
            assert_mean(&slopes, -0.5 / (c + 1.0).powi(2));
        }
    }
    // Correlations near ±1: no diagonal is 0, in single precision, and the logarithms say how small it is.
    let strong = LkjCholesky::new(4, tensor(&[1e-3], [1]).cast(DType::F32)).repeated(500);
    let (factor, log_diagonal) = strong.rsample_with_log_diagonal(&mut Rng::new(11));
    let diagonal = values(reparam::linalg::diagonal(&factor));
    assert!(diagonal.iter().all(|&l| l > 0.0) && values(log_diagonal.clone()).iter().any(|&l| l < -150.0));
    assert!(values(strong.log_prob_log_diagonal(log_diagonal)).iter().all(|p| p.is_finite()));
    for row in values(factor).chunks(4) {
        assert_close(row.iter().map(|x| x * x).sum(), 1.0, 1e-6);
    }
}

fn von_mises_fisher_case(name: &str, params: [f64; 4]) -> Case<VonMisesFisher, 2> {
    Case::new(name, params, |p| VonMisesFisher::new(slice(&p, 0, [1, 3]), slice(&p, 3, [1])))
}

#[test]
fn von_mises_fisher() {
    let q = von_mises_fisher_case("VonMisesFisher", [0.6, -0.3, 1.1, 2.5]);
    let p = von_mises_fisher_case("another", [0.2, 0.7, 0.9, 1.3]);
    laws!(q);
    q.divergence_is_mean_of_draws(&p);
    let uniform = Case::<UniformSphere, 2>::new("UniformSphere", [1.0], |p| {
        UniformSphere::new([1, 3], &p.device(), DType::F64)
    });
    q.divergence_is_mean_of_draws(&uniform);
    // The density of three dimensions integrates over the cosine in closed form: C = k / (4π sinh k).
    let q = q.distribution();
    let peak = values(q.log_prob(q.loc()))[0];
    let k = 2.5f64;
    assert_close(peak, (k / (4.0 * std::f64::consts::PI * k.sinh())).ln() + k, 1e-14);
}

#[test]
fn power_spherical() {
    let case = Case::<PowerSpherical, 2>::new("PowerSpherical", [0.6, -0.3, 1.1, 2.5], |p| {
        PowerSpherical::new(slice(&p, 0, [1, 3]), slice(&p, 3, [1]))
    });
    laws!(case);
    case.divergence_is_mean_of_draws(&von_mises_fisher_case("von Mises", [0.2, 0.7, 0.9, 1.3]));
}

/// Many dimensions, no concentration and a huge one, in single precision: unit vectors, and finite densities.
#[test]
fn directions_at_extremes() {
    for (d, k) in [(2, 0.0), (2, 1e9), (3, 1e-20), (500, 1e7), (500, 0.1)] {
        let loc = Tensor::<2>::ones([50, d], (&common::device(), DType::F32));
        let concentration = Tensor::<1>::full([50], k, (&common::device(), DType::F32)).require_grad();
        let fisher = VonMisesFisher::new(loc.clone(), concentration.clone());
        let power = PowerSpherical::new(loc, concentration.clone());
        let [x, y] = [fisher.rsample(&mut Rng::new(12)), power.rsample(&mut Rng::new(12))];
        let density = fisher.log_prob(x.clone()) + power.log_prob(y.clone());
        let grads = density.clone().sum().backward();
        let slopes = values(concentration.grad(&grads).unwrap());
        assert!(values(density).into_iter().chain(slopes).all(f64::is_finite), "{d} {k}");
        for row in values(x).chunks(d).chain(values(y).chunks(d)) {
            assert_close(row.iter().map(|x| x * x).sum(), 1.0, 1e-5);
        }
    }
}

#[test]
fn distances_between_normal_laws() {
    let normal =
        |loc: f64, scale: f64| Normal::<2>::new(tensor(&[loc, 0.5], [1, 2]), tensor(&[scale, 0.7], [1, 2]));
    let (q, p) = (normal(0.3, 1.2), normal(-0.4, 0.9));
    let (full, other) = (MultivariateNormal::from(&q), MultivariateNormal::from(&p));
    assert_close(values(q.wasserstein2_squared(&p))[0], 0.49 + 0.09, 1e-14);
    assert_close(values(full.wasserstein2_squared(&other))[0], 0.58, 1e-14);
    for alpha in [0.5, 0.9, 1.0, 1.7, 2.0] {
        assert_close(values(full.renyi(&other, alpha))[0], values(q.renyi(&p, alpha))[0], 1e-13);
    }
    // ∫ √(q p) and ∫ q²/p by a sum over the line.
    let at = |x: f64| {
        let x = tensor(&[x, 0.5], [1, 2]);
        let constant =
            values(Normal::<1>::new(tensor(&[0.5], [1]), tensor(&[0.7], [1])).log_prob(tensor(&[0.5], [1])))
                [0];
        [&q, &p].map(|law| values(law.log_prob(x.clone()))[0] - constant)
    };
    let points: Vec<[f64; 2]> = (-400..400).map(|i| at(f64::from(i) * 0.05)).collect();
    let sum = |f: &dyn Fn(&[f64; 2]) -> f64| points.iter().map(f).sum::<f64>() * 0.05;
    assert_close(values(q.hellinger_squared(&p))[0], 1.0 - sum(&|[q, p]| (0.5 * (q + p)).exp()), 1e-12);
    let narrow = normal(0.3, 0.8);
    let ratio = values(narrow.chi_square(&narrow))[0];
    assert_eq!(ratio, 0.0);
    assert_close(values(p.chi_square(&q))[0], sum(&|[q, p]| (2.0 * p - q).exp()) - 1.0, 1e-12);
    assert_eq!(values(normal(0.0, 2.0).chi_square(&normal(0.0, 1.0))), [f64::INFINITY]);
    // The gradient of Wasserstein's distance between full covariances against differences.
    let distance = |params: Tensor<1>| {
        let law = |from: usize| MultivariateNormal::new(tensor(&[0.0; 2], [1, 2]), lower(&params, from));
        law(0).wasserstein2_squared(&law(3))
    };
    let params = [1.1, 0.4, 0.8, 0.6, -0.5, 1.3];
    for (i, slope) in gradient(&params, distance).into_iter().enumerate() {
        let along = |x: f64| {
            let mut moved = params;
            moved[i] = x;
            values(distance(tensor(&moved, [6])))[0]
        };
        let estimate = reparam_testing::derivative(along, params[i], 0.1);
        assert!((slope - estimate.value).abs() <= 1e-8 + 20.0 * estimate.error, "{i}: {slope} {estimate:?}");
    }
}

#[test]
fn faults_are_named() {
    let why = Dirichlet::new(tensor(&[1.0, 0.0], [1, 2])).checked().unwrap_err();
    assert!(
        matches!(why, ParamError::Domain { parameter: "concentration", ref index, .. } if *index == [0, 1])
    );
    let why =
        Wishart::new(tensor(&[1.0], [1]), tensor(&[1.0, 0.0, 0.0, 1.0], [1, 2, 2])).checked().unwrap_err();
    assert_eq!(why.to_string(), "Wishart: df must be finite and above d − 1, got 1 at index [0]");
    let why = VonMisesFisher::new(tensor(&[0.0, 0.0], [1, 2]), tensor(&[1.0], [1])).checked().unwrap_err();
    assert!(why.to_string().contains("not of length 0"), "{why}");
    assert!(LkjCholesky::new(3, tensor(&[-1.0], [1])).checked().is_err());
    assert!(
        LowRankNormal::new(tensor(&[0.0], [1, 1]), tensor(&[1.0], [1, 1, 1]), tensor(&[0.0], [1, 1]))
            .checked()
            .is_err()
    );
}
