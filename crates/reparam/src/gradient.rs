//! The one toolbox for gradients that differ from those of the arithmetic: nothing else in the crate detaches.
//!
//! A surrogate is a tensor whose value is the estimate and whose gradient is the gradient estimate. All functions
//! that make one, [`moving_zero`], [`along`] and [`attach`], are differences of a tensor and its detached twin.

use burn::tensor::Tensor;

/// The same value, carrying no gradient.
pub fn stop<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    // Burn's `detach` makes of a leaf another leaf, which asks for a gradient of its own.
    x.set_require_grad(false)
}

/// The same value as a leaf of its own, whose gradient can be asked for.
pub fn leaf<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    stop(x).require_grad()
}

/// Zero, with the gradient of `x`: x − stop(x).
///
/// NaN where `x` is infinite, so a log-density of −∞ must not come here.
pub fn moving_zero<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    x.clone() - stop(x)
}

/// Zero, with the partial derivative `slope` in `param`; without any where `param` is infinite and so cannot move.
pub fn along<const D: usize>(slope: Tensor<D>, param: Tensor<D>) -> Tensor<D> {
    let still = param.clone().is_inf();
    stop(slope) * moving_zero(param.mask_fill(still, 0.0))
}

/// `value`, with the partial derivative `slope` in each parameter: stop(value) + Σ stop(slope) · (θ − stop(θ)).
///
/// First derivatives only. Values, slopes and parameters have one shape.
pub fn attach<const D: usize, const P: usize>(
    value: Tensor<D>,
    partials: [(Tensor<D>, Tensor<D>); P],
) -> Tensor<D> {
    partials.into_iter().fold(stop(value), |x, (slope, param)| x + stop(slope) * moving_zero(param))
}
