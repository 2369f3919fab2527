//! Gradients through randomness, on the Burn framework.
//!
//! A draw z ~ q(z; φ) is rewritten as z = T(ε; φ), with noise ε that does not depend on φ, so that
//! ∇ E\[f(z)\] = E\[∇ f(T(ε; φ))\] can be estimated by back-propagation.
//!
//! ```text
//! rng ─► noise ─► path ─► draw z ─► log-density + entropy ─► loss ─► backward ─► optimizer
//! ```
//!
//! Every part of that line is a trait with a folder of instances: [`Distribution`] (and what one may be able to do:
//! [`Reparameterized`], [`Explicit`], [`Factorized`], [`Entropy`], [`Kl`]), [`Transform`], [`Estimator`],
//! [`EntropyTerm`], [`Objective`], [`Family`]. A loop is four lines:
//!
//! ```
//! use burn::{optim::GradientsParams, tensor::Device};
//! use reparam::{Adam, Elbo, Family, MeanField, Normal, Objective, Pathwise, Rng, StickTheLanding, prelude::*};
//!
//! let device = Device::flex().autodiff();
//! let mut rng = Rng::new(0);
//! let target = Normal::from_log_variance(
//!     burn::tensor::Tensor::<2>::from_floats([[1.0, -2.0]], &device),
//!     burn::tensor::Tensor::from_floats([[0.0, 1.0]], &device),
//! );
//! let mut family = MeanField::new(2, &device);
//! let mut elbo = Elbo { estimator: Pathwise { particles: 8 }, entropy: StickTheLanding };
//! let mut optimizer = Adam::default().init();
//!
//! for _ in 0..800 {
//!     let q = family.given(());
//!     let loss = elbo.loss(&q, |z| target.log_prob(z), &mut rng);
//!     let grads = GradientsParams::from_grads(loss.backward(), &family);
//!     family = optimizer.step(2e-2, family, grads);
//! }
//! let fitted = family.given(()).loc().into_data().try_to_vec::<f32>().unwrap();
//! # assert!((fitted[0] - 1.0).abs() < 0.05 && (fitted[1] + 2.0).abs() < 0.05, "{fitted:?}");
//! ```
//!
//! [`Pathwise`] is one of fifteen estimators: [`ScoreFunction`] and [`MeasureValued`] need no path, [`Enumerate`],
//! [`DisArm`] and [`Relax`] are for discrete draws, and [`Estimator`] is a trait with one method for your own. [`Graph`] joins
//! draws of different kinds in one surrogate; [`measure()`] says how much a gradient scatters and what it costs, [`audit()`]
//! whether it is right, and [`Auto`] takes the cheapest of several.
//!
//! Shapes: axis 0 is the batch, the other axes are the event, and a log-density is `[batch]`. Randomness is an
//! argument, [`Rng`]. Burn has public items named `Distribution` and `Reparameterization` of its own, none of them in
//! its prelude; here the words mean ours.

mod audit;
#[cfg(doctest)]
mod book;
pub mod checks;
mod discrete;
mod distribution;
mod distributions;
mod divergences;
mod entropy;
mod error;
mod estimator;
mod estimators;
mod evaluate;
mod families;
mod family;
pub mod gradient;
mod graph;
mod kl;
mod leaves;
pub mod linalg;
pub mod math;
mod measure;
pub mod nn;
pub mod noise;
mod objective;
mod objectives;
mod ops;
mod optim;
mod rows;
mod score;
pub mod shape;
#[cfg(feature = "testing")]
pub mod testing;
mod transform;
mod transforms;
mod univariate;
mod vae;
mod weak_derivative;
mod weak_derivatives;

// The derive of an optimizer's record names these through the crate root.
use burn::optim::{RecordState, StateSink, StateSource};

pub use audit::{Audit, Audited, Truth, audit};
pub use discrete::{Enumerable, Relaxable};
pub use distribution::{
    Cdf, Distribution, Entropy, Explicit, Factorized, Mode, Moments, ParamMap, Params, Quantile,
    Reparameterized, Twin,
};
pub use distributions::{
    AsymmetricLaplace, Bernoulli, Beta, BetaBinomial, BetaPrime, Binomial, Burr, Categorical, Cauchy,
    Censored, Chi2, ContinuousBernoulli, Dagum, Dirichlet, DirichletMultinomial, DiscreteUniform,
    ExpRelaxedOneHotCategorical, Exponential, ExponentiallyModifiedNormal, FisherSnedecor, Frechet, Gamma,
    GeneralizedExtremeValue, GeneralizedGamma, GeneralizedNormal, GeneralizedPareto, Geometric, Gompertz,
    Gumbel, HalfCauchy, HalfNormal, HalfStudentT, HurdleNegativeBinomial, HurdlePoisson, Hypergeometric,
    Implicit, InverseGamma, InverseGaussian, InverseWishart, JohnsonSU, Kumaraswamy, Laplace, Levy,
    LkjCholesky, LogLogistic, LogNormal, LogUniform, Logarithmic, Logistic, LogisticNormal, LogitNormal,
    LogitRelaxedBernoulli, Lomax, LowRankNormal, MatrixNormal, Maxwell, MixtureSameFamily, Multinomial,
    MultivariateNormal, MultivariateStudentT, Nakagami, NegativeBinomial, NoncentralChi2, Normal,
    OneHotCategorical, OrderedLogistic, Pareto, PointMass, Poisson, PowerSpherical, Rayleigh,
    RelaxedBernoulli, RelaxedOneHotCategorical, Rice, Skellam, SkewNormal, StraightThroughBernoulli,
    StraightThroughOneHot, StudentT, TanhNormal, Transformed, Triangular, Truncated, TruncatedNormal,
    Uniform, UniformSphere, VonMises, VonMisesFisher, Weibull, Wishart, ZeroInflatedBinomial,
    ZeroInflatedNegativeBinomial, ZeroInflatedPoisson, Zipf,
};
pub use divergences::{ChiSquare, Hellinger, Renyi, Wasserstein2};
pub use entropy::{ClosedForm, EntropyTerm, MonteCarlo, StickTheLanding};
pub use error::ParamError;
pub use estimator::{Baseline, Estimator};
pub use estimators::{
    Antithetic, Arm, Auto, DeltaMethod, DisArm, Enumerate, GumbelSoftmax, LeaveOneOut, MeasureValued,
    MovingAverage, NetworkBaseline, NoBaseline, OptimalCoefficient, Pathwise, QuasiRandom, Rebar, Relax,
    ScoreFunction, StraightThrough, SumAndSample,
};
pub use families::{BernoulliNet, FullRank, GaussianNet, MeanField, NormalNet, StandardNormal};
pub use family::Family;
pub use graph::{Draw, Graph, GraphError, Node, Trace};
pub use kl::{Kl, KlEach, MonteCarloKl};
pub use measure::{Measurement, measure, measure_surrogate};
pub use noise::Rng;
pub use objective::Objective;
pub use objectives::{DReG, Elbo, Iwae, IwaeStickTheLanding, Vimco, WakeSleep, log_mean_exp};
pub use optim::{Adam, AdamState};
pub use reparam_kernels::{Dual, Element, Real, Scalar, law, law::Coordinate, laws};
pub use transform::{Elementwise, Fixed, Transform};
pub use transforms::{
    Affine, Chain, CorrelationCholesky, Exp, HalfLine, Identity, Interval, Inverse, Log, LowerCholesky,
    Ordered, PositiveOrdered, Power, Sigmoid, SoftmaxCentred, Softplus, Stereographic, StickBreaking,
    Support, Tanh,
};
pub use univariate::Univariate;
pub use vae::{ElboTerms, Vae};
pub use weak_derivative::{Branch, WeakDerivative};

/// Statistics that measurements and audits speak in: moments of numbers, estimates with their errors, intervals, error rates.
pub mod stats {
    pub use reparam_testing::{Estimate, Interval, Moments, Rates, Rejection};
}

/// The traits, for a glob import.
///
/// Each comes under its name and, for its methods, without one: an import of Burn's `Distribution` hides the name alone.
pub mod prelude {
    pub use crate::{
        Baseline as _, Cdf as _, Distribution as _, Elementwise as _, Entropy as _, EntropyTerm as _,
        Enumerable as _, Estimator as _, Explicit as _, Factorized as _, Family as _, Kl as _, KlEach as _,
        Mode as _, Moments as _, Objective as _, Params as _, Quantile as _, Relaxable as _,
        Reparameterized as _, Transform as _, Twin as _, WeakDerivative as _,
    };
    pub use crate::{
        Baseline, Cdf, Distribution, Elementwise, Entropy, EntropyTerm, Enumerable, Estimator, Explicit,
        Factorized, Family, Kl, KlEach, Mode, Moments, Objective, Params, Quantile, Relaxable,
        Reparameterized, Transform, Twin, WeakDerivative,
    };
}
