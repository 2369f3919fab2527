//! The families whose draws are made in vectors.

use super::Noise;

/// How the draws of a whole slice are made at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// θ₀ + θ₁ · noise.
    LocationScale(Noise),
    /// Gamma draws of shape θ₀ and rate θ₁, carried as logarithms.
    Gamma,
    /// Beta draws of shapes θ₀ and θ₁, carried as logits.
    Beta,
    /// Student's t draws of θ₀ degrees of freedom around θ₁ with scale θ₂.
    StudentT,
}
