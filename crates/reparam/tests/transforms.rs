//! The bijections, and distributions seen through them.

mod common;

use common::{assert_close, normal_cdf};
use reparam::{
    Affine, Chain, CorrelationCholesky, Exp, HalfLine, Identity, Interval, Log, LowerCholesky, Normal,
    Ordered, PositiveOrdered, Power, Sigmoid, SoftmaxCentred, Softplus, Stereographic, StickBreaking,
    Support as Constraint, Tanh, Transform, Transformed, laws,
    prelude::*,
    testing::{
        Case, Support, gradient, log_determinant_is_jacobian, log_determinant_on_elements,
        log_determinant_on_surface, parts, round_trip, tensor, values,
    },
};

const CAPABILITIES: [&str; 4] = ["Distribution", "Factorized", "Reparameterized", "Explicit"];

const X: [f64; 5] = [-3.0, -0.7, 1e-9, 0.4, 2.5];

/// Both laws, for a transform of as many numbers as there are.
fn bijection(name: &str, transform: &impl Transform<2>, x: &[f64]) {
    round_trip(name, transform, tensor(x, [1, x.len()]), 1e-12);
    log_determinant_is_jacobian(name, transform, x);
}

#[test]
fn elementwise_bijections() {
    let affine = Affine::new(
        tensor(&[0.3, -1.0, 2.0, 0.5, 0.1], [1, 5]),
        tensor(&[2.0, -0.5, 1e-3, 1e3, -1.0], [1, 5]),
    );
    bijection("Affine", &affine, &X);
    bijection("Exp", &Exp, &X);
    bijection("HalfLine above", &HalfLine::above(-1.5), &X);
    bijection("HalfLine below", &HalfLine::below(2.0), &X);
    bijection("Identity", &Identity, &X);
    bijection("Interval", &Interval::new(-1.0, 4.0), &X);
    bijection("Log", &Log::default(), &[1e-3, 0.7, 30.0]);
    bijection("Power", &Power::new(tensor(&[2.5, -0.5, 1.0], [1, 3])), &[1e-3, 0.7, 30.0]);
    bijection("Sigmoid", &Sigmoid, &X);
    bijection("Softplus", &Softplus, &X);
    bijection("Tanh", &Tanh, &X);
    let affine = Affine::new(tensor(&[-0.4], [1, 1]), tensor(&[0.3], [1, 1]));
    bijection("Chain", &Chain::new(Softplus, Chain::new(affine, Tanh)), &[1.2]);
    round_trip("Exp [2, 2]", &Exp, tensor(&X[..4], [2, 2]), 1e-14);
}

#[test]
fn ordered_vectors() {
    bijection("Ordered", &Ordered, &X);
    bijection("Ordered, one", &Ordered, &X[..1]);
    bijection("PositiveOrdered", &PositiveOrdered, &X);
    bijection("PositiveOrdered, one", &PositiveOrdered, &X[..1]);
    let x = tensor(&[X, [0.1, 0.2, -0.5, 1.0, 0.0]].concat(), [1, 2, 5]);
    round_trip("Ordered [1, 2, 5]", &Ordered, x, 1e-12);
    let y = values(Ordered.forward(tensor(&X, [1, 5])).0);
    assert!(y.is_sorted() && y[0] == -3.0, "{y:?}");
}

#[test]
fn simplexes() {
    for x in [&X[..], &X[..1], &[30.0, -4.0], &[-20.0, 0.5, 7.0]] {
        let row = tensor(x, [1, x.len()]);
        let free = (0..x.len()).collect::<Vec<_>>();
        round_trip("SoftmaxCentred", &SoftmaxCentred, row.clone(), 1e-12);
        log_determinant_on_elements("SoftmaxCentred", &SoftmaxCentred, x, &free);
        round_trip("StickBreaking", &StickBreaking, row.clone(), 1e-12);
        log_determinant_on_elements("StickBreaking", &StickBreaking, x, &free);
        for y in [SoftmaxCentred.forward(row.clone()).0, StickBreaking.forward(row).0] {
            assert_close(values(y.sum())[0], 1.0, 1e-15);
        }
    }
    let x = tensor(&[X, [0.1, 0.2, -0.5, 1.0, 0.0]].concat(), [1, 2, 5]);
    round_trip("StickBreaking [1, 2, 5]", &StickBreaking, x, 1e-12);
    // Equal parts at 0.
    let y = values(StickBreaking.forward(tensor(&[0.0; 4], [1, 4])).0);
    for &y in &y {
        assert_close(y, 0.2, 1e-15);
    }
}

/// log y reaches −2000, where y has long been 0.
#[test]
fn simplex_log_determinants_where_elements_underflow() {
    let x = tensor(&[1000.0, -1000.0], [1, 2]);
    assert_close(values(SoftmaxCentred.forward(x.clone()).1)[0], -3000.0, 1e-15);
    // u = (1000 − log 2, −1000): log y = (0, −2000 + log 2), the parts kept have logarithms −u₁ and 0.
    let exact = -3000.0 + 2.0 * std::f64::consts::LN_2;
    assert_close(values(StickBreaking.forward(x).1)[0], exact, 1e-15);
}

#[test]
fn cholesky_factors() {
    let x = [0.3, -0.7, 0.4, 1e-9, 2.5, -1.2];
    round_trip("LowerCholesky", &LowerCholesky, tensor(&x, [1, 6]), 1e-12);
    log_determinant_on_elements("LowerCholesky", &LowerCholesky, &x, &[0, 3, 4, 6, 7, 8]);
    let y = values(LowerCholesky.forward(tensor(&x, [1, 6])).0);
    let [a, b, c] = [0.3, 0.4, -1.2].map(f64::exp);
    assert_eq!(y, [a, 0.0, 0.0, -0.7, b, 0.0, 1e-9, 2.5, c]);

    round_trip("CorrelationCholesky", &CorrelationCholesky, tensor(&x, [1, 6]), 1e-12);
    let below = [4, 8, 9, 12, 13, 14];
    log_determinant_on_elements("CorrelationCholesky", &CorrelationCholesky, &x, &below);
    let y = values(CorrelationCholesky.forward(tensor(&x, [1, 6])).0);
    for (i, row) in y.chunks(4).enumerate() {
        assert_close(row.iter().map(|y| y * y).sum(), 1.0, 1e-15);
        assert!(row[i] > 0.0 && row[i + 1..].iter().all(|&y| y == 0.0), "{row:?}");
    }
    // The slope of the inverse at the identity is 1.
    let unit = values(CorrelationCholesky.forward(tensor(&[0.0], [1, 1])).0);
    let slopes = gradient(&unit, |y| CorrelationCholesky.inverse(y.reshape([1, 2, 2])).0);
    assert_eq!(slopes[2], 1.0);
}

/// A partial correlation of tanh 200: the diagonal is e^{−200} · 2, the log-determinant linear in x.
#[test]
fn correlations_near_one() {
    let (y, log_determinant) = CorrelationCholesky.forward(tensor(&[200.0], [1, 1]));
    assert_close(values(y)[3] / (2.0 * (-200.0f64).exp()), 1.0, 1e-13);
    assert_close(values(log_determinant)[0], -400.0 + 4.0f64.ln(), 1e-15);
}

#[test]
fn sphere() {
    for x in [&X[..], &[0.3], &[1e-3, -2e-4], &[300.0, 1000.0]] {
        round_trip("Stereographic", &Stereographic, tensor(x, [1, x.len()]), 1e-12);
        log_determinant_on_surface("Stereographic", &Stereographic, x);
        let y = values(Stereographic.forward(tensor(x, [1, x.len()])).0);
        assert_close(y.iter().map(|y| y * y).sum(), 1.0, 1e-15);
    }
}

#[test]
fn every_support_has_its_bijection() {
    let table = [
        (Constraint::Real, 3, 3),
        (Constraint::Positive, 3, 3),
        (Constraint::Interval(-2.0, 5.0), 3, 3),
        (Constraint::Greater(1.0), 3, 3),
        (Constraint::Less(1.0), 3, 3),
        (Constraint::UnitInterval, 3, 3),
        (Constraint::Simplex, 4, 3),
        (Constraint::Ordered, 3, 3),
        (Constraint::PositiveOrdered, 3, 3),
        (Constraint::LowerCholesky, 4, 3),
        (Constraint::CorrelationCholesky, 9, 3),
        (Constraint::Sphere, 4, 3),
    ];
    for (support, elements, unconstrained) in table {
        assert_eq!(support.unconstrained(elements), unconstrained, "{support:?}");
        let bijection = support.bijection();
        let x = tensor(&[0.3, -1.1, 0.6, 0.2, 0.9, -0.4], [2, 3]);
        let (y, forward) = bijection.forward(x.clone());
        assert_eq!(y.dims(), [2, elements], "{support:?}");
        let (back, inverse) = bijection.inverse(y);
        for (got, expected) in [(back.reshape([6]), x.reshape([6])), (-inverse, forward)] {
            values(got).iter().zip(values(expected)).for_each(|(&g, e)| assert_close(g, e, 1e-13));
        }
    }
}

#[test]
#[should_panic(expected = "LowerCholesky: 4 numbers do not fill a lower triangle; a matrix of size 3 has 6")]
fn a_vector_that_fills_no_triangle() {
    LowerCholesky.forward(tensor(&[0.0; 4], [1, 4]));
}

/// log(1 − tanh² x) = 2 (log 2 − x − softplus(−2x)), where 1 − tanh² x itself has rounded to 0.
#[test]
fn tanh_log_determinant_in_the_tails() {
    for x in [20.0, -20.0, 400.0, -400.0] {
        let log_determinant = |x| Tanh.forward(x).1;
        let size = f64::abs(x);
        let exact = 2.0 * (std::f64::consts::LN_2 - size - (-2.0 * size).exp().ln_1p());
        assert_close(values(log_determinant(tensor(&[x], [1, 1])))[0], exact, 1e-15);
        assert_close(gradient(&[x], |x| log_determinant(x.reshape([1, 1])))[0], -2.0 * x.tanh(), 1e-15);
    }
    assert_close(values(Tanh.forward(tensor(&[20.0], [1, 1])).1)[0], -38.613_705_638_880_11, 1e-15);
}

#[test]
fn log_normal() {
    for (loc, scale) in [(0.3, 0.5), (-1.0, 0.2)] {
        let case = Case::<_, 2>::new(format!("LogNormal({loc}, {scale})"), [loc, scale], |params| {
            let [loc, scale] = parts(params);
            Transformed::new(Normal::new(loc, scale), Exp)
        });
        let [from, to] = [-12.0, 12.0].map(|z: f64| (loc + z * scale).exp());
        let case =
            case.support(Support::Interval(from, to)).cdf(move |_, y| normal_cdf((y.ln() - loc) / scale));
        let found = laws!(case);
        assert_eq!(found, [&CAPABILITIES[..], &["Kl"]].concat());
    }
}

/// A bijection of both does not change their divergence.
#[test]
fn divergence_through_a_bijection() {
    let normal = |loc: f64, scale: f64| Normal::new(tensor(&[loc], [1, 1]), tensor(&[scale], [1, 1]));
    let log_normal = |loc, scale| Transformed::new(normal(loc, scale), Exp);
    let (q, p) = (log_normal(0.3, 1.2), log_normal(-0.5, 0.7));
    let expected = values(normal(0.3, 1.2).kl(&normal(-0.5, 0.7)))[0];
    assert_eq!(values(q.kl(&p))[0], expected);
    assert_eq!(values(KlEach::<_, 2>::kl_each(&q, &p))[0], expected);
}

/// A vector of normals as a covariance's Cholesky factor: the rank changes.
#[test]
fn normal_as_a_cholesky_factor() {
    let params = [0.3, -0.4, 0.1, 1.2, 0.7, 0.4];
    let case = Case::<_, 3>::new("LowerCholesky(Normal)", params, |params| {
        let [loc, scale] = parts(params);
        Transformed::new(Normal::new(loc, scale), LowerCholesky)
    });
    assert_eq!(case.distribution().dims(), [1, 2, 2]);
    case.distribution_laws();
    case.draws_agree();
    case.path_slopes();
}

#[test]
fn normal_squashed_by_tanh() {
    let (loc, scale) = (0.3, 0.6);
    let case = Case::<_, 2>::new("tanh(Normal(0.3, 0.6))", [loc, scale], |params| {
        let [loc, scale] = parts(params);
        Transformed::new(Normal::new(loc, scale), Tanh)
    });
    // tanh 5 leaves 8 standard deviations outside.
    let case = case
        .support(Support::Interval((-5.0f64).tanh(), 5.0f64.tanh()))
        .cdf(move |_, y| normal_cdf((y.atanh() - loc) / scale));
    let found = laws!(case);
    assert_eq!(found, [&CAPABILITIES[..], &["Kl"]].concat());
}

/// Both the base's and the transform's parameters get their gradients.
#[test]
fn affine_normal_is_a_normal() {
    let params = [0.3, -0.4, 1.2, 0.7, 2.0, 0.5, -3.0, 0.1];
    let case = Case::<_, 2>::new("Affine(Normal)", params, |params| {
        let [loc, scale, shift, stretch] = parts(params);
        Transformed::new(Normal::new(loc, scale), Affine::new(shift, stretch))
    });
    let cdf = move |j: usize, y: f64| {
        let [loc, scale] = [params[4 + j] + params[6 + j] * params[j], (params[6 + j] * params[2 + j]).abs()];
        normal_cdf((y - loc) / scale)
    };
    let case = case.cdf(cdf);
    assert_eq!(
        laws!(case),
        [
            "Distribution",
            "Factorized",
            "Moments",
            "Reparameterized",
            "Reparameterized + Moments",
            "Explicit",
            "Entropy"
        ]
    );

    let q = Normal::new(tensor(&[1.1, 0.46], [1, 2]), tensor(&[3.6, 0.07], [1, 2]));
    let y = tensor(&[1.5, 0.5], [1, 2]);
    assert_close(values(case.distribution().log_prob(y.clone()))[0], values(q.log_prob(y))[0], 1e-12);
}
