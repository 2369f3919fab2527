//! An objective asks of the distribution what its estimator asks.

use reparam::{Bernoulli, ClosedForm, Elbo, Pathwise, Rng, prelude::*};

fn loss(q: &Bernoulli<2>, prior: &Bernoulli<2>, rng: &mut Rng) {
    let mut elbo = Elbo { estimator: Pathwise { particles: 1 }, entropy: ClosedForm };
    elbo.loss(q, |b| prior.log_prob(b), rng);
}

fn main() {}
