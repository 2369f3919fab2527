//! A linear path beside a net: what is linear need not be learned by layers with kinks.

use burn::{
    module::{Module, Param},
    nn::Linear,
    tensor::{Device, Tensor, TensorData},
};

/// x ↦ W x + b, `[batch, d_input]` → `[batch, d_output]`, and how far out the net beside it may look.
///
/// The net sees x cut to ±[`StraightPath::REACH`] in every coordinate, so that far out the path alone speaks: a family
/// with a straight path grows linearly there, and densities fall as those of a linear model do.
#[derive(Module, Debug)]
pub struct StraightPath {
    linear: Linear,
}

impl StraightPath {
    /// The net beside the path sees no coordinate further out than this.
    pub const REACH: f64 = 8.0;

    /// From W, `weight` of `d_input` rows of as many numbers as `bias` has, and b.
    ///
    /// Panics where the two do not go together.
    pub fn new(weight: Vec<f32>, bias: &[f32], device: &Device) -> Self {
        let d_output = bias.len();
        assert!(
            d_output > 0 && weight.len().is_multiple_of(d_output),
            "StraightPath: {} weights are no rows of {d_output} numbers",
            weight.len()
        );
        let d_input = weight.len() / d_output;
        Self { linear: filled(weight, d_input, bias, device) }
    }

    /// `[d_input, d_output]`.
    pub fn dims(&self) -> [usize; 2] {
        self.linear.weight.val().dims()
    }

    /// W x + b.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.linear.forward(x)
    }

    /// x as the net beside the path sees it.
    pub fn within_reach(&self, x: Tensor<2>) -> Tensor<2> {
        x.clamp(-Self::REACH, Self::REACH)
    }
}

/// A dense layer that gives `bias` whatever comes in, until its weights have learned.
pub fn silent(d_input: usize, bias: &[f32], device: &Device) -> Linear {
    filled(vec![0.0; d_input * bias.len()], d_input, bias, device)
}

fn filled(weight: Vec<f32>, d_input: usize, bias: &[f32], device: &Device) -> Linear {
    let d_output = bias.len();
    let tensor = TensorData::new(weight, [d_input, d_output]);
    let bias = TensorData::new(bias.to_vec(), [d_output]);
    Linear {
        weight: Param::from_tensor(Tensor::from_data(tensor, device)),
        bias: Some(Param::from_tensor(Tensor::from_data(bias, device))),
    }
}
