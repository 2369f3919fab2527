//! A discrete distribution has no path.

use reparam::{Bernoulli, Rng};

fn draw(q: &Bernoulli<2>, rng: &mut Rng) {
    q.rsample(rng);
}

fn main() {}
