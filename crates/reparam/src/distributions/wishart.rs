//! Wishart(df, scale_tril).

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{Factor, wishart};

use crate::{
    Distribution, Entropy, Kl, Mode, Moments, ParamError, Reparameterized, error, gradient,
    linalg::{Factored, diagonal},
    noise::Rng,
    rows, shape,
};

/// The Wishart distribution: df `[batch]`, above d − 1, and the Cholesky factor of the scale matrix `[batch, d, d]`.
///
/// `Wishart(df, scale_tril)`: positive definite d × d matrices W, density |W|^((df−d−1)/2) e^{−½ tr(V⁻¹ W)} / (2^(df
/// d/2) |V|^(df/2) Γ_d(df/2)), V = L Lᵀ.
///
/// Path (Bartlett): W = T Tᵀ, T = L A, A lower triangular with standard normal numbers below the diagonal and A_ii² a
/// chi-squared draw with df − i degrees of freedom, i from 0, that moves with df as its distribution function says.
#[derive(Clone, Debug)]
pub struct Wishart {
    df: Tensor<1>,
    scale_tril: Tensor<3>,
}

crate::params!(Wishart { df, scale_tril });

impl Wishart {
    /// From degrees of freedom and factor; what stands above the diagonal is not read, and either batch may be 1. Panics
    /// when the shapes do not fit.
    pub fn new(df: Tensor<1>, scale_tril: Tensor<3>) -> Self {
        let ([rows], [batch, d, columns]) = (df.dims(), scale_tril.dims());
        assert!(
            d == columns && (rows == batch || rows == 1 || batch == 1),
            "Wishart: expected df [batch] and scale_tril [batch, d, d], got [{rows}] and [{batch}, {d}, {columns}]"
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
    /// The first df that is not finite and above d − 1, factor that is not finite, or diagonal of one that is not positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        let least = self.dims()[1] as f64 - 1.0;
        let holds = |df: f64| df.is_finite() && df > least;
        error::require("Wishart", "df", "finite and above d − 1", &self.df, holds)?;
        error::require("Wishart", "scale_tril", "finite", &self.scale_tril, f64::is_finite)?;
        let positive = "positive on its diagonal";
        error::require("Wishart", "scale_tril", positive, &diagonal(&self.scale_tril), |l| l > 0.0)?;
        Ok(self)
    }

    /// The Cholesky factor T of a draw W = T Tᵀ, with its gradient: T keeps the digits that a nearly singular W loses.
    pub fn rsample_tril(&self, rng: &mut Rng) -> Tensor<3> {
        let [batch, d, _] = self.dims();
        let inward = rows::least_positive(&self.df);
        let (mut lower, mut moving) = (vec![0.0; batch * d * d], vec![0.0; batch * d * d]);
        let mut slopes = vec![0.0; d];
        let matrices = lower.chunks_mut(d * d).zip(moving.chunks_mut(d * d));
        for (df, (lower, moving)) in rows::read(&self.df).into_iter().zip(matrices) {
            wishart::draw(rng, df, d, lower, &mut slopes);
            for i in 0..d {
                let entry = &mut lower[i * d + i];
                *entry = entry.max(inward);
                moving[i * d + i] = *entry * slopes[i];
            }
        }
        let lower: Tensor<3> = rows::upload(lower, [batch, d, d], &self.df);
        let moving: Tensor<3> = rows::upload(moving, [batch, d, d], &self.df);
        let df = gradient::moving_zero(self.df()).reshape([batch, 1, 1]).expand([batch, d, d]);
        self.scale_tril().matmul(lower + moving * df)
    }

    /// The log-density, with respect to W, of the matrices W = T Tᵀ with these factors `[batch, d, d]`.
    pub fn log_prob_tril(&self, tril: Tensor<3>) -> Tensor<1> {
        self.log_prob_of(tril, None)
    }

    fn log_prob_of(&self, tril: Tensor<3>, rest: Option<Tensor<3>>) -> Tensor<1> {
        shape::check_value("Wishart::log_prob", self.dims(), tril.dims());
        let d = self.dims()[1];
        let flat = |x: Tensor<3>| {
            let batch = x.dims()[0];
            x.reshape([batch, d * d])
        };
        let rest = rest.map_or_else(|| Tensor::zeros([1, d * d], (&tril.device(), tril.dtype())), flat);
        let df = self.df().reshape([self.dims()[0], 1]);
        let inputs = [flat(tril), rest, df, flat(self.scale_tril())];
        rows::map(inputs, |[t, rest, df, scale], [in_t, _, in_df, in_scale]| {
            let (t, scale) = (Factor::with_rest(d, t, rest), Factor::new(d, scale));
            wishart::log_prob(&t, df[0], &scale, [in_t, in_df, in_scale])
        })
    }

    /// V = L Lᵀ.
    fn scale(&self) -> Tensor<3> {
        self.scale_tril().matmul(self.scale_tril().swap_dims(1, 2))
    }

    /// df in every element of an event.
    fn df_each(&self) -> Tensor<3> {
        self.df().reshape([self.dims()[0], 1, 1]).expand(self.dims())
    }

    fn parameter_rows(&self) -> [Tensor<2>; 2] {
        let [batch, d, _] = self.dims();
        [self.df().reshape([batch, 1]), self.scale_tril().reshape([batch, d * d])]
    }
}

impl Distribution<3> for Wishart {
    fn dims(&self) -> [usize; 3] {
        self.scale_tril.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<3> {
        gradient::stop(self.rsample(rng))
    }
    /// Reads the lower triangle of W; −∞ where W is not positive definite.
    fn log_prob(&self, x: Tensor<3>) -> Tensor<1> {
        shape::check_value("Wishart::log_prob", self.dims(), x.dims());
        let Factored { factor, rest, .. } = Factored::of_covariance(x, 0.0);
        self.log_prob_of(factor, Some(rest))
    }
}

impl Reparameterized<3> for Wishart {
    fn rsample(&self, rng: &mut Rng) -> Tensor<3> {
        let tril = self.rsample_tril(rng);
        tril.clone().matmul(tril.swap_dims(1, 2))
    }
}

impl Moments<3> for Wishart {
    fn mean(&self) -> Tensor<3> {
        self.scale() * self.df_each()
    }
    /// df (V_ij² + V_ii V_jj).
    fn variance(&self) -> Tensor<3> {
        let [batch, d, _] = self.dims();
        let scale = self.scale();
        let diagonal = diagonal(&scale);
        let products = diagonal.clone().reshape([batch, d, 1]).matmul(diagonal.reshape([batch, 1, d]));
        (scale.square() + products) * self.df_each()
    }
}

impl Mode<3> for Wishart {
    /// (df − d − 1) V; 0, where the density grows towards it, for df below d + 1.
    fn mode(&self) -> Tensor<3> {
        let d = self.dims()[1] as f64;
        self.scale() * (self.df_each() - (d + 1.0)).clamp_min(0.0)
    }
}

impl Entropy for Wishart {
    fn entropy(&self) -> Tensor<1> {
        let d = self.dims()[1];
        rows::map(self.parameter_rows(), |[df, scale], slopes| {
            wishart::entropy(df[0], &Factor::new(d, scale), slopes)
        })
    }
}

impl Kl<Self> for Wishart {
    /// See [`wishart::kl`]: a sum of terms ≥ 0.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("Wishart::kl", p.dims(), self.dims());
        let d = self.dims()[1];
        let ([q_df, q], [p_df, p]) = (self.parameter_rows(), p.parameter_rows());
        rows::map([q_df, q, p_df, p], |[q_df, q, p_df, p], slopes| {
            let [q, p] = [q, p].map(|scale| Factor::new(d, scale));
            wishart::kl((q_df[0], &q), (p_df[0], &p), slopes)
        })
    }
}
