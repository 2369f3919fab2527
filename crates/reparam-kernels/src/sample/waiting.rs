//! Counting events by the times between them.

use crate::Element;

/// More events than any draw with a mean of ten has: this many have probability below 10⁻³⁰⁰.
const MOST: f64 = 300.0;

/// How many of `count` standard exponential times are below `time`; with count = ∞ and rate `time` on the whole, how many
/// events a Poisson process has.
///
/// The k-th waiting time of n is exponential over n − k: a sum of as many terms as there are events, which takes the small
/// probability of an event from `time` with all its digits.
///
/// L. Devroye, "Non-Uniform Random Variate Generation" (1986), X.4.3.
pub(crate) fn events_before(bits: &mut Element, count: f64, time: f64) -> f64 {
    let (mut events, mut elapsed) = (0.0, 0.0);
    while events < count.min(MOST) {
        let alive = if count == f64::INFINITY { 1.0 } else { count - events };
        elapsed += bits.exponential() / alive;
        if elapsed > time {
            break;
        }
        events += 1.0;
    }
    events
}
