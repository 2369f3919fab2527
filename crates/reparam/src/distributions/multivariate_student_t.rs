//! MultivariateStudentT(df, loc, factor).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{Factor, log_gamma_draw, student_t};

use super::{around::scalar, multivariate_normal::common_dims};
use crate::{
    Distribution, Entropy, Mode, Moments, ParamError, Reparameterized, error, gradient,
    linalg::diagonal,
    noise::{self, Rng},
    ops, rows, shape,
};

/// Student's t distribution with a full scale matrix L Lᵀ: df `[batch]`, loc `[batch, d]`, factor `[batch, d, d]`.
///
/// `MultivariateStudentT(df, loc, factor)`: density ∝ (1 + ‖L⁻¹ (x − loc)‖² / df)^(−(df + d)/2).
///
/// Path: x = loc + L ε √(df / χ²), ε standard normal, χ² a chi-squared draw with df degrees of freedom that moves with
/// df as its distribution function says.
#[derive(Clone, Debug)]
pub struct MultivariateStudentT {
    df: Tensor<1>,
    loc: Tensor<2>,
    factor: Tensor<3>,
}

crate::params!(MultivariateStudentT { df, loc, factor });

impl MultivariateStudentT {
    /// From degrees of freedom, location and Cholesky factor of the scale matrix; what stands above the diagonal is not
    /// read, and any batch may be 1. Panics when the shapes do not fit.
    pub fn new(df: Tensor<1>, loc: Tensor<2>, factor: Tensor<3>) -> Self {
        let [batch, d, _] = common_dims("MultivariateStudentT", &loc, &factor);
        let rows = df.dims()[0];
        assert!(
            rows == batch || rows == 1 || batch == 1,
            "MultivariateStudentT: {rows} degrees of freedom do not fit a batch of {batch}"
        );
        let batch = batch.max(rows);
        Self {
            df: df.expand([batch]),
            loc: loc.expand([batch, d]),
            factor: factor.tril(0).expand([batch, d, d]),
        }
    }

    /// The degrees of freedom, `[batch]`.
    pub fn df(&self) -> Tensor<1> {
        self.df.clone()
    }

    /// The location, `[batch, d]`.
    pub fn loc(&self) -> Tensor<2> {
        self.loc.clone()
    }

    /// The Cholesky factor of the scale matrix, `[batch, d, d]`.
    pub fn factor(&self) -> Tensor<3> {
        self.factor.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first df that is not finite and positive, location or factor that is not finite, or diagonal of a factor that is
    /// not positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        let name = "MultivariateStudentT";
        error::require(name, "df", "finite and positive", &self.df, |df| df.is_finite() && df > 0.0)?;
        error::require(name, "loc", "finite", &self.loc, f64::is_finite)?;
        error::require(name, "factor", "finite", &self.factor, f64::is_finite)?;
        error::require(name, "factor", "positive on its diagonal", &diagonal(&self.factor), |l| l > 0.0)?;
        Ok(self)
    }

    /// df in every element of an event.
    fn df_each(&self) -> Tensor<2> {
        let [batch, d] = self.dims();
        self.df().reshape([batch, 1]).expand([batch, d])
    }
}

impl Distribution<2> for MultivariateStudentT {
    fn dims(&self) -> [usize; 2] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("MultivariateStudentT::log_prob", self.dims(), x.dims());
        let [batch, d] = self.dims();
        let (df, factor) = (self.df().reshape([batch, 1]), self.factor().reshape([batch, d * d]));
        rows::map([x, df, self.loc(), factor], |[x, df, loc, factor], slopes| {
            student_t::log_prob(x, df[0], loc, &Factor::new(d, factor), slopes)
        })
    }
}

impl Reparameterized<2> for MultivariateStudentT {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        let [batch, d] = self.dims();
        let noise = noise::normal(&self.loc, rng).reshape([batch, d, 1]);
        let largest = rows::largest(&self.df);
        // √(df/χ²) with χ² twice a gamma draw g of shape df/2: ln of it is ½ (ln(df/2) − ln g).
        let (mut stretch, mut slopes) = (Vec::with_capacity(batch), Vec::with_capacity(batch));
        for df in rows::read(&self.df) {
            let (log_g, slope) = log_gamma_draw(&mut rng.element(), 0.5 * df);
            let stretched = (0.5 * ((0.5 * df).ln() - log_g)).exp().min(largest);
            stretch.push(stretched);
            slopes.push(stretched * 0.5 * (df.recip() - 0.5 * slope));
        }
        let stretch = rows::upload(stretch, [batch], &self.df) + ops::zero_with_slopes(self.df(), slopes);
        let stretch = stretch.reshape([batch, 1]).expand([batch, d]);
        let x = self.loc() + self.factor().matmul(noise).reshape([batch, d]) * stretch;
        x.clamp(-largest, largest)
    }
}

impl Moments<2> for MultivariateStudentT {
    /// NaN for df ≤ 1.
    fn mean(&self) -> Tensor<2> {
        self.loc().mask_fill(self.df_each().lower_equal_elem(1.0), f64::NAN)
    }
    /// df/(df − 2) times the scale matrix; ∞ for df in (1, 2], NaN below.
    fn variance(&self) -> Tensor<2> {
        let df = self.df_each();
        let scale = self.factor().square().sum_dim(2).reshape(self.dims());
        let finite = scale * df.clone() / (df.clone() - 2.0).clamp_min(0.0);
        finite.mask_fill(df.lower_equal_elem(1.0), f64::NAN)
    }
}

impl Mode<2> for MultivariateStudentT {
    fn mode(&self) -> Tensor<2> {
        self.loc()
    }
}

impl Entropy for MultivariateStudentT {
    fn entropy(&self) -> Tensor<1> {
        let d = self.dims()[1];
        scalar(&self.df, |df| student_t::standard_entropy(df, d))
            + shape::sum_event(diagonal(&self.factor).log())
    }
}
