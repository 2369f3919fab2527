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

/// eˣ − 1, without cancellation near 0.
pub fn exp_minus_one<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let small = x.clone().clamp(-0.5, 0.5);
    let near = exp_excess(small.clone()) + small;
    let inside = x.clone().abs().lower_elem(0.5);
    (x.exp() - 1.0).mask_where(inside, near)
}
