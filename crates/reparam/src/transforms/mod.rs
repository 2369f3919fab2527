//! The bijections, one file each.

mod affine;
mod chain;
mod correlation_cholesky;
mod exp;
mod half_line;
mod identity;
mod interval;
mod inverse;
mod lower_cholesky;
mod ordered;
mod positive_ordered;
mod power;
mod sigmoid;
mod softmax_centred;
mod softplus;
mod stereographic;
mod stick_breaking;
mod support;
mod tanh;
mod triangle;
pub(crate) mod vector;

pub use affine::Affine;
pub use chain::Chain;
pub use correlation_cholesky::CorrelationCholesky;
pub use exp::Exp;
pub use half_line::HalfLine;
pub use identity::Identity;
pub use interval::Interval;
pub use inverse::{Inverse, Log};
pub use lower_cholesky::LowerCholesky;
pub use ordered::Ordered;
pub use positive_ordered::PositiveOrdered;
pub use power::Power;
pub use sigmoid::Sigmoid;
pub use softmax_centred::SoftmaxCentred;
pub use softplus::Softplus;
pub use stereographic::Stereographic;
pub use stick_breaking::StickBreaking;
pub use support::Support;
pub use tanh::Tanh;

use burn::tensor::{DType, Tensor};
use reparam_kernels::law::Support as Ends;

/// y, where it has rounded to an end of (low, high) or beyond the nearest number inside: so draws can be scored.
fn inward<const D: usize>(y: Tensor<D>, low: f64, high: f64) -> Tensor<D> {
    let ends = Ends::Interval(low, high);
    let (first, last) = if y.dtype() == DType::F64 {
        ends.interior::<f64>()
    } else {
        let (first, last) = ends.interior::<f32>();
        (f64::from(first), f64::from(last))
    };
    y.clamp(first, last)
}

/// A bijection whose inverse is a coordinate in which draws are carried: artanh, the logit or the logarithm.
///
/// A [`Transformed`](crate::Transformed) by it is a [`Twin`](crate::Twin): where y saturates, the x that it came from
/// has all digits.
pub trait Carried {
    /// The inverse.
    const COORDINATE: reparam_kernels::law::Coordinate;
}

/// Writes [`Params`](crate::Params) for a transform without tensors.
macro_rules! without_tensors {
    ($name:ty) => {
        impl $crate::Params for $name {
            fn map(&self, _: &impl $crate::ParamMap) -> Self {
                *self
            }
        }
    };
}
use without_tensors;

/// The same for a transform without any number in it, which is [`Fixed`](crate::Fixed).
macro_rules! fixed {
    ($name:ty) => {
        $crate::transforms::without_tensors!($name);
        impl $crate::Fixed for $name {}
    };
}
use fixed;
