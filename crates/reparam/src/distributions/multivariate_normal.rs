//! MultivariateNormal(loc, factor).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{Factor, normal};

use crate::{
    Distribution, Entropy, Explicit, Kl, Mode, Moments, Normal, ParamError, ParamMap, Params,
    Reparameterized, error, gradient,
    linalg::{Factored, diagonal, identity},
    noise::{Noise, Rng},
    rows, shape,
};

/// log(2π).
const LOG_TAU: f64 = 1.837_877_066_409_345_5;

/// The normal distribution with a full covariance, loc `[batch, d]` and factor `[batch, d, d]`.
///
/// `MultivariateNormal(loc, factor)`: density exp(−½ ‖L⁻¹(x − loc)‖²) / ((2π)^{d/2} ∏ L_ii), covariance L Lᵀ.
///
/// Path: x = loc + L ε, ε standard normal, L lower triangular with a positive diagonal.
///
/// Log-densities and divergences are computed on the host in double-double arithmetic and rounded once: an
/// ill-conditioned factor costs no digits. A factor that was computed from a covariance or a precision keeps what its
/// rounding lost.
#[derive(Clone, Debug)]
pub struct MultivariateNormal {
    loc: Tensor<2>,
    factor: Tensor<3>,
    rest: Option<Tensor<3>>,
    fault: Option<ParamError>,
}

impl Params for MultivariateNormal {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self {
            loc: f.apply(self.loc.clone()),
            factor: f.apply(self.factor.clone()),
            rest: self.rest.as_ref().map(|rest| f.apply(rest.clone())),
            fault: self.fault.clone(),
        }
    }
}

impl MultivariateNormal {
    /// From mean `[batch, d]` and Cholesky factor `[batch, d, d]`; what stands above the diagonal is not read.
    ///
    /// Either batch may be 1. Panics when the shapes do not fit.
    pub fn new(loc: Tensor<2>, factor: Tensor<3>) -> Self {
        let dims = common_dims("MultivariateNormal", &loc, &factor);
        let [batch, d, _] = dims;
        Self { loc: loc.expand([batch, d]), factor: factor.tril(0).expand(dims), rest: None, fault: None }
    }

    /// From mean and covariance Σ: the factor of Σ + jitter · I.
    ///
    /// Only the lower triangle of Σ is read. Where Σ + jitter · I is not positive definite the factor holds NaN;
    /// [`checked`](Self::checked) says so, and where Σ is not symmetric. Panics when the shapes do not fit.
    pub fn from_covariance(loc: Tensor<2>, covariance: Tensor<3>, jitter: f64) -> Self {
        Self::factored("covariance", loc, covariance, |covariance| {
            Factored::of_covariance(covariance, jitter)
        })
    }

    /// From mean and precision, the inverse of the covariance.
    ///
    /// As [`from_covariance`](Self::from_covariance); the rows of the precision are eliminated from the last.
    pub fn from_precision(loc: Tensor<2>, precision: Tensor<3>) -> Self {
        Self::factored("precision", loc, precision, Factored::of_precision)
    }

    fn factored(
        parameter: &'static str,
        loc: Tensor<2>,
        matrix: Tensor<3>,
        factor: impl FnOnce(Tensor<3>) -> Factored,
    ) -> Self {
        let dims = common_dims("MultivariateNormal", &loc, &matrix);
        let asymmetry = asymmetric(parameter, &matrix);
        Self::of_factored(parameter, loc, dims, asymmetry, factor(matrix))
    }

    /// With the covariance F Fᵀ + diag(v), which is not formed.
    pub(crate) fn from_low_rank(loc: Tensor<2>, factor: Tensor<3>, diagonal: Tensor<2>) -> Self {
        let [batch, d] = loc.dims();
        Self::of_factored("covariance", loc, [batch, d, d], None, Factored::of_low_rank(factor, diagonal))
    }

    fn of_factored(
        parameter: &'static str,
        loc: Tensor<2>,
        dims: [usize; 3],
        asymmetry: Option<ParamError>,
        factored: Factored,
    ) -> Self {
        let Factored { factor, rest, fault } = factored;
        Self {
            loc: loc.expand([dims[0], dims[1]]),
            factor: factor.expand(dims),
            rest: Some(rest.expand(dims)),
            fault: asymmetry.or(fault.map(|(index, why)| ParamError::NotPositiveDefinite {
                distribution: "MultivariateNormal",
                parameter,
                index,
                row: why.index,
                pivot: why.pivot,
            })),
        }
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
    /// The first mean that is not finite, matrix that is not symmetric up to rounding or not positive definite, factor that is not finite, or diagonal
    /// of a factor that is not positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("MultivariateNormal", "loc", "finite", &self.loc, f64::is_finite)?;
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        error::require("MultivariateNormal", "factor", "finite", &self.factor, f64::is_finite)?;
        let positive = "positive on its diagonal";
        error::require("MultivariateNormal", "factor", positive, &diagonal(&self.factor), |l| l > 0.0)?;
        Ok(self)
    }

    /// The factor and what it lacks, one matrix a row.
    pub(crate) fn factor_rows(&self) -> [Tensor<2>; 2] {
        let [batch, d, _] = self.factor.dims();
        let factor = self.factor.clone().reshape([batch, d * d]);
        let none = || Tensor::zeros([1, d * d], (&factor.device(), factor.dtype()));
        let rest = self.rest.clone().map_or_else(none, |rest| rest.reshape([batch, d * d]));
        [factor, rest]
    }

    /// Σ log L_ii, `[batch]`.
    fn half_log_determinant(&self) -> Tensor<1> {
        shape::sum_event(diagonal(&self.factor).log())
    }
}

/// The first matrix that differs from its transpose by more than rounding.
fn asymmetric(parameter: &'static str, matrix: &Tensor<3>) -> Option<ParamError> {
    let [_, d, _] = matrix.dims();
    let tolerance = rows::epsilon(matrix).sqrt();
    rows::read(&gradient::stop(matrix.clone())).chunks(d * d).enumerate().find_map(|(index, numbers)| {
        let at = |row: usize, column: usize| numbers[row * d + column];
        let differs = |row: usize, column: usize| {
            let size = (at(row, row) * at(column, column)).abs().sqrt();
            (at(row, column) - at(column, row)).abs() > tolerance * size
        };
        let (row, column) = (0..d)
            .flat_map(|row| (0..row).map(move |column| (row, column)))
            .find(|(row, column)| differs(*row, *column))?;
        Some(ParamError::NotSymmetric {
            distribution: "MultivariateNormal",
            parameter,
            index,
            place: [row, column],
            values: [at(row, column), at(column, row)],
        })
    })
}

impl From<&Normal<2>> for MultivariateNormal {
    /// The same law, its factor the diagonal matrix of the scales.
    fn from(normal: &Normal<2>) -> Self {
        let [batch, d] = normal.dims();
        let scale = normal.scale();
        let unit = identity(d, &scale).reshape([1, d, d]);
        Self { loc: normal.loc(), factor: unit * scale.reshape([batch, d, 1]), rest: None, fault: None }
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
        let d = self.dims()[1];
        let [factor, rest] = self.factor_rows();
        rows::map(
            [x, self.loc.clone(), factor, rest],
            |[x, loc, factor, rest], [in_x, in_loc, in_factor, _]| {
                normal::log_prob(x, loc, &Factor::with_rest(d, factor, rest), [in_x, in_loc, in_factor])
            },
        )
    }
}

impl Reparameterized<2> for MultivariateNormal {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.path(self.noise(rng))
    }
}

impl Explicit<2> for MultivariateNormal {
    fn noise_law(&self) -> Noise {
        Noise::Normal
    }
    fn noise_like(&self) -> Tensor<2> {
        self.loc()
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

impl Mode<2> for MultivariateNormal {
    fn mode(&self) -> Tensor<2> {
        self.loc.clone()
    }
}

impl Entropy for MultivariateNormal {
    fn entropy(&self) -> Tensor<1> {
        let [_, d] = self.dims();
        self.half_log_determinant() + 0.5 * d as f64 * (1.0 + LOG_TAU)
    }
}

impl Kl<Self> for MultivariateNormal {
    /// See [`normal::kl`]: a sum of terms ≥ 0.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("MultivariateNormal::kl", p.dims(), self.dims());
        let d = self.dims()[1];
        let ([factor, rest], [p_factor, p_rest]) = (self.factor_rows(), p.factor_rows());
        rows::map(
            [self.loc.clone(), factor, rest, p.loc.clone(), p_factor, p_rest],
            |[q_loc, q, q_rest, p_loc, p, p_rest], [in_q_loc, in_q, _, in_p_loc, in_p, _]| {
                let [q, p] = [(q, q_rest), (p, p_rest)].map(|(high, rest)| Factor::with_rest(d, high, rest));
                normal::kl((q_loc, &q), (p_loc, &p), [in_q_loc, in_q, in_p_loc, in_p])
            },
        )
    }
}

/// The batch that a vector and a matrix have in common, with the matrix' rows and columns.
pub(super) fn common_dims(distribution: &str, loc: &Tensor<2>, matrix: &Tensor<3>) -> [usize; 3] {
    shape::check_types(distribution, [loc.dtype(), matrix.dtype()]);
    let [batch, d] = loc.dims();
    let [matrices, rows, columns] = matrix.dims();
    assert!(
        rows == d && columns == d && (matrices == batch || matrices == 1 || batch == 1),
        "{distribution}: loc [{batch}, {d}] needs a factor of shape [{batch}, {d}, {d}], got \
         [{matrices}, {rows}, {columns}]"
    );
    [batch.max(matrices), d, d]
}
