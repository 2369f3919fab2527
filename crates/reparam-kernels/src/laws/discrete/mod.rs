//! The laws on the integers.

mod bernoulli;
mod beta_binomial;
mod binomial;
mod discrete_uniform;
mod gated;
mod geometric;
mod mass;
mod negative_binomial;
mod odds;
mod poisson;
mod search;
mod sums;
mod tails;

pub use bernoulli::Bernoulli;
pub use beta_binomial::BetaBinomial;
pub use binomial::Binomial;
pub use discrete_uniform::DiscreteUniform;
pub use gated::{
    HurdleNegativeBinomial, HurdlePoisson, ZeroInflatedBinomial, ZeroInflatedNegativeBinomial, ZeroInflatedPoisson,
};
pub use geometric::Geometric;
pub use negative_binomial::NegativeBinomial;
pub use odds::{Logits, Odds, Probs, Success};
pub use poisson::Poisson;
