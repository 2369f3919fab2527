//! The laws on the integers.
//!
//! Relative errors of log-masses, tails and their logarithms, entropies and divergences, ÷ max(1, condition): at most 3e-15
//! at every point of `reference/discrete_extra.jsonl`, from rates of 1e-300 and counts of 0 to rates of 1e15 and counts of
//! 1e9. At those of `reference/counts_extra.jsonl` and `reference/count_laws.jsonl`, with tails of up to 1e15 counts and
//! slopes, they are at most 4e-15, and 2e-14 where a tail or an entropy is a sum over many counts; at those of
//! `reference/levels.jsonl`, levels that are reached exactly, quantiles are right.

mod bernoulli;
mod beta_binomial;
mod binomial;
mod discrete_uniform;
mod gated;
mod geometric;
mod hypergeometric;
mod logarithmic;
mod long_sums;
mod mass;
mod negative_binomial;
mod odds;
mod poisson;
mod search;
mod skellam;
mod sums;
mod tails;
mod zipf;

pub use bernoulli::Bernoulli;
pub use beta_binomial::BetaBinomial;
pub use binomial::Binomial;
pub use discrete_uniform::DiscreteUniform;
pub use gated::{
    HurdleNegativeBinomial, HurdlePoisson, ZeroInflatedBinomial, ZeroInflatedNegativeBinomial,
    ZeroInflatedPoisson,
};
pub use geometric::Geometric;
pub use hypergeometric::Hypergeometric;
pub use logarithmic::Logarithmic;
pub use negative_binomial::NegativeBinomial;
pub use odds::{Logits, Odds, Probs, Success};
pub use poisson::Poisson;
pub use search::Counts;
pub use skellam::Skellam;
pub use zipf::Zipf;
