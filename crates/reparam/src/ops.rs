//! The operations that a profile showed to be hot, each with two bodies.
//!
//! The Flex backend (Burn's CPU) has a fused kernel of `reparam-kernels` with its own backward for each. The default body, for
//! every other backend that this crate is built with, is made of tensor operations where there are any: the likelihood of
//! bits, the steps of Adam, the backward of shares. The kernels of the univariate laws have none yet: by default they read
//! their inputs back, run on the host and upload what they found, so that numbers are right but not fast. A test holds
//! the bodies together. Nothing outside this folder knows a backend.

mod autodiff;
mod default;
mod elementwise;
#[cfg(feature = "flex")]
mod flex;
mod pointwise;
mod shares;
mod slopes;
mod supported;
mod tap;

use std::sync::Arc;

use burn::{
    backend::{Dispatch, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};

pub(crate) use elementwise::{Host, Inputs};
pub use elementwise::{Kernel, elementwise};
pub use pointwise::pointwise;
pub use shares::{dirichlet, relaxed_one_hot};
pub use slopes::zero_with_slopes;
use supported::dispatch;
pub use tap::Tap;

/// The numbers that one step of Adam shares over all parameters.
#[derive(Clone, Copy, Debug)]
pub struct AdamScalars {
    /// The step size.
    pub learning_rate: f64,
    /// The decay of the first moment.
    pub beta1: f64,
    /// The decay of the second moment.
    pub beta2: f64,
    /// Added to the root of the second moment.
    pub epsilon: f64,
    /// Which step it is, counted from 1.
    pub time: u64,
}

/// What a backend must offer; every method has a default body.
#[backend_extension(
    Flex: cfg(feature = "flex"),
    Cube: cfg(feature = "cube"),
    Remote: cfg(feature = "remote"),
    Autodiff,
)]
pub trait ReparamOps: Host {
    /// The value of `kernel` at each element of the inputs, which have one shape.
    fn elementwise(kernel: Arc<dyn Kernel>, #[extension_type] inputs: Inputs<Self>) -> FloatTensor<Self> {
        Self::run(&*kernel, inputs.into(), &[]).remove(0)
    }

    /// Shares over the last axis, from inputs of one shape. The kernel's value is the shares, its slopes are those of the
    /// logarithms of the weights.
    fn shares(kernel: Arc<dyn Kernel>, #[extension_type] inputs: Inputs<Self>) -> FloatTensor<Self> {
        Self::run(&*kernel, inputs.into(), &[]).remove(0)
    }

    /// `z_i (g_i − Σ_j z_j g_j)` over the last axis: the gradient in the logarithms of the weights, from shares z and the
    /// gradient g in them.
    fn shares_backward(shares: FloatTensor<Self>, grad: FloatTensor<Self>) -> FloatTensor<Self> {
        default::shares_backward::<Self>(shares, grad)
    }

    /// Σ_j x_j l_j − softplus(l_j) over the event axes, `[batch]`; logits and x have one shape.
    fn bernoulli_log_prob(logits: FloatTensor<Self>, x: FloatTensor<Self>) -> FloatTensor<Self> {
        default::bernoulli_log_prob::<Self>(logits, x)
    }

    /// The same and its slope in the logits, x − sigmoid(l).
    fn bernoulli_log_prob_with_slope(
        logits: FloatTensor<Self>,
        x: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        default::bernoulli_log_prob_with_slope::<Self>(logits, x)
    }

    /// `slope[i, …] · factor[i]`: a row's slope times the gradient of the row's value.
    fn scale_rows(slope: FloatTensor<Self>, factor: FloatTensor<Self>) -> FloatTensor<Self> {
        default::scale_rows::<Self>(slope, factor)
    }

    /// The tensor itself; the gradient that comes back to it is kept in `tap` on its way.
    #[allow(unused_variables, reason = "without a tape nothing comes back")]
    fn watch(tensor: FloatTensor<Self>, tap: Tap) -> FloatTensor<Self> {
        tensor
    }

    /// One step of Adam: the new parameter, first and second moment.
    // Without a backend the dispatch that is made of this has no arm that reads `scalars`.
    #[allow(unused_variables)]
    fn adam_step(
        param: FloatTensor<Self>,
        grad: FloatTensor<Self>,
        moment1: FloatTensor<Self>,
        moment2: FloatTensor<Self>,
        scalars: AdamScalars,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        default::adam_step::<Self>(param, grad, moment1, moment2, scalars)
    }
}

impl Host for Dispatch {}
#[cfg(feature = "cube")]
impl Host for burn::backend::Cube {}
#[cfg(feature = "cube")]
impl ReparamOps for burn::backend::Cube {}
#[cfg(feature = "remote")]
impl Host for burn::backend::Remote {}
#[cfg(feature = "remote")]
impl ReparamOps for burn::backend::Remote {}

/// Σ_j x_j l_j − softplus(l_j) over the event axes: `[batch, event…]` twice → `[batch]`.
pub fn bernoulli_log_prob<const D: usize>(logits: Tensor<D>, x: Tensor<D>) -> Tensor<1> {
    Tensor::from_dispatch(<Dispatch as ReparamOps>::bernoulli_log_prob(dispatch(logits), dispatch(x)))
}

/// One step of Adam on tensors that carry no gradient: the new parameter, first and second moment.
pub fn adam_step<const D: usize>(
    param: Tensor<D>,
    grad: Tensor<D>,
    moment1: Tensor<D>,
    moment2: Tensor<D>,
    scalars: AdamScalars,
) -> (Tensor<D>, Tensor<D>, Tensor<D>) {
    let (param, moment1, moment2) = <Dispatch as ReparamOps>::adam_step(
        dispatch(param),
        dispatch(grad),
        dispatch(moment1),
        dispatch(moment2),
        scalars,
    );
    (Tensor::from_dispatch(param), Tensor::from_dispatch(moment1), Tensor::from_dispatch(moment2))
}
