//! Which rows are learned from, and which only measured.

use reparam::Rng;

use crate::config::{Config, DataFacts, HeldOut};
use crate::data::Dataset;
use crate::doubt::trusted;

/// At most so many of the items, from the first on.
pub fn evenly_spaced<T: Copy>(items: &[T], most: usize) -> Vec<T> {
    items.iter().step_by(items.len().div_ceil(most).max(1)).copied().collect()
}

/// Row numbers, each row in one of the two lists.
#[derive(Clone, Debug)]
pub struct Split {
    /// Learned from.
    pub training: Vec<u32>,
    /// Never learned from.
    pub held_out: Vec<u32>,
    /// Those held-out rows that choose the epoch: all, but for what is not trusted.
    pub watched: Vec<u32>,
    /// Rows that are not learned from because they may be what the model is to find.
    pub doubted: usize,
}

impl Split {
    /// The source's own test set, or a part of the rows drawn with `rng`; both lists in the order of the source.
    pub fn new(dataset: &Dataset, config: &Config, facts: &DataFacts, mut rng: Rng) -> Self {
        let rows = dataset.rows();
        if let (HeldOut::TestSet, Some(first)) = (config.data.held_out, dataset.test_from) {
            let (first, rows) = (first as u32, rows as u32);
            let held_out: Vec<u32> = (first..rows).collect();
            return Self::trusting((0..first).collect(), held_out, dataset, config);
        }
        let mut drawn = rng.permutation(rows);
        let mut training = drawn.split_off(config.held_out_rows(facts));
        training.sort_unstable();
        drawn.sort_unstable();
        Self::trusting(training, drawn, dataset, config)
    }

    /// Without the rows that the configuration's contamination tells to doubt.
    fn trusting(training: Vec<u32>, held_out: Vec<u32>, dataset: &Dataset, config: &Config) -> Self {
        let part = config.objective.contamination;
        if part == 0.0 || training.is_empty() {
            return Self { training, watched: held_out.clone(), held_out, doubted: 0 };
        }
        let watched = trusted(dataset, &training, &held_out, part);
        let kept = trusted(dataset, &training, &training, part);
        let doubted = training.len() - kept.len();
        Self { training: kept, held_out, watched, doubted }
    }
}
