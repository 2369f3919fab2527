//! What was estimated, as a table and as JSON.

use std::fmt::Write as _;
use std::ops::Range;

use reparam::Measurement;
use reparam_testing::Moments;
use serde_json::{Map, Value, json};

use super::Estimated;
use super::exact::Exact;
use super::site::Site;
use crate::columns::aligned;
use crate::wording::{json_number, thousands};

/// An error below this, relative to the number, is rounding.
const ROUNDING: f64 = 1e-12;
/// Numbers of the gradient that a table has room for.
const COLUMNS: usize = 4;

/// A number of the gradient: variable, parameter, element.
#[derive(Clone, Debug)]
pub struct Slope {
    /// Its parameter: `z.loc`.
    name: String,
    /// Whether that has several numbers.
    is_vector: bool,
    /// Its variable.
    pub site: usize,
    parameter: usize,
    /// Its element of the parameter.
    pub element: usize,
    /// Its parameter's place among the tensors of the variables.
    pub tensor: usize,
}

/// All numbers of the gradient, in order.
pub fn slopes(sites: &[impl AsRef<Site>]) -> Vec<Slope> {
    let mut first = 0;
    let mut all = Vec::new();
    for (site, variable) in sites.iter().map(AsRef::as_ref).enumerate() {
        for (parameter, own) in variable.parameters().into_iter().enumerate() {
            let name = format!("{}.{}", variable.name, own.name);
            all.extend((0..own.length.unwrap_or(1)).map(|element| Slope {
                name: name.clone(),
                is_vector: own.length.is_some(),
                site,
                parameter,
                element,
                tensor: first + own.place,
            }));
        }
        first += variable.count_of_arguments();
    }
    all
}

impl Slope {
    /// `z.loc`, or `z.loc[1]`.
    pub fn label(&self) -> String {
        if self.is_vector { format!("{}[{}]", self.name, self.element) } else { self.name.clone() }
    }

    /// What repetitions gave for it.
    pub fn moments<'a>(&self, found: &'a Measurement) -> &'a Moments {
        &found.gradient[self.tensor][self.element]
    }

    /// The number in the exact answer.
    pub fn of(&self, exact: &Exact) -> f64 {
        exact.gradient[self.site][self.parameter][self.element]
    }
}

impl Estimated<'_> {
    /// The table, and what is said above and below it.
    pub fn page(&self) -> String {
        let mut rows = vec![];
        let slopes = slopes(self.sites);
        let shown = &slopes[..slopes.len().min(COLUMNS)];
        let mut head = vec!["estimator".to_owned(), "value".to_owned()];
        head.extend(shown.iter().map(|slope| format!("d/d {}", slope.label())));
        head.extend(["variance", "per evaluation", "time", "efficiency"].map(str::to_owned));
        rows.push(head);
        let best = self
            .rows
            .iter()
            .filter(|row| row.is_right())
            .map(|row| row.outcome.cost())
            .fold(f64::INFINITY, f64::min);
        for row in &self.rows {
            let outcome = &row.outcome;
            let measured = &outcome.measurement;
            let name = match (row.biased, &row.wrong) {
                (true, _) => format!("{} (biased)", row.name),
                (_, Some(_)) => format!("{} (WRONG)", row.name),
                _ => row.name.clone(),
            };
            let mut cells = vec![name, plus_minus(measured.value.mean(), measured.value.standard_error())];
            cells.extend(shown.iter().map(|slope| {
                let moments = slope.moments(measured);
                plus_minus(moments.mean(), moments.standard_error())
            }));
            let efficiency = best / outcome.cost();
            cells.extend([
                figure(outcome.variance()),
                figure(outcome.variance_by_evaluation()),
                seconds(measured.elapsed.as_secs_f64()),
                if outcome.cost() > 0.0 { figure(efficiency) } else { "exact".to_owned() },
            ]);
            rows.push(cells);
        }
        if let Ok(exact) = &self.exact {
            let mut cells = vec!["exact".to_owned(), digits(exact.value)];
            cells.extend(shown.iter().map(|slope| digits(slope.of(exact))));
            rows.push(cells);
        }
        let names: Vec<String> = self.sites.iter().map(|site| site.name.clone()).collect();
        let mut text = format!(
            "E[{}] over {}: {} draws for each estimator, seed {}\n\n{}",
            self.expression,
            names.join(", "),
            thousands(self.samples as usize),
            self.seed,
            aligned(&rows)
        );
        if slopes.len() > shown.len() {
            let more = thousands(slopes.len() - shown.len());
            let _ = writeln!(text, "{more} more slopes: --json has them all");
        }
        if let Err(reason) = &self.exact {
            let _ = writeln!(text, "\nno exact answer: {reason}");
        }
        for (row, wrong) in self.rows.iter().filter_map(|row| Some((row, row.wrong.as_ref()?))) {
            let _ = writeln!(text, "\n{} {}", row.name, wrong.words());
        }
        for (place, own) in self.left_out.iter().enumerate() {
            let start = if place == 0 { "\n" } else { "" };
            let _ = writeln!(
                text,
                "{start}left out for {}: {}: {}",
                own.variable,
                own.methods.join(", "),
                own.why
            );
        }
        if let Some(remark) = &self.remark {
            let _ = writeln!(text, "\n{remark}");
        }
        text
    }

    /// The same as an object, with every number of the gradient.
    pub fn json(&self) -> Value {
        let gradient = |of: &dyn Fn(&Slope) -> Value| {
            let mut object: Map<String, Value> = Map::new();
            for slope in slopes(self.sites) {
                let value = of(&slope);
                if slope.is_vector {
                    join(object.entry(slope.name).or_insert(Value::Null), value);
                } else {
                    object.insert(slope.name, value);
                }
            }
            Value::Object(object)
        };
        let exact = self.exact.as_ref().ok().map(|exact| {
            json!({"value": json_number(exact.value), "gradient": gradient(&|slope| json_number(slope.of(exact)))})
        });
        let mean_and_error = |moments: &Moments| json!({"mean": json_number(moments.mean()), "se": json_number(moments.standard_error())});
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let measured = &row.outcome.measurement;
                json!({
                    "estimator": row.name,
                    "biased": row.biased,
                    "wrong": row.wrong.as_ref().map(|wrong| json!({
                        "slope": wrong.label,
                        "truth": json_number(wrong.truth),
                        "bias": json_number(wrong.bias),
                        "bound": json_number(wrong.bound),
                    })),
                    "value": mean_and_error(&measured.value),
                    "gradient": gradient(&|slope| {
                        let moments = slope.moments(measured);
                        let mut object = mean_and_error(moments);
                        object["variance"] = json_number(moments.variance() * row.outcome.particles as f64);
                        object
                    }),
                    "evaluations": measured.evaluations,
                    "seconds": measured.elapsed.as_secs_f64(),
                })
            })
            .collect();
        let left_out: Vec<Value> = self
            .left_out
            .iter()
            .map(|own| json!({"variable": own.variable, "estimators": own.methods, "reason": own.why}))
            .collect();
        let value = self.best().map(|row| mean_and_error(&row.outcome.measurement.value));
        json!({
            "expression": self.expression,
            "samples": self.samples,
            "seed": self.seed,
            "value": value,
            "exact": exact,
            "no_exact_answer": self.exact.as_ref().err(),
            "estimators": rows,
            "left_out": left_out,
            "remark": self.remark,
        })
    }
}

/// Puts the next element into a vector, or into the vectors of an object.
fn join(into: &mut Value, element: Value) {
    match element {
        Value::Object(fields) => {
            if into.is_null() {
                *into = json!({});
            }
            for (name, field) in fields {
                join(&mut into[name], field);
            }
        }
        element => match into {
            Value::Array(items) => items.push(element),
            _ => *into = json!([element]),
        },
    }
}

/// A number with its standard error: as many digits as the error leaves.
pub fn plus_minus(mean: f64, error: f64) -> String {
    if error <= ROUNDING * mean.abs() || !error.is_finite() {
        return digits(mean);
    }
    let places = 1 - error.log10().floor() as i32;
    let large = mean.abs().max(error) >= 1e6 || mean.abs().max(error) < 1e-4;
    if large {
        format!("{mean:.3e} ± {error:.1e}")
    } else {
        let places = places.clamp(0, 12) as usize;
        format!("{mean:.places$} ± {error:.places$}")
    }
}

/// Seven digits.
pub fn digits(x: f64) -> String {
    significant(x, 7, 1e-4..1e6)
}

/// Three digits.
pub fn figure(x: f64) -> String {
    significant(x, 3, 1e-3..1e5)
}

/// So many digits; with an exponent where the size is out of this range.
fn significant(x: f64, digits: i32, plain: Range<f64>) -> String {
    if x == 0.0 {
        "0".to_owned()
    } else if plain.contains(&x.abs()) {
        let places = (digits - 1 - x.abs().log10().floor() as i32).max(0) as usize;
        format!("{x:.places$}")
    } else {
        format!("{x:.*e}", digits as usize - 1)
    }
}

/// A time in its unit.
pub fn seconds(x: f64) -> String {
    match x {
        x if x >= 1.0 => format!("{x:.1} s"),
        x if x >= 1e-3 => format!("{:.0} ms", x * 1e3),
        x if x >= 1e-6 => format!("{:.0} µs", x * 1e6),
        x => format!("{:.0} ns", x * 1e9),
    }
}
