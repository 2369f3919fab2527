//! Normal(loc, scale): Rayleigh steps to both sides for the mean, a double-sided Maxwell draw for the scale.

use std::f64::consts::TAU;

use burn::tensor::Tensor;

use crate::{Branch, Normal, WeakDerivative, gradient::stop, noise, noise::Noise, noise::Rng};

impl<const D: usize> WeakDerivative<D> for Normal<D> {
    /// In the mean: c = 1 / (σ √(2π)), z± = μ ± σ W, W of density w e^(−w²/2); coupled, one W for both.
    ///
    /// In the scale: c = 1/σ, z⁺ = μ + σ M, M of density x² e^(−x²/2) / √(2π), z⁻ normal; coupled, z⁻ = μ + σ M U with U
    /// uniform. That pair is made as the length of a normal 3-vector and its first coordinate, whose ratio is uniform
    /// (Archimedes).
    ///
    /// Source: Mohamed et al., 2020, section 6.
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<D>> {
        let [loc, scale] = [self.loc(), self.scale()].map(stop);
        let at = |noise: Tensor<D>| loc.clone() + scale.clone() * noise;
        let mut rayleigh = || (noise::of(Noise::Exponential, &loc, rng) * 2.0).sqrt();
        let up = rayleigh();
        let down = if coupled { up.clone() } else { rayleigh() };
        let in_loc = Branch::pair(self.loc(), scale.clone().recip() * TAU.sqrt().recip(), at(up), at(-down));

        let mut normal = || noise::normal(&loc, rng);
        let first = normal();
        let length = (first.clone().square() + normal().square() + normal().square()).sqrt();
        let maxwell = length.clone().mask_where(first.clone().lower_elem(0.0), -length);
        let inner = if coupled { first } else { normal() };
        let in_scale = Branch::pair(self.scale(), scale.clone().recip(), at(maxwell), at(inner));
        in_loc.into_iter().chain(in_scale).collect()
    }
}
