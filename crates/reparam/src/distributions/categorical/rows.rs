//! Rows of logits along the last axis: what the distributions over classes share.

use burn::tensor::{Bool, Int, Tensor};

use crate::{
    ParamError, error, gradient, math,
    noise::{self, Noise, Rng},
};

/// The logits that are neither NaN nor +∞, in rows that are not masked as a whole.
///
/// # Errors
/// The first that is not so.
pub fn checked<const D: usize>(distribution: &'static str, logits: &Tensor<D>) -> Result<(), ParamError> {
    error::require(distribution, "logits", "below +∞ (−∞ masks a class)", logits, |l| {
        l < f64::INFINITY
    })?;
    let largest = logits.clone().max_dim(D - 1);
    error::require(distribution, "largest logit of a row", "above −∞", &largest, |l| {
        l > f64::NEG_INFINITY
    })
}

/// A class for each row: the largest logit with Gumbel noise.
pub fn draw<const D: usize>(logits: &Tensor<D>, rng: &mut Rng) -> Tensor<D, Int> {
    let noise = noise::of(Noise::Gumbel, logits, rng);
    (gradient::stop(logits.clone()) + noise).argmax(D - 1)
}

/// Where the class axis of `like` is at `class`.
fn at_class<const D: usize>(class: Tensor<D, Int>, like: &Tensor<D>) -> Tensor<D, Bool> {
    let dims = like.dims();
    let mut axis = [1; D];
    axis[D - 1] = dims[D - 1];
    let classes = Tensor::<1, Int>::arange(0..dims[D - 1] as i64, &like.device()).reshape(axis);
    classes.expand(dims).equal(class.expand(dims))
}

/// 1 at the class, 0 elsewhere, like `like`.
pub fn one_hot<const D: usize>(class: Tensor<D, Int>, like: &Tensor<D>) -> Tensor<D> {
    Tensor::zeros(like.dims(), (&like.device(), like.dtype())).mask_fill(at_class(class, like), 1.0)
}

/// The log-probability of the class that `x` marks; −∞ where a row is no single 1 among zeros. `[batch, …, 1]`.
pub fn one_hot_log_prob<const D: usize>(log_probs: Tensor<D>, x: Tensor<D>) -> Tensor<D> {
    let marked = x.clone().equal_elem(1.0);
    let strange = marked.clone().bool_or(x.clone().equal_elem(0.0)).bool_not().any_dim(D - 1);
    let misses = marked.clone().float().sum_dim(D - 1).not_equal_elem(1.0);
    let chosen = log_probs.expand(x.dims()).mask_fill(marked.bool_not(), 0.0);
    chosen.sum_dim(D - 1).mask_fill(misses.bool_or(strange), f64::NEG_INFINITY)
}

/// −Σ p log p of each row, `[batch, …, 1]`.
pub fn entropy_each<const D: usize>(log_probs: Tensor<D>) -> Tensor<D> {
    let masked = log_probs.clone().equal_elem(f64::NEG_INFINITY);
    let surprise = -log_probs.clone().mask_fill(masked, 0.0);
    (log_probs.exp() * surprise).sum_dim(D - 1)
}

/// KL(q ‖ p) of each row from the logits, `[batch, …, 1]`: Σ q (e^δ − 1 − δ), δ = log p − log q.
pub fn kl_each<const D: usize>(q: &Tensor<D>, p: &Tensor<D>) -> Tensor<D> {
    let p = p.clone().expand(q.dims());
    let [q_masked, p_masked] = [q, &p].map(|logits| logits.clone().equal_elem(f64::NEG_INFINITY));
    let either = q_masked.clone().bool_or(p_masked.clone());
    // Differences from that at the likeliest class of q: what all logits share changes nothing.
    let difference = (p.clone().mask_fill(either.clone(), 0.0) - q.clone().mask_fill(either.clone(), 0.0))
        .mask_fill(either.clone(), 0.0);
    let reference = difference.clone().gather(D - 1, q.clone().argmax(D - 1));
    let d = (difference - reference).mask_fill(either.clone(), 0.0);
    let far_apart = d
        .clone()
        .abs()
        .greater_elem(0.5)
        .bool_or(q_masked.clone().not_equal(p_masked.clone()))
        .any_dim(D - 1)
        .expand(q.dims());

    let [log_q, log_p] = [q.clone(), p].map(math::log_softmax);
    let (q, p) = (log_q.clone().exp(), log_p.clone().exp());
    near(&q, d).mask_where(far_apart, far([log_q, log_p], [q, p], q_masked, p_masked)).sum_dim(D - 1)
}

/// Each class's term where p is close to q: δ = d − log1p(Σ q (e^d − 1)) has the relative accuracy of d.
fn near<const D: usize>(q: &Tensor<D>, d: Tensor<D>) -> Tensor<D> {
    // The branch not taken must be finite for its gradient to vanish.
    let d = d.clamp(-0.5, 0.5);
    let rise = q.clone() * (math::exp_excess(d.clone()) + d.clone());
    let delta = d - rise.sum_dim(D - 1).log1p();
    q.clone() * math::exp_excess(delta)
}

/// Each class's term elsewhere: p − q − q δ, which is p where q masks the class and +∞ where only p does.
fn far<const D: usize>(
    logs: [Tensor<D>; 2],
    [q, p]: [Tensor<D>; 2],
    q_masked: Tensor<D, Bool>,
    p_masked: Tensor<D, Bool>,
) -> Tensor<D> {
    let either = q_masked.clone().bool_or(p_masked.clone());
    let [log_q, log_p] = logs.map(|log| log.mask_fill(either.clone(), 0.0));
    let delta = log_p - log_q;
    let small = delta.clone().abs().lower_elem(0.5);
    (p.clone() - q.clone() - q.clone() * delta.clone())
        .mask_where(small, q * math::exp_excess(delta.clamp(-0.5, 0.5)))
        .mask_where(q_masked.clone(), p)
        .mask_fill(q_masked.bool_not().bool_and(p_masked), f64::INFINITY)
}
