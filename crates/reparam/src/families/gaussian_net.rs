//! A normal whose mean a net computes from a latent, with one learned scale per feature: the decoder for real data.

use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::{Device, Tensor},
};

use crate::{
    Family, Normal, math,
    nn::{Activation, Mlp, linear},
    noise::Rng,
};

/// Hidden layers, one linear head for the mean, and scale_j = floor + softplus(raw_j) shared by all rows.
///
/// The floor bounds the density: without it one feature that is reproduced exactly sends the likelihood to infinity.
#[derive(Module, Debug)]
pub struct GaussianNet {
    body: Mlp,
    loc: Linear,
    raw_scale: Param<Tensor<2>>,
    scale_floor: f64,
}

/// softplus⁻¹(1) = log(e − 1).
const RAW_ONE: f64 = 0.541_324_854_612_918;

impl GaussianNet {
    /// From `d_input` latent dimensions through the `hidden` widths to `d_output` features, every scale starting
    /// near 1 and never below `scale_floor`.
    ///
    /// Panics unless the floor is positive and finite.
    pub fn new(
        d_input: usize,
        hidden: &[usize],
        d_output: usize,
        activation: Activation,
        scale_floor: f64,
        device: &Device,
        rng: &mut Rng,
    ) -> Self {
        assert!(
            scale_floor > 0.0 && scale_floor.is_finite(),
            "GaussianNet: scale_floor must be positive, got {scale_floor}"
        );
        let width = hidden.last().copied().unwrap_or(d_input);
        Self {
            body: Mlp::new(d_input, hidden, activation, device, rng),
            loc: linear(width, d_output, device, rng),
            raw_scale: Param::from_tensor(Tensor::full([1, d_output], RAW_ONE, device)),
            scale_floor,
        }
    }
}

impl Family<Tensor<2>> for GaussianNet {
    type Dist = Normal<2>;

    fn given(&self, context: Tensor<2>) -> Normal<2> {
        let loc = self.loc.forward(self.body.forward(context));
        Normal::new(loc, math::softplus(self.raw_scale.val()) + self.scale_floor)
    }
}
