//! A divergence without a closed form.

use reparam::{Bernoulli, Exp, Gumbel, KlEach, Normal, Transformed, Weibull, prelude::*};

fn divergence(q: &Normal<2>, p: &Bernoulli<2>) {
    <Normal<2> as Kl<Bernoulli<2>>>::kl(q, p);
}

fn extremes(q: &Gumbel<2>, p: &Weibull<2>) {
    <Gumbel<2> as Kl<Weibull<2>>>::kl(q, p);
}

fn summed<const D: usize, P, Q: KlEach<P, D>>(q: &Q, p: &P) {
    q.kl_each(p);
}

fn log_normal(q: &Transformed<Normal<2>, Exp>, p: &Normal<2>) {
    summed::<2, Normal<2>, _>(q, p);
}

fn main() {}
