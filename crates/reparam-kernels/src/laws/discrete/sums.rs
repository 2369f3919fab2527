//! Expectations over bell-shaped laws on the integers.

use crate::Scalar;
use crate::law::{Mode, Moments, values};

/// Terms on one side of the mode, more than ever matter.
const MOST: usize = 2000;

/// E\[f(X, ln p(X))\] for a law that is unimodal, with f of at most polynomial growth.
///
/// From the mode outwards until terms no longer count. Only every (σ/8)-th where σ is large: the terms follow a smooth bell
/// of that width, whose sum over a grid of an eighth of it differs from the full sum by less than e^(−1000).
pub(super) fn expectation<S: Scalar, L: Moments<P> + Mode<P>, const P: usize>(
    theta: [S; P],
    f: impl Fn(f64, S) -> S,
) -> S {
    let plain = values(theta);
    let (low, high) = L::support(plain).ends();
    let stride = (L::variance(plain).sqrt() / 8.0).floor().max(1.0);
    let mode = L::mode(plain);
    let mut sum = S::from(0.0);
    for (first, step) in [(mode, stride), (mode - stride, -stride)] {
        let mut x = first;
        for _ in 0..MOST {
            if !(low..=high).contains(&x) {
                break;
            }
            let log_mass = L::log_density(S::from(x), theta);
            let term = log_mass.exp() * f(x, log_mass);
            // Certain outcomes have neighbours of mass 0, where f may be infinite.
            if log_mass.value() <= -750.0 {
                break;
            }
            sum = sum + term;
            if term.value().abs() < 1e-19 * sum.value().abs() {
                break;
            }
            x += step;
        }
    }
    sum * stride
}

/// −E\[ln p(X)\].
pub(super) fn entropy<S: Scalar, L: Moments<P> + Mode<P>, const P: usize>(theta: [S; P]) -> S {
    expectation::<S, L, P>(theta, |_, log_mass| -log_mass)
}

/// The expected difference of log-masses to `L` at other parameters; never negative.
pub(super) fn divergence<S: Scalar, L: Moments<P> + Mode<P>, const P: usize>(q: [S; P], p: [S; P]) -> S {
    expectation::<S, L, P>(q, |x, log_mass| log_mass - L::log_prob(S::from(x), p)).max(S::from(0.0))
}
