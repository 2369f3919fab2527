//! Which rows are learned from, and which only measured.

use reparam::Rng;

use crate::config::{Config, DataFacts, HeldOut};
use crate::data::Dataset;

/// Row numbers, each row in one of the two lists.
#[derive(Clone, Debug)]
pub struct Split {
    /// Learned from.
    pub training: Vec<u32>,
    /// Never learned from.
    pub held_out: Vec<u32>,
}

impl Split {
    /// The source's own test set, or a part of the rows drawn with `rng`; both lists in the order of the source.
    pub fn new(dataset: &Dataset, config: &Config, facts: &DataFacts, mut rng: Rng) -> Self {
        let rows = dataset.rows();
        if let (HeldOut::TestSet, Some(first)) = (config.data.held_out, dataset.test_from) {
            let (first, rows) = (first as u32, rows as u32);
            return Self { training: (0..first).collect(), held_out: (first..rows).collect() };
        }
        let mut drawn = rng.permutation(rows);
        let mut training = drawn.split_off(config.held_out_rows(facts));
        training.sort_unstable();
        drawn.sort_unstable();
        Self { training, held_out: drawn }
    }
}
