//! A distribution of one's own by a bijection: Johnson's, y = sinh x with x normal, whose tails are longer than any normal's.
//!
//! Exact: E[y] = exp(scale² / 2) · sinh loc.

use burn::tensor::{DType, Device, Tensor};
use reparam::{Elementwise, Normal, ParamMap, Params, Rng, Transformed, math::softplus, prelude::*};

mod table;
use table::Row;

/// The hyperbolic sine of each element.
#[derive(Clone, Copy, Debug)]
pub struct Sinh;

impl Params for Sinh {
    fn map(&self, _: &impl ParamMap) -> Self {
        *self
    }
}

/// log cosh x = |x| + log(1 + e^(−2|x|)) − log 2.
fn log_cosh<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    softplus(x.clone() * -2.0) + x - std::f64::consts::LN_2
}

impl<const D: usize> Elementwise<D> for Sinh {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (x.clone().sinh(), log_cosh(x))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = y.asinh();
        (x.clone(), -log_cosh(x))
    }
}

/// Johnson's distribution, `[batch, event…]`.
pub fn johnson(loc: Tensor<2>, scale: Tensor<2>) -> Transformed<Normal<2>, Sinh> {
    Transformed::new(Normal::new(loc, scale), Sinh)
}

const LOC: f64 = 0.7;
const SCALE: f64 = 0.6;

/// E[y] and its derivatives, each of 20,000 draws beside its exact value.
pub fn estimates() -> Vec<Row> {
    let device = Device::flex().autodiff();
    let parameter = |x: f64| Tensor::<2>::full([20_000, 1], x, (&device, DType::F64)).require_grad();
    let (loc, scale) = (parameter(LOC), parameter(SCALE));
    let y = johnson(loc.clone(), scale.clone()).rsample(&mut Rng::new(1));
    let gradients = y.clone().sum().backward();
    let slope = |parameter: Tensor<2>| parameter.grad(&gradients).expect("it was tracked").into_data();

    let growth = (SCALE * SCALE / 2.0).exp();
    vec![
        ("E[y]".into(), y.into_data().iter().collect(), growth * LOC.sinh()),
        ("∂/∂loc".into(), slope(loc).iter().collect(), growth * LOC.cosh()),
        ("∂/∂scale".into(), slope(scale).iter().collect(), SCALE * growth * LOC.sinh()),
    ]
}

fn main() {
    table::print(&estimates());
}
