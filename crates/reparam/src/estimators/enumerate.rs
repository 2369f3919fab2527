//! E_q[f] = Σ_z q(z) f(z), and its gradient: no draw at all.

use burn::tensor::Tensor;

use crate::{
    Enumerable, Estimator, Params, discrete,
    evaluate::{f_at, log_prob_at},
    noise::Rng,
    shape,
};

/// The exact expectation and the exact gradient, over every value of a finite support.
///
/// Elements of an event multiply: d bits have 2ᵈ values, and f is evaluated at each. Values of probability 0 are left out
/// whatever f is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Enumerate;

impl<const D: usize, Q: Enumerable<D> + Params> Estimator<Q, D> for Enumerate {
    /// Panics when there are more than 65,536 values.
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, _rng: &mut Rng) -> Tensor<1> {
        let batch = q.dims()[0];
        let support = q.support();
        let values = support.dims()[0];
        let q = q.repeated(values);
        let z = discrete::for_rows(support, batch);
        let probability = log_prob_at("Enumerate", &q, z.clone()).exp();
        let impossible = probability.clone().equal_elem(0.0);
        let terms = (probability * f_at("Enumerate", f, &q, z)).mask_fill(impossible, 0.0);
        shape::sum_particles(terms, values)
    }
}
