//! What Rebar and Relax share: a draw b with scores z behind it, and a control variate c(z) that sees the scores.
//!
//! For any c, E[c(z̃) ∇log q(b) + ∇c(z̃)] = E[∇c(z)], with z̃ ~ z | b. Both z and z̃ may come from the same noise, with the
//! same value; they differ in their slopes, 1 and dz̃/dl. So
//!
//! (f(b) − c(z)) ∇log q(b) + (1 − dz̃/dl) c'(z)
//!
//! is an unbiased gradient, of small variance where c(z) resembles f(b).

use burn::tensor::Tensor;

use crate::{
    Relaxable,
    gradient::{along, moving_zero, stop},
    noise::Rng,
    ops::Tap,
    shape,
};

/// A draw and the scores behind it, without gradient.
pub struct Scored<const D: usize> {
    /// z.
    pub z: Tensor<D>,
    /// b = H(z).
    pub hard: Tensor<D>,
    /// 1 − dz̃/dl.
    pub residue: Tensor<D>,
}

impl<const D: usize> Scored<D> {
    pub fn draw<Q: Relaxable<D>>(q: &Q, rng: &mut Rng) -> Self {
        let z = stop(q.scores()) + q.score_noise(rng);
        let slope = stop(q.conditional_slope(z.clone()));
        Self { hard: Q::harden(z.clone()), residue: -slope + 1.0, z }
    }
}

/// f at the softened scores, and what the backward pass sees of its slope.
pub struct Softened {
    /// c = f(soft(z)), without gradient.
    pub value: Tensor<1>,
    /// Zero, whose gradient in the logits is (1 − dz̃/dl) c'(z); none in anything else that f may depend on.
    pub moving: Tensor<1>,
    /// Sees c'(z), times what comes back to c.
    slope: Tap,
    /// Sees what comes back to c.
    weight: Tap,
}

impl Softened {
    /// Evaluates f twice: what else moves c, moves its still twin as much, and the difference is left with z alone.
    pub fn new<Q: Relaxable<D>, const D: usize>(
        q: &Q,
        scored: &Scored<D>,
        temperature: f64,
        f: impl Fn(Tensor<D>) -> Tensor<1>,
    ) -> Self {
        let (slope, weight) = (Tap::default(), Tap::default());
        let path = slope.watch(scored.z.clone() + along(scored.residue.clone(), q.scores()));
        let c = weight.watch(f(Q::soften(path, temperature)));
        let still = f(Q::soften(scored.z.clone(), temperature));
        Self { value: stop(c.clone()), moving: moving_zero(c) - moving_zero(still), slope, weight }
    }

    /// c'(z), once a backward pass has come by: zero in rows that it did not reach, which `reached` marks with 0.
    fn seen<const D: usize>(&self, z: &Tensor<D>) -> Option<Seen<D>> {
        let weight = self.weight.take(&self.value)?;
        let slope = self.slope.take(z)?;
        let missed = weight.clone().equal_elem(0.0);
        let reached = Tensor::ones_like(&weight).mask_fill(missed.clone(), 0.0);
        let scale = weight.mask_fill(missed, 1.0).recip();
        Some(Seen { slope: slope * shape::per_row(scale, z.dims()), reached })
    }
}

struct Seen<const D: usize> {
    slope: Tensor<D>,
    reached: Tensor<1>,
}

/// What one call leaves behind for the next to learn from, without gradients.
pub struct Trial<const D: usize> {
    pub scored: Scored<D>,
    pub value: Tensor<1>,
    pub softened: Option<Softened>,
    /// The mean of q.
    pub probs: Tensor<D>,
}

/// The gradient in the logits as a function of the control variate: `plain` + η · `control` for c = η f(soft(z)).
pub struct Parts<const D: usize> {
    /// f(b) ∇log q(b).
    pub plain: Tensor<D>,
    /// The rest, for η = 1; zero without a softened f.
    pub control: Tensor<D>,
    /// ∇log q(b).
    pub score: Tensor<D>,
}

impl<const D: usize> Trial<D> {
    pub fn new<Q: Relaxable<D>>(
        q: &Q,
        scored: Scored<D>,
        value: &Tensor<1>,
        softened: Option<Softened>,
    ) -> Self {
        Self { scored, value: stop(value.clone()), softened, probs: stop(q.mean()) }
    }

    /// `None` where no backward pass has come by since. Rows that it did not reach are zero.
    pub fn parts<Q: Relaxable<D>>(&self) -> Option<Parts<D>> {
        let dims = self.probs.dims();
        let score = self.scored.hard.clone() - self.probs.clone();
        let rows = |x: &Tensor<1>| shape::per_row(x.clone(), dims);
        let Some(softened) = &self.softened else {
            let plain = rows(&self.value) * score.clone();
            return Some(Parts { plain, control: score.zeros_like(), score });
        };
        let Seen { slope, reached } = softened.seen(&self.scored.z)?;
        let score = score * rows(&reached);
        let path = Q::tangent(self.probs.clone(), slope * self.scored.residue.clone());
        Some(Parts {
            plain: rows(&self.value) * score.clone(),
            control: path - rows(&softened.value) * score.clone(),
            score,
        })
    }
}
