//! Multinomial(total_count, logits).

use burn::tensor::Tensor;

use super::{
    Binomial, Poisson,
    categorical::{checked, kl_each},
};
use crate::{
    Distribution, Factorized, Kl, Moments, ParamError, error, gradient, math,
    noise::Rng,
    shape,
    transforms::vector::{part, with_length},
};

/// The multinomial distribution, total count `[batch, …, 1]`, logits and draws `[batch, …, classes]`.
///
/// `Multinomial(total_count, logits)`: mass n! ∏ p_k^{x_k} / x_k! of counts x that sum to n, p = softmax(logits).
///
/// Discrete, so without a path. The mass is that of independent Poisson counts of mean n p_k, given their sum; a draw
/// is a chain of binomial draws, each of what the classes before have left.
///
/// Single precision holds counts up to 2²⁴.
#[derive(Clone, Debug)]
pub struct Multinomial<const D: usize> {
    total_count: Tensor<D>,
    logits: Tensor<D>,
}

crate::params!(Multinomial<const D> { total_count, logits });

/// The smallest mean that goes to the Poisson law; below, the mass is x log mean − log x! to the last bit.
const LEAST: f64 = 1e-30;

impl<const D: usize> Multinomial<D> {
    /// From the number of trials, `[batch, …, 1]` with axes of size 1 at will, and unnormalised log-probabilities; −∞
    /// masks a class.
    ///
    /// Panics when the shapes do not fit.
    pub fn new(total_count: Tensor<D>, logits: Tensor<D>) -> Self {
        let total_count = one_for_all("Multinomial", total_count, logits.dims());
        Self { total_count, logits }
    }

    /// The normalised log-probabilities, `[batch, …, classes]`.
    pub fn log_probs(&self) -> Tensor<D> {
        math::log_softmax(self.logits.clone())
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first total count that is no integer of at least 0, logit that is NaN or +∞, or row in which every class is
    /// masked.
    pub fn checked(self) -> Result<Self, ParamError> {
        check_count("Multinomial", &self.total_count)?;
        checked("Multinomial", &self.logits)?;
        Ok(self)
    }

    /// log p_k − log Σ_{j>k} p_j: the log-odds of class k among those from k on, but for the last, which takes what is left.
    fn odds(&self) -> Vec<Tensor<D>> {
        let classes = self.logits.dims()[D - 1];
        let logits = gradient::stop(self.logits.clone());
        let mut rest = part(&logits, classes - 1, 1);
        let mut odds: Vec<Tensor<D>> = (0..classes - 1)
            .rev()
            .map(|k| {
                let here = part(&logits, k, 1);
                let masked = here.clone().equal_elem(f64::NEG_INFINITY);
                let odds = (here.clone() - rest.clone()).mask_fill(masked, f64::NEG_INFINITY);
                rest = math::log_sum_exp(Tensor::cat(vec![rest.clone(), here], D - 1));
                odds
            })
            .collect();
        odds.reverse();
        odds
    }
}

/// A total count for each row of classes.
pub(super) fn one_for_all<const D: usize>(
    what: &str,
    total_count: Tensor<D>,
    classes: [usize; D],
) -> Tensor<D> {
    const { assert!(D >= 2, "a distribution over counts of classes needs a batch axis and a class axis") }
    let rows = with_length(classes, 1);
    let fits = total_count.dims().iter().zip(rows).all(|(&given, wanted)| given == wanted || given == 1);
    assert!(
        fits && classes[D - 1] > 0,
        "{what}: classes {classes:?} need a total count of shape {rows:?} up to axes of size 1, got {:?}",
        total_count.dims()
    );
    total_count.expand(rows)
}

pub(super) fn check_count<const D: usize>(
    what: &'static str,
    total_count: &Tensor<D>,
) -> Result<(), ParamError> {
    let count = |n: f64| n >= 0.0 && n.is_finite() && n.fract() == 0.0;
    error::require(what, "total_count", "an integer of at least 0", total_count, count)
}

/// Draws class after class from what is left; the last takes the rest.
pub(super) fn chain<const D: usize>(
    total_count: &Tensor<D>,
    classes: usize,
    mut draw: impl FnMut(usize, Tensor<D>) -> Tensor<D>,
) -> Tensor<D> {
    let mut left = gradient::stop(total_count.clone());
    let mut counts: Vec<Tensor<D>> = (0..classes - 1)
        .map(|k| {
            let count = draw(k, left.clone());
            left = left.clone() - count.clone();
            count
        })
        .collect();
    counts.push(left);
    Tensor::cat(counts, D - 1)
}

/// −∞ in the rows whose counts do not sum to the total, `[batch, …, 1]`.
pub(super) fn only_totals<const D: usize>(
    log_mass: Tensor<D>,
    x: Tensor<D>,
    total_count: &Tensor<D>,
) -> Tensor<D> {
    let sum = x.sum_dim(D - 1);
    let misses = sum.clone().not_equal(total_count.clone().expand(sum.dims()));
    log_mass.mask_fill(misses, f64::NEG_INFINITY)
}

impl<const D: usize> Distribution<D> for Multinomial<D> {
    fn dims(&self) -> [usize; D] {
        self.logits.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        let odds = self.odds();
        chain(&self.total_count, self.dims()[D - 1], |k, left| {
            Binomial::new(left, odds[k].clone()).sample(rng)
        })
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::check_value("Multinomial::log_prob", self.dims(), x.dims());
        let dims = x.dims();
        let total = self.total_count.clone().expand(with_length(dims, 1)).clamp_min(LEAST);
        let log_rate = (self.log_probs() + self.total_count.clone().clamp_min(LEAST).log()).expand(dims);
        let rate = log_rate.clone().exp().clamp_min(LEAST);
        // What is lost where the mean was raised to the least; an absent class of no mean loses nothing.
        let absent = x.clone().equal_elem(0.0);
        let lost =
            (log_rate.mask_fill(absent.clone(), 0.0) - rate.clone().mask_fill(absent, 1.0).log()) * x.clone();
        let each = Poisson::new(rate).log_prob_each(x.clone()) + lost;
        let whole = Poisson::new(total.clone()).log_prob_each(total.clone().round());
        shape::sum_event(only_totals(each.sum_dim(D - 1) - whole, x, &self.total_count))
    }
}

impl<const D: usize> Moments<D> for Multinomial<D> {
    fn mean(&self) -> Tensor<D> {
        self.log_probs().exp() * self.total_count.clone()
    }
    fn variance(&self) -> Tensor<D> {
        let log_p = self.log_probs();
        // 1 − p = −expm1(log p), which is exact where p is near 1.
        let rest = -(log_p.clone() * 0.5).tanh() * (log_p.clone().exp() + 1.0);
        log_p.exp() * rest * self.total_count.clone()
    }
}

impl<const D: usize> Kl<Self> for Multinomial<D> {
    /// That of one trial, `total_count` times; +∞ between different totals.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("Multinomial::kl", p.dims(), self.dims());
        let total = self.total_count.clone();
        let differs = total.clone().not_equal(p.total_count.clone().expand(total.dims()));
        let none = total.clone().equal_elem(0.0);
        let each = total * kl_each(&self.logits, &p.logits);
        shape::sum_event(each.mask_fill(none, 0.0).mask_fill(differs, f64::INFINITY))
    }
}
