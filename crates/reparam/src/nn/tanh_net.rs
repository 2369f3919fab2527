//! One hidden layer, one number out.

use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::{Tensor, activation::tanh},
};

use super::linear;
use crate::noise::Rng;

/// r(x) = v · tanh(W x + a) + c, `[batch, d_input]` → `[batch]`, with its slope in x as an expression of its own.
///
/// The slope can be differentiated in the parameters, as second derivatives of an automatic one cannot.
#[derive(Module, Debug)]
pub struct TanhNet {
    hidden: Linear,
    head: Linear,
}

impl TanhNet {
    /// With `width` hidden units, for inputs like `input`.
    pub fn new<const D: usize>(d_input: usize, width: usize, input: &Tensor<D>, rng: &mut Rng) -> Self {
        let layer = |from, to, rng: &mut Rng| {
            let Linear { weight, bias } = linear(from, to, &input.device(), rng);
            Linear { weight: like(weight, input), bias: bias.map(|bias| like(bias, input)) }
        };
        Self { hidden: layer(d_input, width, rng), head: layer(width, 1, rng) }
    }

    /// r(x).
    pub fn forward(&self, x: Tensor<2>) -> Tensor<1> {
        self.out(tanh(self.hidden.forward(x)))
    }

    /// r(x) and ∂r/∂x: `[batch]`, `[batch, d_input]`.
    pub fn forward_with_slope(&self, x: Tensor<2>) -> (Tensor<1>, Tensor<2>) {
        let active = tanh(self.hidden.forward(x));
        let weights = self.head.weight.val().transpose() * (-active.clone().square() + 1.0);
        (self.out(active), weights.matmul(self.hidden.weight.val().transpose()))
    }

    fn out(&self, active: Tensor<2>) -> Tensor<1> {
        self.head.forward(active).squeeze_dim(1)
    }
}

/// The parameter with the element type of `input`.
fn like<const R: usize, const D: usize>(param: Param<Tensor<R>>, input: &Tensor<D>) -> Param<Tensor<R>> {
    Param::from_tensor(param.val().cast(input.dtype()).detach())
}
