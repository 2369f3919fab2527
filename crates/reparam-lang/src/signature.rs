//! What can be called as a distribution, declared by the caller.

use std::fmt::Write as _;

/// What a parameter is for one distribution; a batch of distributions takes one more dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number; a vector for a batch.
    Scalar,
    /// A vector; a matrix, one row for each, for a batch.
    Vector,
    /// The same, or one number for all of its elements.
    Spread,
    /// A matrix.
    Matrix,
    /// Another distribution.
    Distribution,
}

impl Kind {
    /// With its article, as errors say it.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Scalar => "a number",
            Self::Vector => "a vector",
            Self::Spread => "a vector or a number",
            Self::Matrix => "a matrix",
            Self::Distribution => "a distribution",
        }
    }
}

/// A parameter of a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// What is expected.
    pub kind: Kind,
    /// What it is when it is not given; without a default it must be given.
    pub default: Option<f64>,
    /// Whether it takes every argument from its position on, one at least. Only the last of a form may.
    pub repeated: bool,
}

impl Parameter {
    /// A parameter that must be given.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, aliases: &[], kind, default: None, repeated: false }
    }

    /// A number that must be given.
    pub const fn scalar(name: &'static str) -> Self {
        Self::new(name, Kind::Scalar)
    }

    /// The same parameter under other names too.
    pub const fn or(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// The same parameter, which may be left out.
    pub const fn default(self, value: f64) -> Self {
        Self { default: Some(value), ..self }
    }

    /// The same parameter, for as many arguments as there are.
    pub const fn repeated(self) -> Self {
        Self { repeated: true, ..self }
    }

    /// Whether this is one of its names.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }
}

/// A name that is known and not taken, since it has another meaning elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The name.
    pub name: &'static str,
    /// What to write instead.
    pub advice: &'static str,
}

impl Refused {
    /// What to write instead of `name`, if that is among these.
    pub fn advice(all: &[Self], name: &str) -> Option<&'static str> {
        all.iter().find(|refused| refused.name == name).map(|refused| refused.advice)
    }
}

/// A distribution that can be called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signature {
    /// Its name.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// The sets of parameters that it can be given by, each in the order of its positions.
    ///
    /// `Bernoulli` has two, `[probs]` and `[logits]`. The first set that holds all that is given is taken.
    pub forms: &'static [&'static [Parameter]],
    /// Names of distributions for which this one is meant with other parameters.
    pub refused: &'static [Refused],
    /// Names of parameters that others give it with another meaning.
    pub refused_parameters: &'static [Refused],
}

impl Signature {
    /// A distribution with these forms and no other names.
    pub const fn new(name: &'static str, forms: &'static [&'static [Parameter]]) -> Self {
        Self { name, aliases: &[], forms, refused: &[], refused_parameters: &[] }
    }

    /// How it is written: `Bernoulli(probs) or Bernoulli(logits)`.
    pub fn usage(&self) -> String {
        let form = |parameters: &&[Parameter]| {
            let mut text = format!("{}(", self.name);
            for (i, parameter) in parameters.iter().enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                text.push_str(parameter.name);
                text.push_str(if parameter.repeated { ", …" } else { "" });
                if let Some(default) = parameter.default {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "={default}");
                }
            }
            text + ")"
        };
        self.forms.iter().map(form).collect::<Vec<_>>().join(" or ")
    }

    /// Whether this is one of its names.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// The parameter of any form under one of its names.
    pub(crate) fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.forms.iter().flat_map(|form| form.iter()).find(|parameter| parameter.is_named(name))
    }

    /// All names of all parameters.
    pub(crate) fn parameter_names(&self) -> impl Iterator<Item = &'static str> {
        let parameters = self.forms.iter().flat_map(|form| form.iter());
        parameters
            .flat_map(|parameter| std::iter::once(parameter.name).chain(parameter.aliases.iter().copied()))
    }
}
