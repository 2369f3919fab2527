//! A distribution whose parameters nobody listed.

use reparam::{Pathwise, Rng, prelude::*};

fn expectation<Q: Reparameterized<2>>(q: &Q, rng: &mut Rng) {
    Pathwise { particles: 1 }.expectation(q, |q, z| q.log_prob(z), rng);
}

fn main() {}
