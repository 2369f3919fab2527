//! PowerSpherical(loc, concentration).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{log_gamma_draw, sphere};

use super::{
    UniformSphere, VonMisesFisher,
    around::{scalar, turn, variance},
    von_mises_fisher::common,
};
use crate::{
    Distribution, Entropy, Kl, Mode, Moments, ParamError, Reparameterized, error, gradient, noise::Rng, rows,
    shape,
};

/// Directions around a mean direction, loc `[batch, d]` with d ≥ 2, concentration `[batch]`, at least 0.
///
/// `PowerSpherical(loc, concentration)`: density ∝ (1 + loc · x)^k on the unit sphere of ℝᵈ.
///
/// Path: x = t loc + √(1 − t²) v, v uniform among the unit vectors across loc; (1 + t)/2 is Beta(b + k, b) with b = (d
/// − 1)/2, a ratio of gamma draws in logarithms.
///
/// Source: N. De Cao & W. Aziz, "The power spherical distribution" (2020).
///
/// Log-densities are per area of the sphere, at unit vectors.
#[derive(Clone, Debug)]
pub struct PowerSpherical {
    loc: Tensor<2>,
    concentration: Tensor<1>,
}

crate::params!(PowerSpherical { loc, concentration });

impl PowerSpherical {
    /// From any vector in the mean direction, which is divided by its length, and the concentration; either batch may be
    /// 1. Panics when the shapes do not fit.
    pub fn new(loc: Tensor<2>, concentration: Tensor<1>) -> Self {
        let (loc, concentration) = common("PowerSpherical", loc, concentration);
        Self { loc, concentration }
    }

    /// The mean direction, `[batch, d]`, of length 1.
    pub fn loc(&self) -> Tensor<2> {
        self.loc.clone()
    }

    /// The concentration, `[batch]`.
    pub fn concentration(&self) -> Tensor<1> {
        self.concentration.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first mean direction that is none (it was a vector of length 0), or concentration that is not finite or negative.
    pub fn checked(self) -> Result<Self, ParamError> {
        let (direction, positive) = ("a direction: finite and not of length 0", "finite and not negative");
        error::require("PowerSpherical", "loc", direction, &self.loc, f64::is_finite)?;
        let holds = |k: f64| k >= 0.0 && k.is_finite();
        error::require("PowerSpherical", "concentration", positive, &self.concentration, holds)?;
        Ok(self)
    }

    /// b = (d − 1)/2.
    fn half(&self) -> f64 {
        0.5 * (self.loc.dims()[1] as f64 - 1.0)
    }

    /// E\[t\] = k / (2b + k), `[batch]`.
    fn mean_cosine(&self) -> Tensor<1> {
        self.concentration() / (self.concentration() + 2.0 * self.half())
    }

    fn divergence_from_uniform(&self) -> Tensor<1> {
        let d = self.loc.dims()[1];
        scalar(&self.concentration, |k| sphere::power_spherical_from_uniform(d, k))
    }
}

impl Distribution<2> for PowerSpherical {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("PowerSpherical::log_prob", self.dims(), x.dims());
        let concentration = self.concentration().reshape([self.dims()[0], 1]);
        rows::map([x, self.loc(), concentration], |[x, loc, k], slopes| {
            sphere::power_spherical(x, loc, k[0], slopes)
        })
    }
}

impl Reparameterized<2> for PowerSpherical {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        let b = self.half();
        turn(&self.loc, &self.concentration, rng, |rng, k| {
            let (up, slope) = log_gamma_draw(&mut rng.element(), b + k);
            let (down, _) = log_gamma_draw(&mut rng.element(), b);
            (up - down, slope)
        })
    }
}

impl Moments<2> for PowerSpherical {
    fn mean(&self) -> Tensor<2> {
        let dims = self.dims();
        self.loc() * self.mean_cosine().reshape([dims[0], 1]).expand(dims)
    }
    /// Var t along loc, (1 − E\[t²\])/(d − 1) across it.
    fn variance(&self) -> Tensor<2> {
        let b = self.half();
        let total = self.concentration() + 2.0 * b;
        let along =
            (self.concentration() + b) / total.clone() * (4.0 * b) / total.clone() / (total.clone() + 1.0);
        // 1 − E[t²] is 4 E[p (1 − p)] of p = (1 + t)/2.
        let across = (self.concentration() + b) / total.clone() * 2.0 / (total + 1.0);
        variance(&self.loc, across, along)
    }
}

impl Mode<2> for PowerSpherical {
    fn mode(&self) -> Tensor<2> {
        self.loc()
    }
}

impl Entropy for PowerSpherical {
    fn entropy(&self) -> Tensor<1> {
        -self.divergence_from_uniform() + sphere::log_area(self.dims()[1])
    }
}

impl Kl<UniformSphere> for PowerSpherical {
    fn kl(&self, p: &UniformSphere) -> Tensor<1> {
        shape::check_value("PowerSpherical::kl", p.dims(), self.dims());
        self.divergence_from_uniform()
    }
}

impl Kl<VonMisesFisher> for PowerSpherical {
    /// The divergence from the uniform law, plus ln E\[e^{k_p t}\] of a uniform direction, minus k_p E\[loc_p · x\].
    fn kl(&self, p: &VonMisesFisher) -> Tensor<1> {
        shape::check_value("PowerSpherical::kl", p.dims(), self.dims());
        let [batch, d] = self.dims();
        let k = p.concentration().expand([batch]);
        let log_mean = scalar(&k, |k| (sphere::log_mean_exp_scaled(d, k), -sphere::mean_cosine(d, k).1));
        // 1 − E[t] loc · loc_p as 1 − E[t], and what the angle takes: both are positive.
        let lacks = (self.concentration() + 2.0 * self.half()).recip() * (2.0 * self.half());
        let apart = shape::sum_event((self.loc() - p.loc()).square()) * 0.5;
        self.divergence_from_uniform() + log_mean + k * (lacks + self.mean_cosine() * apart)
    }
}
