//! ContinuousBernoulli(probs) or (logits): density λ e^(λ x) / (e^λ − 1) on [0, 1] with λ = logits, by G. Loaiza-Ganem and
//! J. P. Cunningham, "The continuous Bernoulli", NeurIPS 2019.
//!
//! Around λ = 0, where the law is uniform, everything is written with ln(sinh v / v), v = λ / 2, which is smooth there.

mod exponential;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, LogNorm, Mode, Moments, Noise, Parameter,
    Quantile, Support, explicit_draws,
};
use crate::scalar::special::logit;

macro_rules! continuous_bernoulli {
    ($(#[$doc:meta])* $law:ident, $parameter:literal: $domain:expr, |$given:ident| $logits:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $law;

        impl $law {
            fn logits<S: Scalar>([$given]: [S; 1]) -> S {
                $logits
            }
        }

        impl Law<1> for $law {
            const NAME: &'static str = "ContinuousBernoulli";
            const PARAMETERS: [Parameter; 1] = [Parameter::new($parameter, $domain)];

            fn support(_: [f64; 1]) -> Support {
                Support::UNIT
            }
            fn log_density<S: Scalar>(x: S, theta: [S; 1]) -> S {
                exponential::log_density(x, Self::logits(theta))
            }
        }

        impl Explicit<1> for $law {
            const NOISE: Noise = Noise::Logistic;
            fn path<S: Scalar>(noise: S, theta: [S; 1]) -> S {
                Self::quantile(Level::logit(noise), theta)
            }
        }

        explicit_draws!($law, 1, Coordinate::Itself,
            noise at x, theta => Self::log_lower(x, theta) - Self::log_upper(x, theta));

        impl Cdf<1> for $law {
            fn lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
                exponential::lower(x, Self::logits(theta))
            }
            fn upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
                exponential::lower(-x + 1.0, -Self::logits(theta))
            }
            fn log_lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
                exponential::log_lower(x, Self::logits(theta))
            }
            fn log_upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
                exponential::log_lower(-x + 1.0, -Self::logits(theta))
            }
        }

        impl Quantile<1> for $law {
            fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
                exponential::quantile(level, Self::logits(theta))
            }
        }

        impl Moments<1> for $law {
            fn mean<S: Scalar>(theta: [S; 1]) -> S {
                exponential::mean(Self::logits(theta))
            }
            fn variance<S: Scalar>(theta: [S; 1]) -> S {
                exponential::variance(Self::logits(theta))
            }
        }

        impl Mode<1> for $law {
            /// The end with the larger probability; ½ where the law is uniform.
            fn mode<S: Scalar>(theta: [S; 1]) -> S {
                let logits = Self::logits(theta).value();
                S::from(if logits == 0.0 { 0.5 } else { f64::from(u8::from(logits > 0.0)) })
            }
        }

        impl Entropy<1> for $law {
            fn entropy<S: Scalar>(theta: [S; 1]) -> S {
                exponential::entropy(Self::logits(theta))
            }
        }

        impl LogNorm<1> for $law {
            /// ln C in the density C probs^x (1 − probs)^(1 − x).
            fn log_norm<S: Scalar>(theta: [S; 1]) -> S {
                exponential::log_norm(Self::logits(theta))
            }
        }
    };
}

continuous_bernoulli!(
    /// The continuous Bernoulli law, by the probability of its Bernoulli law.
    ContinuousBernoulli, "probs": Domain::OpenProbability, |probs| logit(probs)
);
continuous_bernoulli!(
    /// The continuous Bernoulli law, by the log-odds.
    ContinuousBernoulliLogits, "logits": Domain::Real, |logits| logits
);
