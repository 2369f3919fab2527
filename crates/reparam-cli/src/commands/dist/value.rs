//! How values are written.

use reparam_lang::Value;
use serde_json::json;

use crate::wording::{json_number, number};

/// As people read them.
pub fn shown(value: &Value<'_>) -> String {
    let list = |items: &[f64]| {
        let items: Vec<_> = items.iter().map(|x| number(*x)).collect();
        format!("[{}]", items.join(", "))
    };
    match value {
        Value::Number(x) => number(*x),
        Value::Vector(items) => list(items),
        Value::Matrix(rows) => {
            let rows: Vec<_> = rows.items.chunks(rows.columns).map(list).collect();
            format!("[{}]", rows.join(", "))
        }
        Value::Distribution(bound) => {
            let arguments: Vec<_> = bound.arguments.iter().map(|argument| shown(&argument.value)).collect();
            format!("{}({})", bound.signature.name, arguments.join(", "))
        }
    }
}

/// As JSON has them.
pub fn as_json(value: &Value<'_>) -> serde_json::Value {
    let list = |items: &[f64]| json!(items.iter().map(|x| json_number(*x)).collect::<Vec<_>>());
    match value {
        Value::Number(x) => json_number(*x),
        Value::Vector(items) => list(items),
        Value::Matrix(rows) => json!(rows.items.chunks(rows.columns).map(list).collect::<Vec<_>>()),
        Value::Distribution(_) => json!(shown(value)),
    }
}
