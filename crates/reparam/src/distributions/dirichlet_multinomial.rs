//! DirichletMultinomial(total_count, concentration).

use burn::tensor::Tensor;

use super::{
    BetaBinomial,
    multinomial::{chain, check_count, one_for_all, only_totals},
};
use crate::{
    Distribution, Factorized, Moments, ParamError, error, gradient,
    noise::Rng,
    shape,
    transforms::vector::{part, sums_after, sums_of_others, with_length},
};

/// The Dirichlet-multinomial distribution, total count `[batch, …, 1]`, concentrations and draws `[batch, …, classes]`.
///
/// `DirichletMultinomial(total_count, concentration)`: a multinomial whose probabilities are a Dirichlet draw.
///
/// Mass n! Γ(A) / Γ(n + A) ∏ Γ(x_k + a_k) / (x_k! Γ(a_k)), A = Σ a. Discrete, so without a path. Mass and draw are a
/// chain of beta-binomial counts, each of what the classes before have left.
///
/// Single precision holds counts up to 2²⁴.
#[derive(Clone, Debug)]
pub struct DirichletMultinomial<const D: usize> {
    total_count: Tensor<D>,
    concentration: Tensor<D>,
}

crate::params!(DirichletMultinomial<const D> { total_count, concentration });

impl<const D: usize> DirichletMultinomial<D> {
    /// From the number of trials, `[batch, …, 1]` with axes of size 1 at will, and positive concentrations.
    ///
    /// Panics when the shapes do not fit.
    pub fn new(total_count: Tensor<D>, concentration: Tensor<D>) -> Self {
        let total_count = one_for_all("DirichletMultinomial", total_count, concentration.dims());
        Self { total_count, concentration }
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first total count that is no integer of at least 0, or concentration that is not finite and positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        let name = "DirichletMultinomial";
        let positive = |a: f64| a > 0.0 && a.is_finite();
        check_count(name, &self.total_count)?;
        error::require(name, "concentration", "finite and positive", &self.concentration, positive)?;
        Ok(self)
    }

    fn classes(&self) -> usize {
        self.concentration.dims()[D - 1]
    }
}

impl<const D: usize> Distribution<D> for DirichletMultinomial<D> {
    fn dims(&self) -> [usize; D] {
        self.concentration.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        let concentration = gradient::stop(self.concentration.clone());
        let after = sums_after(&concentration);
        chain(&self.total_count, self.classes(), |k, left| {
            BetaBinomial::new(left, part(&concentration, k, 1), part(&after, k, 1)).sample(rng)
        })
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::check_value("DirichletMultinomial::log_prob", self.dims(), x.dims());
        let (dims, chosen) = (x.dims(), self.classes() - 1);
        if chosen == 0 {
            let certain = Tensor::zeros(with_length(dims, 1), (&x.device(), x.dtype()));
            return shape::sum_event(only_totals(certain, x, &self.total_count));
        }
        let concentration = self.concentration.clone().expand(dims);
        let [left, a, b, counts] =
            [sums_after(&x) + x.clone(), concentration.clone(), sums_after(&concentration), x.clone()]
                .map(|each| part(&each, 0, chosen));
        let log_mass = BetaBinomial::new(left, a, b).log_prob_each(counts).sum_dim(D - 1);
        shape::sum_event(only_totals(log_mass, x, &self.total_count))
    }
}

impl<const D: usize> Moments<D> for DirichletMultinomial<D> {
    fn mean(&self) -> Tensor<D> {
        let sum = self.concentration.clone().sum_dim(D - 1);
        self.concentration.clone() / sum * self.total_count.clone()
    }
    /// n p (1 − p) (n + A) / (1 + A), p = a / A.
    fn variance(&self) -> Tensor<D> {
        let sum = self.concentration.clone().sum_dim(D - 1);
        let spread = (self.total_count.clone() + sum.clone()) / (sum.clone() + 1.0);
        let others = sums_of_others(&self.concentration);
        self.mean() * others / sum * spread
    }
}
