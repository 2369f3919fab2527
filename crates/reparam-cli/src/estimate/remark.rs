//! One sentence: why the worst estimator is worst here.

use super::exact::NO_INTEGRAL;
use super::method::Weakness;
use super::page::figure;
use super::{Estimated, Row};

impl Row {
    /// Whether it estimates what it says, as far as was seen.
    pub fn is_right(&self) -> bool {
        !self.biased && self.wrong.is_none()
    }
}

impl Estimated<'_> {
    /// The unbiased estimate of the best value: the one with the least standard error.
    pub fn best(&self) -> Option<&Row> {
        let error = |row: &&Row| row.outcome.measurement.value.standard_error();
        self.rows.iter().filter(|row| row.is_right()).min_by(|a, b| error(a).total_cmp(&error(b)))
    }

    /// Why the worst is worst, if there are two to compare.
    pub fn explain(&self) -> Option<String> {
        // Without an expectation there is nothing to explain.
        if self.exact.as_ref().is_err_and(|reason| reason == NO_INTEGRAL) {
            return None;
        }
        let unbiased = || self.rows.iter().filter(|row| row.is_right());
        let by_variance = |a: &&Row, b: &&Row| {
            a.outcome.variance_by_evaluation().total_cmp(&b.outcome.variance_by_evaluation())
        };
        let (worst, best) = (unbiased().max_by(by_variance)?, unbiased().min_by(by_variance)?);
        let ratio = worst.outcome.variance_by_evaluation() / best.outcome.variance_by_evaluation();
        if worst.name == best.name || ratio < 1.05 {
            return None;
        }
        let value = &worst.outcome.measurement.value;
        let spread = value.variance() * worst.outcome.particles as f64;
        let share = value.mean().powi(2) / spread;
        let why = match worst.weakness {
            Weakness::NoBaseline if worst.outcome.particles == 1 && share > 0.5 => format!(
                "the score multiplies f itself, whose mean is {} of its standard deviations away from 0: \
                 a baseline takes that part out",
                figure(share.sqrt())
            ),
            Weakness::Quadratic => {
                "a quadratic that touches f at the mean does not follow it as far as the draws go".to_owned()
            }
            Weakness::NoBaseline | Weakness::Values => {
                "it sees only the values of f, where the others see how f changes from one draw to another"
                    .to_owned()
            }
            Weakness::Branches => "each number of each parameter costs two evaluations of f".to_owned(),
            Weakness::Slopes => "f's slope varies more from draw to draw than f does".to_owned(),
            Weakness::Control => {
                "its control does not follow f closely enough to pay for the evaluations it costs".to_owned()
            }
        };
        let ratio = if ratio.is_finite() {
            format!("{} times the variance of {} per evaluation", figure(ratio), best.name)
        } else {
            format!("a variance where {} has none", best.name)
        };
        Some(format!("{} is worst here, with {ratio}: {why}.", worst.name))
    }
}
