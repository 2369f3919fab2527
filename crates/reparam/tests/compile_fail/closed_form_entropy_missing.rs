//! The closed form of an entropy where there is none.

use reparam::{ClosedForm, Exp, Normal, Rng, Transformed, prelude::*};

fn entropy(q: &Transformed<Normal<2>, Exp>, rng: &mut Rng) {
    ClosedForm.at(q, q.sample(rng));
}

fn main() {}
