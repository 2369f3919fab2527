//! A distribution as it was given: which one, in which parameterisation, with which values.

use reparam_lang::{Bound, Kind, Parameter, Signature, Value};

use super::signatures::{find, names, signatures};
use super::unknown;

/// A distribution and its arguments, not yet checked.
#[derive(Clone, Debug)]
pub struct Given {
    /// Which one.
    pub signature: &'static Signature,
    /// Which of its forms.
    pub form: usize,
    /// One value for each parameter of the form.
    pub values: Vec<Value<'static>>,
}

/// What is wrong with the arguments, and which of them is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What was wrong and what was expected.
    pub message: String,
    /// The place of the argument in its form; `None` where they do not go together.
    pub argument: Option<usize>,
}

impl Given {
    /// The parameters of the form.
    pub fn parameters(&self) -> &'static [Parameter] {
        self.signature.forms[self.form]
    }

    /// The distributions that a call stands for, one for each element of its batch.
    pub fn all(bound: &Bound<'static>) -> Vec<Self> {
        let each = |element: usize| {
            let values =
                bound.arguments.iter().map(|argument| own(&argument.value, argument.parameter.kind, element));
            Self { signature: bound.signature, form: bound.form, values: values.collect() }
        };
        (0..bound.batch.unwrap_or(1)).map(each).collect()
    }
}

/// The part of a value that belongs to this element of a batch; a distribution belongs to all.
fn own(value: &Value<'static>, kind: Kind, element: usize) -> Value<'static> {
    match (value, kind) {
        (Value::Vector(items), Kind::Scalar) => Value::Number(items[element]),
        (Value::Matrix(rows), Kind::Vector) => {
            let start = element * rows.columns;
            Value::Vector(rows.items[start..start + rows.columns].to_vec())
        }
        _ => value.clone(),
    }
}

/// The distribution `name` with these parameters, each under any of its names.
///
/// # Errors
/// A name that is not known, a parameter that is missing, given twice or of another shape.
pub fn from_named(name: &str, parameters: &[(&str, Value<'static>)]) -> Result<Given, String> {
    let signature = find(name)
        .ok_or_else(|| unknown("distribution", name, signatures().iter().map(|signature| signature.name)))?;
    for (given, _) in parameters {
        let mut known = signature.forms.iter().flat_map(|form| form.iter());
        if !known.any(|parameter| names(parameter).any(|name| name == *given)) {
            let what = format!("parameter of {}", signature.name);
            let known = signature.forms.iter().flat_map(|form| form.iter().map(|parameter| parameter.name));
            return Err(format!("{}; expected {}", unknown(&what, given, known), signature.usage()));
        }
    }
    (0..signature.forms.len())
        .find_map(|form| values(signature.forms[form], parameters).map(|values| (form, values)))
        .ok_or_else(|| format!("expected {}", signature.usage()))
        .and_then(|(form, values)| {
            for (parameter, value) in signature.forms[form].iter().zip(&values) {
                check_kind(signature.name, parameter, value)?;
            }
            Ok(Given { signature, form, values })
        })
}

/// One value for each parameter, where all that is given fits the form and nothing is missing.
fn values(form: &[Parameter], given: &[(&str, Value<'static>)]) -> Option<Vec<Value<'static>>> {
    let value = |parameter: &Parameter| {
        let mut matching = given.iter().filter(|(given, _)| names(parameter).any(|name| name == *given));
        match (matching.next(), matching.next()) {
            (Some((_, value)), None) => Some((1, value.clone())),
            (None, _) => parameter.default.map(|default| (0, Value::Number(default))),
            (Some(_), Some(_)) => None,
        }
    };
    let values: Vec<_> = form.iter().map(value).collect::<Option<_>>()?;
    let used: usize = values.iter().map(|(used, _)| used).sum();
    (used == given.len()).then(|| values.into_iter().map(|(_, value)| value).collect())
}

fn check_kind(law: &str, parameter: &Parameter, value: &Value<'_>) -> Result<(), String> {
    let expected = match (parameter.kind, value) {
        (Kind::Scalar, Value::Number(_))
        | (Kind::Vector, Value::Vector(_))
        | (Kind::Matrix, Value::Matrix(_)) => {
            return Ok(());
        }
        (Kind::Scalar, _) => "a number",
        (Kind::Vector, _) => "a list of numbers",
        (Kind::Matrix, _) => "a list of rows of numbers",
        (Kind::Distribution, _) => "a distribution, which a line cannot hold",
    };
    Err(format!("{law}: {} must be {expected}", parameter.name))
}
