//! LowRankNormal(loc, factor, diagonal).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::low_rank;

use crate::{
    Distribution, Entropy, Explicit, Kl, Mode, Moments, MultivariateNormal, Normal, ParamError,
    Reparameterized, error, gradient,
    noise::{Noise, Rng},
    rows, shape,
};

/// The normal distribution with a covariance of low rank plus a diagonal: loc and diagonal `[batch, d]`, factor
/// `[batch, d, r]`.
///
/// `LowRankNormal(loc, factor, diagonal)`: the normal law with covariance F Fᵀ + diag(v), F `[d, r]` with r far below
/// d.
///
/// Density e^(−½ (x − loc)ᵀ Σ⁻¹ (x − loc)) / √((2π)ᵈ |Σ|) with Σ = F Fᵀ + diag(v).
///
/// Path: x = loc + F ε + √v η, ε and η standard normal. Determinant and inverse by way of the r × r matrix I + Fᵀ V⁻¹
/// F.
///
/// A log-density costs O(d r²), a divergence O(d³).
#[derive(Clone, Debug)]
pub struct LowRankNormal {
    loc: Tensor<2>,
    factor: Tensor<3>,
    diagonal: Tensor<2>,
}

crate::params!(LowRankNormal { loc, factor, diagonal });

impl LowRankNormal {
    /// From mean, factor and the variances v of the diagonal; any batch may be 1. Panics when the shapes do not fit.
    pub fn new(loc: Tensor<2>, factor: Tensor<3>, diagonal: Tensor<2>) -> Self {
        let [loc, diagonal] = shape::broadcast("LowRankNormal", [loc, diagonal]);
        let [batch, d] = loc.dims();
        let [factors, rows, rank] = factor.dims();
        assert!(
            rows == d && (factors == batch || factors == 1 || batch == 1),
            "LowRankNormal: loc [{batch}, {d}] needs a factor of shape [{batch}, {d}, rank], got \
             [{factors}, {rows}, {rank}]"
        );
        let common = batch.max(factors);
        Self {
            loc: loc.expand([common, d]),
            factor: factor.expand([common, d, rank]),
            diagonal: diagonal.expand([common, d]),
        }
    }

    /// The mean, `[batch, d]`.
    pub fn loc(&self) -> Tensor<2> {
        self.loc.clone()
    }

    /// The factor F, `[batch, d, r]`.
    pub fn factor(&self) -> Tensor<3> {
        self.factor.clone()
    }

    /// The variances v that are added on the diagonal, `[batch, d]`.
    pub fn diagonal(&self) -> Tensor<2> {
        self.diagonal.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first mean or entry of the factor that is not finite, or variance that is not finite and positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("LowRankNormal", "loc", "finite", &self.loc, f64::is_finite)?;
        error::require("LowRankNormal", "factor", "finite", &self.factor, f64::is_finite)?;
        let positive = "finite and positive";
        error::require("LowRankNormal", "diagonal", positive, &self.diagonal, |v| v.is_finite() && v > 0.0)?;
        Ok(self)
    }

    /// The factor with one matrix a row.
    fn factor_rows(&self) -> Tensor<2> {
        let [batch, d, rank] = self.factor.dims();
        self.factor.clone().reshape([batch, d * rank])
    }
}

impl From<&LowRankNormal> for MultivariateNormal {
    /// The same law, its covariance written out and factored.
    fn from(q: &LowRankNormal) -> Self {
        Self::from_low_rank(q.loc(), q.factor(), q.diagonal())
    }
}

impl Distribution<2> for LowRankNormal {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("LowRankNormal::log_prob", self.dims(), x.dims());
        let inputs = [x, self.loc(), self.factor_rows(), self.diagonal()];
        rows::map(inputs, |[x, loc, factor, diagonal], slopes| {
            low_rank::log_prob(x, loc, factor, diagonal, slopes)
        })
    }
}

impl Reparameterized<2> for LowRankNormal {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.path(self.noise(rng))
    }
}

impl Explicit<2> for LowRankNormal {
    fn noise_law(&self) -> Noise {
        Noise::Normal
    }
    /// Of η, then ε: `[batch, d + r]`.
    fn noise_like(&self) -> Tensor<2> {
        let [batch, d, rank] = self.factor.dims();
        Tensor::zeros([batch, d + rank], (&self.loc.device(), self.loc.dtype()))
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        let [_, d, rank] = self.factor.dims();
        let batch = noise.dims()[0];
        let common = noise.clone().narrow(1, d, rank).reshape([batch, rank, 1]);
        let common = self.factor().matmul(common).reshape([batch, d]);
        self.loc() + common + self.diagonal().sqrt() * noise.narrow(1, 0, d)
    }
}

impl Moments<2> for LowRankNormal {
    fn mean(&self) -> Tensor<2> {
        self.loc()
    }
    fn variance(&self) -> Tensor<2> {
        self.factor().square().sum_dim(2).reshape(self.dims()) + self.diagonal()
    }
}

impl Mode<2> for LowRankNormal {
    fn mode(&self) -> Tensor<2> {
        self.loc()
    }
}

impl Entropy for LowRankNormal {
    fn entropy(&self) -> Tensor<1> {
        rows::map([self.factor_rows(), self.diagonal()], |[factor, diagonal], slopes| {
            low_rank::entropy(factor, diagonal, slopes)
        })
    }
}

macro_rules! through_the_full_normal {
    ($($q:ty => $p:ty),+) => {$(
        impl Kl<$p> for $q {
            fn kl(&self, p: &$p) -> Tensor<1> {
                MultivariateNormal::from(self).kl(&MultivariateNormal::from(p))
            }
        }
    )+};
}

through_the_full_normal!(LowRankNormal => LowRankNormal, LowRankNormal => Normal<2>, Normal<2> => LowRankNormal);

impl Kl<MultivariateNormal> for LowRankNormal {
    fn kl(&self, p: &MultivariateNormal) -> Tensor<1> {
        MultivariateNormal::from(self).kl(p)
    }
}

impl Kl<LowRankNormal> for MultivariateNormal {
    fn kl(&self, p: &LowRankNormal) -> Tensor<1> {
        self.kl(&Self::from(p))
    }
}
