//! The derivative of a law in its parameters as a difference of laws: ∂q/∂θ = c (q⁺ − q⁻).

use burn::tensor::Tensor;

use crate::{Distribution, gradient::stop, noise::Rng};

/// A law whose derivative is a weighted sum of laws that can be drawn from.
///
/// For each element z of the event and its parameters θ, E\[f(z)\] has the derivative Σ ∂w/∂θ · E\[f(z′)\], over the
/// [branches](Self::branches) of weight w and draw z′.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no measure-valued derivative",
    note = "use the `ScoreFunction` estimator, which needs only `sample` and `log_prob`"
)]
pub trait WeakDerivative<const D: usize>: Distribution<D> {
    /// The terms of the derivative, their draws fresh; with common random numbers where `coupled`.
    fn branches(&self, coupled: bool, rng: &mut Rng) -> Vec<Branch<D>>;
}

/// One term of the derivative of an expectation.
#[derive(Clone, Debug)]
pub struct Branch<const D: usize> {
    /// What multiplies f, one number per element: only its gradient counts, and that may go to several parameters.
    pub weight: Tensor<D>,
    /// Where f is evaluated, `[batch, event…]`; carries no gradient.
    pub draw: Tensor<D>,
}

impl<const D: usize> Branch<D> {
    /// The two terms of c (E\[f(z⁺)\] − E\[f(z⁻)\]), the derivative in one parameter; `constant` is c.
    pub fn pair(parameter: Tensor<D>, constant: Tensor<D>, plus: Tensor<D>, minus: Tensor<D>) -> [Self; 2] {
        let weight = parameter * stop(constant);
        [Self { weight: weight.clone(), draw: plus }, Self { weight: -weight, draw: minus }]
    }
}
