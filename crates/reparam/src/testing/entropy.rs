//! The entropy is the mean of −log q.

use crate::{Distribution, Entropy, Params, noise::Rng};

use super::{
    Case, DRAWS, SEED,
    draws::element,
    rates,
    slope::{assert_close, assert_gradient, weighted},
    values,
};

impl<Q: Distribution<D> + Entropy + Params, const D: usize> Case<Q, D> {
    /// The mean of −log q(z) over draws z.
    pub fn entropy_is_mean_of_draws(&self) {
        let q = self.distribution();
        let entropy = values(q.entropy());
        let rows = q.dims()[0];
        assert_eq!(entropy.len(), rows, "{}: shape of the entropy", self.name);
        let q = q.repeated(DRAWS);
        let log_probs = values(-q.log_prob(q.sample(&mut Rng::new(SEED))));
        for (i, &entropy) in entropy.iter().enumerate() {
            let law = format!("entropy of row {i}");
            self.assert_mean(&law, &element(&log_probs, rows, i), entropy, rates().split(rows));
        }
    }

    /// −∫ q log q over the case's support.
    pub fn entropy_is_integral(&self) {
        let integral = self.integral(|log_prob| -log_prob);
        let entropy = values(self.distribution().entropy());
        assert_close(&self.name, "entropy", &entropy, &[integral.value], 1e-8 + integral.error);
    }

    /// The gradient of the entropy in the parameters against differences.
    pub fn entropy_slopes(&self) {
        assert_gradient(&self.name, "entropy", &self.params, |params| weighted(self.of(params).entropy()));
    }

    /// All laws of [`Entropy`].
    pub fn entropy_laws(&self) -> Option<&'static str> {
        self.entropy_is_mean_of_draws();
        self.entropy_slopes();
        if self.support.is_some() {
            self.entropy_is_integral();
        }
        Some("Entropy")
    }
}
