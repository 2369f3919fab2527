//! What a parameter may be.

/// A parameter's name and domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The name that users write.
    pub name: &'static str,
    /// What it may be.
    pub domain: Domain,
    /// What it is where nobody says.
    pub default: Option<f64>,
}

impl Parameter {
    /// A parameter that must be given.
    pub const fn new(name: &'static str, domain: Domain) -> Self {
        Self { name, domain, default: None }
    }

    /// The same, with a default.
    pub const fn or(self, default: f64) -> Self {
        Self { default: Some(default), ..self }
    }
}

/// The set of numbers that a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Any finite number.
    Real,
    /// Any number, also ±∞.
    Extended,
    /// Finite and > 0.
    Positive,
    /// Finite and ≥ 0.
    NonNegative,
    /// Finite and > 0, or +∞.
    PositiveOrInfinite,
    /// In [0, 1].
    Probability,
    /// In (0, 1).
    OpenProbability,
    /// In (0, 1].
    PositiveProbability,
    /// In [0, 1).
    UncertainProbability,
    /// An integer ≥ 0.
    Count,
    /// An integer ≥ 1, or +∞.
    CountOrInfinite,
    /// Any integer.
    Integer,
}

impl Domain {
    /// Whether it holds `x`.
    pub fn contains(self, x: f64) -> bool {
        match self {
            Self::Real => x.is_finite(),
            Self::Extended => !x.is_nan(),
            Self::Positive => x > 0.0 && x.is_finite(),
            Self::NonNegative => x >= 0.0 && x.is_finite(),
            Self::PositiveOrInfinite => x > 0.0,
            Self::Probability => (0.0..=1.0).contains(&x),
            Self::OpenProbability => x > 0.0 && x < 1.0,
            Self::PositiveProbability => x > 0.0 && x <= 1.0,
            Self::UncertainProbability => (0.0..1.0).contains(&x),
            Self::Count => x >= 0.0 && x.is_finite() && x.fract() == 0.0,
            Self::CountOrInfinite => x >= 1.0 && (x.is_infinite() || x.fract() == 0.0),
            Self::Integer => x.is_finite() && x.fract() == 0.0,
        }
    }

    /// What a number of this set is, in words that follow "must be".
    pub fn requirement(self) -> &'static str {
        match self {
            Self::Real => "finite",
            Self::Extended => "a number",
            Self::Positive => "finite and positive",
            Self::NonNegative => "finite and not negative",
            Self::PositiveOrInfinite => "positive",
            Self::Probability => "between 0 and 1",
            Self::OpenProbability => "strictly between 0 and 1",
            Self::PositiveProbability => "positive and at most 1",
            Self::UncertainProbability => "at least 0 and below 1",
            Self::Count => "an integer of at least 0",
            Self::CountOrInfinite => "an integer of at least 1, or infinite",
            Self::Integer => "an integer",
        }
    }

    /// Whether it holds integers only: then there are no slopes in the parameter.
    pub fn is_discrete(self) -> bool {
        matches!(self, Self::Count | Self::CountOrInfinite | Self::Integer)
    }
}

/// What is wrong with a law's parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// A parameter outside of its domain.
    Domain {
        /// Which one.
        index: usize,
        /// Its name and domain.
        parameter: Parameter,
        /// What it was.
        value: f64,
    },
    /// Parameters that do not go together.
    Conflict {
        /// What they must obey.
        requirement: &'static str,
    },
}
