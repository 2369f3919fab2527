//! How values are written.

use reparam_lang::Value;
use serde_json::json;

use crate::wording::{json_number, number, thousands};

/// Numbers, and rows, that people read; of more the first few and the last are shown, and `--json` has all.
const MOST: usize = 24;
const FIRST: usize = 3;

/// A list in brackets, with a gap and its length where it is long.
fn list<T>(items: &[T], shown: impl Fn(&T) -> String) -> String {
    if items.len() <= MOST {
        let items: Vec<_> = items.iter().map(shown).collect();
        return format!("[{}]", items.join(", "));
    }
    let first: Vec<_> = items[..FIRST].iter().map(&shown).collect();
    format!(
        "[{}, … {} in all …, {}]",
        first.join(", "),
        thousands(items.len()),
        shown(&items[items.len() - 1])
    )
}

/// As people read them.
pub fn shown(value: &Value<'_>) -> String {
    let numbers = |items: &[f64]| list(items, |x| number(*x));
    match value {
        Value::Number(x) => number(*x),
        Value::Vector(items) => numbers(items),
        Value::Matrix(rows) => {
            let rows: Vec<&[f64]> = rows.items.chunks(rows.columns).collect();
            list(&rows, |row| numbers(row))
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
