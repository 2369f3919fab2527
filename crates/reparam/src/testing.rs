//! The laws that every distribution keeps, for testing one of your own.
//!
//! A [`Case`] is a distribution as a function of one vector of parameters, so that the harness can differentiate it,
//! perturb it and build it in another precision. Each law is a method, there where the distribution has the
//! capability that the law speaks of, and panics with the case's name where it is broken. [`laws!`](crate::laws)
//! applies all that the type's traits allow and returns which those were.
//!
//! ```
//! use reparam::{Normal, laws, testing::{Case, Support, parts}};
//!
//! let case = Case::<Normal<2>, 2>::new("Normal(0.3, 1.2)", [0.3, 1.2], |params| {
//!     let [loc, scale] = parts(params);
//!     Normal::new(loc, scale)
//! });
//! let case = case.support(Support::Interval(-12.0, 12.0));
//! assert!(laws!(case).contains(&"Reparameterized"));
//! ```
//!
//! Draws may be made by rejection, moments may be infinite or undefined, supports may move with the parameters: a law says
//! nothing where its premise fails, so that a right distribution passes. Slopes of draws are held to the score and to the
//! moments; along an explicit path, also to differences.
//!
//! Exact laws compare in double precision. Statistical laws have the error rates [`rates`] each, split evenly over the
//! numbers that the law compares, and draw from a fixed seed.

use reparam_testing::Rates;

mod case;
mod density;
mod divergence;
mod draws;
mod entropy;
mod path;
mod shapes;
mod slope;
mod transform;

pub use case::{Case, Support, parts, tensor, values};
pub use slope::gradient;
pub use transform::{
    log_determinant_is_jacobian, log_determinant_on_elements, log_determinant_on_surface, round_trip,
};

#[doc(hidden)]
pub use case::Lacking;

/// The rates of one statistical law: a false alarm in 10⁹ seeds, and a miss of its smallest effect in 10³.
///
/// A suite that applies fewer than a thousand laws, this crate's own among them, stays below one false alarm in a
/// million.
pub fn rates() -> Rates {
    Rates::new(1e-9, 1e-3)
}

/// Draws in one statistical law: a mean that is off by (6.1 + 3.1)/√20,000 = 7 % of a standard deviation is found.
const DRAWS: usize = 20_000;

/// The seed of every law's draws.
const SEED: u64 = 20;

#[doc(hidden)]
pub fn capabilities<const N: usize>(found: [Option<&'static str>; N]) -> Vec<&'static str> {
    found.into_iter().flatten().collect()
}

/// Applies every law that the traits of a [`Case`](crate::testing::Case)'s distribution allow, and returns the names
/// of the capabilities that were found.
///
/// Where the type of the distribution is a parameter, the laws of `Distribution` alone are seen.
#[macro_export]
macro_rules! laws {
    ($case:expr) => {{
        #[allow(unused_imports, reason = "used for the capabilities that the distribution lacks")]
        use $crate::testing::Lacking as _;
        let case = &$case;
        let found = [
            case.distribution_laws(),
            case.factorized_laws(),
            case.moments_laws(),
            case.reparameterized_laws(),
            case.path_moments_laws(),
            case.explicit_laws(),
            case.entropy_laws(),
            case.kl_laws(),
        ];
        $crate::testing::capabilities(found)
    }};
}
