//! What a distribution can compute, for the table of all of them.

use reparam_kernels::catalog::{Univariate, univariates};
use reparam_lang::Signature;

use super::made::made;
use super::multivariate::multivariates;

/// What there is beside the log-density.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// How draws depend on the parameters.
    pub path: Path,
    /// Whether it has each of [`COLUMNS`].
    pub has: [bool; COLUMNS.len()],
}

/// What may be there: a distribution function, its inverse, mean and variance, the most likely value, a closed-form entropy.
pub const COLUMNS: [&str; 5] = ["cdf", "quantile", "moments", "mode", "entropy"];

/// How draws depend on the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// As a function of noise that is free of them.
    Explicit,
    /// As the distribution function says.
    Implicit,
    /// Not at all, or without a gradient.
    None,
}

impl Path {
    /// One word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Implicit => "implicit",
            Self::None => "no",
        }
    }

    /// How draws are made, in words.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Explicit => "explicitly reparameterized",
            Self::Implicit => "implicitly reparameterized",
            Self::None => "not reparameterized",
        }
    }
}

impl From<&Univariate> for Capabilities {
    fn from(law: &Univariate) -> Self {
        Self {
            path: match (law.noise, law.slopes) {
                (Some(_), _) => Path::Explicit,
                (None, Some(_)) => Path::Implicit,
                (None, None) => Path::None,
            },
            has: [
                law.cdf.is_some(),
                law.quantile.is_some(),
                law.mean.is_some(),
                law.mode.is_some(),
                law.entropy.is_some(),
            ],
        }
    }
}

impl Capabilities {
    /// Those of each form of a distribution, in order.
    pub fn of(signature: &Signature) -> impl Iterator<Item = Self> {
        let on_the_line = univariates(signature.name).map(Self::from);
        let made = made(signature.name).map(|made| made.capabilities);
        let made = signature.forms.iter().filter_map(move |_| made);
        on_the_line.chain(multivariates(signature.name).map(|law| law.capabilities)).chain(made)
    }
}
