//! One line of `--batch`: an object that says what is to be evaluated, and its value.

use std::fmt;

use reparam_lang::{Bound, Matrix, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value as Json;

use super::value::as_json;
use crate::catalog::{
    self, Answer, Computed, Given, MARGINAL, Relation, Special, computed, from_named, marginal, relation,
    signatures,
};
use crate::output::Precision;

/// The fields of an object in the order in which they stand.
pub struct Fields(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// What is asked for, by name.
type Named<'a> = Vec<(&'a str, Value<'static>)>;

impl Fields {
    fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> Result<&str, String> {
        match self.get(name) {
            Some(Json::String(text)) => Ok(text),
            Some(_) => Err(format!("`{name}` must be a text")),
            None => Err(format!("the line lacks `{name}`")),
        }
    }

    fn parameters(&self, precision: Precision) -> Result<Named<'_>, String> {
        let given = match self.get("params") {
            None | Some(Json::Null) => return Ok(Vec::new()),
            Some(Json::Object(given)) => given,
            Some(_) => return Err("`params` must be an object".into()),
        };
        let mut all = Vec::new();
        for (name, json) in given {
            // Several distributions are several values of one name.
            let several = match json {
                Json::Array(items) if items.iter().any(is_distribution) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            for json in several {
                all.push((name.as_str(), rounded(value(name, json)?, precision)));
            }
        }
        Ok(all)
    }

    /// The value of the function that the line names.
    ///
    /// # Errors
    /// What of the line is missing, not known, or outside of its domain.
    pub fn answer(&self, precision: Precision) -> Result<Answer, String> {
        self.evaluate(precision).map(|answer| rounded(answer, precision))
    }

    fn evaluate(&self, precision: Precision) -> Result<Answer, String> {
        let (dist, function) = (self.text("dist")?, self.text("fn")?);
        let mut parameters = self.parameters(precision)?;
        let x = match self.get("x") {
            None | Some(Json::Null) => None,
            Some(json) => Some(rounded(value("x", json)?, precision)),
        };
        if dist == "special" {
            return Special::find(function)?.evaluate(&parameters, x.as_ref());
        }
        if let Some((p, q)) = dist.split_once('|') {
            return divergence(function, p, q, &parameters);
        }
        if let Some(function) = function.strip_prefix(MARGINAL) {
            let place = parameters.iter().position(|(name, _)| *name == "i");
            let place = place.map(|place| parameters.remove(place).1);
            let Some(Value::Number(place)) = place else {
                return Err("a function of one element needs its place as the parameter `i`".into());
            };
            let given = given(dist, &parameters)?;
            catalog::law(&given).map_err(|fault| fault.message)?;
            let (given, function) = marginal(&given, place, function)?;
            return catalog::law(&given).map_err(|fault| fault.message)?.evaluate(&function, x.as_ref());
        }
        let law = catalog::law(&given(dist, &parameters)?).map_err(|fault| fault.message)?;
        law.evaluate(function, x.as_ref())
    }

    /// The same object with this value, or error, in place of any it had.
    pub fn with(mut self, answer: Result<Answer, String>) -> Self {
        self.0.retain(|(name, _)| name != "value" && name != "error");
        self.0.push(match answer {
            Ok(value) => ("value".into(), as_json(&value)),
            Err(message) => ("error".into(), Json::String(message)),
        });
        self
    }

    /// Writes the object as one line.
    pub fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        for (place, (name, value)) in self.0.iter().enumerate() {
            out.push(if place == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut *out, name)?;
            out.push(b':');
            serde_json::to_writer(&mut *out, value)?;
        }
        out.extend_from_slice(if self.0.is_empty() { b"{}\n" } else { b"}\n" });
        Ok(())
    }
}

/// Whether a value stands for a distribution: an object, or a text that calls one.
fn is_distribution(json: &Json) -> bool {
    match json {
        Json::Object(_) => true,
        Json::String(text) => text.contains('('),
        _ => false,
    }
}

/// The distribution of a name and parameters, or of a call such as `Truncated(Gamma(2, 1), 0.5, 3)`.
fn given(dist: &str, parameters: &[(&str, Value<'static>)]) -> Result<Given, String> {
    if !dist.contains('(') {
        return from_named(dist, parameters);
    }
    if let Some((name, _)) = parameters.first() {
        return Err(format!("`{dist}` has its parameters in brackets: leave `{name}` out of `params`"));
    }
    let mut all = Given::all(&called(dist)?);
    match all.len() {
        1 => Ok(all.remove(0)),
        many => Err(format!("`{dist}` is a batch of {many}: expected one distribution")),
    }
}

/// A call of the grammar.
fn called(text: &str) -> Result<Bound<'static>, String> {
    let bound = reparam_lang::parse(text).and_then(|parsed| parsed.bind(signatures()));
    bound.map_err(|error| {
        let help = error.help.map(|help| format!(": {help}")).unwrap_or_default();
        format!("{}{help}, in `{text}`", error.message)
    })
}

/// A distribution as a call of the grammar, from an object like a line.
fn call(json: &Json) -> Result<String, String> {
    let expected =
        "a distribution in `params` is an object with `dist` and `params`, or a text that calls one";
    match json {
        Json::String(text) if is_distribution(json) => Ok(text.clone()),
        Json::Object(fields) => {
            let Some(Json::String(name)) = fields.get("dist") else { return Err(expected.into()) };
            let empty = serde_json::Map::new();
            let parameters = match fields.get("params") {
                None | Some(Json::Null) => &empty,
                Some(Json::Object(parameters)) => parameters,
                Some(_) => return Err(expected.into()),
            };
            let argument = |(name, json): (&String, &Json)| Ok(format!("{name}={}", argument(json)?));
            let arguments: Vec<String> = parameters.iter().map(argument).collect::<Result<_, String>>()?;
            Ok(format!("{name}({})", arguments.join(", ")))
        }
        _ => Err(expected.into()),
    }
}

/// A value as the grammar has it.
fn argument(json: &Json) -> Result<String, String> {
    match json {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(argument).collect::<Result<_, _>>()?;
            Ok(format!("[{}]", items.join(", ")))
        }
        Json::Number(_) => Ok(json.to_string()),
        Json::String(word) if !is_distribution(json) => Ok(word.clone()),
        _ => call(json),
    }
}

/// KL(p ‖ q), the parameters of both told apart by their prefixes.
fn divergence(function: &str, p: &str, q: &str, parameters: &Named<'_>) -> Result<Answer, String> {
    if function != "kl" {
        return Err(format!("unknown function of a pair `{function}`: known is kl"));
    }
    if let Some((name, _)) =
        parameters.iter().find(|(name, _)| !name.starts_with("p_") && !name.starts_with("q_"))
    {
        return Err(format!("parameter `{name}` of a pair must begin with p_ or q_"));
    }
    let side = |prefix: &str, name: &str| -> Result<Given, String> {
        let own =
            parameters.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value.clone())));
        given(name, &own.collect::<Vec<_>>())
    };
    let sides = [side("p_", p)?, side("q_", q)?];
    if let Relation::Closed(value) = relation(&sides[0], &sides[1]).map_err(|(_, fault)| fault.message)? {
        return Ok(Answer::Number(value));
    }
    let laws = sides.each_ref().map(catalog::law);
    let [Ok(from), Ok(to)] = laws else { unreachable!("both were made before") };
    match computed(from.as_ref(), to.as_ref()) {
        Some(Computed::Infinite(_)) => Ok(Answer::Number(f64::INFINITY)),
        Some(Computed::Finite(found)) => Ok(Answer::Number(found.value)),
        None => {
            let known = catalog::targets(p);
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(format!(
                "no closed form of the divergence from {p} to {q} with these parameters; known from {p}: {known}"
            ))
        }
    }
}

/// The numbers as this type holds them.
fn rounded(mut value: Value<'static>, precision: Precision) -> Value<'static> {
    if precision == Precision::F32 {
        let round = |x: &mut f64| *x = f64::from(*x as f32);
        match &mut value {
            Value::Number(x) => round(x),
            Value::Vector(items) | Value::Matrix(Matrix { items, .. }) => items.iter_mut().for_each(round),
            Value::Distribution(_) => {}
        }
    }
    value
}

/// A number, a list of numbers or a list of equal rows; words such as "inf" are numbers too.
fn value(name: &str, json: &Json) -> Result<Value<'static>, String> {
    let wrong = || format!("`{name}` must be a number, \"inf\", \"-inf\", \"nan\", or a list of such");
    let number = |json: &Json| match json {
        Json::Number(x) => x.as_f64(),
        Json::String(word) => word.parse().ok(),
        _ => None,
    };
    if is_distribution(json) {
        return Ok(Value::Distribution(called(&call(json)?)?));
    }
    let Json::Array(items) = json else { return number(json).map(Value::Number).ok_or_else(wrong) };
    if let Some(Json::Array(first)) = items.first() {
        let columns = first.len();
        let cells = items.iter().map(|row| row.as_array().filter(|row| row.len() == columns));
        let cells: Option<Vec<&Vec<Json>>> = cells.collect();
        let cells = cells.ok_or_else(|| format!("the rows of `{name}` must be lists of one length"))?;
        let numbers: Option<Vec<f64>> = cells.into_iter().flatten().map(number).collect();
        let (rows, items) = (items.len(), numbers.ok_or_else(wrong)?);
        return Ok(Value::Matrix(Matrix { rows, columns, items }));
    }
    items.iter().map(number).collect::<Option<Vec<f64>>>().map(Value::Vector).ok_or_else(wrong)
}
