//! The distributions, one file each, in one reading order: density and path, struct, constructors, `Distribution`,
//! capabilities.

mod bernoulli;
mod categorical;
mod gumbel;
mod implicit;
mod laplace;
mod mixture_same_family;
mod multivariate_normal;
mod normal;
mod one_hot_categorical;
mod relaxed_one_hot_categorical;
mod straight_through;
mod transformed;
mod truncated;

pub use bernoulli::Bernoulli;
pub use categorical::Categorical;
pub use gumbel::Gumbel;
pub use implicit::Implicit;
pub use laplace::Laplace;
pub use mixture_same_family::MixtureSameFamily;
pub use multivariate_normal::MultivariateNormal;
pub use normal::Normal;
pub use one_hot_categorical::OneHotCategorical;
pub use relaxed_one_hot_categorical::{ExpRelaxedOneHotCategorical, RelaxedOneHotCategorical};
pub use straight_through::{StraightThroughBernoulli, StraightThroughOneHot};
pub use transformed::Transformed;
pub use truncated::Truncated;
