//! Classes of rows, collected as they are read.

use std::collections::HashMap;

use super::Labels;

/// Labels in the making: each spelling is kept once.
#[derive(Debug, Default)]
pub(super) struct LabelBuilder {
    numbers: HashMap<String, u32>,
    of_row: Vec<u32>,
}

impl LabelBuilder {
    /// Adds the label of the next row.
    pub(super) fn push(&mut self, spelling: &str) {
        let number = if let Some(number) = self.numbers.get(spelling) {
            *number
        } else {
            let next = self.numbers.len() as u32;
            self.numbers.insert(spelling.to_owned(), next);
            next
        };
        self.of_row.push(number);
    }

    /// Sorts the classes, numerically where all are numbers.
    pub(super) fn finish(self) -> Labels {
        let mut classes: Vec<(String, u32)> = self.numbers.into_iter().collect();
        let numeric = classes.iter().all(|(spelling, _)| spelling.parse::<f64>().is_ok());
        classes.sort_by(|(a, _), (b, _)| {
            let by_number = match (numeric, a.parse::<f64>(), b.parse::<f64>()) {
                (true, Ok(a), Ok(b)) => a.total_cmp(&b),
                _ => std::cmp::Ordering::Equal,
            };
            by_number.then_with(|| a.cmp(b))
        });
        let mut rank = vec![0; classes.len()];
        for (place, (_, number)) in classes.iter().enumerate() {
            rank[*number as usize] = place as u32;
        }
        let of_row = self.of_row.into_iter().map(|number| rank[number as usize]).collect();
        Labels { classes: classes.into_iter().map(|(spelling, _)| spelling).collect(), of_row }
    }
}

impl Labels {
    /// The labels of the given rows; classes that lose all their rows stay.
    pub(super) fn take_rows(self, rows: &[usize]) -> Self {
        let of_row = rows.iter().map(|row| self.of_row[*row]).collect();
        Self { classes: self.classes, of_row }
    }
}

impl<S: AsRef<str>> FromIterator<S> for Labels {
    fn from_iter<I: IntoIterator<Item = S>>(spellings: I) -> Self {
        let mut builder = LabelBuilder::default();
        spellings.into_iter().for_each(|spelling| builder.push(spelling.as_ref()));
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn numbers_sort_as_numbers_and_words_as_words() {
        let labels: Labels = ["10", "9", "-1", "9"].into_iter().collect();
        assert_eq!(
            labels,
            Labels { classes: ["-1", "9", "10"].map(Into::into).into(), of_row: vec![2, 1, 0, 1] }
        );
        let labels: Labels = ["10", "9", "b", "a"].into_iter().collect();
        assert_eq!(labels.classes, ["10", "9", "a", "b"]);
        assert_eq!(labels.of_row, [0, 1, 3, 2]);
    }
}
