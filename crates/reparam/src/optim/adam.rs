//! Adam, in one pass over parameter, gradient and both moments.

use burn::{
    optim::{LearningRate, ModuleOptimizer, Optimizer, RecordState},
    tensor::{Device, Tensor},
};

use crate::ops::{self, AdamScalars};

/// Adam: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − lr · m̂ / (√v̂ + ε), with m̂ and v̂ corrected for
/// their start at zero.
///
/// The same numbers as PyTorch's `Adam`; Burn's own takes ε = 1e-5 where this takes 1e-8. Updates parameters in place
/// on the CPU.
///
/// Source: Kingma & Ba, Adam: A Method for Stochastic Optimization, 2015.
#[derive(Clone, Copy, Debug)]
pub struct Adam {
    /// The decay of the first moment.
    pub beta1: f64,
    /// The decay of the second moment.
    pub beta2: f64,
    /// Added to the root of the second moment.
    pub epsilon: f64,
}

impl Default for Adam {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    }
}

impl Adam {
    /// An optimizer of whole modules, as Burn's training loops take it.
    pub fn init(self) -> ModuleOptimizer {
        self.into()
    }
}

/// What Adam remembers of one parameter.
#[derive(Clone, Debug, RecordState)]
pub struct AdamState<const D: usize> {
    /// Steps taken.
    pub time: usize,
    /// The decayed mean of the gradient.
    pub moment1: Tensor<D>,
    /// The decayed mean of its square.
    pub moment2: Tensor<D>,
}

impl Optimizer for Adam {
    type State<const D: usize> = AdamState<D>;

    fn step<const D: usize>(
        &self,
        lr: LearningRate,
        tensor: Tensor<D>,
        grad: Tensor<D>,
        state: Option<Self::State<D>>,
    ) -> (Tensor<D>, Option<Self::State<D>>) {
        let AdamState { time, moment1, moment2 } = state.unwrap_or_else(|| AdamState {
            time: 0,
            moment1: Tensor::zeros_like(&grad),
            moment2: Tensor::zeros_like(&grad),
        });
        let time = time + 1;
        let scalars = AdamScalars {
            learning_rate: lr,
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: self.epsilon,
            time: time as u64,
        };
        let (tensor, moment1, moment2) = ops::adam_step(tensor, grad, moment1, moment2, scalars);
        (tensor, Some(AdamState { time, moment1, moment2 }))
    }

    fn to_device<const D: usize>(state: Self::State<D>, device: &Device) -> Self::State<D> {
        AdamState {
            time: state.time,
            moment1: state.moment1.to_device(device),
            moment2: state.moment2.to_device(device),
        }
    }
}
