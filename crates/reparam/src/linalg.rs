//! Small dense linear algebra on batches of matrices, differentiable: what a full covariance needs.
//!
//! Factors and solutions are computed on the host in double-double arithmetic, so that an ill-conditioned matrix keeps
//! its digits, and carry their first derivatives as matrix products.

use burn::tensor::Tensor;
use reparam_kernels::multivariate::{Factor, NotPositiveDefinite, low_rank};

use crate::{gradient::moving_zero, rows};

/// The lower Cholesky factor of A + jitter · I, `[batch, d, d]`; NaN where that is not positive definite.
///
/// Only the lower triangle of A is read.
pub fn cholesky(matrix: Tensor<3>, jitter: f64) -> Tensor<3> {
    Factored::of_covariance(matrix, jitter).factor
}

/// A batch of factors.
pub(crate) struct Factored {
    /// The factors, `[batch, d, d]`, with their gradient.
    pub factor: Tensor<3>,
    /// What rounding to the tensor's type took from them.
    pub rest: Tensor<3>,
    /// The first matrix that has no factor.
    pub fault: Option<(usize, NotPositiveDefinite)>,
}

impl Factored {
    /// L with L Lᵀ = A + jitter · I: dL = L Φ(L⁻¹ dA L⁻ᵀ), Φ the lower triangle with half of the diagonal.
    pub fn of_covariance(matrix: Tensor<3>, jitter: f64) -> Self {
        let known =
            Self::factors("cholesky", &matrix, |d, numbers| Factor::of_covariance(d, numbers, jitter));
        known.moving_as_covariance(matrix)
    }

    fn moving_as_covariance(self, matrix: Tensor<3>) -> Self {
        self.moving_with(matrix, |inverse, _, symmetric| {
            inverse.clone().matmul(symmetric).matmul(inverse.swap_dims(1, 2))
        })
    }

    /// L with L Lᵀ = P⁻¹: dL = −L Φ(Lᵀ dP L).
    pub fn of_precision(matrix: Tensor<3>) -> Self {
        let known = Self::factors("from_precision", &matrix, Factor::of_precision);
        known.moving_with(matrix, |_, factor, symmetric| {
            -factor.clone().swap_dims(1, 2).matmul(symmetric).matmul(factor)
        })
    }

    /// L with L Lᵀ = F Fᵀ + diag(v), which as a matrix of the tensor's type may have lost v beside F Fᵀ; its gradient is that
    /// of the factor of that matrix.
    pub fn of_low_rank(factor: Tensor<3>, diagonal: Tensor<2>) -> Self {
        let [batch, d, rank] = factor.dims();
        let unit = identity(d, &diagonal).reshape([1, d, d]);
        let matrix = factor.clone().matmul(factor.clone().swap_dims(1, 2))
            + unit * diagonal.clone().reshape([batch, d, 1]);
        let (factors, variances) = (rows::read(&factor), rows::read(&diagonal));
        let of = factors.chunks(d * rank).zip(variances.chunks(d)).map(|(f, v)| low_rank::cholesky(f, v));
        Self::rounded(of, &matrix).moving_as_covariance(matrix)
    }

    fn factors(
        operation: &str,
        matrix: &Tensor<3>,
        of: impl Fn(usize, &[f64]) -> Result<Factor, NotPositiveDefinite>,
    ) -> Self {
        let [_, d, columns] = matrix.dims();
        assert!(d == columns, "{operation}: expected square matrices, got {d} × {columns}");
        Self::rounded(rows::read(matrix).chunks(d * d).map(|numbers| of(d, numbers)), matrix)
    }

    /// These factors in the type of a batch of matrices.
    fn rounded(of: impl Iterator<Item = Result<Factor, NotPositiveDefinite>>, matrix: &Tensor<3>) -> Self {
        let [batch, d, _] = matrix.dims();
        let (mut high, mut fault) = (Vec::with_capacity(batch * d * d), None);
        let mut factors = Vec::with_capacity(batch);
        for (row, factor) in of.enumerate() {
            let factor = factor.map_err(|why| fault = fault.or(Some((row, why)))).ok();
            match &factor {
                Some(factor) => high.extend(factor.rounded()),
                None => high.extend(std::iter::repeat_n(f64::NAN, d * d)),
            }
            factors.push(factor);
        }
        let factor = rows::upload(high, [batch, d, d], matrix);
        // What the tensor's type holds may be less than a double.
        let mut rest = rows::read(&factor);
        for (rest, factor) in rest.chunks_mut(d * d).zip(factors) {
            match factor {
                Some(factor) => factor.rest(rest),
                None => rest.fill(0.0),
            }
        }
        Self { rest: rows::upload(rest, [batch, d, d], matrix), factor, fault }
    }

    /// The factor with the first derivatives L Φ(inner(L⁻¹, L, dA)) in the lower triangle of A.
    fn moving_with(
        mut self,
        matrix: Tensor<3>,
        inner: impl Fn(Tensor<3>, Tensor<3>, Tensor<3>) -> Tensor<3>,
    ) -> Self {
        if matrix.is_tracked() {
            let lower = moving_zero(matrix).tril(0);
            let symmetric = lower.clone() + lower.tril(-1).swap_dims(1, 2);
            let inner = inner(inverse_lower(&self.factor), self.factor.clone(), symmetric);
            let lower = inner.clone().tril(-1) + (inner.clone().tril(0) - inner.tril(-1)) * 0.5;
            self.factor = self.factor.clone() + self.factor.matmul(lower);
        }
        self
    }
}

/// L⁻¹ for lower triangular L, `[batch, d, d]`, without a gradient.
fn inverse_lower(factor: &Tensor<3>) -> Tensor<3> {
    let [batch, d, _] = factor.dims();
    let inverses = rows::read(factor)
        .chunks(d * d)
        .flat_map(|numbers| Factor::new(d, numbers).inverse().rounded())
        .collect();
    rows::upload(inverses, [batch, d, d], factor)
}

/// The diagonals, `[batch, d, d]` → `[batch, d]`.
pub fn diagonal(matrix: &Tensor<3>) -> Tensor<2> {
    let [batch, d, _] = matrix.dims();
    (matrix.clone() * identity(d, matrix).reshape([1, d, d])).sum_dim(2).reshape([batch, d])
}

/// The identity matrix, `[d, d]`, with the element type and on the device of `like`.
pub fn identity<const R: usize>(d: usize, like: &Tensor<R>) -> Tensor<2> {
    Tensor::<2>::eye(d, &like.device()).cast(like.dtype())
}
