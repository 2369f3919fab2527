//! The laws on the integers.
//!
//! Relative errors of log-masses, tails and their logarithms, entropies and divergences, ÷ max(1, condition): at most 3e-15
//! at every point of `reference/discrete_extra.jsonl`, from rates of 1e-300 and counts of 0 to rates of 1e15 and counts of
//! 1e9. What a law loses beyond is said there; `reference/counts_extra.jsonl` and `reference/count_laws.jsonl` have tails of
//! up to 1e15 counts, the slopes, and levels that are reached exactly.

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
