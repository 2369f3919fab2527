//! The distributions, one file each, in one reading order: density and path, struct, constructors, `Distribution`,
//! capabilities.

mod around;
mod bernoulli;
mod dirichlet;
mod gumbel;
mod laplace;
mod lkj_cholesky;
mod logistic_normal;
mod low_rank_normal;
mod multivariate_normal;
mod multivariate_student_t;
mod normal;
mod power_spherical;
mod transformed;
mod uniform_sphere;
mod von_mises_fisher;
mod wishart;

pub use bernoulli::Bernoulli;
pub use dirichlet::Dirichlet;
pub use gumbel::Gumbel;
pub use laplace::Laplace;
pub use lkj_cholesky::LkjCholesky;
pub use logistic_normal::LogisticNormal;
pub use low_rank_normal::LowRankNormal;
pub use multivariate_normal::MultivariateNormal;
pub use multivariate_student_t::MultivariateStudentT;
pub use normal::Normal;
pub use power_spherical::PowerSpherical;
pub use transformed::Transformed;
pub use uniform_sphere::UniformSphere;
pub use von_mises_fisher::VonMisesFisher;
pub use wishart::Wishart;
