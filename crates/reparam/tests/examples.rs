//! The examples, held to what they claim.
//!
//! False alarms: 1e-9 for every comparison with an exact value, of which there are fewer than 60.
#![allow(clippy::duplicate_mod, reason = "every example brings the table that it prints")]

use reparam_testing::{MeanTest, Moments, Rates};

macro_rules! examples {
    ($($name:ident: $path:literal),+ $(,)?) => {
        $(#[path = $path] #[allow(dead_code, reason = "a test does not print")] mod $name;)+
    };
}
examples! {
    elbo_gradients: "../examples/elbo_gradients.rs",
    encoder_walk: "../examples/encoder_walk.rs",
    full_covariance: "../examples/full_covariance.rs",
    one_datum_vae: "../examples/one_datum_vae.rs",
    sine: "../examples/sine.rs",
    small_concentration: "../examples/small_concentration.rs",
    tanh_sum: "../examples/tanh_sum.rs",
    vae: "../examples/vae.rs",
}

/// Every estimate has its exact value for a mean.
fn agree(rows: &[(String, Moments, f64)]) {
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    for (name, estimate, exact) in rows {
        test.check(estimate, *exact).unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
    }
}

#[test]
fn sine_agrees_with_its_closed_form_and_with_finite_differences() {
    let rows = sine::estimates();
    agree(&rows);
    for ((name, printed, exact), published) in rows.iter().zip([0.313574, 0.372289, -0.376289]) {
        assert!((exact - published).abs() < 5e-7, "{name}: {exact}");
        assert!(printed.standard_error() < 0.01, "{name}: {printed:?}");
    }
    for ((name, pathwise, _), difference) in rows[1..].iter().zip(sine::finite_differences()) {
        let apart = (pathwise.mean() - difference).abs();
        assert!(apart < 1e-8, "{name}: {apart:e} apart");
        assert!(apart < 1e-4 * pathwise.standard_error(), "{name}: {apart:e} apart");
    }
}

#[test]
fn draws_below_the_range_of_numbers_carry_their_gradient() {
    let rows = small_concentration::estimates();
    agree(&rows);
    for (name, estimate, _) in &rows {
        assert!(estimate.standard_error() < 0.01, "{name}: {estimate:?}");
    }
    // P(x < s) = sᵃ to first order in a.
    assert!((small_concentration::vanishing() - 0.9913).abs() < 0.002);
}

#[test]
fn tanh_sum_streams_to_the_bits_of_the_batch() {
    let (streaming, batch) = (tanh_sum::streaming(), tanh_sum::batch());
    let bits = |estimates| -> Vec<[u64; 2]> {
        let rows = tanh_sum::beside_exact(estimates);
        rows.iter().map(|(_, m, _)| [m.mean().to_bits(), m.variance().to_bits()]).collect()
    };
    assert_eq!(bits(&streaming), bits(&batch));
    agree(&tanh_sum::beside_exact(&streaming));
}

#[test]
fn one_datum_vae_by_hand_and_by_autodiff_reach_the_minimum_together() {
    let training = one_datum_vae::train();
    assert!(training.disagreement < 1e-5, "{:e}", training.disagreement);
    for (trained, exact) in training.parameters.iter().zip(one_datum_vae::OPTIMUM) {
        assert!((trained - exact).abs() < 1e-6, "{trained} {exact}");
    }
    assert!(one_datum_vae::expected_loss(training.parameters) < 1e-12);
}

#[test]
fn full_covariance_has_the_covariance_and_the_gradients() {
    agree(&full_covariance::sample_covariance());
    agree(&full_covariance::gradients());
}

#[test]
fn encoder_walk_can_be_followed_by_hand() {
    let walk = encoder_walk::walk();
    let close = |what: &str, given: [f64; 2], expected: [f64; 2]| {
        for (given, expected) in given.iter().zip(expected) {
            assert!((given - expected).abs() < 1e-6, "{what}: {given} {expected}");
        }
    };
    // 0.4 · 0.5 − 0.1 · 1.2 − 0.5 · 0.8 + 0.1 = −0.22, and so on.
    close("mean", walk.mean, [-0.22, -0.71]);
    close("log-variance", walk.log_variance, [-1.2, -0.09]);
    close("scale", walk.scale, walk.log_variance.map(|v| (v / 2.0).exp()));
    close("z", walk.z, [0, 1].map(|i| walk.mean[i] + walk.scale[i] * walk.noise[i]));
    close("∂z/∂mean", walk.mean_slope, [1.0, 1.0]);
    close("∂z/∂log-variance", walk.log_variance_slope, [0, 1].map(|i| walk.scale[i] * walk.noise[i] / 2.0));
}

#[test]
fn elbo_gradients_agree_and_the_wrong_sign_is_far_off() {
    use elbo_gradients::{ANALYTIC, DIFFERENCE, MONTE_CARLO, WRONG_SIGN, exact, gradient};
    agree(&gradient(ANALYTIC, exact()));
    agree(&gradient(MONTE_CARLO, exact()));
    agree(&gradient(DIFFERENCE, [0.0; 4]));
    for (name, estimate, exact) in gradient(WRONG_SIGN, exact()) {
        let off = (estimate.mean() - exact) / estimate.standard_error();
        assert!(off.abs() > 20.0, "{name}: {off}");
    }
}

/// The bound lies above the evidence, the evidence above the law of the data, and training closes most of the gap:
/// an untrained model needs PIXELS · log 2 = 11.1 nats. Orders are judged at six standard errors, 1e-9.
#[test]
fn vae_comes_close_to_the_law_of_the_data() {
    let vae::Report { bound, evidence, source } = vae::train_and_score();
    for (above, below) in [(&bound, &evidence), (&evidence, &source)] {
        let error = above.standard_error().hypot(below.standard_error());
        assert!(above.mean() > below.mean() - 6.0 * error, "{above:?} {below:?}");
    }
    assert!(bound.mean() < source.mean() + 1.0, "{bound:?} {source:?}");
}
