//! VonMisesFisher(loc, concentration).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{cosine_slope, draw_cosine, sphere};

use super::{
    UniformSphere,
    around::{direction, scalar, turn, variance},
};
use crate::{
    Distribution, Entropy, Kl, Mode, Moments, ParamError, Reparameterized, error, gradient, noise::Rng, rows,
    shape,
};

/// Directions around a mean direction, loc `[batch, d]` with d ≥ 2, concentration `[batch]`, at least 0.
///
/// `VonMisesFisher(loc, concentration)`: density C(k) e^{k loc · x} on the unit sphere of ℝᵈ.
///
/// Path: x = t loc + √(1 − t²) v, v uniform among the unit vectors across loc; the cosine t moves with the
/// concentration as its distribution function says.
///
/// Log-densities are per area of the sphere, at unit vectors.
#[derive(Clone, Debug)]
pub struct VonMisesFisher {
    loc: Tensor<2>,
    concentration: Tensor<1>,
}

crate::params!(VonMisesFisher { loc, concentration });

impl VonMisesFisher {
    /// From any vector in the mean direction, which is divided by its length, and the concentration; either batch may be
    /// 1. Panics when the shapes do not fit.
    pub fn new(loc: Tensor<2>, concentration: Tensor<1>) -> Self {
        let (loc, concentration) = common("VonMisesFisher", loc, concentration);
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
        error::require("VonMisesFisher", "loc", direction, &self.loc, f64::is_finite)?;
        let holds = |k: f64| k >= 0.0 && k.is_finite();
        error::require("VonMisesFisher", "concentration", positive, &self.concentration, holds)?;
        Ok(self)
    }

    /// The mean cosine A(k), `[batch]`.
    fn mean_cosine(&self) -> Tensor<1> {
        let d = self.loc.dims()[1];
        scalar(&self.concentration, |k| {
            let (a, _, slope) = sphere::mean_cosine(d, k);
            (a, slope)
        })
    }

    fn divergence_from_uniform(&self) -> Tensor<1> {
        let d = self.loc.dims()[1];
        scalar(&self.concentration, |k| {
            let (value, [slope, _]) = sphere::concentration_divergence(d, k, 0.0);
            (value, slope)
        })
    }
}

/// Directions of length 1 and their concentrations, in one batch.
pub(super) fn common(distribution: &str, loc: Tensor<2>, concentration: Tensor<1>) -> (Tensor<2>, Tensor<1>) {
    let ([batch, d], [rows]) = (loc.dims(), concentration.dims());
    assert!(
        d >= 2 && (rows == batch || rows == 1 || batch == 1),
        "{distribution}: expected loc [batch, d] with d ≥ 2 and concentration [batch], got [{batch}, {d}] and [{rows}]"
    );
    let batch = batch.max(rows);
    (direction(loc).expand([batch, d]), concentration.expand([batch]))
}

impl Distribution<2> for VonMisesFisher {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("VonMisesFisher::log_prob", self.dims(), x.dims());
        let concentration = self.concentration().reshape([self.dims()[0], 1]);
        rows::map([x, self.loc(), concentration], |[x, loc, k], slopes| {
            sphere::von_mises_fisher(x, loc, k[0], slopes)
        })
    }
}

impl Reparameterized<2> for VonMisesFisher {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        let d = self.dims()[1];
        turn(&self.loc, &self.concentration, rng, |rng, k| {
            let y = draw_cosine(&mut rng.element(), d, k);
            (y, cosine_slope(y, d, k))
        })
    }
}

impl Moments<2> for VonMisesFisher {
    fn mean(&self) -> Tensor<2> {
        let dims = self.dims();
        self.loc() * self.mean_cosine().reshape([dims[0], 1]).expand(dims)
    }
    /// A/k across loc, A′ along it.
    fn variance(&self) -> Tensor<2> {
        let d = self.dims()[1];
        let rest = d as f64 - 1.0;
        // A/k moves by (A′ − A/k)/k, 0 at k = 0, and A′ = 1 − A² − (d − 1) A/k.
        let parts = move |k: f64| {
            let (a, _, along) = sphere::mean_cosine(d, k);
            if k == 0.0 { (along, 0.0, along, 0.0) } else { (a / k, (along - a / k) / k, along, a) }
        };
        let across = scalar(&self.concentration, |k| (parts(k).0, parts(k).1));
        let along = scalar(&self.concentration, |k| {
            let (_, moved, along, a) = parts(k);
            (along, -2.0 * a * along - rest * moved)
        });
        variance(&self.loc, across, along)
    }
}

impl Mode<2> for VonMisesFisher {
    fn mode(&self) -> Tensor<2> {
        self.loc()
    }
}

impl Entropy for VonMisesFisher {
    fn entropy(&self) -> Tensor<1> {
        -self.divergence_from_uniform() + sphere::log_area(self.dims()[1])
    }
}

impl Kl<UniformSphere> for VonMisesFisher {
    fn kl(&self, p: &UniformSphere) -> Tensor<1> {
        shape::check_value("VonMisesFisher::kl", p.dims(), self.dims());
        self.divergence_from_uniform()
    }
}

impl Kl<Self> for VonMisesFisher {
    /// That of the concentrations about one direction, and A(k_q) k_p ½ ‖loc_q − loc_p‖², both ≥ 0.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("VonMisesFisher::kl", p.dims(), self.dims());
        let [batch, d] = self.dims();
        let column = |k: &Tensor<1>| k.clone().reshape([k.dims()[0], 1]);
        let concentrations = [column(&self.concentration), column(&p.concentration)];
        let turned = rows::map(concentrations, |[q, p], [in_q, in_p]| {
            let (value, [slope_q, slope_p]) = sphere::concentration_divergence(d, q[0], p[0]);
            in_q.fill(slope_q);
            in_p.fill(slope_p);
            value
        });
        let apart = shape::sum_event((self.loc() - p.loc()).square()) * 0.5;
        turned + self.mean_cosine() * p.concentration().expand([batch]) * apart
    }
}
