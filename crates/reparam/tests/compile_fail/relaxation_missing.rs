//! A relaxation has to be known; a count has none.

use reparam::{Poisson, Rebar, Rng, prelude::*};

fn expectation(q: &Poisson<2>, rng: &mut Rng) {
    Rebar::new(1, 0.5).expectation(q, |q, k| q.log_prob(k), rng);
}

fn main() {}
