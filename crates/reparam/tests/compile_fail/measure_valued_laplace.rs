//! The measure-valued estimator needs a law whose derivative is a difference of laws.

use reparam::{Laplace, MeasureValued, Rng, prelude::*};

fn expectation(q: &Laplace<2>, rng: &mut Rng) {
    MeasureValued { particles: 1, coupled: true }.expectation(q, |q, z| q.log_prob(z), rng);
}

fn main() {}
