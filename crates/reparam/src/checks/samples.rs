//! The gradient stands out of its noise.

use reparam_testing::{Moments, normal_quantile};

use super::{Check, Mistake, Verdict, figure};
use crate::Measurement;

/// Whether the mean of so many repetitions of a gradient estimate has a signal-to-noise ratio of at least `least`:
/// ‖E\[g\]‖ / √(Σ Var\[g\] / repetitions), over all numbers of the gradient.
///
/// `found` has repetitions from which the ratio is estimated: more than are to be averaged, best. Fails what is right with
/// probability at most `rate`, since ‖mean − E\[g\]‖ ≤ √(Σ Var / n) (1 + z) but for that rate. Where the gradient cannot be
/// told from 0, as at an optimum, there is nothing to hear and the check does not apply.
pub fn samples(found: &Measurement, repetitions: u64, least: f64, rate: f64) -> Check {
    let mistake = Mistake::TooFewSamples;
    let norm = found.elements().map(|slope| slope.mean().powi(2)).sum::<f64>().sqrt();
    let noise = found.total_variance().sqrt();
    let count = found.elements().map(Moments::count).max().unwrap_or(0) as f64;
    let error = noise / count.sqrt() * (1.0 - normal_quantile(rate));
    if noise == 0.0 {
        return Check::new(mistake, Verdict::Passed, "the gradient has no noise");
    }
    if norm <= error {
        let detail = format!(
            "after {count} repetitions the gradient, {}, cannot be told from 0 ± {}: an optimum, or far too few",
            figure(norm),
            figure(error)
        );
        return Check::does_not_apply(mistake, detail);
    }
    let root = (repetitions as f64).sqrt();
    let snr = norm / noise;
    let needed = (least / snr).powi(2).ceil();
    let detail = format!(
        "the signal-to-noise ratio of the gradient is {} with {repetitions} repetitions and {} with one; a ratio of {least} \
         takes {needed}",
        figure(snr * root),
        figure(snr)
    );
    let reached = (norm + error) / noise * root >= least;
    Check::of(mistake, if reached { Ok(detail) } else { Err(detail) })
}
