//! A distribution as it was given: which one, in which parameterisation, with which values.

use reparam_lang::{Bound, Kind, Parameter, Refused, Signature, Value};

use super::signatures::{find, names, signatures};
use super::unknown;

/// A distribution and its arguments, not yet checked.
#[derive(Clone, Debug)]
pub struct Given {
    /// Which one.
    pub signature: &'static Signature,
    /// Which of its forms.
    pub form: usize,
    /// One value for each parameter of the form; several for the last where it is repeated.
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
        (Value::Matrix(rows), Kind::Vector | Kind::Spread) => {
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
    let signature = find(name).ok_or_else(|| {
        match signatures().iter().find_map(|meant| Refused::advice(meant.refused, name)) {
            Some(advice) => format!("`{name}` has other parameters elsewhere: {advice}"),
            None => unknown("distribution", name, signatures().iter().map(|signature| signature.name)),
        }
    })?;
    for (given, _) in parameters {
        let mut known = signature.forms.iter().flat_map(|form| form.iter());
        if let Some(advice) = Refused::advice(signature.refused_parameters, given) {
            return Err(format!("`{given}` of {} has another meaning elsewhere: {advice}", signature.name));
        }
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
            let form_of = signature.forms[form];
            for (place, value) in values.iter().enumerate() {
                let parameter = form_of.get(place).or(form_of.last());
                parameter.map_or(Ok(()), |parameter| check_kind(signature.name, parameter, value))?;
            }
            Ok(Given { signature, form, values })
        })
}

/// The values of each parameter, where all that is given fits the form and nothing is missing.
fn values(form: &[Parameter], given: &[(&str, Value<'static>)]) -> Option<Vec<Value<'static>>> {
    let mut used = 0;
    let mut all = Vec::new();
    for parameter in form {
        let own = given.iter().filter(|(given, _)| names(parameter).any(|name| name == *given));
        let own: Vec<_> = own.map(|(_, value)| value.clone()).collect();
        used += own.len();
        match own.len() {
            0 => all.push(Value::Number(parameter.default?)),
            1 => all.extend(own),
            _ if parameter.repeated => all.extend(own),
            _ => return None,
        }
    }
    (used == given.len()).then_some(all)
}

fn check_kind(law: &str, parameter: &Parameter, value: &Value<'_>) -> Result<(), String> {
    let expected = match (parameter.kind, value) {
        (Kind::Scalar | Kind::Spread, Value::Number(_))
        | (Kind::Vector | Kind::Spread, Value::Vector(_))
        | (Kind::Matrix, Value::Matrix(_))
        | (Kind::Distribution, Value::Distribution(_)) => {
            return Ok(());
        }
        (Kind::Scalar, _) => "a number",
        (Kind::Vector, _) => "a list of numbers",
        (Kind::Spread, _) => "a list of numbers or a number",
        (Kind::Matrix, _) => "a list of rows of numbers",
        (Kind::Distribution, _) => {
            "a distribution: an object with `dist` and `params`, or a text such as \"Normal(0, 1)\""
        }
    };
    Err(format!("{law}: {} must be {expected}", parameter.name))
}
