//! A distribution on one page.

use std::fmt::Write as _;

use reparam_lang::{Parsed, Value};
use serde_json::{Map, json};

use super::Called;
use super::value::{as_json, shown};
use crate::catalog::{Given, Law, Quantity};
use crate::columns::aligned;
use crate::console::{self, printable};
use crate::error::{Error, Result};
use crate::wording::{json_number, number};

/// The levels at which quantiles are shown: P(X ≤ x) and P(X > x), each with its own digits.
const LEVELS: [(&str, f64, f64); 11] = [
    ("1e-6", 1e-6, 1.0 - 1e-6),
    ("0.001", 0.001, 0.999),
    ("0.01", 0.01, 0.99),
    ("0.05", 0.05, 0.95),
    ("0.25", 0.25, 0.75),
    ("0.5", 0.5, 0.5),
    ("0.75", 0.75, 0.25),
    ("0.95", 0.95, 0.05),
    ("0.99", 0.99, 0.01),
    ("0.999", 0.999, 0.001),
    ("1 - 1e-6", 1.0 - 1e-6, 1e-6),
];

/// What stands where a distribution has no formula.
const NO_FORMULA: &str = "no closed form";
/// What stands where it has none at a point.
const NO_VALUE: &str = "none";

/// Prints the page.
pub fn run(text: &str, at: &[String], json: bool) -> Result<()> {
    let called = Called::read(text)?;
    let laws = called.laws()?;
    let event = laws[0].event();
    let points: Vec<Value<'static>> =
        at.iter().map(|text| points(text, &event)).collect::<Result<Vec<_>>>()?.concat();
    let out = if json {
        let objects: Vec<_> =
            called.all.iter().zip(&laws).map(|(given, law)| object(given, law.as_ref(), &points)).collect();
        let value = if called.all.len() == 1 { objects[0].clone() } else { json!(objects) };
        format!("{value}\n")
    } else {
        page(&called, &laws, &points)
    };
    console::output(out.as_bytes())
}

/// The points of one `--at`.
fn points(text: &str, event: &[usize]) -> Result<Vec<Value<'static>>> {
    // Commas between points are commas of a list.
    let list = || reparam_lang::parse(&format!("[{text}]"));
    let parsed: Parsed = reparam_lang::parse(text).or_else(|_| list()).map_err(Error::usage)?;
    match (parsed.constant().map_err(Error::usage)?, event) {
        (Value::Number(x), []) => Ok(vec![Value::Number(x)]),
        (Value::Vector(items), []) => Ok(items.into_iter().map(Value::Number).collect()),
        (Value::Vector(items), [d]) if items.len() == *d => Ok(vec![Value::Vector(items)]),
        (Value::Matrix(rows), [d]) if rows.columns == *d => {
            Ok(rows.items.chunks(*d).map(|row| Value::Vector(row.to_vec())).collect())
        }
        (Value::Matrix(rows), [d, columns]) if (rows.rows, rows.columns) == (*d, *columns) => {
            Ok(vec![Value::Matrix(rows)])
        }
        _ => {
            let expected = match event {
                [] => "numbers, such as --at 0.7,3".to_owned(),
                [d] => format!("a vector of {d} numbers in brackets"),
                _ => format!("a {}×{} matrix, its rows in brackets", event[0], event[1]),
            };
            Err(Error::usage(format!("--at {text}: expected {expected}")))
        }
    }
}

/// Rows of a table: a name and a cell for each column.
type Rows = Vec<(String, Vec<String>)>;

fn page(called: &Called, laws: &[Box<dyn Law>], points: &[Value<'_>]) -> String {
    let mut rows: Rows = Vec::new();
    for (place, argument) in called.arguments().iter().enumerate() {
        let cells = called.all.iter().map(|given| shown(&given.values[place])).collect();
        rows.push((argument.parameter.name.to_owned(), cells));
    }
    rows.push(("support".into(), laws.iter().map(|law| law.support()).collect()));
    rows.push(("draws".into(), laws.iter().map(|law| law.draws()).collect()));
    for quantity in laws[0].of_itself() {
        rows.push((quantity.label.clone(), values(laws, &quantity, None)));
    }
    for (label, lower, upper) in LEVELS {
        let cells: Option<Vec<_>> = laws.iter().map(|law| law.quantile(lower, upper).map(number)).collect();
        let label = format!("quantile {label}");
        match cells {
            Some(cells) => rows.push((label, cells)),
            // A law on the line without quantiles says so once; for vectors there is no such thing.
            None if laws[0].event().is_empty() => {
                rows.push(("quantiles".into(), vec![NO_FORMULA.into(); laws.len()]));
                break;
            }
            None => break,
        }
    }
    let mut text = format!("{}\n", called.all[0].signature.name);
    text += &table(&rows);
    if let [law] = laws
        && !points.is_empty()
    {
        text += &at_points(law.as_ref(), points);
    } else {
        for point in points {
            let mut rows: Rows = vec![("x".into(), vec![shown(point); laws.len()])];
            for quantity in laws[0].of_point() {
                rows.push((quantity.label.clone(), values(laws, &quantity, Some(point))));
            }
            let _ = write!(text, "\n{}", table(&rows));
        }
    }
    printable(&text)
}

/// One law, a column for each point.
fn at_points(law: &dyn Law, points: &[Value<'_>]) -> String {
    let mut rows: Rows = vec![("x".into(), points.iter().map(shown).collect())];
    for quantity in law.of_point() {
        let cells = points.iter().map(|point| cell(law, &quantity, Some(point)));
        rows.push((quantity.label.clone(), cells.collect()));
    }
    format!("\n{}", table(&rows))
}

fn values(laws: &[Box<dyn Law>], quantity: &Quantity, x: Option<&Value<'_>>) -> Vec<String> {
    laws.iter().map(|law| cell(law.as_ref(), quantity, x)).collect()
}

fn cell(law: &dyn Law, quantity: &Quantity, x: Option<&Value<'_>>) -> String {
    if !quantity.known {
        return NO_FORMULA.into();
    }
    // The shape of x was checked: what is left has no value there, as a slope beyond the support.
    law.evaluate(&quantity.function, x).map_or_else(|_| NO_VALUE.to_owned(), |value| shown(&value))
}

/// Labels and cells in columns.
fn table(rows: &Rows) -> String {
    let rows = rows.iter().map(|(label, cells)| [vec![label.clone()], cells.clone()].concat());
    aligned(&rows.collect::<Vec<_>>())
}

/// The same as an object whose names are those of `--batch`; what has no formula, or no value at a point, is left out.
fn object(given: &Given, law: &dyn Law, points: &[Value<'_>]) -> serde_json::Value {
    let mut object = Map::new();
    object.insert("distribution".into(), json!(given.signature.name));
    object.insert("parameters".into(), parameters(given));
    object.insert("support".into(), json!(law.support()));
    object.insert("draws".into(), json!(law.draws()));
    answers(&mut object, law, law.of_itself(), None);
    let quantiles: Vec<_> = LEVELS
        .iter()
        .filter_map(|(_, lower, upper)| {
            let x = law.quantile(*lower, *upper)?;
            Some(json!({"level": lower, "upper_level": upper, "x": json_number(x)}))
        })
        .collect();
    if !quantiles.is_empty() {
        object.insert("quantiles".into(), json!(quantiles));
    }
    let at = points.iter().map(|x| {
        let mut point = Map::new();
        point.insert("x".into(), as_json(x));
        answers(&mut point, law, law.of_point(), Some(x));
        serde_json::Value::Object(point)
    });
    let at: Vec<_> = at.collect();
    if !at.is_empty() {
        object.insert("at".into(), json!(at));
    }
    serde_json::Value::Object(object)
}

/// The arguments by name; those of a name that is repeated in a list.
fn parameters(given: &Given) -> serde_json::Value {
    let names = given.parameters();
    let single = names.len().min(given.values.len());
    let single = if names.last().is_some_and(|last| last.repeated) { single - 1 } else { single };
    let mut all = Map::new();
    for (parameter, value) in names.iter().zip(&given.values[..single]) {
        all.insert(parameter.name.to_owned(), as_json(value));
    }
    if let (Some(last), more) = (names.get(single), &given.values[single..]) {
        all.insert(last.name.to_owned(), json!(more.iter().map(as_json).collect::<Vec<_>>()));
    }
    json!(all)
}

fn answers(
    object: &mut Map<String, serde_json::Value>,
    law: &dyn Law,
    quantities: Vec<Quantity>,
    x: Option<&Value<'_>>,
) {
    for quantity in quantities.into_iter().filter(|quantity| quantity.known) {
        if let Ok(value) = law.evaluate(&quantity.function, x) {
            object.insert(quantity.function, as_json(&value));
        }
    }
}
