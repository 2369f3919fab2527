//! Only a finite support can be summed over.

use reparam::{Enumerate, Normal, Rng, prelude::*};

fn expectation(q: &Normal<2>, rng: &mut Rng) {
    Enumerate.expectation(q, |q, z| q.log_prob(z), rng);
}

fn main() {}
