//! Laws on finitely many values: every value in turn, weighted by its probability, so that nothing is drawn.

use burn::tensor::{Tensor, activation::sigmoid};

use crate::{
    Bernoulli, Branch, Categorical, OneHotCategorical, WeakDerivative, distributions::one_hot,
    gradient::stop, noise::Rng,
};

impl<const D: usize> WeakDerivative<D> for Bernoulli<D> {
    /// p (1 − p) (f(1) − f(0)).
    fn branches(&self, _coupled: bool, _rng: &mut Rng) -> Vec<Branch<D>> {
        let logits = self.logits();
        let (one, zero) = (Tensor::ones_like(&logits), Tensor::zeros_like(&logits));
        vec![
            Branch { weight: sigmoid(logits.clone()), draw: one },
            Branch { weight: sigmoid(-logits), draw: zero },
        ]
    }
}

impl<const D: usize> WeakDerivative<D> for Categorical<D> {
    /// p_k (f(k) − Σ p_j f(j)) in logit k.
    fn branches(&self, _coupled: bool, _rng: &mut Rng) -> Vec<Branch<D>> {
        let probs = self.log_probs().exp();
        let class = |k| {
            let weight = probs.clone().narrow(D - 1, k, 1);
            Branch { draw: Tensor::full_like(&stop(weight.clone()), k as f64), weight }
        };
        (0..self.classes()).map(class).collect()
    }
}

impl<const D: usize> WeakDerivative<D> for OneHotCategorical<D> {
    /// p_k (f(e_k) − Σ p_j f(e_j)) in logit k.
    fn branches(&self, _coupled: bool, _rng: &mut Rng) -> Vec<Branch<D>> {
        let probs = self.log_probs().exp();
        let class = |k| {
            let weight = probs.clone().narrow(D - 1, k, 1);
            let index = Tensor::full(weight.dims(), k as i64, &weight.device());
            Branch { draw: one_hot(index, &stop(probs.clone())), weight }
        };
        (0..probs.dims()[D - 1]).map(class).collect()
    }
}
