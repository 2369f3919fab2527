//! The table of all distributions.

use std::fmt::Write as _;

use reparam_lang::Signature;
use serde_json::json;

use crate::catalog::{COLUMNS, Capabilities, SPECIAL, signatures, targets};
use crate::console;
use crate::error::Result;

/// One parameterisation and what it can compute.
struct Row {
    name: &'static str,
    usage: String,
    reparameterized: &'static str,
    has: [bool; COLUMNS.len()],
    divergences: Vec<&'static str>,
}

/// Prints the table, or an array of objects.
pub fn run(json: bool) -> Result<()> {
    let rows: Vec<Row> = signatures().iter().flat_map(rows).collect();
    let text = if json { objects(&rows) } else { table(&rows) };
    console::output(text.as_bytes())
}

fn rows(signature: &'static Signature) -> impl Iterator<Item = Row> {
    Capabilities::of(signature).zip(signature.forms).map(|(can, form)| Row {
        name: signature.name,
        usage: Signature { forms: std::slice::from_ref(form), ..*signature }.usage(),
        reparameterized: can.path.word(),
        has: can.has,
        divergences: targets(signature.name),
    })
}

fn table(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.usage.chars().count()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:8}", "distribution", "rsample");
    for name in COLUMNS {
        let _ = write!(text, "  {name}");
    }
    text += "  closed divergences to\n";
    for row in rows {
        let _ = write!(text, "{:width$}  {:8}", row.usage, row.reparameterized);
        for (name, has) in COLUMNS.iter().zip(row.has) {
            let _ = write!(text, "  {:1$}", if has { "yes" } else { "-" }, name.len());
        }
        let _ = writeln!(text, "  {}", row.divergences.join(", "));
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    let special: Vec<&str> = SPECIAL.iter().map(|special| special.name).collect();
    let _ = writeln!(text, "\nspecial functions for --batch: {}", special.join(", "));
    text
}

fn objects(rows: &[Row]) -> String {
    let one = |row: &Row| {
        let mut object = json!({
            "distribution": row.name,
            "usage": row.usage,
            "reparameterized": row.reparameterized,
            "divergences": row.divergences,
        });
        for (name, has) in COLUMNS.iter().zip(row.has) {
            object[*name] = json!(has);
        }
        object
    };
    format!("{}\n", json!(rows.iter().map(one).collect::<Vec<_>>()))
}
