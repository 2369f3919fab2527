//! A density integrates to one, and its slopes are those of its values.

use reparam_testing::{Estimate, integrate};

use crate::{Distribution, Params, Reparameterized, noise::Rng};

use super::{
    Case, SEED, Support,
    slope::{assert_gradient, weighted},
    tensor, values,
};

impl<Q: Distribution<D> + Params, const D: usize> Case<Q, D> {
    /// ∫ exp(log q(x)) dx, or the sum over the values, is 1 to 1e-9, or to what quadrature finds.
    ///
    /// Panics where the case has no support, or more than one number.
    pub fn density_is_normalised(&self) {
        let Estimate { value, error } = self.integral(|_| 1.0);
        let known = error <= 1e-6;
        assert!(
            known,
            "{}: the density integrates to {value} ± {error:e}; give the support by its ends",
            self.name
        );
        assert!((value - 1.0).abs() <= 1e-9 + error, "{}: the density integrates to {value}", self.name);
    }

    /// The gradient of log q(x) in the parameters, at draws, against differences.
    pub fn log_prob_slopes(&self) {
        let x = self.distribution().repeated(4).sample(&mut Rng::new(SEED));
        assert_gradient(&self.name, "log_prob", &self.params, |params| {
            weighted(self.of(params).repeated(4).log_prob(x.clone()))
        });
    }

    /// All laws of [`Distribution`]; normalisation and distribution function where the case gives them.
    pub fn distribution_laws(&self) -> Option<&'static str> {
        self.shapes_agree();
        self.sample_carries_no_gradient();
        self.log_prob_slopes();
        if self.support.is_some() {
            self.density_is_normalised();
        }
        if self.cdf.is_some() {
            self.sampler_follows_cdf();
        }
        Some("Distribution")
    }
}

impl<Q: Distribution<D>, const D: usize> Case<Q, D> {
    /// ∫ q(x) f(log q(x), x) dx over the support, for one number.
    pub(super) fn integral_with(&self, f: impl Fn(f64, f64) -> f64) -> Estimate {
        let q = self.distribution();
        assert_eq!(
            q.dims(),
            [1; D],
            "{}: a support is given for a distribution over one number only",
            self.name
        );
        let term = |x: f64| {
            let log_prob = values(q.log_prob(tensor(&[x], [1; D])))[0];
            if log_prob == f64::NEG_INFINITY { 0.0 } else { log_prob.exp() * f(log_prob, x) }
        };
        match &self.support {
            None => panic!("{}: give the case a support to integrate over", self.name),
            Some(Support::Interval(from, to)) => integrate(&term as &dyn Fn(f64) -> f64, *from, *to, 1e-11),
            Some(Support::Values(values)) => {
                Estimate { value: values.iter().map(|&x| term(x)).sum(), error: 0.0 }
            }
        }
    }

    /// ∫ q(x) f(log q(x)) dx over the support.
    pub(super) fn integral(&self, f: impl Fn(f64) -> f64) -> Estimate {
        self.integral_with(|log_prob, _| f(log_prob))
    }
}

impl<Q: Reparameterized<D> + Params, const D: usize> Case<Q, D> {
    /// The gradient of log q(x) in x, at draws, against differences.
    pub fn log_prob_slopes_in_x(&self) {
        let q = self.distribution().repeated(4);
        let x = values(q.sample(&mut Rng::new(SEED)));
        assert_gradient(&self.name, "log_prob in x", &x, |x| weighted(q.log_prob(x.reshape(q.dims()))));
    }
}
