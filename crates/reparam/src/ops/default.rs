//! The bodies in tensor operations, for every backend.

use burn::{
    backend::{Backend, TensorMetadata, tensor::FloatTensor},
    tensor::Shape,
};

use super::AdamScalars;

/// See [`super::ReparamOps::bernoulli_log_prob`].
pub fn bernoulli_log_prob<B: Backend>(logits: FloatTensor<B>, x: FloatTensor<B>) -> FloatTensor<B> {
    let tail = B::float_log1p(B::float_exp(B::float_neg(B::float_abs(logits.clone()))));
    // x l − max(l, 0) is exact for x of 0 or 1, so the likelier value keeps the digits of its small tail.
    let certain = B::float_sub(B::float_mul(x, logits.clone()), B::float_clamp_min(logits, 0.0.into()));
    sum_event::<B>(B::float_sub(certain, tail))
}

/// See [`super::ReparamOps::bernoulli_log_prob_with_slope`].
pub fn bernoulli_log_prob_with_slope<B: Backend>(
    logits: FloatTensor<B>,
    x: FloatTensor<B>,
) -> (FloatTensor<B>, FloatTensor<B>) {
    // With s = 1 where l > 0 and else 0: x − sigmoid(l) = (x − s) + (2s − 1) · sigmoid(−|l|), where nothing cancels.
    let side = B::float_clamp_min(B::float_sign(logits.clone()), 0.0.into());
    let rare = B::sigmoid(B::float_neg(B::float_abs(logits.clone())));
    let sign = B::float_add_scalar(B::float_mul_scalar(side.clone(), 2.0.into()), (-1.0).into());
    let slope = B::float_add(B::float_sub(x.clone(), side), B::float_mul(sign, rare));
    (bernoulli_log_prob::<B>(logits, x), slope)
}

/// See [`super::ReparamOps::shares_backward`].
pub fn shares_backward<B: Backend>(shares: FloatTensor<B>, grad: FloatTensor<B>) -> FloatTensor<B> {
    let shape = grad.shape();
    let common = B::float_sum_dim(B::float_mul(shares.clone(), grad.clone()), shape.num_dims() - 1);
    B::float_mul(shares, B::float_sub(grad, B::float_expand(common, shape)))
}

/// See [`super::ReparamOps::scale_rows`].
pub fn scale_rows<B: Backend>(slope: FloatTensor<B>, factor: FloatTensor<B>) -> FloatTensor<B> {
    let shape = slope.shape();
    let mut column = vec![1; shape.num_dims()];
    column[0] = shape[0];
    B::float_mul(slope, B::float_expand(B::float_reshape(factor, Shape::from(column)), shape))
}

/// See [`super::ReparamOps::adam_step`].
pub fn adam_step<B: Backend>(
    param: FloatTensor<B>,
    grad: FloatTensor<B>,
    moment1: FloatTensor<B>,
    moment2: FloatTensor<B>,
    s: AdamScalars,
) -> (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>) {
    let mix = |old, new, decay: f64| {
        B::float_add(B::float_mul_scalar(old, decay.into()), B::float_mul_scalar(new, (1.0 - decay).into()))
    };
    let moment1 = mix(moment1, grad.clone(), s.beta1);
    let moment2 = mix(moment2, B::float_mul(grad.clone(), grad), s.beta2);
    let correction = |decay: f64| 1.0 - decay.powf(s.time as f64);
    let root = B::float_sqrt(B::float_div_scalar(moment2.clone(), correction(s.beta2).into()));
    let step = B::float_div(
        B::float_mul_scalar(moment1.clone(), (s.learning_rate / correction(s.beta1)).into()),
        B::float_add_scalar(root, s.epsilon.into()),
    );
    (B::float_sub(param, step), moment1, moment2)
}

/// `[batch, event…]` → `[batch]`.
fn sum_event<B: Backend>(x: FloatTensor<B>) -> FloatTensor<B> {
    let shape = x.shape();
    let batch = shape[0];
    let event = shape.num_elements() / batch.max(1);
    let summed = B::float_sum_dim(B::float_reshape(x, Shape::from([batch, event])), 1);
    B::float_reshape(summed, Shape::from([batch]))
}
