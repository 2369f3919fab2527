//! InverseWishart(df, scale_tril).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{Factor, inverse_wishart};

use crate::{
    Distribution, Entropy, Kl, Mode, Moments, ParamError, Reparameterized, error, gradient,
    linalg::{Factored, diagonal},
    noise::Rng,
    rows, shape,
};

/// The inverse Wishart distribution: df `[batch]`, above d − 1, and the Cholesky factor of the scale matrix Ψ
/// `[batch, d, d]`.
///
/// `InverseWishart(df, scale_tril)`: positive definite d × d matrices X, density |Ψ|^(df/2) |X|^(−(df+d+1)/2) e^{−½
/// tr(Ψ X⁻¹)} / (2^(df d/2) Γ_d(df/2)), Ψ = L Lᵀ: X⁻¹ is Wishart(df, Ψ⁻¹).
///
/// Path: X = T Tᵀ, T = L A⁻ᵀ, A upper triangular with standard normal numbers above the diagonal and A_ii² a
/// chi-squared draw with df − (d − 1 − i) degrees of freedom, i from 0, that moves with df as its distribution
/// function says.
///
/// df and Ψ are SciPy's and Stan's; TensorFlow Probability and R's MCMCpack agree. Where df is near d − 1 draws leave
/// the range of numbers, those of X before those of their factors.
#[derive(Clone, Debug)]
pub struct InverseWishart {
    df: Tensor<1>,
    scale_tril: Tensor<3>,
}

crate::params!(InverseWishart { df, scale_tril });

impl InverseWishart {
    /// From degrees of freedom and factor; what stands above the diagonal is not read, and either batch may be 1.
    /// Panics when the shapes do not fit.
    pub fn new(df: Tensor<1>, scale_tril: Tensor<3>) -> Self {
        let ([rows], [batch, d, columns]) = (df.dims(), scale_tril.dims());
        assert!(
            d == columns && (rows == batch || rows == 1 || batch == 1),
            "InverseWishart: expected df [batch] and scale_tril [batch, d, d], got [{rows}] and [{batch}, {d}, \
             {columns}]"
        );
        let batch = batch.max(rows);
        Self { df: df.expand([batch]), scale_tril: scale_tril.tril(0).expand([batch, d, d]) }
    }

    /// The degrees of freedom, `[batch]`.
    pub fn df(&self) -> Tensor<1> {
        self.df.clone()
    }

    /// The Cholesky factor of the scale matrix, `[batch, d, d]`.
    pub fn scale_tril(&self) -> Tensor<3> {
        self.scale_tril.clone()
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first df that is not finite and above d − 1, factor that is not finite, or diagonal of one that is not
    /// positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        let least = self.dims()[1] as f64 - 1.0;
        let holds = |df: f64| df.is_finite() && df > least;
        error::require("InverseWishart", "df", "finite and above d − 1", &self.df, holds)?;
        error::require("InverseWishart", "scale_tril", "finite", &self.scale_tril, f64::is_finite)?;
        let positive = "positive on its diagonal";
        error::require("InverseWishart", "scale_tril", positive, &diagonal(&self.scale_tril), |l| l > 0.0)?;
        Ok(self)
    }

    /// The Cholesky factor T of a draw X = T Tᵀ, with its gradient.
    pub fn rsample_tril(&self, rng: &mut Rng) -> Tensor<3> {
        let [batch, d, _] = self.dims();
        let (least, most) = (rows::least_positive(&self.df), rows::largest(&self.df));
        let (mut lower, mut moving) = (vec![0.0; batch * d * d], vec![0.0; batch * d * d]);
        let matrices = lower.chunks_mut(d * d).zip(moving.chunks_mut(d * d));
        for (df, (lower, moving)) in rows::read(&self.df).into_iter().zip(matrices) {
            inverse_wishart::draw(rng, df, d, least, lower, moving);
        }
        for number in lower.iter_mut().chain(&mut moving) {
            *number = number.clamp(-most, most);
        }
        let lower: Tensor<3> = rows::upload(lower, [batch, d, d], &self.df);
        let moving: Tensor<3> = rows::upload(moving, [batch, d, d], &self.df);
        let df = gradient::moving_zero(self.df()).reshape([batch, 1, 1]).expand([batch, d, d]);
        self.scale_tril().matmul(lower + moving * df)
    }

    /// The log-density, with respect to X, of the matrices X = T Tᵀ with these factors `[batch, d, d]`.
    pub fn log_prob_tril(&self, tril: Tensor<3>) -> Tensor<1> {
        self.log_prob_of(tril, None)
    }

    fn log_prob_of(&self, tril: Tensor<3>, rest: Option<Tensor<3>>) -> Tensor<1> {
        shape::check_value("InverseWishart::log_prob", self.dims(), tril.dims());
        let d = self.dims()[1];
        let flat = |x: Tensor<3>| {
            let batch = x.dims()[0];
            x.reshape([batch, d * d])
        };
        let rest = rest.map_or_else(|| Tensor::zeros([1, d * d], (&tril.device(), tril.dtype())), flat);
        let [df, scale] = self.parameter_rows();
        rows::map([flat(tril), rest, df, scale], |[t, rest, df, scale], [in_t, _, in_df, in_scale]| {
            let (t, scale) = (Factor::with_rest(d, t, rest), Factor::new(d, scale));
            inverse_wishart::log_prob(&t, df[0], &scale, [in_t, in_df, in_scale])
        })
    }

    /// Ψ = L Lᵀ.
    fn scale(&self) -> Tensor<3> {
        self.scale_tril().matmul(self.scale_tril().swap_dims(1, 2))
    }

    /// df less this number in every element of an event.
    fn df_less(&self, number: f64) -> Tensor<3> {
        (self.df() - number).reshape([self.dims()[0], 1, 1]).expand(self.dims())
    }

    fn parameter_rows(&self) -> [Tensor<2>; 2] {
        let [batch, d, _] = self.dims();
        [self.df().reshape([batch, 1]), self.scale_tril().reshape([batch, d * d])]
    }
}

impl Distribution<3> for InverseWishart {
    fn dims(&self) -> [usize; 3] {
        self.scale_tril.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<3> {
        gradient::stop(self.rsample(rng))
    }
    /// Reads the lower triangle of X; −∞ where X is not positive definite.
    fn log_prob(&self, x: Tensor<3>) -> Tensor<1> {
        shape::check_value("InverseWishart::log_prob", self.dims(), x.dims());
        let Factored { factor, rest, .. } = Factored::of_covariance(x, 0.0);
        self.log_prob_of(factor, Some(rest))
    }
}

impl Reparameterized<3> for InverseWishart {
    fn rsample(&self, rng: &mut Rng) -> Tensor<3> {
        let tril = self.rsample_tril(rng);
        tril.clone().matmul(tril.swap_dims(1, 2))
    }
}

impl Moments<3> for InverseWishart {
    /// Ψ / (df − d − 1); infinite for df up to d + 1.
    fn mean(&self) -> Tensor<3> {
        let rest = self.df_less(self.dims()[1] as f64 + 1.0);
        let missing = rest.clone().lower_equal_elem(0.0);
        (self.scale() / rest.mask_fill(missing.clone(), 1.0)).mask_fill(missing, f64::INFINITY)
    }
    /// ((n + 2) Ψ_ij² + n Ψ_ii Ψ_jj) / ((n + 1) n² (n − 2)) with n = df − d − 1; infinite for df up to d + 3.
    fn variance(&self) -> Tensor<3> {
        let [batch, d, _] = self.dims();
        let scale = self.scale();
        let diagonal = diagonal(&scale);
        let products = diagonal.clone().reshape([batch, d, 1]).matmul(diagonal.reshape([batch, 1, d]));
        let n = self.df_less(d as f64 + 1.0);
        let missing = n.clone().lower_equal_elem(2.0);
        let n = n.mask_fill(missing.clone(), 3.0);
        let sum = scale.square() * (n.clone() + 2.0) + products * n.clone();
        let below = (n.clone() + 1.0) * n.clone().square() * (n - 2.0);
        (sum / below).mask_fill(missing, f64::INFINITY)
    }
}

impl Mode<3> for InverseWishart {
    /// Ψ / (df + d + 1).
    fn mode(&self) -> Tensor<3> {
        self.scale() / self.df_less(-(self.dims()[1] as f64 + 1.0))
    }
}

impl Entropy for InverseWishart {
    fn entropy(&self) -> Tensor<1> {
        let d = self.dims()[1];
        rows::map(self.parameter_rows(), |[df, scale], slopes| {
            inverse_wishart::entropy(df[0], &Factor::new(d, scale), slopes)
        })
    }
}

impl Kl<Self> for InverseWishart {
    /// That of the inverses: a sum of terms ≥ 0.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("InverseWishart::kl", p.dims(), self.dims());
        let d = self.dims()[1];
        let ([q_df, q], [p_df, p]) = (self.parameter_rows(), p.parameter_rows());
        rows::map([q_df, q, p_df, p], |[q_df, q, p_df, p], slopes| {
            let [q, p] = [q, p].map(|scale| Factor::new(d, scale));
            inverse_wishart::kl((q_df[0], &q), (p_df[0], &p), slopes)
        })
    }
}
