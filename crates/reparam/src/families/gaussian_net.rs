//! A normal whose mean a net computes from a latent, with one learned scale per feature: the decoder for real data.

use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::{Device, Tensor, TensorData},
};

use crate::{
    Family, Normal, math,
    nn::{Activation, Mlp, StraightPath, linear, silent},
    noise::Rng,
};

/// Hidden layers, one linear head for the mean, and scale_j = floor + softplus(raw_j) shared by all rows; where there is
/// a straight path, its output is added to the mean.
///
/// The floor bounds the density: without it one feature that is reproduced exactly sends the likelihood to infinity.
#[derive(Module, Debug)]
pub struct GaussianNet {
    body: Mlp,
    loc: Linear,
    raw_scale: Param<Tensor<2>>,
    scale_floor: f64,
    straight: Option<StraightPath>,
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
        check_floor(scale_floor);
        let width = hidden.last().copied().unwrap_or(d_input);
        Self {
            body: Mlp::new(d_input, hidden, activation, device, rng),
            loc: linear(width, d_output, device, rng),
            raw_scale: Param::from_tensor(Tensor::full([1, d_output], RAW_ONE, device)),
            scale_floor,
            straight: None,
        }
    }

    /// A net that starts as Normal(W z + b, scale) for every z, and learns what is to be added to the mean.
    ///
    /// `straight` is W and b, `scale` one number per feature; what lies at or below the floor starts just above it.
    ///
    /// Panics unless the floor is positive and finite.
    pub fn around(
        straight: StraightPath,
        scale: &[f32],
        hidden: &[usize],
        activation: Activation,
        scale_floor: f64,
        device: &Device,
        rng: &mut Rng,
    ) -> Self {
        check_floor(scale_floor);
        let [d_input, d_output] = straight.dims();
        let width = hidden.last().copied().unwrap_or(d_input);
        // softplus⁻¹(s) = log(eˢ − 1).
        let least = 1e-3 * scale_floor;
        let raw: Vec<f32> = scale
            .iter()
            .map(|&scale| (f64::from(scale) - scale_floor).max(least).exp_m1().ln() as f32)
            .collect();
        Self {
            body: Mlp::new(d_input, hidden, activation, device, rng),
            loc: silent(width, &vec![0.0; d_output], device),
            raw_scale: Param::from_tensor(Tensor::from_data(TensorData::new(raw, [1, d_output]), device)),
            scale_floor,
            straight: Some(straight),
        }
    }
}

fn check_floor(scale_floor: f64) {
    assert!(
        scale_floor > 0.0 && scale_floor.is_finite(),
        "GaussianNet: scale_floor must be positive, got {scale_floor}"
    );
}

impl Family<Tensor<2>> for GaussianNet {
    type Dist = Normal<2>;

    fn given(&self, context: Tensor<2>) -> Normal<2> {
        let loc = match &self.straight {
            None => self.loc.forward(self.body.forward(context)),
            Some(straight) => {
                let features = self.body.forward(straight.within_reach(context.clone()));
                self.loc.forward(features) + straight.forward(context)
            }
        };
        Normal::new(loc, math::softplus(self.raw_scale.val()) + self.scale_floor)
    }
}
