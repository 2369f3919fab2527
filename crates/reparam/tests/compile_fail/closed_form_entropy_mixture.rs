//! A mixture has no closed form of its entropy.

use reparam::{ClosedForm, Gumbel, MixtureSameFamily, Rng, prelude::*};

fn entropy(q: &MixtureSameFamily<Gumbel<2>, 2>, rng: &mut Rng) {
    ClosedForm.at(q, q.sample(rng));
}

fn main() {}
