//! Is this gradient right, and how well is it known? An estimator's repetitions held against the truth.
//!
//! ```
//! use burn::tensor::{Device, Tensor};
//! use reparam::{Normal, Pathwise, Rng, Truth, audit, measure, shape::sum_event};
//!
//! // E[z²] = loc² + scale²; its slopes are 2 loc and 2 scale.
//! let device = Device::flex().autodiff();
//! let [loc, scale] = [0.5, 2.0].map(|x| Tensor::<2>::from_floats([[x]], &device));
//! let found = measure(
//!     &mut Pathwise { particles: 1 },
//!     &Normal::new(loc, scale),
//!     |_, z| sum_event(z.square()),
//!     10_000,
//!     &mut Rng::new(0),
//! );
//! let report = audit(&found, &Truth::Exact(vec![vec![1.0], vec![4.0]]), 1e-6);
//! assert!(report.passed(), "{report}");
//! ```

use std::fmt;

use reparam_testing::{Estimate, Interval, Moments, normal_quantile, skewed_margin, values_needed};

use crate::Measurement;

/// What a gradient is held against.
#[derive(Clone, Debug)]
pub enum Truth {
    /// Known numbers, by quadrature, enumeration or formula: for each parameter, in the order of
    /// [`Params`](crate::Params), each of its elements.
    Exact(Vec<Vec<f64>>),
    /// The same with bounds on their errors, as quadrature gives them.
    Near(Vec<Vec<Estimate>>),
    /// The repetitions of an estimator that is known to be unbiased, with a noise of their own.
    Run(Measurement),
}

/// What an audit found.
#[derive(Clone, Debug)]
pub struct Audit {
    /// For each number of the gradient, in the order of [`Measurement::elements`].
    pub slopes: Vec<Audited>,
    /// The rate of false alarms of the whole audit.
    pub rate: f64,
    /// The variance of one repetition, summed over the gradient.
    pub variance: f64,
    /// Evaluations of f in one repetition.
    pub evaluations: f64,
    /// Seconds of one repetition.
    pub seconds: f64,
}

/// One number of a gradient.
#[derive(Clone, Copy, Debug)]
pub struct Audited {
    /// Which parameter, and which of its elements.
    pub place: [usize; 2],
    /// What it should be.
    pub truth: f64,
    /// Mean − truth.
    pub bias: f64,
    /// Where the bias lies: the interval misses it with probability `rate` / number of slopes.
    pub interval: Interval,
    /// How many repetitions there were, of the estimator or of a run that it is held against, for each that it takes until
    /// such an interval keeps its promise: below 1, a bias beyond its bound may be the skewness of few repetitions.
    pub sufficiency: f64,
    /// The variance of one repetition.
    pub variance: f64,
    /// |truth| / standard deviation of one repetition.
    pub snr: f64,
}

impl Audited {
    /// Whether the slope may be unbiased.
    pub fn passed(&self) -> bool {
        self.interval.contains(0.0)
    }

    /// Whether it is biased: beyond its bound, of as many repetitions as the bound needs.
    pub fn failed(&self) -> bool {
        !self.passed() && self.sufficiency >= 1.0
    }

    /// How many repetitions, averaged, have a signal-to-noise ratio of `snr`.
    pub fn repetitions_for(&self, snr: f64) -> f64 {
        (snr / self.snr).powi(2).ceil()
    }
}

impl Audit {
    /// Whether all slopes may be unbiased.
    pub fn passed(&self) -> bool {
        self.slopes.iter().all(Audited::passed)
    }

    /// Whether a slope is biased: none is that would need more repetitions to tell.
    pub fn failed(&self) -> bool {
        self.slopes.iter().any(Audited::failed)
    }

    /// 1 / (variance × seconds): how fast precision is gained. The ratio of two estimators' is that of their effective
    /// samples per second.
    pub fn precision_per_second(&self) -> f64 {
        1.0 / (self.variance * self.seconds)
    }
}

/// Holds repetitions of an estimator against the truth, with a false alarm at the given rate for the whole gradient.
///
/// Each slope has the interval bias ± z · standard error, by the central limit theorem, z the quantile of the rate split
/// over the slopes, and what the skewness of the repetitions adds to it; the errors of a [`Truth::Run`] or [`Truth::Near`]
/// are added in. The rate is kept where [`sufficiency`](Audited::sufficiency) is at least 1, and only there does a slope
/// [fail](Audited::failed). A repetition that is not finite fails its slope.
///
/// Panics when the truth has another shape than the gradient, or the rate is not between 0 and ½.
pub fn audit(found: &Measurement, truth: &Truth, rate: f64) -> Audit {
    assert!(rate > 0.0 && rate < 0.5, "audit: the rate must lie between 0 and 0.5, got {rate}");
    let count = found.elements().count();
    let z = -normal_quantile(rate / (2.0 * count.max(1) as f64));
    let shape = |gradient: &[Vec<Moments>]| gradient.iter().map(Vec::len).collect::<Vec<_>>();
    let expected = match truth {
        Truth::Exact(numbers) => numbers.iter().map(Vec::len).collect(),
        Truth::Near(numbers) => numbers.iter().map(Vec::len).collect(),
        Truth::Run(run) => shape(&run.gradient),
    };
    assert!(
        expected == shape(&found.gradient),
        "audit: the gradient has {:?} numbers in its parameters, the truth {expected:?}",
        shape(&found.gradient)
    );
    let places = found.gradient.iter().enumerate().flat_map(|(parameter, elements)| {
        elements.iter().enumerate().map(move |(element, moments)| ([parameter, element], moments))
    });
    let size = found.value.mean().hypot(found.value.variance().sqrt());
    let slope = |(place, moments): ([usize; 2], &Moments)| {
        let [parameter, element] = place;
        let (mut bound, mut sufficiency) = (skewed_margin(moments, z), enough(moments, z));
        let (truth, error) = match truth {
            Truth::Exact(numbers) => (numbers[parameter][element], 0.0),
            Truth::Near(numbers) => {
                let Estimate { value, error } = numbers[parameter][element];
                bound += error;
                (value, 0.0)
            }
            Truth::Run(run) => {
                let reference = &run.gradient[parameter][element];
                bound += skewed_margin(reference, z);
                sufficiency = sufficiency.min(enough(reference, z));
                (reference.mean(), reference.standard_error())
            }
        };
        if moments.variance() == 0.0 && found.value.variance() == 0.0 {
            // Nothing is known of an f that was one number in every draw.
            sufficiency = 0.0;
        }
        let bias = moments.mean() - truth;
        // Slopes that cancel leave the rounding of f.
        let rounding = 16.0 * f64::EPSILON * (moments.mean().abs() + truth.abs() + size);
        let margin = z * moments.standard_error().hypot(error) + bound + rounding;
        Audited {
            place,
            truth,
            bias,
            interval: Interval::around(bias, margin),
            sufficiency,
            variance: moments.variance(),
            snr: truth.abs() / moments.variance().sqrt(),
        }
    };
    Audit {
        slopes: places.map(slope).collect(),
        rate,
        variance: found.total_variance(),
        evaluations: found.evaluations_each(),
        seconds: found.seconds_each(),
    }
}

/// How many values there are for each that is needed.
fn enough(moments: &Moments, z: f64) -> f64 {
    let needed = values_needed(moments, z);
    if needed == 0.0 { f64::INFINITY } else { moments.count() as f64 / needed }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed = self.slopes.iter().filter(|slope| !slope.passed()).count();
        let verdict = if failed == 0 { "passed".to_owned() } else { format!("failed in {failed}") };
        writeln!(
            f,
            "{verdict}: {} slopes at a false-alarm rate of {:e}; variance {:.3e}, {} evaluations, {:.3e} s each",
            self.slopes.len(),
            self.rate,
            self.variance,
            self.evaluations,
            self.seconds
        )?;
        for slope in &self.slopes {
            let [parameter, element] = slope.place;
            writeln!(
                f,
                "  parameter {parameter}[{element}]: truth {:.6e}, bias {:.2e} in [{:.2e}, {:.2e}], SNR {:.2e}{}",
                slope.truth,
                slope.bias,
                slope.interval.low,
                slope.interval.high,
                slope.snr,
                if slope.passed() { "" } else { ": FAILED" }
            )?;
        }
        Ok(())
    }
}
