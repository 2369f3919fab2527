//! The special functions that a user's own law is written with, and their slopes, against differences and known values.

use reparam::{Dual, Scalar};
use reparam_testing::derivative;

/// The functions by name, of x and two more numbers.
fn functions<S: Scalar>([x, a, b]: [S; 3]) -> [(&'static str, S); 7] {
    [
        ("log_gamma", x.log_gamma()),
        ("digamma", x.digamma()),
        ("normal_cdf", x.normal_cdf()),
        ("ln_normal_cdf", x.ln_normal_cdf()),
        ("normal_quantile", x.normal_quantile()),
        ("incomplete_gamma", x.incomplete_gamma(a)),
        ("incomplete_beta", x.incomplete_beta(a, b)),
    ]
}

#[test]
fn slopes_are_those_of_the_values() {
    for at in [[0.3, 1.7, 2.6], [0.9, 0.4, 5.0], [0.02, 3.0, 0.7]] {
        let (_, moving) = Dual::<0, 3>::variables([], at);
        for (place, (name, value)) in functions(moving).into_iter().enumerate() {
            for i in 0..3 {
                let along = |x: f64| {
                    let mut moved = at;
                    moved[i] = x;
                    functions(moved)[place].1
                };
                let estimate = derivative(along, at[i], 0.05 * at[i].min(1.0 - at[0]));
                let slope = value.second[i];
                assert!(
                    (slope - estimate.value).abs() <= 1e-9 * slope.abs() + 20.0 * estimate.error,
                    "{name} at {at:?} in {i}: {slope:e}, by differences {estimate:?}"
                );
            }
        }
    }
}

#[test]
fn known_values() {
    let close =
        |got: f64, expected: f64| assert!((got / expected - 1.0).abs() < 1e-14, "{got:e}, not {expected:e}");
    close(Scalar::log_gamma(0.5), 0.5 * std::f64::consts::PI.ln());
    close(Scalar::digamma(1.0), -std::f64::consts::EULER_GAMMA);
    close(Scalar::normal_cdf(1.0), 0.841_344_746_068_542_9);
    close(Scalar::normal_quantile(0.841_344_746_068_542_9), 1.0);
    close(Scalar::normal_quantile(0.25), -0.674_489_750_196_081_7);
    // P(1, x) = 1 − e^(−x); I_x(1, b) = 1 − (1 − x)^b.
    close(Scalar::incomplete_gamma(0.7, 1.0), -(-0.7_f64).exp_m1());
    close(Scalar::incomplete_beta(0.3, 1.0, 2.0), 0.51);
}
