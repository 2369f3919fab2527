//! The pathwise estimator needs a path, which a count has not.

use reparam::{Pathwise, Poisson, Rng, prelude::*};

fn expectation(q: &Poisson<2>, rng: &mut Rng) {
    Pathwise { particles: 1 }.expectation(q, |q, k| q.log_prob(k), rng);
}

fn main() {}
