//! Distances and divergences between normal laws, beside that of Kullback and Leibler.

use burn::tensor::Tensor;
use reparam_kernels::multivariate::orthogonal_factor;

use crate::{Distribution, Entropy, Kl, MultivariateNormal, Normal, gradient, math, rows, shape};

/// The 2-Wasserstein distance.
pub trait Wasserstein2<P: ?Sized> {
    /// inf E ‖x − y‖² over all joint laws of x of self and y of p, `[batch]`: the square of the distance.
    fn wasserstein2_squared(&self, p: &P) -> Tensor<1>;
}

/// Rényi's divergence.
pub trait Renyi<P: ?Sized> {
    /// ln E_p\[(q/p)^α\] / (α − 1) in nats, `[batch]`, for α > 0: the Kullback-Leibler divergence at α = 1, ∞ where the mean
    /// does not exist.
    fn renyi(&self, p: &P, alpha: f64) -> Tensor<1>;
}

/// Hellinger's distance.
pub trait Hellinger<P: ?Sized> {
    /// 1 − ∫ √(q p), `[batch]`: the square of the distance, between 0 and 1.
    fn hellinger_squared(&self, p: &P) -> Tensor<1>;
}

/// The χ² divergence.
pub trait ChiSquare<P: ?Sized> {
    /// E_p\[(q/p − 1)²\], `[batch]`; ∞ where q has the heavier tails.
    fn chi_square(&self, p: &P) -> Tensor<1>;
}

impl<P, Q: Renyi<P>> Hellinger<P> for Q {
    /// 1 − e^{−½ D}, D of order ½.
    fn hellinger_squared(&self, p: &P) -> Tensor<1> {
        -math::exp_minus_one(self.renyi(p, 0.5) * -0.5)
    }
}

impl<P, Q: Renyi<P>> ChiSquare<P> for Q {
    /// e^D − 1, D of order 2.
    fn chi_square(&self, p: &P) -> Tensor<1> {
        math::exp_minus_one(self.renyi(p, 2.0))
    }
}

impl<const D: usize> Wasserstein2<Self> for Normal<D> {
    fn wasserstein2_squared(&self, p: &Self) -> Tensor<1> {
        shape::check_value("Normal::wasserstein2_squared", p.dims(), self.dims());
        shape::sum_event((self.loc() - p.loc()).square() + (self.scale() - p.scale()).square())
    }
}

impl Wasserstein2<Self> for MultivariateNormal {
    /// ‖loc_q − loc_p‖² + min ‖L_q − L_p O‖² over orthogonal O, which is at the orthogonal factor of L_pᵀ L_q: a sum of
    /// squares, whose gradient does not see how the minimum moves.
    fn wasserstein2_squared(&self, p: &Self) -> Tensor<1> {
        shape::check_value("MultivariateNormal::wasserstein2_squared", p.dims(), self.dims());
        let [batch, d] = self.dims();
        let p_factor = p.factor().expand([batch, d, d]);
        let product = gradient::stop(p_factor.clone().swap_dims(1, 2).matmul(self.factor()));
        let turns = rows::read(&product).chunks(d * d).flat_map(|x| orthogonal_factor(d, x)).collect();
        let turned = p_factor.matmul(rows::upload(turns, [batch, d, d], &product));
        shape::sum_event((self.loc() - p.loc()).square())
            + shape::sum_event((self.factor() - turned).square())
    }
}

impl<const D: usize> Renyi<Self> for Normal<D> {
    /// With e = (σ_q² − σ_p²)/σ_p², f(x) = x − ln(1 + x) and c = 1 + (1 − α) e, positive where the mean exists:
    /// ½ Σ (α (loc_q − loc_p)² / (σ_p² c) + f(e) − f(c − 1)/(1 − α)).
    fn renyi(&self, p: &Self, alpha: f64) -> Tensor<1> {
        if alpha == 1.0 {
            return self.kl(p);
        }
        shape::check_value("Normal::renyi", p.dims(), self.dims());
        let scale = p.scale();
        let e =
            (self.scale() - scale.clone()) / scale.clone() * ((self.scale() + scale.clone()) / scale.clone());
        let rise = e.clone() * (1.0 - alpha);
        let divergent = rise.clone().lower_equal_elem(-1.0);
        // The branch not taken is evaluated too, and must be finite there for its gradient to vanish.
        let rise = rise.mask_fill(divergent.clone(), 0.0);
        let shift = ((self.loc() - p.loc()) / scale).square() * alpha / (rise.clone() + 1.0);
        let spread = math::log1p_excess(e) - math::log1p_excess(rise) * (1.0 / (1.0 - alpha));
        shape::sum_event(((shift + spread) * 0.5).mask_fill(divergent, f64::INFINITY))
    }
}

impl Renyi<Self> for MultivariateNormal {
    /// With N the normal law of covariance C = α Σ_p + (1 − α) Σ_q and H entropies:
    /// ½ α (loc_q − loc_p)ᵀ C⁻¹ (loc_q − loc_p) + (H(N) − (1 − α) H(q) − α H(p)) / (1 − α); ∞ where C is not positive definite.
    ///
    /// Differences of entropies: near equality an error of some 1e-16 (1e-7 in single precision) remains.
    fn renyi(&self, p: &Self, alpha: f64) -> Tensor<1> {
        if alpha == 1.0 {
            return self.kl(p);
        }
        shape::check_value("MultivariateNormal::renyi", p.dims(), self.dims());
        let [batch, d] = self.dims();
        let covariance = |q: &Self| q.factor().matmul(q.factor().swap_dims(1, 2));
        let mixed = covariance(p).expand([batch, d, d]) * alpha + covariance(self) * (1.0 - alpha);
        let centre = Tensor::zeros_like(&self.loc());
        let between = Self::from_covariance(centre, mixed, 0.0);
        let divergent = shape::sum_event(between.factor()).is_nan();
        let entropy = between.entropy();
        let quadratic = -between.log_prob(self.loc() - p.loc()) - entropy.clone() + 0.5 * d as f64;
        let spread = entropy - self.entropy() * (1.0 - alpha) - p.entropy() * alpha;
        let value = quadratic * alpha + spread * (1.0 / (1.0 - alpha));
        value.clamp_min(0.0).mask_fill(divergent, f64::INFINITY)
    }
}
