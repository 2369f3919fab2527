//! LkjCholesky(dim, concentration).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::lkj;

use crate::{
    Distribution, ParamError, ParamMap, Params, Reparameterized, error, gradient, linalg::diagonal,
    noise::Rng, rows, shape,
};

/// Cholesky factors of d × d correlation matrices, `[batch, d, d]`; concentration `[batch]`: 1 for uniform correlation
/// matrices, more for weaker correlations, less for stronger ones.
///
/// `LkjCholesky(dim, concentration)`: Cholesky factors L of correlation matrices R = L Lᵀ, with density ∝ |R|^(c−1)
/// over R, which is ∏ L_ii^(d − i + 2c − 2) / Z over L, i from 2 to d.
///
/// Path (onion): row i is √y u and √(1 − y), u a uniform direction and y of Beta((i − 1)/2, c + (d − i)/2), which moves
/// with c.
#[derive(Clone, Debug)]
pub struct LkjCholesky {
    dim: usize,
    concentration: Tensor<1>,
}

impl Params for LkjCholesky {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { dim: self.dim, concentration: f.apply(self.concentration.clone()) }
    }
}

impl LkjCholesky {
    /// From the number of rows, at least 2, and concentrations.
    pub fn new(dim: usize, concentration: Tensor<1>) -> Self {
        assert!(dim >= 2, "LkjCholesky: a correlation matrix has at least 2 rows, got {dim}");
        Self { dim, concentration }
    }

    /// The concentration, `[batch]`.
    pub fn concentration(&self) -> Tensor<1> {
        self.concentration.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first concentration that is not finite and positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        let positive = "finite and positive";
        let holds = |c: f64| c.is_finite() && c > 0.0;
        error::require("LkjCholesky", "concentration", positive, &self.concentration, holds)?;
        Ok(self)
    }

    /// A draw and the logarithms of its diagonal `[batch, d]`, both with their gradient.
    ///
    /// Strong correlations leave diagonals that underflow; those of the draw are rounded up to the smallest normal number,
    /// their logarithms are exact.
    pub fn rsample_with_log_diagonal(&self, rng: &mut Rng) -> (Tensor<3>, Tensor<2>) {
        let [batch, d, _] = self.dims();
        let inward = rows::least_positive(&self.concentration);
        let [mut lower, mut moving] = [(); 2].map(|()| vec![0.0; batch * d * d]);
        let [mut log_diagonal, mut log_moving] = [(); 2].map(|()| vec![0.0; batch * d]);
        for (i, concentration) in rows::read(&self.concentration).into_iter().enumerate() {
            let (matrix, row) = (i * d * d..(i + 1) * d * d, i * d..(i + 1) * d);
            let lower = &mut lower[matrix.clone()];
            let matrices = [&mut *lower, &mut moving[matrix]];
            let rows = [&mut log_diagonal[row.clone()], &mut log_moving[row]];
            lkj::draw(rng, concentration, d, matrices, rows);
            (0..d).for_each(|i| lower[i * d + i] = lower[i * d + i].max(inward));
        }
        let moved = gradient::moving_zero(self.concentration());
        let like = &self.concentration;
        let [lower, moving]: [Tensor<3>; 2] = [lower, moving].map(|x| rows::upload(x, [batch, d, d], like));
        let [log, log_moving]: [Tensor<2>; 2] =
            [log_diagonal, log_moving].map(|x| rows::upload(x, [batch, d], like));
        (
            lower + moving * moved.clone().reshape([batch, 1, 1]).expand([batch, d, d]),
            log + log_moving * moved.reshape([batch, 1]).expand([batch, d]),
        )
    }

    /// The log-density over the factors, from the logarithms of their diagonals `[batch, d]`.
    pub fn log_prob_log_diagonal(&self, log_diagonal: Tensor<2>) -> Tensor<1> {
        let batch = self.concentration.dims()[0];
        shape::check_value("LkjCholesky::log_prob", [batch, self.dim], log_diagonal.dims());
        let concentration = self.concentration().reshape([batch, 1]);
        rows::map([log_diagonal, concentration], |[log, c], slopes| lkj::log_prob(log, c[0], slopes))
    }
}

impl Distribution<3> for LkjCholesky {
    fn dims(&self) -> [usize; 3] {
        [self.concentration.dims()[0], self.dim, self.dim]
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<3> {
        gradient::stop(self.rsample(rng))
    }
    /// Reads the diagonal: the rows' lengths are not looked at.
    fn log_prob(&self, x: Tensor<3>) -> Tensor<1> {
        shape::check_value("LkjCholesky::log_prob", self.dims(), x.dims());
        self.log_prob_log_diagonal(diagonal(&x).log())
    }
}

impl Reparameterized<3> for LkjCholesky {
    fn rsample(&self, rng: &mut Rng) -> Tensor<3> {
        self.rsample_with_log_diagonal(rng).0
    }
}
