//! The families, one file each.

mod bernoulli_net;
mod full_rank;
mod gaussian_net;
mod mean_field;
mod normal_net;
mod standard_normal;
mod start;

pub use bernoulli_net::BernoulliNet;
pub use full_rank::FullRank;
pub use gaussian_net::GaussianNet;
pub use mean_field::MeanField;
pub use normal_net::NormalNet;
pub use standard_normal::StandardNormal;
