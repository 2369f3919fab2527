//! The pathwise estimator needs a path, which a class number has not.

use reparam::{Categorical, Pathwise, Rng, prelude::*};

fn expectation(q: &Categorical<2>, rng: &mut Rng) {
    Pathwise { particles: 1 }.expectation(q, |q, k| q.log_prob(k), rng);
}

fn main() {}
