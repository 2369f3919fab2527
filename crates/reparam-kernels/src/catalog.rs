//! The univariate laws by name, for programs that learn at run time which one is meant.
//!
//! What an entry can do is read off the traits of its type.

mod entry;
mod evaluate;
mod probe;

pub use entry::{Divergence, Sampler, Univariate};

use crate::laws::{self, Logits, Probs};
use probe::{table_of_divergences, table_of_laws};

table_of_laws! {
    laws::AsymmetricLaplace: 3,
    laws::Bernoulli<Logits>: 1,
    laws::Bernoulli<Probs>: 1,
    laws::Beta: 2,
    laws::BetaBinomial: 3,
    laws::Binomial<Probs>: 2,
    laws::Binomial<Logits>: 2,
    laws::Cauchy: 2,
    laws::Chi2: 1,
    laws::ContinuousBernoulli<Probs>: 1,
    laws::ContinuousBernoulli<Logits>: 1,
    laws::DiscreteUniform: 2,
    laws::Exponential: 1,
    laws::FisherSnedecor: 2,
    laws::Frechet: 2,
    laws::Gamma: 2,
    laws::GeneralizedExtremeValue: 3,
    laws::GeneralizedNormal: 3,
    laws::GeneralizedPareto: 3,
    laws::Geometric<Probs>: 1,
    laws::Geometric<Logits>: 1,
    laws::Gumbel: 2,
    laws::HalfCauchy: 1,
    laws::HalfNormal: 1,
    laws::HurdleNegativeBinomial: 3,
    laws::HurdlePoisson: 2,
    laws::InverseGamma: 2,
    laws::Kumaraswamy: 2,
    laws::Laplace: 2,
    laws::LogLogistic: 2,
    laws::LogNormal: 2,
    laws::LogUniform: 2,
    laws::Logistic: 2,
    laws::LogitNormal: 2,
    laws::LogitRelaxedBernoulli: 2,
    laws::NegativeBinomial<Probs>: 2,
    laws::NegativeBinomial<Logits>: 2,
    laws::Normal: 2,
    laws::Pareto: 2,
    laws::Poisson: 1,
    laws::RelaxedBernoulli: 2,
    laws::StudentT: 3,
    laws::TanhNormal: 2,
    laws::Triangular: 3,
    laws::TruncatedNormal: 4,
    laws::Uniform: 2,
    laws::VonMises: 2,
    laws::Weibull: 2,
    laws::ZeroInflatedBinomial: 3,
    laws::ZeroInflatedNegativeBinomial: 3,
    laws::ZeroInflatedPoisson: 2,
}

table_of_divergences! {
    laws::Bernoulli<Logits>: 1 => laws::Bernoulli<Logits>: 1,
    laws::Bernoulli<Logits>: 1 => laws::Poisson: 1,
    laws::Bernoulli<Probs>: 1 => laws::Bernoulli<Probs>: 1,
    laws::Bernoulli<Probs>: 1 => laws::Poisson: 1,
    laws::Beta: 2 => laws::Beta: 2,
    laws::Binomial<Probs>: 2 => laws::Binomial<Probs>: 2,
    laws::Binomial<Logits>: 2 => laws::Binomial<Logits>: 2,
    laws::Chi2: 1 => laws::Chi2: 1,
    laws::Chi2: 1 => laws::Gamma: 2,
    laws::ContinuousBernoulli<Probs>: 1 => laws::ContinuousBernoulli<Probs>: 1,
    laws::ContinuousBernoulli<Logits>: 1 => laws::ContinuousBernoulli<Logits>: 1,
    laws::DiscreteUniform: 2 => laws::DiscreteUniform: 2,
    laws::Exponential: 1 => laws::Exponential: 1,
    laws::Exponential: 1 => laws::Gamma: 2,
    laws::Gamma: 2 => laws::Chi2: 1,
    laws::Gamma: 2 => laws::Exponential: 1,
    laws::Gamma: 2 => laws::Gamma: 2,
    laws::Geometric<Probs>: 1 => laws::Geometric<Probs>: 1,
    laws::Geometric<Logits>: 1 => laws::Geometric<Logits>: 1,
    laws::Gumbel: 2 => laws::Gumbel: 2,
    laws::HalfNormal: 1 => laws::HalfNormal: 1,
    laws::InverseGamma: 2 => laws::InverseGamma: 2,
    laws::Laplace: 2 => laws::Laplace: 2,
    laws::NegativeBinomial<Probs>: 2 => laws::NegativeBinomial<Probs>: 2,
    laws::NegativeBinomial<Logits>: 2 => laws::NegativeBinomial<Logits>: 2,
    laws::Normal: 2 => laws::Normal: 2,
    laws::Pareto: 2 => laws::Pareto: 2,
    laws::Poisson: 1 => laws::Bernoulli<Logits>: 1,
    laws::Poisson: 1 => laws::Bernoulli<Probs>: 1,
    laws::Poisson: 1 => laws::Binomial<Probs>: 2,
    laws::Poisson: 1 => laws::Binomial<Logits>: 2,
    laws::Poisson: 1 => laws::Poisson: 1,
    laws::VonMises: 2 => laws::VonMises: 2,
    laws::Weibull: 2 => laws::Weibull: 2,
}

/// The laws of this name: one for each way to parameterise it, the canonical one first.
pub fn univariates(name: &str) -> impl Iterator<Item = &'static Univariate> {
    UNIVARIATES.iter().filter(move |law| law.name == name)
}

/// The closed-form divergences of the law `q` from the law `p`: one for each pair of ways to parameterise them.
pub fn divergences(q: &str, p: &str) -> impl Iterator<Item = &'static Divergence> {
    DIVERGENCES.iter().filter(move |pair| pair.q.0 == q && pair.p.0 == p)
}
