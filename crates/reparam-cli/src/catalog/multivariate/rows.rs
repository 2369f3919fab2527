//! A distribution over vectors or matrices of the library, with its draws laid out in rows.

use burn::tensor::Tensor;
use reparam::{Distribution, Params, Rng};

use super::probe::Functions;
use crate::catalog::rows::Rows;

/// A distribution, and what its type can do.
pub struct Laid<T, const D: usize> {
    law: T,
    functions: Functions<T, D>,
}

impl<T: Distribution<D> + Params, const D: usize> Laid<T, D> {
    /// The law for `rows` rows; one without arguments of its own is repeated.
    pub fn new(law: T, functions: Functions<T, D>, rows: usize) -> Self {
        let law = if law.dims()[0] == rows { law } else { law.repeated(rows) };
        Self { law, functions }
    }

    /// A row for each draw.
    fn flat(z: Tensor<D>) -> Tensor<2> {
        let dims = z.dims();
        z.reshape([dims[0], dims[1..].iter().product()])
    }

    /// The axes of the draws again.
    fn folded(&self, z: Tensor<2>) -> Tensor<D> {
        let mut dims = self.law.dims();
        dims[0] = z.dims()[0];
        z.reshape(dims)
    }
}

impl<T: Distribution<D> + Params, const D: usize> Rows for Laid<T, D> {
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        Self::flat(self.law.sample(rng))
    }
    fn rsample(&self, rng: &mut Rng) -> Option<Tensor<2>> {
        Some(Self::flat(self.functions.rsample?(&self.law, rng)))
    }
    fn at_levels(&self, _log_odds: Tensor<2>) -> Option<Tensor<2>> {
        None
    }
    fn log_prob_each(&self, z: Tensor<2>) -> Tensor<2> {
        let [rows, _] = z.dims();
        self.law.log_prob(self.folded(z)).reshape([rows, 1])
    }
    fn moving_edge(&self) -> Option<&'static str> {
        self.law.moving_edge()
    }
}
