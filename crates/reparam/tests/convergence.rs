//! Variational families fitted to a correlated normal whose best approximation is known.

mod common;

use burn::{module::Module, optim::GradientsParams, tensor::Tensor};
use common::{assert_close, device};
use reparam::{
    Adam, Elbo, FullRank, Iwae, Kl, MeanField, MultivariateNormal, Pathwise, Rng, StickTheLanding,
    prelude::*, testing::values,
};

/// Mean (1, −2), covariance ((1, 0.6), (0.6, 0.8)).
fn target() -> MultivariateNormal {
    let loc = Tensor::from_floats([[1.0, -2.0]], &device());
    let covariance = Tensor::from_floats([[[1.0, 0.6], [0.6, 0.8]]], &device());
    MultivariateNormal::from_covariance(loc, covariance, 0.0)
}

/// Minimises the objective, with steps that shrink towards the end.
fn fit<F>(mut family: F, mut objective: impl Objective<F::Dist, 2>, steps: usize) -> F
where
    F: Family<()> + Module,
{
    let (target, mut rng) = (target(), Rng::new(31));
    let mut optimizer = Adam::default().init();
    for step in 0..steps {
        let loss = objective.loss(&family.given(()), |z| target.log_prob(z), &mut rng);
        let grads = GradientsParams::from_grads(loss.backward(), &family);
        let rest = 1.0 - step as f64 / steps as f64;
        family = optimizer.step(0.05 * rest, family, grads);
    }
    family
}

/// The full covariance holds the target, and sticking the landing leaves no noise there: the fit is exact to rounding.
#[test]
fn full_rank_finds_the_target() {
    let objective = Elbo { estimator: Pathwise { particles: 8 }, entropy: StickTheLanding };
    let fitted = fit(FullRank::new(2, &device()), objective, 1500).given(());
    let target = target();
    let [loc, factor] = [values(fitted.loc()), values(fitted.factor())];
    for (found, exact) in
        loc.iter().chain(&factor).zip([values(target.loc()), values(target.factor())].concat())
    {
        assert_close(*found, exact, 2e-4);
    }
    assert!(values(fitted.kl(&target))[0] < 1e-7);
}

/// Of all diagonal normals the nearest in KL(q ‖ p) has the target's mean and the inverse diagonal of its precision
/// as variances: 1 − 0.6²/0.8 and 0.8 − 0.6²/1.
#[test]
fn mean_field_finds_the_mean_and_the_conditional_variances() {
    let objective = Elbo { estimator: Pathwise { particles: 500 }, entropy: StickTheLanding };
    let fitted = fit(MeanField::new(2, &device()), objective, 800).given(());
    for (found, exact) in values(fitted.loc()).into_iter().zip([1.0, -2.0]) {
        assert_close(found, exact, 0.01);
    }
    for (found, exact) in values(fitted.variance()).into_iter().zip([0.55, 0.44]) {
        assert_close(found, exact, 0.02);
    }
}

/// With many particles the bound no longer asks q to be narrow: the fitted variances lie above mean field's.
#[test]
fn importance_weights_widen_the_fit() {
    let fitted = fit(MeanField::new(2, &device()), Iwae { particles: 16 }, 1500).given(());
    for (found, narrow) in values(fitted.variance()).into_iter().zip([0.55, 0.44]) {
        assert!(found > 1.1 * narrow, "{found}");
    }
}
