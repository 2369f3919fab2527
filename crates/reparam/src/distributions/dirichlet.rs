//! Dirichlet(concentration).

use burn::tensor::{Int, Tensor};
use reparam_kernels::multivariate::dirichlet;

use crate::{
    Coordinate, Distribution, Entropy, Kl, Mode, Moments, ParamError, Reparameterized, Twin, error, gradient,
    noise::Rng, ops, rows, shape, transforms::vector::sums_of_others,
};

/// Points of the simplex, `[batch, k]`, with concentrations `[batch, k]`.
///
/// `Dirichlet(concentration)`: density ∏ x_i^(a_i − 1) / B(a) on the simplex Σ x_i = 1.
///
/// Path: the shares of independent gamma draws, made in logarithms; each gamma draw moves with its concentration as its
/// distribution function says.
///
/// Exact for concentrations from 1e-300, where a draw is a corner but for elements that underflow, to 1e12: such
/// elements are rounded up to the smallest normal number, and [`Twin`] has their logarithms.
#[derive(Clone, Debug)]
pub struct Dirichlet {
    concentration: Tensor<2>,
}

crate::params!(Dirichlet { concentration });

impl Dirichlet {
    /// From positive concentrations, at least two of them.
    pub fn new(concentration: Tensor<2>) -> Self {
        let [_, k] = concentration.dims();
        assert!(k >= 2, "Dirichlet: expected concentrations [batch, k] with k ≥ 2, got k = {k}");
        Self { concentration }
    }

    /// The concentrations, `[batch, k]`.
    pub fn concentration(&self) -> Tensor<2> {
        self.concentration.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first concentration that is not finite and positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        let positive = "finite and positive";
        let holds = |a: f64| a.is_finite() && a > 0.0;
        error::require("Dirichlet", "concentration", positive, &self.concentration, holds)?;
        Ok(self)
    }

    /// Σ a_i, with the shape of the concentrations.
    fn total(&self) -> Tensor<2> {
        self.concentration.clone().sum_dim(1).expand(self.dims())
    }

    /// The logarithms of a draw, and zeros that move as those of its gamma draws do.
    fn draw(&self, rng: &mut Rng) -> (Vec<f64>, Tensor<2>) {
        let a = rows::read(&self.concentration);
        let (mut log_z, mut slopes) = (vec![0.0; a.len()], vec![0.0; a.len()]);
        let k = self.dims()[1];
        for ((a, log_z), slopes) in a.chunks(k).zip(log_z.chunks_mut(k)).zip(slopes.chunks_mut(k)) {
            dirichlet::draw(rng, a, log_z, slopes);
        }
        (log_z, ops::zero_with_slopes(self.concentration(), slopes))
    }
}

/// m_i − Σ z_j m_j: how the logarithms of shares z move where those of their parts move by m.
fn moving_shares(z: &Tensor<2>, moving: Tensor<2>) -> Tensor<2> {
    let common = (z.clone() * moving.clone()).sum_dim(1).expand(z.dims());
    moving - common
}

impl Distribution<2> for Dirichlet {
    fn dims(&self) -> [usize; 2] {
        self.concentration.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        ops::dirichlet(gradient::stop(self.concentration()), rng)
    }
    /// On the boundary, where elements vanish: −∞ if one of them has a concentration above 1, else +∞ if one has a
    /// concentration below 1, else finite. The sum of x is not looked at.
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("Dirichlet::log_prob", self.dims(), x.dims());
        rows::map([x, self.concentration()], |[x, a], slopes| dirichlet::log_prob(x, a, slopes))
    }
}

impl Reparameterized<2> for Dirichlet {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        ops::dirichlet(self.concentration(), rng)
    }
}

impl Twin<2> for Dirichlet {
    fn coordinate(&self) -> Coordinate {
        Coordinate::Log
    }
    fn rsample_twin(&self, rng: &mut Rng) -> Tensor<2> {
        let (log_z, moving) = self.draw(rng);
        let z = rows::upload(log_z.iter().map(|log_z| log_z.exp()).collect(), self.dims(), &moving);
        rows::upload(log_z, self.dims(), &z) + moving_shares(&z, moving)
    }
    /// One constant may be added to all logarithms of a row: they are brought back to the simplex.
    fn log_prob_twin(&self, log_z: Tensor<2>) -> Tensor<1> {
        shape::check_value("Dirichlet::log_prob_twin", self.dims(), log_z.dims());
        rows::map([log_z, self.concentration()], |[log_z, a], slopes| {
            dirichlet::log_prob_log(log_z, a, slopes)
        })
    }
}

impl Moments<2> for Dirichlet {
    fn mean(&self) -> Tensor<2> {
        self.concentration() / self.total()
    }
    fn variance(&self) -> Tensor<2> {
        // 1 − mean is what the others have: as a difference it would lose a share that is far below 1.
        let total = self.total();
        self.mean() * (sums_of_others(&self.concentration) / total.clone()) / (total + 1.0)
    }
}

impl Mode<2> for Dirichlet {
    /// (a_i − 1)₊ over their sum; where no concentration exceeds 1, the corner of the largest.
    fn mode(&self) -> Tensor<2> {
        let dims = self.dims();
        let excess = (self.concentration() - 1.0).clamp_min(0.0);
        let total = excess.clone().sum_dim(1).expand(dims);
        let none = total.clone().lower_equal_elem(0.0);
        let largest = self.concentration().argmax(1).expand(dims);
        let index = Tensor::<1, Int>::arange(0..dims[1] as i64, &self.concentration.device());
        let corner = index.reshape([1, dims[1]]).expand(dims).equal(largest);
        let corner = Tensor::zeros_like(&excess).mask_fill(corner, 1.0);
        (excess / total.mask_fill(none.clone(), 1.0)).mask_where(none, corner)
    }
}

impl Entropy for Dirichlet {
    fn entropy(&self) -> Tensor<1> {
        rows::map([self.concentration()], |[a], [slopes]| dirichlet::entropy(a, slopes))
    }
}

impl Kl<Self> for Dirichlet {
    /// See [`dirichlet::kl`]: near equality a sum of small terms, none of which cancels.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("Dirichlet::kl", p.dims(), self.dims());
        rows::map([self.concentration(), p.concentration()], |[a, b], slopes| dirichlet::kl(a, b, slopes))
    }
}
