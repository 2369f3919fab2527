//! Antithetic pairs are pairs of bits.

use reparam::{Categorical, ClosedForm, DisArm, Elbo, Rng, prelude::*};

fn loss(q: &Categorical<2>, prior: &Categorical<2>, rng: &mut Rng) {
    let mut elbo = Elbo { estimator: DisArm { particles: 1 }, entropy: ClosedForm };
    elbo.loss(q, |k| prior.log_prob(k), rng);
}

fn main() {}
