//! From laws on an interval: uniform, beta and continuous Bernoulli laws.

use super::{infinite, never_negative, with_value};
use crate::law::{Divergence, Entropy, Law, Moments};
use crate::laws::{Beta, ContinuousBernoulli, Success, Uniform};
use crate::special::integrate;
use crate::{Scalar, single};

/// ln E\[X\] − E\[ln X\] ≥ 0 of a uniform law with low ≥ 0.
pub(super) fn log_gap_of_uniform<S: Scalar>([low, high]: [S; 2]) -> S {
    let share = (high * 0.5 - low * 0.5) / (high * 0.5 + low * 0.5);
    let e = share.value();
    let value = if e < 0.9 {
        // Over the half in which the two sides of the mean are taken together.
        -0.5 * integrate(move |u: f64| crate::elementary::log1p(-(e * u) * (e * u)), 0.0, 1.0)
    } else {
        let lower = if e < 1.0 { (1.0 - e) * single::log1p(-e) } else { 0.0 };
        1.0 - ((1.0 + e) * single::log1p(e) - lower) / (2.0 * e)
    };
    S::chain([share], value, || {
        let slope = if e < 0.9 {
            integrate(move |u: f64| e * u * u / (1.0 - (e * u) * (e * u)), 0.0, 1.0)
        } else {
            (0.5 * (single::log1p(e) - single::log1p(-e)) / e - 1.0) / e
        };
        [slope]
    })
}

/// Whether the first interval is in the second.
fn within<S: Scalar>(inner: [S; 2], outer: [S; 2]) -> bool {
    outer[0].value() <= inner[0].value() && inner[1].value() <= outer[1].value()
}

/// The interval from 0 to 1.
fn unit<S: Scalar>() -> [S; 2] {
    [0.0, 1.0].map(S::from)
}

impl Divergence<2, Self, 2> for Uniform {
    /// ln of the ratio of the widths; infinite where the first interval is not in the second.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if !within(q, p) {
            return infinite();
        }
        let more = ((q[0] - p[0]) + (p[1] - q[1])) / (q[1] - q[0]);
        if more.value() < 1e300 { more.ln_1p() } else { Self::entropy(p) - Self::entropy(q) }
    }
}

impl Divergence<2, Beta, 2> for Uniform {
    /// By the log-density at the mean; infinite where the interval is not in [0, 1].
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if !within(q, unit()) {
            return infinite();
        }
        let mirrored = [-q[1] + 1.0, -q[0] + 1.0];
        let gaps = (p[0] - 1.0) * log_gap_of_uniform(q) + (p[1] - 1.0) * log_gap_of_uniform(mirrored);
        let divergence = gaps - Beta::log_density(Self::mean(q), p) - Self::entropy(q);
        if [q[0].value(), q[1].value()] == [0.0, 1.0] {
            // The beta law with both concentrations 1.
            return with_value(divergence, Beta::kl([1.0; 2], p.map(Scalar::value)));
        }
        never_negative(divergence)
    }
}

impl<F: Success> Divergence<2, ContinuousBernoulli<F>, 1> for Uniform {
    /// The log-density is a line; infinite where the interval is not in [0, 1].
    fn kl<S: Scalar>(q: [S; 2], p: [S; 1]) -> S {
        if !within(q, unit()) {
            return infinite();
        }
        let density = ContinuousBernoulli::<F>::log_density(Self::mean(q), p);
        never_negative(-density - Self::entropy(q))
    }
}

impl Divergence<2, Uniform, 2> for Beta {
    /// That of the uniform law on [0, 1], plus that of this one; infinite where [0, 1] is not in the interval.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        Uniform::kl(unit(), p) + Self::kl(q, [S::from(1.0); 2])
    }
}

impl<F: Success> Divergence<1, Uniform, 2> for ContinuousBernoulli<F> {
    /// The same.
    fn kl<S: Scalar>(q: [S; 1], p: [S; 2]) -> S {
        Uniform::kl(unit(), p) - Self::entropy(q)
    }
}

impl<F: Success> Divergence<2, ContinuousBernoulli<F>, 1> for Beta {
    /// The log-density is a line.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 1]) -> S {
        let density = ContinuousBernoulli::<F>::log_density(Self::mean(q), p);
        never_negative(Self::kl(q, [S::from(1.0); 2]) - density)
    }
}
