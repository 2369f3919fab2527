//! The scatter of the gradient estimators, against its exact value.

mod common;

use std::f64::consts::PI;

use burn::tensor::Tensor;
use reparam::{
    MeasureValued, Measurement, NoBaseline, Normal, Pathwise, Rng, ScoreFunction, measure, prelude::*,
    shape::sum_event, testing::tensor,
};
use reparam_testing::{MeanTest, Moments, Rates};

/// f(z) = (z − K)².
const K: f64 = -0.4;
const SCALE: f64 = 1.2;
/// Distances μ − K, some of them where the ranking of the estimators changes.
const DISTANCES: [f64; 4] = [0.0, 0.5, 1.1, 3.0];
/// Variances are found this often, each over this many repetitions.
const GROUPS: usize = 200;
const REPETITIONS: usize = 2000;

/// Holds the slopes in loc and scale of an estimator of the gradient to their exact means and variances.
fn assert_moments(
    distance: f64,
    mut estimator: impl Estimator<Normal<2>, 2>,
    mean: [f64; 2],
    variance: [f64; 2],
) {
    let q = Normal::<2>::new(tensor(&[K + distance], [1, 1]), tensor(&[SCALE], [1, 1]));
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event((z - K).square());
    let mut rng = Rng::new(4);
    let groups: Vec<_> = (0..GROUPS).map(|_| measure(&mut estimator, &q, f, REPETITIONS, &mut rng)).collect();
    let mut all = Measurement::default();
    for group in &groups {
        all.merge(group);
    }
    assert_eq!((all.value.count() as usize, all.elements().count()), (GROUPS * REPETITIONS, 2));
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    for place in 0..2 {
        test.check(all.elements().nth(place).unwrap(), mean[place]).unwrap();
        // The sample variance is unbiased, so the variances of groups scatter around the exact one.
        let variances = || groups.iter().map(|group| group.elements().nth(place).unwrap().variance());
        test.check(&Moments::of(variances), variance[place]).unwrap();
    }
}

#[test]
fn of_the_pathwise_estimator() {
    for d in DISTANCES {
        let variance = [4.0 * SCALE.powi(2), 4.0 * d * d + 8.0 * SCALE.powi(2)];
        assert_moments(d, Pathwise { particles: 1 }, [2.0 * d, 2.0 * SCALE], variance);
    }
}

#[test]
fn of_the_score_function_without_a_baseline() {
    let estimator = ScoreFunction { particles: 1, baseline: NoBaseline };
    for d in DISTANCES {
        let (s2, d2) = (SCALE.powi(2), d * d);
        let variance = [d2 * d2 / s2 + 14.0 * d2 + 15.0 * s2, 2.0 * d2 * d2 / s2 + 60.0 * d2 + 74.0 * s2];
        assert_moments(d, estimator, [2.0 * d, 2.0 * SCALE], variance);
    }
}

#[test]
fn of_the_coupled_measure_valued_estimator() {
    let estimator = MeasureValued { particles: 1, coupled: true };
    // At d = 0 the slope in loc vanishes draw by draw.
    for d in &DISTANCES[1..] {
        let (s2, d2) = (SCALE.powi(2), d * d);
        let variance = [d2 * (16.0 / PI - 4.0), 4.0 * d2 + 4.0 * s2];
        assert_moments(*d, estimator, [2.0 * d, 2.0 * SCALE], variance);
    }
}
