//! The terms of an expression, and the independent parts of a draw that each depends on.

use reparam_lang::{Batch, Fault, Program};

/// The factors of the density of all variables, and the terms of an expression that depend on each.
pub struct Factors {
    /// The expression, and then each of its terms.
    program: Program,
    /// The factors that each term depends on, in order.
    terms: Vec<Vec<usize>>,
    /// How many factors there are.
    count: usize,
}

impl Factors {
    /// Those of the expression that `program` computes.
    pub fn new(program: &Program, sites: impl Iterator<Item = [usize; 2]>) -> Self {
        let (mut of_input, mut count) = (Vec::with_capacity(program.inputs()), 0);
        for [width, factors] in sites {
            of_input.extend((0..width).map(|element| count + element.min(factors - 1)));
            count += factors;
        }
        let (program, inputs) = program.with_terms(0);
        let factors_of = |inputs: Vec<usize>| {
            let mut factors: Vec<usize> = inputs.into_iter().map(|input| of_input[input]).collect();
            factors.dedup();
            factors
        };
        Self { terms: inputs.into_iter().map(factors_of).collect(), program, count }
    }

    /// The expression and its terms.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether there is a factor on which some of the terms depend, and others only on others.
    pub fn split(&self) -> bool {
        let mut used = vec![false; self.count];
        self.terms.iter().flatten().for_each(|factor| used[*factor] = true);
        let used = used.into_iter().filter(|used| *used).count();
        self.terms.iter().any(|factors| (1..used).contains(&factors.len()))
    }

    /// What made a term infinite or not-a-number at a draw last evaluated.
    pub fn fault(&self, batch: &Batch<'_>, draw: usize) -> Option<Fault> {
        (1..=self.terms.len()).find_map(|output| batch.fault(output, draw))
    }

    /// For each factor the sum of the terms that depend on it, row by row, as last evaluated.
    pub fn shares(&self, batch: &Batch<'_>) -> Vec<f64> {
        let mut shares = vec![0.0; batch.output(0).len() * self.count];
        for (place, factors) in self.terms.iter().enumerate() {
            for factor in factors {
                let column = shares.iter_mut().skip(*factor).step_by(self.count);
                column.zip(batch.output(1 + place)).for_each(|(share, term)| *share += term);
            }
        }
        shares
    }
}
