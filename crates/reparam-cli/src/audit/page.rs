//! What an audit found, as a page and as JSON.

use std::fmt::Write as _;

use reparam::checks::{Check, Verdict};
use serde_json::{Value, json};

use super::report::{Report, Row, Table};
use crate::columns::aligned;
use crate::estimate::{digits, figure, seconds};
use crate::wording::{counted, json_number, number, thousands};

impl Report {
    /// The page.
    pub fn page(&self) -> String {
        let numbers: usize = self.compared();
        let mut text = format!(
            "{}: {} draws for each estimator, seed {}\n",
            self.target,
            thousands(self.samples as usize),
            self.seed
        );
        if numbers > 0 {
            let _ = writeln!(
                text,
                "An estimator passes where no bias is beyond its bound, which happens by chance at a rate of {} for\nall {} \
                 together. Variance, signal-to-noise ratio (SNR), evaluations and time are those of one\nrepetition.",
                number(self.rate),
                counted(numbers, "number")
            );
        }
        if let Some(note) = &self.note {
            let _ = writeln!(text, "\nno estimator is compared: {note}");
        }
        for table in &self.tables {
            let _ = write!(text, "\n{}", table.page());
        }
        text += "\ncommon mistakes\n";
        text += &aligned(&self.checks.iter().map(line).collect::<Vec<_>>());
        for check in self.failed_checks() {
            let _ = writeln!(text, "what to do about {}: {}", check.mistake.name(), check.mistake.advice());
        }
        let rows = self.tables.iter().map(|table| table.rows.len()).sum();
        let applied = self.checks.iter().filter(|check| check.verdict != Verdict::DoesNotApply).count();
        let _ = writeln!(
            text,
            "\nthe audit {}: {} of {} and {} of {} failed",
            if self.passed() { "passed" } else { "failed" },
            self.failed_rows().count(),
            counted(rows, "estimator"),
            self.failed_checks().count(),
            counted(applied, "check")
        );
        text
    }

    /// How many numbers are compared with the truth.
    fn compared(&self) -> usize {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        rows.filter(|row| !row.biased).map(|row| row.audit.slopes.len()).sum()
    }

    /// The same as an object.
    pub fn json(&self) -> Value {
        let check = |check: &Check| {
            json!({
                "mistake": check.mistake.name(),
                "verdict": check.verdict.words(),
                "detail": check.detail,
                "advice": check.failed().then(|| check.mistake.advice()),
            })
        };
        json!({
            "target": self.target,
            "kind": self.kind,
            "samples": self.samples,
            "seed": self.seed,
            "rate": self.rate,
            "passed": self.passed(),
            "note": self.note,
            "expectations": self.tables.iter().map(Table::json).collect::<Vec<_>>(),
            "checks": self.checks.iter().map(check).collect::<Vec<_>>(),
        })
    }
}

/// A check in a table.
fn line(check: &Check) -> Vec<String> {
    vec![check.verdict.words().to_owned(), check.mistake.name().to_owned(), check.detail.clone()]
}

impl Table {
    fn page(&self) -> String {
        let mut text = format!("E[{}], against {}\n", self.what, self.truth);
        let head = [
            "estimator",
            "",
            "furthest off",
            "truth",
            "bias ± bound",
            "variance",
            "SNR",
            "evaluations",
            "time",
            "effective draws/s",
        ];
        let mut cells = vec![head.map(str::to_owned).to_vec()];
        cells.extend(self.rows.iter().map(|row| self.cells(row)));
        text += &aligned(&cells);
        let _ =
            writeln!(text, "effective draws/s: draws of {} that are worth a second of the row", self.plain);
        for row in &self.rows {
            let again =
                row.again.map(|draws| format!("looked at again with {} draws", thousands(draws as usize)));
            let open = row.is_open().then(|| "more draws are needed to tell: ask for them by -n".to_owned());
            let said: Vec<String> = again.into_iter().chain(open).collect();
            if !said.is_empty() {
                let _ = writeln!(text, "{}: {}", row.name, said.join("; "));
            }
        }
        text
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let verdict = match (row.biased, row.passed()) {
            (true, _) => "biased",
            _ if row.is_open() => "too few",
            (false, true) => "passed",
            (false, false) => "FAILED",
        };
        let mut cells = vec![row.name.clone(), verdict.to_owned()];
        match row.furthest() {
            None => cells.extend(["", "", ""].map(str::to_owned)),
            Some(slope) => cells.extend([
                self.labels[slope.place[0].min(self.labels.len() - 1)].clone(),
                digits(slope.truth),
                format!("{} ± {}", figure(slope.bias), figure(slope.interval.high - slope.bias)),
            ]),
        }
        cells.extend([
            figure(row.audit.variance),
            or_without_noise(row.is_still(), row.snr()),
            figure(row.audit.evaluations),
            seconds(row.audit.seconds),
            or_without_noise(row.is_still(), row.effective_per_second),
        ]);
        cells
    }

    fn json(&self) -> Value {
        let row = |row: &Row| {
            let slope = |(slope, label): (&reparam::Audited, &String)| {
                json!({
                    "name": label,
                    "truth": json_number(slope.truth),
                    "bias": json_number(slope.bias),
                    "interval": [json_number(slope.interval.low), json_number(slope.interval.high)],
                    "variance": json_number(slope.variance),
                    "snr": json_number(slope.snr),
                    "passed": slope.passed(),
                })
            };
            json!({
                "estimator": row.name,
                "biased": row.biased,
                "passed": row.passed(),
                "undecided": row.is_open(),
                "draws_of_second_look": row.again,
                "variance": json_number(row.audit.variance),
                "snr": json_number(row.snr()),
                "evaluations": row.audit.evaluations,
                "seconds": row.audit.seconds,
                "effective_draws_per_second": json_number(row.effective_per_second),
                "slopes": row.audit.slopes.iter().zip(&self.labels).map(slope).collect::<Vec<_>>(),
            })
        };
        json!({
            "expression": self.what,
            "truth": self.truth,
            "plainest": self.plain,
            "estimators": self.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }
}

/// A ratio to the noise; words where there is none.
fn or_without_noise(is_still: bool, x: f64) -> String {
    if is_still { "no noise".to_owned() } else { figure(x) }
}
