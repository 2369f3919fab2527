//! Draws follow the distribution: its distribution function, its mean, its variance.

use reparam_testing::{KolmogorovSmirnov, MeanTest, Rates};

use crate::{Distribution, Moments, Params, noise::Rng};

use super::{Case, DRAWS, SEED, rates, values};

/// The numbers of column `element` of a row-major table.
pub(super) fn element(table: &[f64], width: usize, element: usize) -> Vec<f64> {
    table.iter().skip(element).step_by(width).copied().collect()
}

/// Whether one number decides where the mean of n lies, as in tails so heavy that their variance is infinite.
///
/// The largest of n squares of exponential numbers is some (ln n)²/n of their sum; ten times as much is no accident of a
/// sample with a variance, nor is a quarter of the sum.
fn is_dominated(numbers: &[f64], expected: f64) -> bool {
    let count = numbers.len() as f64;
    let squares = || numbers.iter().map(|x| (x - expected).powi(2));
    let most = squares().fold(0.0, f64::max);
    count > 1.0 && most > (10.0 * count.ln().powi(2) / count).min(0.25) * squares().sum::<f64>()
}

impl<Q: Distribution<D> + Params, const D: usize> Case<Q, D> {
    /// Each element's draws follow the case's distribution function (Kolmogorov-Smirnov).
    ///
    /// Panics where the case has none.
    pub fn sampler_follows_cdf(&self) {
        let cdf = self.cdf.as_ref().unwrap_or_else(|| panic!("{}: give the case a cdf", self.name));
        let (draws, width) = self.draws();
        for j in 0..width {
            let draws = element(&draws, width, j);
            let test = KolmogorovSmirnov::new(rates().split(width));
            if let Err(why) = test.check(&draws, |x| cdf(j, x)) {
                panic!("{}: draws of element {j} against the cdf: {why}", self.name);
            }
        }
    }

    /// Draws as a row-major table, one column per element of `[batch, event…]`, and its width.
    pub(super) fn draws(&self) -> (Vec<f64>, usize) {
        let q = self.distribution();
        let width = q.dims().iter().product();
        (values(q.repeated(DRAWS).sample(&mut Rng::new(SEED))), width)
    }
}

impl<Q: Distribution<D> + Moments<D> + Params, const D: usize> Case<Q, D> {
    /// The mean of the draws and of their squared distance from it agree with [`Moments`], where those are finite.
    pub fn draws_have_moments(&self) {
        let q = self.distribution();
        let (mean, variance) = (values(q.mean()), values(q.variance()));
        let (draws, width) = self.draws();
        let rates = rates().split(2 * width);
        for j in 0..width {
            let draws = element(&draws, width, j);
            let squares: Vec<f64> = draws.iter().map(|x| (x - mean[j]).powi(2)).collect();
            if mean[j].is_finite() {
                self.assert_mean("mean of the draws", &draws, mean[j], rates);
            }
            if variance[j].is_finite() {
                self.assert_mean("variance of the draws", &squares, variance[j], rates);
            }
        }
    }

    /// All laws of [`Moments`].
    pub fn moments_laws(&self) -> Option<&'static str> {
        self.draws_have_moments();
        Some("Moments")
    }
}

impl<Q, const D: usize> Case<Q, D> {
    /// Panics unless the mean of independent numbers may be `expected`; says nothing where a few of them decide.
    pub(super) fn assert_mean(&self, law: &str, numbers: &[f64], expected: f64, rates: Rates) {
        if is_dominated(numbers, expected) {
            return;
        }
        let moments = numbers.iter().copied().collect();
        if let Err(why) = MeanTest::new(rates).check(&moments, expected) {
            panic!("{}: {law}: {why}", self.name);
        }
    }
}
