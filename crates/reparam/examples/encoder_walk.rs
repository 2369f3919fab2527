//! One pass through an encoder, every number of it, and the way back.
//!
//! The encoder is two linear heads over an input of three features, small enough to follow with a pocket calculator.

use burn::tensor::{Device, Tensor};
use reparam::{Explicit, Normal, Rng};

const INPUT: [[f32; 3]; 1] = [[0.5, -1.2, 0.8]];
/// The heads map three features to two latent dimensions.
const MEAN_WEIGHT: [[f32; 2]; 3] = [[0.4, -0.3], [0.1, 0.6], [-0.5, 0.2]];
const MEAN_BIAS: [[f32; 2]; 1] = [[0.1, 0.0]];
const LOG_VARIANCE_WEIGHT: [[f32; 2]; 3] = [[-0.2, 0.3], [0.5, 0.1], [0.0, -0.4]];
const LOG_VARIANCE_BIAS: [[f32; 2]; 1] = [[-0.5, 0.2]];

/// Every stop of the walk, one number per latent dimension.
pub struct Walk {
    /// W x + b.
    pub mean: [f64; 2],
    /// W′ x + b′.
    pub log_variance: [f64; 2],
    /// exp(½ log-variance).
    pub scale: [f64; 2],
    /// ε.
    pub noise: [f64; 2],
    /// mean + scale · ε.
    pub z: [f64; 2],
    /// ∂z/∂mean.
    pub mean_slope: [f64; 2],
    /// ∂z/∂log-variance.
    pub log_variance_slope: [f64; 2],
}

/// Goes there and back.
pub fn walk() -> Walk {
    let device = Device::flex().autodiff();
    let x = Tensor::<2>::from_floats(INPUT, &device);
    let head = |weight: [[f32; 2]; 3], bias: [[f32; 2]; 1]| {
        let (weight, bias) = (Tensor::from_floats(weight, &device), Tensor::from_floats(bias, &device));
        (x.clone().matmul(weight) + bias).require_grad()
    };
    let mean = head(MEAN_WEIGHT, MEAN_BIAS);
    let log_variance = head(LOG_VARIANCE_WEIGHT, LOG_VARIANCE_BIAS);

    let q = Normal::from_log_variance(mean.clone(), log_variance.clone());
    let noise = q.noise(&mut Rng::new(6));
    let z = q.path(noise.clone());
    let gradients = z.clone().sum().backward();
    let slope = |parameter: &Tensor<2>| pair(parameter.grad(&gradients).expect("it was tracked"));

    Walk {
        mean_slope: slope(&mean),
        log_variance_slope: slope(&log_variance),
        mean: pair(mean),
        log_variance: pair(log_variance),
        scale: pair(q.scale()),
        noise: pair(noise),
        z: pair(z),
    }
}

fn pair(x: Tensor<2>) -> [f64; 2] {
    let data = x.into_data();
    let mut numbers = data.iter::<f64>();
    std::array::from_fn(|_| numbers.next().expect("two latent dimensions"))
}

fn main() {
    let line = |name: &str, [first, second]: [f64; 2], meaning: &str| {
        println!("{name:<16}{first:>10.6}{second:>10.6}   {meaning}");
    };
    let Walk { mean, log_variance, scale, noise, z, mean_slope, log_variance_slope } = walk();

    println!("{:<16}{:>20}   one row of data, three features", "input x", format!("{:?}", INPUT[0]));
    line("mean", mean, "W x + b: where the encoder believes the latent is");
    line("log-variance", log_variance, "W′ x + b′: how sure it is; any real number will do");
    line("std. deviation", scale, "exp(½ log-variance): positive by construction");
    line("noise ε", noise, "standard normal, free of every parameter");
    line("z", z, "mean + std. deviation · ε: the draw, a plain function of the two heads");
    println!("and back:");
    line("∂z/∂mean", mean_slope, "1: the draw moves with the mean");
    line("∂z/∂log-var.", log_variance_slope, "½ · std. deviation · ε: it stretches with the scale");
}
