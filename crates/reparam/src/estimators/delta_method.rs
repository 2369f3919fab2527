//! E_q[f] = E_q[f − h] + E_q[h], h the quadratic that touches f at the mean: only what h leaves over is estimated.

use burn::tensor::Tensor;

use crate::{Estimator, Normal, Params, evaluate::f_at, gradient::stop, noise::Rng, rows, shape};

/// The delta-method control variate for normal draws: another estimator works on f − h, and the mean of h and its gradient
/// are added exactly. As biased as that estimator.
///
/// h(z) = f(μ) + Σ gₑ (zₑ − μₑ) + ½ Σ Hₑ (zₑ − μₑ)² has the slopes and curvatures along the axes of f at the mean μ, from
/// central differences of f. Any h would do for an unbiased gradient; this one leaves nothing of a quadratic f without mixed
/// terms, and little of a smooth f where σ is small. Beyond a few σ of smoothness it may add variance.
///
/// 1 + 2 · elements evaluations of f more, whatever the number of particles.
///
/// Source: Paisley, Blei & Jordan, Variational Bayesian Inference with Stochastic Search, 2012; Mohamed et al., 2020,
/// section 7.4; for pathwise gradients Miller et al., Reducing Reparameterization Gradient Variance, 2017.
#[derive(Clone, Copy, Debug)]
pub struct DeltaMethod<G> {
    /// What estimates the expectation of f − h.
    pub inner: G,
}

impl<const D: usize, G: Estimator<Normal<D>, D>> Estimator<Normal<D>, D> for DeltaMethod<G> {
    fn expectation(
        &mut self,
        q: &Normal<D>,
        f: impl Fn(&Normal<D>, Tensor<D>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        let fixed = q.detached();
        let h = Quadratic::touching(|z| stop(f_at("DeltaMethod", &f, &fixed, z)), fixed.loc(), fixed.scale());
        let [batch] = h.value.dims();
        let rest = |q: &Normal<D>, z: Tensor<D>| {
            let particles = z.dims()[0] / batch;
            let h = h.at(z.clone(), particles);
            f_at("DeltaMethod", &f, q, z) - h
        };
        let rest = self.inner.expectation(q, rest, rng);
        rest + h.mean(q)
    }

    fn is_biased(&self) -> bool {
        self.inner.is_biased()
    }
}

/// f(μ) + Σ gₑ (zₑ − μₑ) + ½ Σ Hₑ (zₑ − μₑ)² for each row, in constants.
struct Quadratic<const D: usize> {
    centre: Tensor<D>,
    value: Tensor<1>,
    slope: Tensor<D>,
    curvature: Tensor<D>,
}

impl<const D: usize> Quadratic<D> {
    /// By steps of ε^¼ σ, where the errors of rounding and of the step are about equal in the curvature.
    fn touching(f: impl Fn(Tensor<D>) -> Tensor<1>, centre: Tensor<D>, scale: Tensor<D>) -> Self {
        let dims = centre.dims();
        let [batch, elements] = [dims[0], dims[1..].iter().product()];
        let step = (scale * rows::epsilon(&centre).sqrt().sqrt()).reshape([batch, elements]);
        let value = f(centre.clone());
        let column = |x: Tensor<1>| x.reshape([batch, 1]);
        let [slopes, curvatures] =
            (0..elements).fold([const { Vec::new() }; 2], |[mut slopes, mut curvatures], e| {
                let place = [0..batch, e..e + 1];
                let step = step.clone().slice(place.clone());
                let at = |step: Tensor<2>| {
                    let moved = centre.clone().reshape([batch, elements]);
                    let column = moved.clone().slice(place.clone()) + step;
                    f(moved.slice_assign(place.clone(), column).reshape(dims))
                };
                let (up, down) = (column(at(step.clone())), column(at(-step.clone())));
                slopes.push((up.clone() - down.clone()) / step.clone() * 0.5);
                curvatures.push((up - column(value.clone()) * 2.0 + down) / step.square());
                [slopes, curvatures]
            });
        let [slope, curvature] = [slopes, curvatures].map(|columns| Tensor::cat(columns, 1).reshape(dims));
        Self { centre, value, slope, curvature }
    }

    /// h of draws whose batch is repeated over the particles.
    fn at(&self, z: Tensor<D>, particles: usize) -> Tensor<1> {
        let tiled = |x: &Tensor<D>| shape::tile(x.clone(), particles);
        let step = z - tiled(&self.centre);
        let each = (tiled(&self.slope) + tiled(&self.curvature) * step.clone() * 0.5) * step;
        shape::tile(self.value.clone(), particles) + shape::sum_event(each)
    }

    /// E_q\[h\].
    fn mean(&self, q: &Normal<D>) -> Tensor<1> {
        let step = q.loc() - self.centre.clone();
        let square = step.clone().square() + q.scale().square();
        self.value.clone()
            + shape::sum_event(self.slope.clone() * step + self.curvature.clone() * square * 0.5)
    }
}
