//! The mistakes that are made most often with gradients through randomness, each with a check for tests of your own.
//!
//! | Mistake | Check |
//! |---|---|
//! | the noise depends on the parameters | [`noise`] |
//! | a scale that is learned without a constraint | [`unconstrained`] |
//! | σ taken for log σ² in a divergence | [`divergence`], [`normal_divergence`] |
//! | too few samples | [`samples`] |
//! | (N, 1) broadcast against (N) | [`shapes`] |
//! | a discrete draw given a path | [`discrete`] |
//! | a σ that rounding swallows | [`spread`] |
//! | a covariance that is learned without its Cholesky factor | [`covariance`] |
//!
//! ```
//! use burn::tensor::{Device, Tensor};
//! use reparam::{Normal, checks};
//!
//! // A scale is learned: what happens to the distribution when it moves?
//! let phi = Tensor::<1>::from_floats([0.3, 0.5], &Device::flex());
//! let part = |phi: &Tensor<1>, i| phi.clone().narrow(0, i, 1).reshape([1, 1]);
//! let wrong = checks::unconstrained(|phi| Normal::<2>::new(part(&phi, 0), part(&phi, 1)), &phi);
//! let right = checks::unconstrained(|phi| Normal::<2>::from_softplus(part(&phi, 0), part(&phi, 1)), &phi);
//! assert!(wrong.failed() && right.passed(), "{wrong}\n{right}");
//! ```

use std::fmt;

mod covariance;
mod discrete;
mod divergence;
mod noise;
mod samples;
mod shapes;
mod spread;
mod unconstrained;

pub use covariance::covariance;
pub use discrete::discrete;
pub use divergence::{divergence, divergence_of, normal_divergence};
pub use noise::noise;
pub use samples::samples;
pub use shapes::shapes;
pub use spread::spread;
pub use unconstrained::unconstrained;

/// The seed of the draws of checks that do not depend on chance.
const SEED: u64 = 8;

/// A mistake that is made often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mistake {
    /// The noise depends on the parameters or carries a gradient.
    GradientThroughNoise,
    /// A scale, or another bounded parameter, is learned as it is.
    UnconstrainedScale,
    /// σ, σ² and log σ² are taken for one another in a divergence.
    ScaleMistaken,
    /// The noise of the gradient hides it.
    TooFewSamples,
    /// Rows of a batch mix, or a function does not give one number for each.
    ShapeMismatch,
    /// A discrete draw is given a path.
    DiscretePath,
    /// The element type cannot tell draws apart.
    TinyScale,
    /// The entries of a covariance are learned as they are.
    CovarianceWithoutCholesky,
}

impl Mistake {
    /// All of them, in the order of the module's table.
    pub const ALL: [Self; 8] = [
        Self::GradientThroughNoise,
        Self::UnconstrainedScale,
        Self::ScaleMistaken,
        Self::TooFewSamples,
        Self::ShapeMismatch,
        Self::DiscretePath,
        Self::TinyScale,
        Self::CovarianceWithoutCholesky,
    ];

    /// A few words for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GradientThroughNoise => "gradient through the noise",
            Self::UnconstrainedScale => "unconstrained scale",
            Self::ScaleMistaken => "σ taken for log σ²",
            Self::TooFewSamples => "too few samples",
            Self::ShapeMismatch => "shape mismatch",
            Self::DiscretePath => "discrete draw with a path",
            Self::TinyScale => "tiny σ",
            Self::CovarianceWithoutCholesky => "covariance without Cholesky",
        }
    }

    /// What to do about it.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::GradientThroughNoise => {
                "draw the noise from a law without parameters, and let only the path see them"
            }
            Self::UnconstrainedScale => "learn the logarithm of the scale, or let it come from a softplus",
            Self::ScaleMistaken => "write down which of σ, σ² and log σ² each number is",
            Self::TooFewSamples => "make more draws, or use an estimator of less variance",
            Self::ShapeMismatch => {
                "give one number for each row: sum over the axes of the event, and keep (N, 1) and (N) apart"
            }
            Self::DiscretePath => {
                "use an estimator for discrete draws: enumeration, score function, REBAR, DisARM"
            }
            Self::TinyScale => {
                "subtract the location and rescale, bound σ from below, or use double precision"
            }
            Self::CovarianceWithoutCholesky => {
                "learn a Cholesky factor with a positive diagonal, and add a jitter where it is near singular"
            }
        }
    }
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The mistake was not made.
    Passed,
    /// It was.
    Failed,
    /// It cannot be made here.
    DoesNotApply,
}

impl Verdict {
    /// One to three words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::DoesNotApply => "does not apply",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What it looked for.
    pub mistake: Mistake,
    /// Whether it was there.
    pub verdict: Verdict,
    /// One sentence with the numbers, without a full stop.
    pub detail: String,
}

impl Check {
    /// A check that went so.
    pub fn new(mistake: Mistake, verdict: Verdict, detail: impl Into<String>) -> Self {
        Self { mistake, verdict, detail: detail.into() }
    }

    /// A check that there is no place for.
    pub fn does_not_apply(mistake: Mistake, detail: impl Into<String>) -> Self {
        Self::new(mistake, Verdict::DoesNotApply, detail)
    }

    /// Passed with a word on what was looked at, or failed with what was wrong.
    pub(crate) fn of(mistake: Mistake, outcome: Result<String, String>) -> Self {
        match outcome {
            Ok(detail) => Self::new(mistake, Verdict::Passed, detail),
            Err(detail) => Self::new(mistake, Verdict::Failed, detail),
        }
    }

    /// Whether the mistake was looked for and not found.
    pub fn passed(&self) -> bool {
        self.verdict == Verdict::Passed
    }

    /// Whether the mistake was found.
    pub fn failed(&self) -> bool {
        self.verdict == Verdict::Failed
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.mistake.name(), self.verdict.words(), self.detail)?;
        if self.failed() { write!(f, "; {}", self.mistake.advice()) } else { Ok(()) }
    }
}

/// A number for a sentence: four digits.
fn figure(x: f64) -> String {
    if x == 0.0 {
        "0".to_owned()
    } else if (1e-3..1e5).contains(&x.abs()) {
        format!("{x:.*}", (3 - x.abs().log10().floor() as i32).clamp(0, 6) as usize)
    } else {
        format!("{x:.3e}")
    }
}
