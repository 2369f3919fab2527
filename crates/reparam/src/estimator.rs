//! How the gradient of an expectation E_q[f(z)] is carried from f back to the parameters of q.

use burn::tensor::Tensor;

use crate::noise::Rng;

/// An estimator of E_q\[f\] and of its gradient at once.
///
/// It owns the number of particles: baselines need it, and f is handed the distribution repeated over them.
pub trait Estimator<Q, const D: usize> {
    /// A surrogate `[batch]`: its value estimates E_q\[f\], its gradient the gradient of E_q\[f\].
    ///
    /// `f` maps the repeated distribution and draws `[particles · batch, event…]` to one number per row. It may be called more
    /// than once, and with draws that q would not make: a relaxation, or one element moved.
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1>;

    /// Whether the gradient is that of another function than E_q\[f\], however many draws are made.
    fn is_biased(&self) -> bool {
        false
    }
}

/// A number subtracted from f in the score-function estimator: any value that the row's own draw does not touch
/// leaves the gradient unbiased and may lower its variance.
pub trait Baseline {
    /// The baseline of each row, `[particles · batch]`, given all values of f.
    fn of(&mut self, values: &Tensor<1>, particles: usize) -> Tensor<1>;
}
