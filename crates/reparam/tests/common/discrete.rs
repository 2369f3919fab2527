//! Discrete distributions and functions to take expectations of.

use burn::tensor::Tensor;
use reparam::{Bernoulli, OneHotCategorical, shape::sum_event, testing::tensor};

/// Independent bits.
pub type Bits = Bernoulli<2>;

/// Rows of one-hot classes.
pub type OneHot = OneHotCategorical<3>;

/// Bits with these log-odds, of batch 1.
pub fn bits(logits: &[f64]) -> Bits {
    Bernoulli::new(tensor(logits, [1, logits.len()]))
}

/// The toy of the REBAR and RELAX papers, (b − t)²: the slope of its mean in the logit is p (1 − p) (1 − 2t).
pub fn toy<Q>(t: f64) -> impl Fn(&Q, Tensor<2>) -> Tensor<1> {
    move |_, b| sum_event((b - t).square())
}

/// The slope of the mean of [`toy`].
pub fn toy_slope(logit: f64, t: f64) -> f64 {
    let p = 1.0 / (1.0 + (-logit).exp());
    p * (1.0 - p) * (1.0 - 2.0 * t)
}

/// A function of all elements at once, smooth between the values.
pub fn coupled<Q, const D: usize>(_: &Q, b: Tensor<D>) -> Tensor<1> {
    let dims = b.dims();
    let width: usize = dims[1..].iter().product();
    let weights: Vec<f64> = (0..width).map(|i| 0.7 - 0.9 * (i as f64 * 1.7).cos()).collect();
    let b = b.reshape([dims[0], width]);
    let weights = tensor(&weights, [1, width]).cast(b.dtype());
    let s = sum_event(b * weights);
    (s.clone() * 1.3 - 0.4).sin() + s.square() * 0.5
}
