//! The bijections, and distributions seen through them.

mod common;

use common::{assert_close, normal_cdf};
use reparam::{
    Affine, Exp, Normal, Tanh, Transform, Transformed, laws,
    prelude::*,
    testing::{Case, Support, gradient, log_determinant_is_jacobian, parts, round_trip, tensor, values},
};

const CAPABILITIES: [&str; 3] = ["Distribution", "Reparameterized", "Explicit"];

#[test]
fn bijections_come_back() {
    let x = [-3.0, -0.7, 1e-9, 0.4, 2.5];
    round_trip("Exp", &Exp, tensor(&x, [1, 5]), 1e-14);
    round_trip("Tanh", &Tanh, tensor(&x, [1, 5]), 1e-12);
    let affine = Affine::new(
        tensor(&[0.3, -1.0, 2.0, 0.5, 0.1], [1, 5]),
        tensor(&[2.0, -0.5, 1e-3, 1e3, -1.0], [1, 5]),
    );
    round_trip("Affine", &affine, tensor(&x, [1, 5]), 1e-12);
    round_trip("Exp [2, 2]", &Exp, tensor(&x[..4], [2, 2]), 1e-14);

    log_determinant_is_jacobian("Exp", &Exp, &x);
    log_determinant_is_jacobian("Tanh", &Tanh, &x);
    log_determinant_is_jacobian("Affine", &affine, &x);
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
        assert_eq!(laws!(case), CAPABILITIES);
    }
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
    assert_eq!(laws!(case), CAPABILITIES);
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
    assert_eq!(laws!(case), CAPABILITIES);

    let q = Normal::new(tensor(&[1.1, 0.46], [1, 2]), tensor(&[3.6, 0.07], [1, 2]));
    let y = tensor(&[1.5, 0.5], [1, 2]);
    assert_close(values(case.distribution().log_prob(y.clone()))[0], values(q.log_prob(y))[0], 1e-12);
}
