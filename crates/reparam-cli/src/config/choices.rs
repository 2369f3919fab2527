//! The values a setting can take where they are names rather than numbers.

use std::fmt::{self, Display};
use std::str::FromStr;

use clap::ValueEnum;
use serde::{Serialize, Serializer};

/// Either a value, or the wish that it be chosen from the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Auto<T> {
    /// Chosen by [`Config::resolve`](super::Config::resolve).
    #[default]
    Auto,
    /// Given by the user, or chosen already.
    Fixed(T),
}

impl<T> Auto<T> {
    /// The value, once [`Config::resolve`](super::Config::resolve) has chosen it.
    ///
    /// # Panics
    ///
    /// Before that: a fault of the program, not of its input.
    pub fn get(&self) -> &T {
        self.fixed().expect("a setting is read only once it is resolved")
    }

    /// The value, where one was given or chosen.
    pub fn fixed(&self) -> Option<&T> {
        match self {
            Self::Fixed(value) => Some(value),
            Self::Auto => None,
        }
    }

    /// Puts `choice` where the user left the choice open.
    pub(super) fn settle(&mut self, choice: impl FnOnce() -> T) {
        if matches!(self, Self::Auto) {
            *self = Self::Fixed(choice());
        }
    }
}

impl<T: Serialize> Serialize for Auto<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str("auto"),
            Self::Fixed(value) => value.serialize(serializer),
        }
    }
}

/// How grey levels become zeros and ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Binarize {
    /// Not at all: a grey level is the mean of a Bernoulli variable
    None,
    /// One where the level is at least one half
    Threshold,
    /// Drawn anew each time a row is seen, with the level as probability
    Dynamic,
}

/// The function between layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Activation {
    /// max(0, x)
    Relu,
    /// Hyperbolic tangent
    Tanh,
    /// x·sigmoid(x)
    Silu,
}

/// The distribution of a row given its latent vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Likelihood {
    /// Independent Bernoulli variables; columns between 0 and 1
    Bernoulli,
    /// Independent Gaussians with one learned variance per column
    Gaussian,
}

/// Where the weights of a network start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// Drawn with the seed
    Random,
    /// At the linear model of the table, one normal with the columns' covariance; the net learns what is to be added
    Linear,
}

/// The update rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Optimizer {
    /// Steps scaled by running moments of the gradient
    Adam,
    /// Plain stochastic gradient steps
    Sgd,
}

/// The rows that are never trained on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeldOut {
    /// The source's own test set where it has one, else a tenth of the rows.
    Auto,
    /// The source's own test set.
    TestSet,
    /// This part of the rows, drawn with the run's seed; 0 holds out none.
    Fraction(f64),
}

impl Serialize for HeldOut {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str("auto"),
            Self::TestSet => serializer.serialize_str("test"),
            Self::Fraction(part) => serializer.serialize_f64(*part),
        }
    }
}

/// Pixel rows and columns of a picture, written `28x28`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageSize {
    /// Pixel rows.
    pub height: usize,
    /// Pixel columns.
    pub width: usize,
}

impl ImageSize {
    /// The longest side accepted: a slip of the finger must not ask for terabytes.
    const LONGEST: usize = 4096;
}

impl FromStr for ImageSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |text: &str| text.parse().ok().filter(|n| (1..=Self::LONGEST).contains(n));
        text.split_once(['x', '×'])
            .and_then(|(height, width)| Some(Self { height: side(height)?, width: side(width)? }))
            .ok_or_else(|| {
                format!("expected HEIGHTxWIDTH in pixels, such as 28x28, each 1 to {}", Self::LONGEST)
            })
    }
}

impl Display for ImageSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.height, self.width)
    }
}

impl Serialize for ImageSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
