//! MultivariateNormal(loc, factor): density exp(−½ ‖L⁻¹(x − loc)‖²) / ((2π)^{d/2} ∏ L_ii), covariance L Lᵀ.
//!
//! Path: x = loc + L ε, ε standard normal, L lower triangular with a positive diagonal.

use burn::tensor::Tensor;

use crate::{
    Distribution, Entropy, Explicit, Kl, Moments, Normal, ParamError, Reparameterized, error, gradient,
    linalg::{cholesky, diagonal, identity, solve_lower},
    math,
    noise::{self, Rng},
    shape,
};

/// log(2π).
const LOG_TAU: f64 = 1.837_877_066_409_345_5;

/// The normal distribution with a full covariance, loc `[batch, d]` and factor `[batch, d, d]`.
#[derive(Clone, Debug)]
pub struct MultivariateNormal {
    loc: Tensor<2>,
    factor: Tensor<3>,
}

crate::params!(MultivariateNormal { loc, factor });

impl MultivariateNormal {
    /// From mean `[batch, d]` and Cholesky factor `[batch, d, d]`; what stands above the diagonal is not read.
    ///
    /// Either batch may be 1. Panics when the shapes do not fit.
    pub fn new(loc: Tensor<2>, factor: Tensor<3>) -> Self {
        let [batch, d] = loc.dims();
        let [factors, rows, columns] = factor.dims();
        assert!(
            rows == d && columns == d && (factors == batch || factors == 1 || batch == 1),
            "MultivariateNormal: loc [{batch}, {d}] needs a factor of shape [{batch}, {d}, {d}], got \
             [{factors}, {rows}, {columns}]"
        );
        let common = batch.max(factors);
        Self { loc: loc.expand([common, d]), factor: factor.tril(0).expand([common, d, d]) }
    }

    /// From mean and covariance Σ: the factor of Σ + jitter · I.
    ///
    /// Reads nothing back: where Σ + jitter · I is not positive definite the factor holds NaN, and
    /// [`checked`](Self::checked) says so. Panics when the shapes do not fit.
    pub fn from_covariance(loc: Tensor<2>, covariance: Tensor<3>, jitter: f64) -> Self {
        Self::new(loc, cholesky(covariance, jitter))
    }

    /// The mean, `[batch, d]`.
    pub fn loc(&self) -> Tensor<2> {
        self.loc.clone()
    }

    /// The Cholesky factor, `[batch, d, d]`.
    pub fn factor(&self) -> Tensor<3> {
        self.factor.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first mean that is not finite, factor that is not finite, or diagonal that is not positive: the mark of
    /// a covariance that was not positive definite.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("MultivariateNormal", "loc", "finite", &self.loc, f64::is_finite)?;
        let definite =
            "positive definite (a finite factor with a positive diagonal; a larger jitter may help)";
        error::require("MultivariateNormal", "covariance", definite, &self.factor, f64::is_finite)?;
        error::require("MultivariateNormal", "covariance", definite, &diagonal(&self.factor), |l| l > 0.0)?;
        Ok(self)
    }

    /// Σ log L_ii, `[batch]`.
    fn half_log_determinant(&self) -> Tensor<1> {
        shape::sum_event(diagonal(&self.factor).log())
    }
}

impl From<&Normal<2>> for MultivariateNormal {
    /// The same law, its factor the diagonal matrix of the scales.
    fn from(normal: &Normal<2>) -> Self {
        let [batch, d] = normal.dims();
        let scale = normal.scale();
        let unit = identity(d, &scale).reshape([1, d, d]);
        Self { loc: normal.loc(), factor: unit * scale.reshape([batch, d, 1]) }
    }
}

impl Distribution<2> for MultivariateNormal {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("MultivariateNormal::log_prob", self.dims(), x.dims());
        let [batch, d] = x.dims();
        let centred = (x - self.loc.clone()).reshape([batch, d, 1]);
        let whitened = solve_lower(self.factor.clone(), centred);
        shape::sum_event(whitened.square()) * -0.5 - self.half_log_determinant() - 0.5 * LOG_TAU * d as f64
    }
}

impl Reparameterized<2> for MultivariateNormal {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.path(self.noise(rng))
    }
}

impl Explicit<2> for MultivariateNormal {
    fn noise(&self, rng: &mut Rng) -> Tensor<2> {
        noise::normal(&self.loc, rng)
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        let [batch, d] = noise.dims();
        self.loc.clone() + self.factor.clone().matmul(noise.reshape([batch, d, 1])).reshape([batch, d])
    }
}

impl Moments<2> for MultivariateNormal {
    fn mean(&self) -> Tensor<2> {
        self.loc.clone()
    }
    fn variance(&self) -> Tensor<2> {
        self.factor.clone().square().sum_dim(2).reshape(self.dims())
    }
}

impl Entropy for MultivariateNormal {
    fn entropy(&self) -> Tensor<1> {
        let [_, d] = self.dims();
        self.half_log_determinant() + 0.5 * d as f64 * (1.0 + LOG_TAU)
    }
}

impl Kl<Self> for MultivariateNormal {
    /// With M = L_p⁻¹ L_q, lower triangular, and v = L_p⁻¹ (loc_q − loc_p):
    /// ½ (Σ_{i>j} M_ij² + Σ_i (e^{u_i} − 1 − u_i) + ‖v‖²), u_i = log M_ii², every term ≥ 0.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("MultivariateNormal::kl", p.dims(), self.dims());
        let [batch, d] = self.dims();
        let p_factor = p.factor.clone().expand([batch, d, d]);
        let m = solve_lower(p_factor.clone(), self.factor.clone());
        let v = solve_lower(p_factor, (self.loc.clone() - p.loc.clone()).reshape([batch, d, 1]));
        let u = (diagonal(&self.factor).log() - diagonal(&p.factor).log()) * 2.0;
        let below = shape::sum_event(m.tril(-1).square());
        (below + shape::sum_event(math::exp_excess(u)) + shape::sum_event(v.square())) * 0.5
    }
}
