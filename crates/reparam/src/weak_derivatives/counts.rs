//! Laws on the integers: a count, and a count with something added.

use burn::tensor::{Tensor, activation::sigmoid};

use crate::{
    Binomial, Branch, Distribution, Geometric, NegativeBinomial, Poisson, WeakDerivative, gradient::stop,
    math, noise, noise::Noise, noise::Rng,
};

impl<const D: usize> WeakDerivative<D> for Poisson<D> {
    /// c = 1, z⁺ = 1 + a Poisson number, z⁻ a Poisson number: coupled, the same.
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<D>> {
        let [rate] = self.parameters();
        let (minus, start) = twice(self, coupled, rng);
        Branch::pair(rate.clone(), Tensor::ones_like(&rate), start + 1.0, minus).into()
    }
}

impl<const D: usize> WeakDerivative<D> for Binomial<D> {
    /// In the log-odds: c = n p (1 − p), z⁻ of n − 1 trials, z⁺ with a success more: coupled, of the same trials.
    ///
    /// The number of trials is an integer, and has no derivative.
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<D>> {
        let [trials, logits] = self.parameters();
        let others = Self::new(stop(trials.clone() - 1.0).clamp_min(0.0), logits.clone());
        let (minus, start) = twice(&others, coupled, rng);
        // Without any trial there is no success to add, and the constant is 0.
        let plus = (start + 1.0).min_pair(stop(trials.clone()));
        let constant = trials * sigmoid(logits.clone()) * sigmoid(-logits.clone());
        Branch::pair(logits, constant, plus, minus).into()
    }
}

impl<const D: usize> WeakDerivative<D> for Geometric<D> {
    /// In the log-odds: c = 1 − p, z⁺ of this law, z⁻ = z⁺ + 1 + another such number.
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<D>> {
        let [logits] = self.parameters();
        let (plus, start) = twice(self, coupled, rng);
        let minus = start + self.sample(rng) + 1.0;
        Branch::pair(logits.clone(), sigmoid(-logits), plus, minus).into()
    }
}

impl<const D: usize> WeakDerivative<D> for NegativeBinomial<D> {
    /// In the log-odds: c = r p, z⁺ = z⁻ + 1 + a draw of NegativeBinomial(1, p).
    ///
    /// In r: c = −ln(1 − p), z⁺ = z⁻ + L with L of mass pᵏ / (−k ln(1 − p)), since the law is a Poisson number, of mean c r,
    /// of such batches.
    ///
    /// Source of the draws of L: Kemp, Efficient generation of logarithmically distributed pseudo-random variables, 1981.
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<D>> {
        let [count, logits] = self.parameters();
        let (minus, start) = twice(self, coupled, rng);
        let more = Self::new(Tensor::ones_like(&count), logits.clone()).sample(rng);
        let constant = count.clone() * sigmoid(logits.clone());
        let in_logits = Branch::pair(logits.clone(), constant, start + more + 1.0, minus);

        let (minus, start) = twice(self, coupled, rng);
        let constant = stop(math::softplus(logits));
        // With q = 1 − (1 − p)^u, L = 1 + ⌊ln v / ln q⌋; the reflection of an exponential number x is −ln(1 − e^(−x)).
        let level = constant.clone() * noise::uniform(&count, rng);
        let log_q = noise::reflected(Noise::Exponential, level);
        let batch = (noise::of(Noise::Exponential, &count, rng) / log_q).floor() + 1.0;
        let in_count = Branch::pair(count, constant, start + batch, minus);
        in_count.into_iter().chain(in_logits).collect()
    }
}

/// Two draws: the same where coupled.
fn twice<const D: usize>(q: &impl Distribution<D>, coupled: bool, rng: &mut Rng) -> (Tensor<D>, Tensor<D>) {
    let draw = q.sample(rng);
    let other = if coupled { draw.clone() } else { q.sample(rng) };
    (draw, other)
}
