//! One line of `--batch`: an object that says what is to be evaluated, and its value.

use std::fmt;

use reparam_lang::{Matrix, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value as Json;

use crate::catalog::{self, Answer, Given, Relation, Special, from_named, relation};
use crate::wording::json_number;

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

    fn parameters(&self) -> Result<Named<'_>, String> {
        let given = match self.get("params") {
            None | Some(Json::Null) => return Ok(Vec::new()),
            Some(Json::Object(given)) => given,
            Some(_) => return Err("`params` must be an object".into()),
        };
        given.iter().map(|(name, json)| Ok((name.as_str(), value(name, json)?))).collect()
    }

    /// The value of the function that the line names.
    ///
    /// # Errors
    /// What of the line is missing, not known, or outside of its domain.
    pub fn answer(&self) -> Result<Answer, String> {
        let (dist, function) = (self.text("dist")?, self.text("fn")?);
        let parameters = self.parameters()?;
        let x = match self.get("x") {
            None | Some(Json::Null) => None,
            Some(json) => Some(value("x", json)?),
        };
        if dist == "special" {
            return Special::find(function)?.evaluate(&parameters, x.as_ref());
        }
        if let Some((p, q)) = dist.split_once('|') {
            return divergence(function, p, q, &parameters);
        }
        let law = catalog::law(&from_named(dist, &parameters)?).map_err(|fault| fault.message)?;
        law.evaluate(function, x.as_ref())
    }

    /// The same object with this value, or error, in place of any it had.
    pub fn with(mut self, answer: Result<Answer, String>) -> Self {
        self.0.retain(|(name, _)| name != "value" && name != "error");
        self.0.push(match answer {
            Ok(Answer::Number(value)) => ("value".into(), json_number(value)),
            Ok(Answer::Numbers(values)) => {
                ("value".into(), Json::Array(values.into_iter().map(json_number).collect()))
            }
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

/// KL(p ‖ q), the parameters of both told apart by their prefixes.
fn divergence(function: &str, p: &str, q: &str, parameters: &Named<'_>) -> Result<Answer, String> {
    if function != "kl" {
        return Err(format!("unknown function of a pair `{function}`: known is kl"));
    }
    if let Some((name, _)) = parameters.iter().find(|(name, _)| !name.starts_with("p_") && !name.starts_with("q_")) {
        return Err(format!("parameter `{name}` of a pair must begin with p_ or q_"));
    }
    let side = |prefix: &str, name: &str| -> Result<Given, String> {
        let own = parameters.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value.clone())));
        from_named(name, &own.collect::<Vec<_>>())
    };
    match relation(&side("p_", p)?, &side("q_", q)?).map_err(|(_, fault)| fault.message)? {
        Relation::Closed(value) => Ok(Answer::Number(value)),
        Relation::Open => {
            let known = catalog::targets(p);
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(format!("no closed form of the divergence from {p} to {q} with these parameters; known from {p}: {known}"))
        }
    }
}

/// A number, a list of numbers or a list of equal rows; words such as "inf" are numbers too.
fn value(name: &str, json: &Json) -> Result<Value<'static>, String> {
    let wrong = || format!("`{name}` must be a number, \"inf\", \"-inf\", \"nan\", or a list of such");
    let number = |json: &Json| match json {
        Json::Number(x) => x.as_f64(),
        Json::String(word) => word.parse().ok(),
        _ => None,
    };
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
