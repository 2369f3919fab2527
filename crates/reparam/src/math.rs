//! Elementwise functions that Burn lacks or that lose precision when composed naively.
//!
//! Scalars multiply, never divide: Burn 0.22 rounds the gradient of `tensor / scalar` to single precision.

use burn::tensor::Tensor;

/// log(1 + eˣ) = max(x, 0) + log1p(e^{−|x|}): exact in both tails.
pub fn softplus<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    x.clone().clamp_min(0.0) + (-x.abs()).exp().log1p()
}

/// log softplus(x); below x = −15 softplus(x) is eˣ to double precision's last bits but one, and its logarithm x.
pub fn log_softplus<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let tail = x.clone().lower_elem(-15.0);
    // The branch not taken is evaluated too, and must be finite there for its gradient to vanish.
    let inside = softplus(x.clone().clamp_min(-15.0)).log();
    let below = x.clone() - x.exp() * 0.5;
    inside.mask_where(tail, below)
}

/// eˣ − 1 − x ≥ 0, without cancellation near 0 and exactly 0 at 0.
pub fn exp_excess<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    // x²/2 · (1 + x/3 · (1 + x/4 · …)): twelve terms reach 1e-16 for |x| ≤ ½.
    let small = x.clone().clamp(-0.5, 0.5);
    let series =
        (3..=13).rev().fold(Tensor::ones_like(&x), |sum, n| sum * small.clone() * (1.0 / f64::from(n)) + 1.0);
    let near = small.clone() * small * series * 0.5;
    let far = x.clone().exp() - 1.0 - x.clone();
    far.mask_where(x.abs().lower_elem(0.5), near)
}

/// x − log(1 + x) ≥ 0 for x > −1, without cancellation near 0 and exactly 0 at 0.
pub fn log1p_excess<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    // With r = x / (2 + x): log(1 + x) = 2 (r + r³/3 + r⁵/5 + …), so x − log(1 + x) = r x − 2 (r³/3 + r⁵/5 + …).
    let small = x.clone().clamp(-0.4, 0.5);
    let r = small.clone() / (small.clone() + 2.0);
    let square = r.clone() * r.clone();
    let series = (1..=12).rev().fold(Tensor::zeros_like(&x), |sum: Tensor<D>, n| {
        (sum + 1.0 / f64::from(2 * n + 1)) * square.clone()
    });
    let near = r.clone() * small - r * series * 2.0;
    let inside = x.clone().greater_elem(-0.4).bool_and(x.clone().lower_elem(0.5));
    let far = x.clone() - x.log1p();
    far.mask_where(inside, near)
}

/// log p − log(1 − p), ±∞ at p = 1 and p = 0.
pub fn logit<const D: usize>(p: Tensor<D>) -> Tensor<D> {
    p.clone().log() - (-p).log1p()
}

/// eˣ − 1, without cancellation near 0.
pub fn exp_minus_one<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let small = x.clone().clamp(-0.5, 0.5);
    let near = exp_excess(small.clone()) + small;
    let inside = x.clone().abs().lower_elem(0.5);
    (x.exp() - 1.0).mask_where(inside, near)
}

/// log Σ eˣ along the last axis, which keeps size 1; −∞ where every x is.
///
/// With the largest x apart, m + log1p(Σ' e^{x − m}): exact also where the others add next to nothing.
pub fn log_sum_exp<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let (largest, _, log_rest) = apart(x);
    largest + log_rest
}

/// x − log Σ eˣ along the last axis: exact also where one element has all but the whole mass; never NaN for x < ∞ with one
/// element above −∞.
pub fn log_softmax<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let (_, shifted, log_rest) = apart(x);
    shifted - log_rest
}

/// The largest element m, every x − m, and log Σ e^{x − m} = log1p of the sum over the others.
fn apart<const D: usize>(x: Tensor<D>) -> (Tensor<D>, Tensor<D>, Tensor<D>) {
    let dims = x.dims();
    let index = x.clone().argmax(D - 1);
    let largest = x.clone().gather(D - 1, index.clone());
    let mut axis = [1; D];
    axis[D - 1] = dims[D - 1];
    let is_largest = Tensor::arange(0..dims[D - 1] as i64, &x.device())
        .reshape(axis)
        .expand(dims)
        .equal(index.expand(dims));
    // Where every x is −∞ there is nothing to subtract.
    let nothing = largest.clone().equal_elem(f64::NEG_INFINITY);
    let shifted = (x - largest.clone().mask_fill(nothing, 0.0)).mask_fill(is_largest.clone(), 0.0);
    let others = shifted.clone().exp().mask_fill(is_largest, 0.0);
    (largest, shifted, others.sum_dim(D - 1).log1p())
}
