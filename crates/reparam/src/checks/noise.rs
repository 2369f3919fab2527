//! Noise is free of the parameters.

use burn::tensor::Tensor;

use super::{Check, Mistake, SEED};
use crate::{Explicit, ParamMap, Params, error::to_f64, leaves::Leaves, noise::Rng};

/// Whether the noise of a distribution is the same for other parameters, and carries no gradient.
///
/// The same generator makes it twice: with the parameters given, from which a gradient is asked, and with each an eighth
/// larger. There is no false alarm: both must agree in every bit.
pub fn noise<Q: Explicit<D> + Params, const D: usize>(q: &Q) -> Check {
    let drawn = q.map(&Leaves::default()).noise(&mut Rng::new(SEED));
    let moved = q.map(&Larger).noise(&mut Rng::new(SEED));
    let outcome = if drawn.is_tracked() {
        Err("the noise carries a gradient in the parameters, so a part of it goes missing or is counted twice".into())
    } else {
        let (drawn, moved) = (to_f64(drawn), to_f64(moved));
        match drawn.iter().zip(&moved).find(|(here, there)| here.to_bits() != there.to_bits()) {
            None if drawn.len() == moved.len() => {
                Ok(format!("{} of noise are the same for other parameters", numbers(drawn.len())))
            }
            None => Err(format!("{} of noise become {} for other parameters", drawn.len(), moved.len())),
            Some((here, there)) => {
                Err(format!("noise of {here:.6e} becomes {there:.6e} for other parameters"))
            }
        }
    };
    Check::of(Mistake::GradientThroughNoise, outcome)
}

fn numbers(count: usize) -> String {
    if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") }
}

/// Every parameter somewhat larger.
struct Larger;
impl ParamMap for Larger {
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R> {
        param * 1.125 + 0.0625
    }
}
