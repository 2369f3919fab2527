//! What scores say about their distribution: slopes by their formulas.

mod common;

use burn::tensor::Tensor;
use common::{assert_close, discrete::bits};
use reparam::{
    Bernoulli, OneHotCategorical,
    prelude::*,
    testing::{gradient, tensor, values},
};

/// z̃ ~ z | b moved with its noise held: the slope by differences of its formula.
#[test]
fn conditional_slopes() {
    let (l, step) = (0.7, 1e-5);
    let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
    for (side, noise) in [(1.0, 0.4), (-1.0, 0.4), (1.0, -6.0), (-1.0, 9.0)] {
        let z = |l: f64| side * softplus(noise + softplus(side * l));
        let slope = values(bits(&[l]).conditional_slope(tensor(&[z(l)], [1, 1])))[0];
        assert_close(slope, (z(l + step) - z(l - step)) / (2.0 * step), 1e-9);
    }
    let (log_p, noise) = ([0.2f64.ln(), 0.5f64.ln(), 0.3f64.ln()], [0.9, -0.5, 1.1]);
    let z = |log_p: [f64; 3]| {
        [0, 1, 2].map(|i| if i == 1 { noise[1] } else { noise[1] - softplus(noise[1] - noise[i] - log_p[i]) })
    };
    let q = OneHotCategorical::<2>::new(tensor(&log_p, [1, 3]));
    let slopes = values(q.conditional_slope(tensor(&z(log_p), [1, 3])));
    for (i, slope) in slopes.into_iter().enumerate() {
        let moved = |by: f64| {
            let mut log_p = log_p;
            log_p[i] += by;
            z(log_p)[i]
        };
        assert_close(slope, (moved(step) - moved(-step)) / (2.0 * step), 1e-9);
    }
}

/// A slope in the scores reaches the parameters as its tangent part.
#[test]
fn tangents_are_what_reaches_the_parameters() {
    fn check<Q: Relaxable<2>>(logits: &[f64], slope: &[f64], q: impl Fn(Tensor<2>) -> Q) {
        let [weights, logits_row] = [slope, logits].map(|x| tensor(x, [1, x.len()]));
        let expected = values(Q::tangent(q(logits_row).mean(), weights.clone()));
        let got = gradient(logits, |l| q(l.reshape([1, 4])).scores() * weights.clone());
        got.into_iter().zip(expected).for_each(|(got, expected)| assert_close(got, expected, 1e-15));
    }
    let (logits, slope) = ([0.2, -1.0, 0.7, 0.1], [1.3, -0.4, 0.9, 2.0]);
    check(&logits, &slope, Bernoulli::new);
    check(&logits, &slope, OneHotCategorical::new);
}
