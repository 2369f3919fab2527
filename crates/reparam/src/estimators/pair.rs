//! Two draws of a Bernoulli distribution from one uniform number, as unlike as they can be.

use burn::tensor::{Tensor, activation::sigmoid};

use crate::{
    Bernoulli, Params,
    evaluate::f_at,
    gradient::{along, stop},
    noise::{self, Rng},
    shape,
};

/// b = 1\[u > σ(−l)\] and b̃ = 1\[u < σ(l)\], each a draw of its own.
pub struct Pair<const D: usize> {
    /// The uniform number of each element.
    pub u: Tensor<D>,
    /// The draw that is 1 where u is large.
    pub high: Tensor<D>,
    /// The draw that is 1 where u is small.
    pub low: Tensor<D>,
}

impl<const D: usize> Pair<D> {
    fn draw(logits: &Tensor<D>, rng: &mut Rng) -> Self {
        let u = noise::uniform(logits, rng);
        let ones = |at| Tensor::zeros_like(&u).mask_fill(at, 1.0);
        let high = ones(u.clone().greater(sigmoid(-logits.clone())));
        let low = ones(u.clone().lower(sigmoid(logits.clone())));
        Self { u, high, low }
    }
}

/// ½ (f(b) + f(b̃)), with the gradient (f(b) − f(b̃)) · `weight` in each logit.
pub fn expectation<const D: usize>(
    who: &str,
    q: &Bernoulli<D>,
    particles: usize,
    f: impl Fn(&Bernoulli<D>, Tensor<D>) -> Tensor<1>,
    weight: impl Fn(&Pair<D>, &Tensor<D>) -> Tensor<D>,
    rng: &mut Rng,
) -> Tensor<1> {
    let q = q.repeated(particles);
    let logits = stop(q.logits());
    let pair = Pair::draw(&logits, rng);
    let (high, low) = (f_at(who, &f, &q, pair.high.clone()), f_at(who, &f, &q, pair.low.clone()));
    let difference = shape::per_row(stop(high.clone() - low.clone()), pair.u.dims());
    let moving = shape::sum_event(along(difference * weight(&pair, &logits), q.logits()));
    shape::mean_particles((high + low) * 0.5 + moving, particles)
}
