//! MatrixNormal(loc, scale_row, scale_column).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{Factor, matrix_normal};

use crate::{
    Distribution, Entropy, Explicit, Kl, Mode, Moments, ParamError, Reparameterized, error, gradient,
    linalg::diagonal,
    noise::{Noise, Rng},
    rows, shape,
};

/// log(2π).
const LOG_TAU: f64 = 1.837_877_066_409_345_5;

/// The matrix normal distribution: loc `[batch, n, p]` and the Cholesky factors of the covariances between rows
/// `[batch, n, n]` and between columns `[batch, p, p]`.
///
/// `MatrixNormal(loc, scale_row, scale_column)`: n × p matrices X, density e^{−½ ‖A⁻¹ (X − loc) B⁻ᵀ‖²} / ((2π)^(n
/// p/2) |A|^p |B|^n) with A = scale_row and B = scale_column.
///
/// Path: X = loc + A ε Bᵀ, ε standard normal, A and B lower triangular with positive diagonals.
///
/// A factor c of one and 1 / c of the other cancel. Names as in TensorFlow Probability, whose `scale_row` and
/// `scale_column` are factors too; SciPy's `rowcov` and `colcov` are A Aᵀ and B Bᵀ.
#[derive(Clone, Debug)]
pub struct MatrixNormal {
    loc: Tensor<3>,
    scale_row: Tensor<3>,
    scale_column: Tensor<3>,
}

crate::params!(MatrixNormal { loc, scale_row, scale_column });

impl MatrixNormal {
    /// From mean and factors; what stands above their diagonals is not read, and any batch may be 1. Panics when the
    /// shapes do not fit.
    pub fn new(loc: Tensor<3>, scale_row: Tensor<3>, scale_column: Tensor<3>) -> Self {
        let ([batch, n, p], a, b) = (loc.dims(), scale_row.dims(), scale_column.dims());
        let most = batch.max(a[0]).max(b[0]);
        assert!(
            a[1..] == [n, n]
                && b[1..] == [p, p]
                && [batch, a[0], b[0]].iter().all(|&rows| rows == 1 || rows == most),
            "MatrixNormal: loc [{batch}, {n}, {p}] needs factors [{batch}, {n}, {n}] and [{batch}, {p}, {p}], got {a:?} \
             and {b:?}"
        );
        Self {
            loc: loc.expand([most, n, p]),
            scale_row: scale_row.tril(0).expand([most, n, n]),
            scale_column: scale_column.tril(0).expand([most, p, p]),
        }
    }

    /// The mean, `[batch, n, p]`.
    pub fn loc(&self) -> Tensor<3> {
        self.loc.clone()
    }

    /// The Cholesky factor of the covariance between rows, `[batch, n, n]`.
    pub fn scale_row(&self) -> Tensor<3> {
        self.scale_row.clone()
    }

    /// The Cholesky factor of the covariance between columns, `[batch, p, p]`.
    pub fn scale_column(&self) -> Tensor<3> {
        self.scale_column.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first mean or factor that is not finite, or diagonal of a factor that is not positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("MatrixNormal", "loc", "finite", &self.loc, f64::is_finite)?;
        for (name, factor) in [("scale_row", &self.scale_row), ("scale_column", &self.scale_column)] {
            error::require("MatrixNormal", name, "finite", factor, f64::is_finite)?;
            let positive = "positive on its diagonal";
            error::require("MatrixNormal", name, positive, &diagonal(factor), |l| l > 0.0)?;
        }
        Ok(self)
    }

    fn parameter_rows(&self) -> [Tensor<2>; 3] {
        [flat(self.loc()), flat(self.scale_row()), flat(self.scale_column())]
    }

    /// p Σ ln A_ii + n Σ ln B_ii.
    fn half_log_determinant(&self) -> Tensor<1> {
        let [_, n, p] = self.dims();
        let of = |factor: &Tensor<3>| shape::sum_event(diagonal(factor).log());
        of(&self.scale_row) * p as f64 + of(&self.scale_column) * n as f64
    }
}

/// One matrix a row.
fn flat(x: Tensor<3>) -> Tensor<2> {
    let [batch, n, p] = x.dims();
    x.reshape([batch, n * p])
}

impl Distribution<3> for MatrixNormal {
    fn dims(&self) -> [usize; 3] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<3> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<3>) -> Tensor<1> {
        shape::check_value("MatrixNormal::log_prob", self.dims(), x.dims());
        let [_, n, p] = self.dims();
        let [loc, row, column] = self.parameter_rows();
        rows::map([flat(x), loc, row, column], |[x, loc, row, column], slopes| {
            let factors = (&Factor::new(n, row), &Factor::new(p, column));
            matrix_normal::log_prob(x, loc, factors, slopes)
        })
    }
}

impl Reparameterized<3> for MatrixNormal {
    fn rsample(&self, rng: &mut Rng) -> Tensor<3> {
        self.path(self.noise(rng))
    }
}

impl Explicit<3> for MatrixNormal {
    fn noise_law(&self) -> Noise {
        Noise::Normal
    }
    fn noise_like(&self) -> Tensor<3> {
        self.loc()
    }
    fn path(&self, noise: Tensor<3>) -> Tensor<3> {
        self.loc() + self.scale_row().matmul(noise).matmul(self.scale_column().swap_dims(1, 2))
    }
}

impl Moments<3> for MatrixNormal {
    fn mean(&self) -> Tensor<3> {
        self.loc()
    }
    /// The product of the variances of its row and its column.
    fn variance(&self) -> Tensor<3> {
        let of = |factor: &Tensor<3>| factor.clone().square().sum_dim(2);
        of(&self.scale_row).matmul(of(&self.scale_column).swap_dims(1, 2))
    }
}

impl Mode<3> for MatrixNormal {
    fn mode(&self) -> Tensor<3> {
        self.loc()
    }
}

impl Entropy for MatrixNormal {
    fn entropy(&self) -> Tensor<1> {
        let [_, n, p] = self.dims();
        self.half_log_determinant() + 0.5 * (n * p) as f64 * (1.0 + LOG_TAU)
    }
}

impl Kl<Self> for MatrixNormal {
    /// See [`matrix_normal::kl`]: a sum of terms ≥ 0.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("MatrixNormal::kl", p.dims(), self.dims());
        let [_, n, columns] = self.dims();
        let ([q_loc, q_row, q_column], [p_loc, p_row, p_column]) =
            (self.parameter_rows(), p.parameter_rows());
        let inputs = [q_loc, q_row, q_column, p_loc, p_row, p_column];
        rows::map(inputs, |[q_loc, q_row, q_column, p_loc, p_row, p_column], slopes| {
            let [q_row, p_row] = [q_row, p_row].map(|factor| Factor::new(n, factor));
            let [q_column, p_column] = [q_column, p_column].map(|factor| Factor::new(columns, factor));
            matrix_normal::kl((q_loc, &q_row, &q_column), (p_loc, &p_row, &p_column), slopes)
        })
    }
}
