//! Dense layers with an activation after each.

use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::{Device, Tensor, TensorData, activation},
};

use crate::noise::Rng;

/// The nonlinearity between dense layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activation {
    /// max(x, 0).
    #[default]
    Relu,
    /// tanh x.
    Tanh,
    /// x · sigmoid(x).
    Silu,
}

impl Activation {
    /// Applies it elementwise.
    pub fn forward<const D: usize>(self, x: Tensor<D>) -> Tensor<D> {
        match self {
            Self::Relu => activation::relu(x),
            Self::Tanh => activation::tanh(x),
            Self::Silu => activation::silu(x),
        }
    }
}

/// A stack of dense layers, each followed by the activation: `[batch, d_input]` → `[batch, last width]`.
#[derive(Module, Debug)]
pub struct Mlp {
    layers: Vec<Linear>,
    #[module(skip)]
    activation: Activation,
}

impl Mlp {
    /// One layer per width; none at all gives the identity.
    pub fn new(
        d_input: usize,
        widths: &[usize],
        activation: Activation,
        device: &Device,
        rng: &mut Rng,
    ) -> Self {
        let inputs = std::iter::once(&d_input).chain(widths);
        let layers = inputs.zip(widths).map(|(&i, &o)| linear(i, o, device, rng)).collect();
        Self { layers, activation }
    }

    /// The output of the last activation.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.layers.iter().fold(x, |x, layer| self.activation.forward(layer.forward(x)))
    }
}

/// A dense layer with weights and biases uniform on ±1/√d_input, PyTorch's default law, drawn from `rng`.
pub fn linear(d_input: usize, d_output: usize, device: &Device, rng: &mut Rng) -> Linear {
    let bound = 1.0 / (d_input as f32).sqrt();
    let mut draw = |count: usize| -> Vec<f32> {
        let mut values = vec![0.0f32; count];
        rng.fill_uniform(&mut values);
        values.iter().map(|u| (2.0 * u - 1.0) * bound).collect()
    };
    let weight = TensorData::new(draw(d_input * d_output), [d_input, d_output]);
    let bias = TensorData::new(draw(d_output), [d_output]);
    Linear {
        weight: Param::from_tensor(Tensor::from_data(weight, device)),
        bias: Some(Param::from_tensor(Tensor::from_data(bias, device))),
    }
}
