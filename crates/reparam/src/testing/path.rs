//! The gradient through a draw: along an explicit path exactly, against the score, and of known moments, on average.

use burn::tensor::Tensor;

use crate::{
    Explicit, Moments, Params, Reparameterized,
    gradient::stop,
    noise::Rng,
    shape::{sum_event, tile},
};

use super::{
    Case, DRAWS, SEED,
    draws::element,
    rates,
    slope::{assert_gradient, gradient, weighted},
    tensor, values,
};

/// Groups of draws whose mean gradients are compared with the exact one, and the draws in each.
const GROUPS: u64 = 500;
const GROUP: usize = 40;

impl<Q: Reparameterized<D> + Params, const D: usize> Case<Q, D> {
    /// The mean of ∇g(z) along the path is that of g(z) ∇ log q(z), in every parameter, for a bounded g: so moments need
    /// not be finite, nor draws smooth at fixed random numbers, as those made by rejection are not.
    ///
    /// Nothing is compared where a parameter moves an edge of the support, whose part of the gradient the score lacks.
    pub fn path_agrees_with_score(&self) {
        let params = tensor(&self.params, [self.params.len()]).require_grad();
        if self.of(params).moving_edge().is_some() {
            return;
        }
        let q = self.distribution();
        let z = q.repeated(DRAWS).sample(&mut Rng::new(SEED));
        let g = Bounded::around(&values(z.clone()), q.dims());
        let average = values(g.at(z).mean())[0];
        let rng = Rng::new(SEED).split(2);
        let differences: Vec<f64> = (0..GROUPS)
            .flat_map(|group| {
                gradient(&self.params, |params| {
                    let q = self.of(params).repeated(GROUP);
                    let z = q.rsample(&mut rng.split(group));
                    let along_path = g.at(z.clone());
                    let by_score = (stop(along_path.clone()) - average) * q.log_prob(stop(z));
                    (along_path - by_score) * (1.0 / GROUP as f64)
                })
            })
            .collect();
        let count = self.params.len();
        for i in 0..count {
            let law = format!("rsample: slope along the path less that by the score, in parameter {i}");
            self.assert_mean(&law, &element(&differences, count, i), 0.0, rates().split(count));
        }
    }

    /// The gradient of a draw in the parameters against differences with common random numbers: for draws that are smooth
    /// there, as those of an explicit path and of inversion are, and those of rejection are not.
    pub fn path_slopes(&self) {
        assert_gradient(&self.name, "rsample", &self.params, |params| {
            weighted(self.of(params).repeated(4).rsample(&mut Rng::new(SEED)))
        });
    }

    /// All laws of [`Reparameterized`].
    pub fn reparameterized_laws(&self) -> Option<&'static str> {
        self.draws_agree();
        self.log_prob_slopes_in_x();
        self.path_agrees_with_score();
        Some("Reparameterized")
    }
}

/// g(z) = Σ wₑ (t + ½) / (1 + t²), t = (zₑ − centre) / scale: bounded, with a bounded slope, and neither even nor odd.
struct Bounded<const D: usize> {
    centre: Tensor<D>,
    scale: Tensor<D>,
    weight: Tensor<D>,
}

impl<const D: usize> Bounded<D> {
    /// With the medians of the draws for centres and the distances of their quartiles for scales.
    fn around(draws: &[f64], dims: [usize; D]) -> Self {
        let width: usize = dims.iter().product();
        let quartiles = |j: usize| {
            let mut column = element(draws, width, j);
            column.sort_by(f64::total_cmp);
            [1, 2, 3].map(|k| column[k * column.len() / 4])
        };
        let quartiles: Vec<[f64; 3]> = (0..width).map(quartiles).collect();
        let column = |of: fn(&[f64; 3]) -> f64| tensor(&quartiles.iter().map(of).collect::<Vec<f64>>(), dims);
        let mut weight = vec![0.0; width];
        Rng::new(SEED).split(1).fill_uniform(&mut weight);
        Self {
            centre: column(|[_, median, _]| *median),
            scale: column(|[low, _, high]| (high - low).max(f64::MIN_POSITIVE)),
            weight: tensor(&weight.iter().map(|w| w + 0.5).collect::<Vec<f64>>(), dims),
        }
    }

    fn at(&self, z: Tensor<D>) -> Tensor<1> {
        let particles = z.dims()[0] / self.centre.dims()[0];
        let tiled = |x: &Tensor<D>| tile(x.clone(), particles);
        let t = (z - tiled(&self.centre)) / tiled(&self.scale);
        sum_event(tiled(&self.weight) * (t.clone() + 0.5) / (t.square() + 1.0))
    }
}

impl<Q: Reparameterized<D> + Moments<D> + Params, const D: usize> Case<Q, D> {
    /// The mean gradient of z and of z² over draws is the gradient of E\[z\] and of Var\[z\] + E\[z\]², where those are
    /// finite.
    pub fn path_slopes_of_moments(&self) {
        for power in 1..=2 {
            let moment = |q: &Q| if power == 1 { q.mean() } else { q.variance() + q.mean().square() };
            if !values(moment(&self.distribution())).iter().all(|x| x.is_finite()) {
                continue;
            }
            let exact = gradient(&self.params, |params| weighted(moment(&self.of(params))));
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
        self.path_slopes();
        Some("Explicit")
    }
}
