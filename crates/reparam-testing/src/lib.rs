//! Tests of samplers and gradients whose error rates are known.
//!
//! A test on random draws can fail a correct program and pass a wrong one. Here both rates are stated
//! ([`Rates`]): a test is built for a false-alarm rate, and says which defect it overlooks no more often than its
//! miss rate allows. A suite of a thousand tests with 10⁻⁹ each fails a correct program once in a million seeds.
//!
//! | Question | Tool |
//! |---|---|
//! | Is this the mean? | [`MeanTest`] on [`Moments`] |
//! | Are these draws from this distribution function? | [`KolmogorovSmirnov`] |
//! | Does this event have this probability (tails, atoms)? | [`BinomialTest`] |
//! | What is the derivative of a function, of an expectation? | [`derivative`], [`gradient`], [`common_noise_derivative`] |
//! | What is this integral, this expectation under a normal? | [`integrate`], [`integrate_pieces`], [`integrate_all`], [`GaussHermite`] |
//! | How far apart are two floating-point numbers? | [`ulps_f32`], [`ulps_f64`] |
//!
//! ```
//! use reparam_testing::{KolmogorovSmirnov, MeanTest, Moments, Rates};
//!
//! // A sampler of the uniform distribution: the fractional parts of multiples of the golden ratio.
//! let draws: Vec<f64> = (1..=10_000).map(|i| (f64::from(i) * 0.618_033_988_749_895).fract()).collect();
//! let rates = Rates::new(1e-9, 1e-3);
//!
//! let moments: Moments = draws.iter().copied().collect();
//! let mean = MeanTest::new(rates);
//! mean.check(&moments, 0.5).unwrap();
//! assert!(mean.check(&moments, 0.53).is_err());
//! assert!(mean.smallest_effect(&moments) < 0.03);
//!
//! KolmogorovSmirnov::new(rates).check(&draws, |x| x.clamp(0.0, 1.0)).unwrap();
//! ```

mod binomial;
mod estimate;
mod finite_difference;
mod gauss_hermite;
mod kolmogorov_smirnov;
mod mean;
mod moments;
mod normal;
mod quadrature;
mod rates;
mod ulps;

pub use binomial::{BinomialTest, binomial_interval, binomial_lower_tail, binomial_upper_tail};
pub use estimate::{Estimate, Interval, Rejection};
pub use finite_difference::{common_noise_derivative, derivative, gradient};
pub use gauss_hermite::GaussHermite;
pub use kolmogorov_smirnov::{KolmogorovSmirnov, dkw_margin, ks_p_value_bound, ks_statistic};
pub use mean::{MeanTest, bounded_mean_interval, mean_interval, skewed_margin, values_needed};
pub use moments::Moments;
pub use normal::{normal_quantile, normal_upper_tail};
pub use quadrature::{integrate, integrate_all, integrate_pieces};
pub use rates::Rates;
pub use ulps::{ulps_f32, ulps_f64};
