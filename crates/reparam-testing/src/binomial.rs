//! Does this event have this probability?

use crate::{Interval, Rates, Rejection};

/// An exact test of the probability of an event: of a tail, of an atom, of a hit on the boundary.
///
/// Fails when so many successes, or so few, have a probability of at most α/2.
///
/// False alarms: at most α, for every number of trials and every probability.
///
/// Smallest effect: any probability outside [`unseen`](Self::unseen) is passed with probability at most β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinomialTest {
    rates: Rates,
}

impl BinomialTest {
    /// A test with these rates.
    pub fn new(rates: Rates) -> Self {
        Self { rates }
    }

    /// Whether an event of probability `p` may happen `successes` times in `trials`.
    ///
    /// # Errors
    /// With the counts and the probability of a count as extreme, when it may not, and when `p` is no probability.
    pub fn check(&self, successes: u64, trials: u64, p: f64) -> Result<(), Rejection> {
        let rarer = binomial_upper_tail(successes, trials, p).min(binomial_lower_tail(successes, trials, p));
        let level = self.rates.false_alarm() / 2.0;
        if rarer > level {
            return Ok(());
        }
        Err(Rejection {
            message: format!(
                "{successes} of {trials} where {:.6e} were expected: as extreme a count has probability {rarer:.3e}, \
                 below {level:e} on this side",
                p * trials as f64,
            ),
        })
    }

    /// The probabilities that `trials` trials cannot tell from `p`: those outside are passed with probability at most
    /// β.
    pub fn unseen(&self, trials: u64, p: f64) -> Interval {
        let level = self.rates.false_alarm() / 2.0;
        let few = first_where(trials + 1, |k| binomial_lower_tail(k, trials, p) > level);
        let many = first_where(trials + 1, |k| binomial_upper_tail(k, trials, p) <= level);
        // `few` is the least count that passes, `many` the least one above that fails.
        Interval {
            low: lower_limit(few, trials, self.rates.miss()),
            high: upper_limit(many.saturating_sub(1), trials, self.rates.miss()),
        }
    }
}

/// P(X ≥ k) for X binomial in `n` trials of probability `p`; NaN where `p` is no probability.
///
/// Summed from the term at k outwards, on the thinner side of the mean.
///
/// Loses precision: relative error below 10⁻¹² up to n = 10⁷, 10⁻¹¹ at n = 10⁹, on the thin side; the other side is 1 minus that.
pub fn binomial_upper_tail(k: u64, n: u64, p: f64) -> f64 {
    upper_tail(k, n, p, 1.0 - p)
}

/// P(X ≤ k) for X binomial in `n` trials of probability `p`; NaN where `p` is no probability.
///
/// As [`binomial_upper_tail`], with failures for successes.
pub fn binomial_lower_tail(k: u64, n: u64, p: f64) -> f64 {
    if k > n { upper_tail(0, n, p, 1.0 - p) } else { upper_tail(n - k, n, 1.0 - p, p) }
}

/// The interval that misses the true probability with probability at most `rate`, after `successes` in `trials`.
///
/// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404–413.
pub fn binomial_interval(successes: u64, trials: u64, rate: f64) -> Interval {
    Interval {
        low: lower_limit(successes, trials, rate / 2.0),
        high: upper_limit(successes, trials, rate / 2.0),
    }
}

/// The p at which `k` or more successes have probability `level`; 0 where k = 0.
fn lower_limit(k: u64, n: u64, level: f64) -> f64 {
    if k == 0 { 0.0 } else { root(0.0, k as f64 / n as f64, |p| binomial_upper_tail(k, n, p) > level) }
}

/// The p at which `k` or fewer successes have probability `level`; 1 where k = n.
fn upper_limit(k: u64, n: u64, level: f64) -> f64 {
    if k >= n { 1.0 } else { root(k as f64 / n as f64, 1.0, |p| binomial_lower_tail(k, n, p) <= level) }
}

/// Where `beyond` turns true between `low` and `high`, to rounding.
fn root(mut low: f64, mut high: f64, beyond: impl Fn(f64) -> bool) -> f64 {
    while high - low > 2.0 * f64::EPSILON * high {
        let middle = low + (high - low) / 2.0;
        if beyond(middle) { high = middle } else { low = middle }
    }
    high
}

/// The least count below `end` from which on `holds` is true; `end` where it never is.
fn first_where(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    high
}

/// P(X ≥ k), with p and q = 1 − p both given, since either may be too small to be found from the other.
fn upper_tail(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k == 0 || (q == 0.0 && k <= n) {
        return 1.0;
    }
    if k > n || p == 0.0 {
        return 0.0;
    }
    if k as f64 <= n as f64 * p {
        return 1.0 - upper_tail(n - k + 1, n, q, p);
    }
    let (mut term, mut sum) = (1.0, 0.0);
    for i in k..=n {
        sum += term;
        term *= (n - i) as f64 / (i + 1) as f64 * (p / q);
        if term < sum * 1e-17 {
            break;
        }
    }
    (sum * log_mass(k, n, p, q).exp()).min(1.0)
}

/// log P(X = k) for 0 < k ≤ n without the cancellation of log-factorials.
///
/// Source: C. Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000.
fn log_mass(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if k == n {
        return n as f64 * if p < 0.5 { p.ln() } else { (-q).ln_1p() };
    }
    let (hits, fails, all) = (k as f64, (n - k) as f64, n as f64);
    let shape = 0.5 * (all / (std::f64::consts::TAU * hits * fails)).ln();
    let stirling = stirling_error(n) - stirling_error(k) - stirling_error(n - k);
    shape + stirling - deviance(hits, all * p) - deviance(fails, all * q)
}

/// log n! − log(√(2πn) (n/e)ⁿ), for n ≥ 1.
fn stirling_error(n: u64) -> f64 {
    let x = n as f64;
    if n < 16 {
        let factorial: f64 = (1..=n).map(|i| i as f64).product();
        return factorial.ln() - 0.5 * (std::f64::consts::TAU * x).ln() - x * x.ln() + x;
    }
    let s = 1.0 / (x * x);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s / 1680.0))) / x
}

/// x log(x/m) + m − x, by a series where the terms would cancel.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() > 0.1 {
        return x * (x / m).ln() + m - x;
    }
    let (mut power, mut sum, mut odd) = (2.0 * x * v, (x - m) * v, 1.0);
    loop {
        power *= v * v;
        odd += 2.0;
        let next = sum + power / odd;
        if next.to_bits() == sum.to_bits() {
            return sum;
        }
        sum = next;
    }
}

#[cfg(test)]
mod tests {
    use super::{BinomialTest, binomial_interval, binomial_lower_tail, binomial_upper_tail};
    use crate::Rates;

    fn close(a: f64, b: f64, relative: f64) -> bool {
        (a - b).abs() <= relative * b.abs()
    }

    #[test]
    fn the_tails_are_exact_on_small_counts() {
        // Ten fair coins: sums of binomial coefficients over 1024.
        for (k, ways) in [(0, 1024.0), (3, 968.0), (6, 386.0), (9, 11.0), (10, 1.0), (11, 0.0)] {
            assert!(close(binomial_upper_tail(k, 10, 0.5), ways / 1024.0, 1e-14), "{k}");
        }
        assert!(close(binomial_lower_tail(1, 10, 0.5), 11.0 / 1024.0, 1e-14));
        assert!(close(binomial_lower_tail(10, 10, 0.5), 1.0, 0.0));
    }

    #[test]
    fn rare_events_among_many_trials_follow_poisson() {
        // n p = 2 with p = 2e-12: within 1e-10 of P(N ≥ 9) for N Poisson of mean 2.
        let head: f64 = (0..9).map(|i| 2f64.powi(i) / (1..=i).map(f64::from).product::<f64>()).sum();
        let tail = 1.0 - (-2.0f64).exp() * head;
        assert!(close(binomial_upper_tail(9, 1_000_000_000_000, 2e-12), tail, 1e-10));
        assert!(close(binomial_lower_tail(0, 1_000_000_000_000, 2e-12), (-2.0f64).exp(), 1e-11));
    }

    #[test]
    fn the_two_tails_fill_the_whole() {
        for (k, n, p) in [(1, 3, 0.2), (480, 1000, 0.5), (17, 100_000, 2e-4), (99_990, 100_000, 0.9998)] {
            let sum = binomial_upper_tail(k, n, p) + binomial_lower_tail(k - 1, n, p);
            assert!((sum - 1.0).abs() < 1e-12, "{k} {n} {p}: {sum}");
        }
    }

    #[test]
    fn certain_and_impossible_events_are_exact() {
        let test = BinomialTest::new(Rates::new(1e-9, 1e-3));
        assert!(test.check(0, 100, 0.0).is_ok() && test.check(1, 100, 0.0).is_err());
        assert!(test.check(100, 100, 1.0).is_ok() && test.check(99, 100, 1.0).is_err());
        assert!(test.check(1, 100, f64::NAN).is_err() && test.check(1, 100, 1.5).is_err());
    }

    #[test]
    fn the_interval_has_its_closed_forms_at_the_ends() {
        let none = binomial_interval(0, 50, 0.01);
        assert!(none.contains(0.0) && close(none.high, 1.0 - 0.005f64.powf(0.02), 1e-12));
        let all = binomial_interval(50, 50, 0.01);
        assert!(all.contains(1.0) && close(all.low, 0.005f64.powf(0.02), 1e-12));
        let mirrored = (binomial_interval(3, 40, 0.05), binomial_interval(37, 40, 0.05));
        assert!(close(mirrored.0.low, 1.0 - mirrored.1.high, 1e-12));
    }

    #[test]
    fn what_the_test_cannot_see_it_misses_at_its_rate() {
        let (rates, n, p) = (Rates::new(1e-6, 1e-3), 100_000, 0.01);
        let test = BinomialTest::new(rates);
        let unseen = test.unseen(n, p);
        assert!(unseen.low > 0.005 && unseen.high < 0.02 && unseen.contains(p), "{unseen:?}");
        let passing: Vec<u64> = (0..2000).filter(|&k| test.check(k, n, p).is_ok()).collect();
        let (least, most) = (passing[0], passing[passing.len() - 1]);
        assert!(close(binomial_lower_tail(most, n, unseen.high), rates.miss(), 1e-9));
        assert!(close(binomial_upper_tail(least, n, unseen.low), rates.miss(), 1e-9));
        let false_alarms = binomial_upper_tail(most + 1, n, p) + binomial_lower_tail(least - 1, n, p);
        assert!(false_alarms <= rates.false_alarm(), "{false_alarms:e}");
    }
}
