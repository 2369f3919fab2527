//! The gradient through a draw: along one path exactly, and of known moments on average.

use crate::{Explicit, Moments, Params, Reparameterized, noise::Rng};

use super::{
    Case, SEED,
    draws::element,
    rates,
    slope::{assert_gradient, gradient, weighted},
    values,
};

/// Groups of draws whose mean gradients are compared with the exact one, and the draws in each.
const GROUPS: u64 = 500;
const GROUP: usize = 40;

impl<Q: Reparameterized<D> + Params, const D: usize> Case<Q, D> {
    /// The gradient of a draw in the parameters against differences with common random numbers.
    pub fn path_slopes(&self) {
        assert_gradient(&self.name, "rsample", &self.params, |params| {
            weighted(self.of(params).repeated(4).rsample(&mut Rng::new(SEED)))
        });
    }

    /// All laws of [`Reparameterized`].
    pub fn reparameterized_laws(&self) -> Option<&'static str> {
        self.draws_agree();
        self.path_slopes();
        self.log_prob_slopes_in_x();
        Some("Reparameterized")
    }
}

impl<Q: Reparameterized<D> + Moments<D> + Params, const D: usize> Case<Q, D> {
    /// The mean gradient of z and of z² over draws is the gradient of E\[z\] and of Var\[z\] + E\[z\]².
    pub fn path_slopes_of_moments(&self) {
        for power in 1..=2 {
            let exact = gradient(&self.params, |params| {
                let q = self.of(params);
                weighted(if power == 1 { q.mean() } else { q.variance() + q.mean().square() })
            });
            let rng = Rng::new(SEED);
            let estimates: Vec<f64> = (0..GROUPS)
                .flat_map(|group| {
                    gradient(&self.params, |params| {
                        let q = self.of(params);
                        let width = q.dims().iter().product();
                        let z = q.repeated(GROUP).rsample(&mut rng.split(group)).powi_scalar(power);
                        let mean = z.reshape([GROUP, width]).mean_dim(0);
                        weighted(mean.reshape(q.dims()))
                    })
                })
                .collect();
            let rates = rates().split(2 * exact.len());
            for (i, &slope) in exact.iter().enumerate() {
                let law = format!("slope of E[z^{power}] in parameter {i}");
                self.assert_mean(&law, &element(&estimates, exact.len(), i), slope, rates);
            }
        }
    }

    /// All laws of what is both [`Reparameterized`] and [`Moments`].
    pub fn path_moments_laws(&self) -> Option<&'static str> {
        self.path_slopes_of_moments();
        Some("Reparameterized + Moments")
    }
}

impl<Q: Explicit<D> + Params, const D: usize> Case<Q, D> {
    /// `rsample` is the path of the noise, and the noise carries no gradient.
    pub fn path_of_noise_is_the_draw(&self) {
        let params = super::tensor(&self.params, [self.params.len()]).require_grad();
        let q = self.of(params).repeated(16);
        let noise = q.noise(&mut Rng::new(SEED));
        assert!(!noise.is_tracked(), "{}: the noise carries a gradient", self.name);
        let draws = [q.path(noise), q.rsample(&mut Rng::new(SEED))].map(values);
        assert_eq!(draws[0], draws[1], "{}: `rsample` is not the path of the noise", self.name);
    }

    /// All laws of [`Explicit`].
    pub fn explicit_laws(&self) -> Option<&'static str> {
        self.path_of_noise_is_the_draw();
        Some("Explicit")
    }
}
