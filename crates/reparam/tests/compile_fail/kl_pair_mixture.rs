//! Nor has the divergence of a mixture from a distribution of its own family.

use reparam::{Gumbel, MixtureSameFamily, prelude::*};

fn divergence(q: &MixtureSameFamily<Gumbel<2>, 2>, p: &Gumbel<2>) {
    <MixtureSameFamily<Gumbel<2>, 2> as Kl<Gumbel<2>>>::kl(q, p);
}

fn main() {}
