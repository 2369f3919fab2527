//! The pathwise estimator needs a path.

use reparam::{Bernoulli, Pathwise, Rng, prelude::*};

fn expectation(q: &Bernoulli<2>, rng: &mut Rng) {
    Pathwise { particles: 1 }.expectation(q, |q, b| q.log_prob(b), rng);
}

fn main() {}
