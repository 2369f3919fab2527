//! The distributions, one file each, in one reading order: density and path, struct, constructors, `Distribution`,
//! capabilities.

mod bernoulli;
mod gumbel;
mod laplace;
mod multivariate_normal;
mod normal;
mod transformed;

pub use bernoulli::Bernoulli;
pub use gumbel::Gumbel;
pub use laplace::Laplace;
pub use multivariate_normal::MultivariateNormal;
pub use normal::Normal;
pub use transformed::Transformed;
