//! Is this the mean?

use crate::{Interval, Moments, Rates, Rejection, normal_quantile};

/// A test of whether a sample's mean is a given number.
///
/// Fails when |mean − target| > z(α/2) · standard error, with z(α/2) the upper normal quantile.
///
/// False alarms: α, by the central limit theorem. For heavy tails or rare events the sample must be large: with
/// skewness γ the normal tail at z is trustworthy while γ z³ ≪ 6 √n. For values of a known range
/// [`bounded_mean_interval`] needs no such care.
///
/// Smallest effect: (z(α/2) + z(β)) · standard error; a target off by more is missed with probability below β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanTest {
    rates: Rates,
}

impl MeanTest {
    /// A test with these rates.
    pub fn new(rates: Rates) -> Self {
        Self { rates }
    }

    /// Whether `target` may be the mean of what `moments` has seen.
    ///
    /// # Errors
    /// With the two numbers and how many standard errors lie between them, when it may not, when a value was NaN, and
    /// when there were fewer than two values.
    pub fn check(&self, moments: &Moments, target: f64) -> Result<(), Rejection> {
        let interval = mean_interval(moments, self.rates.false_alarm());
        if interval.contains(target) {
            return Ok(());
        }
        let (mean, se) = (moments.mean(), moments.standard_error());
        Err(Rejection {
            message: format!(
                "the mean of {} values is {mean:.9e} ± {se:.3e}, {:.2} standard errors from the expected {target:.9e}; \
                 up to {:.2} are allowed at a false-alarm rate of {:e}",
                moments.count(),
                (mean - target).abs() / se,
                two_sided(self.rates.false_alarm()),
                self.rates.false_alarm(),
            ),
        })
    }

    /// The least error of the target that the test misses no more often than its miss rate.
    pub fn smallest_effect(&self, moments: &Moments) -> f64 {
        self.quantiles() * moments.standard_error()
    }

    /// How many values the test needs to see an error of `effect` in the mean of values with this standard deviation:
    /// n = ((z(α/2) + z(β)) σ / effect)².
    pub fn sample_size(&self, standard_deviation: f64, effect: f64) -> u64 {
        (self.quantiles() * standard_deviation / effect).powi(2).ceil() as u64
    }

    fn quantiles(&self) -> f64 {
        two_sided(self.rates.false_alarm()) - normal_quantile(self.rates.miss())
    }
}

/// The interval that misses the true mean with probability `rate`, by the central limit theorem: mean ± z(rate/2) · se.
///
/// A sample whose values are all equal gives a point with room for the rounding of the mean.
pub fn mean_interval(moments: &Moments, rate: f64) -> Interval {
    let rounding = 4.0 * f64::EPSILON * moments.mean().abs();
    Interval::around(moments.mean(), two_sided(rate) * moments.standard_error() + rounding)
}

/// What the skewness of a sample adds to the distance of z standard errors in which its mean lies: se · |γ| (2 z² + 1) / (6 √n),
/// 0 where the skewness is not known.
///
/// The mean of values with a long tail to one side is too small where its own standard error is: of Student's ratio the tail on
/// that side is the longer one. Source: P. Hall, "The Bootstrap and Edgeworth Expansion", Springer 1992, section 3.3.
pub fn skewed_margin(moments: &Moments, z: f64) -> f64 {
    let skewness = moments.skewness().abs();
    let shift = skewness * (2.0 * z * z + 1.0) / (6.0 * (moments.count() as f64).sqrt());
    if skewness > 0.0 { moments.standard_error() * shift } else { 0.0 }
}

/// How many values of the skewness γ it takes until a tail at z standard errors is that of a normal law, to a factor of √e:
/// (|γ| z³ / 3)²; infinite where the skewness is not known, 0 where a value
/// was not finite or all were the same.
///
/// A few values that miss the long tail show too small a skewness: γ is that of the sample and three of the errors √(6 / n)
/// that it has in a normal one, so that 2.4 z³ values are the least that are enough.
///
/// Source: W. Feller, "An Introduction to Probability Theory and Its Applications", volume 2, Wiley 1971, chapter XVI.7: the
/// tail is that of the normal law times exp(γ z³ / (6 √n)).
pub fn values_needed(moments: &Moments, z: f64) -> f64 {
    let skewness = moments.skewness().abs() + 3.0 * (6.0 / moments.count() as f64).sqrt();
    if !moments.variance().is_finite() || moments.variance() == 0.0 {
        0.0
    } else if skewness.is_nan() {
        f64::INFINITY
    } else {
        (skewness * z.powi(3) / 3.0).powi(2)
    }
}

/// The interval that misses the true mean with probability at most `rate`, whatever the sample size, for independent
/// values in an interval of length `range`.
///
/// The empirical Bernstein bound: mean ± √(2 V ln(4/rate) / n) + 7 · range · ln(4/rate) / (3 (n − 1)), with V the sample
/// variance.
///
/// Source: A. Maurer, M. Pontil, "Empirical Bernstein Bounds and Sample Variance Penalization", COLT 2009, theorem 4,
/// applied to both sides.
pub fn bounded_mean_interval(moments: &Moments, range: f64, rate: f64) -> Interval {
    let n = moments.count() as f64;
    let log = (4.0 / rate).ln();
    let margin = (2.0 * moments.variance() * log / n).sqrt() + 7.0 * range * log / (3.0 * (n - 1.0));
    Interval::around(moments.mean(), margin)
}

/// The z that a standard normal exceeds in size with probability `rate`.
fn two_sided(rate: f64) -> f64 {
    -normal_quantile(rate / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{MeanTest, bounded_mean_interval, mean_interval};
    use crate::{Moments, Rates};

    /// Zeros and ones, half each: mean ½, variance just over ¼.
    fn coins(n: u32) -> Moments {
        (0..n).map(|i| f64::from(i % 2)).collect()
    }

    #[test]
    fn the_interval_is_z_standard_errors_wide() {
        let moments = coins(10_000);
        let half = (mean_interval(&moments, 0.05).high - 0.5) / moments.standard_error();
        assert!((half - 1.959963984540054).abs() < 1e-9, "{half}");
    }

    #[test]
    fn a_target_is_rejected_just_beyond_the_interval() {
        let (moments, test) = (coins(10_000), MeanTest::new(Rates::new(1e-9, 1e-3)));
        let edge = mean_interval(&moments, 1e-9).high;
        assert!(test.check(&moments, edge - 1e-12).is_ok());
        let text = test.check(&moments, edge + 1e-3).unwrap_err().to_string();
        assert!(text.contains("10000 values") && text.contains("up to 6.11 are allowed"), "{text}");
    }

    #[test]
    fn the_sample_size_and_the_smallest_effect_agree() {
        let test = MeanTest::new(Rates::new(1e-6, 1e-3));
        let n = test.sample_size(0.5, 0.01);
        let effect = test.smallest_effect(&coins(u32::try_from(n).unwrap()));
        assert!((effect - 0.01).abs() < 1e-5, "{n} values see {effect}");
    }

    #[test]
    fn broken_samples_are_rejected() {
        let test = MeanTest::new(Rates::new(1e-6, 1e-3));
        assert!(test.check(&Moments::new(), 0.0).is_err());
        assert!(test.check(&[1.0, f64::NAN, 1.0].into_iter().collect(), 1.0).is_err());
        assert!(test.check(&coins(100), f64::NAN).is_err());
    }

    #[test]
    fn constants_are_compared_to_rounding() {
        let test = MeanTest::new(Rates::new(1e-6, 1e-3));
        let constant: Moments = [0.1; 1000].into_iter().collect();
        assert!(test.check(&constant, 0.1).is_ok());
        assert!(test.check(&constant, 0.1 + 1e-12).is_err());
    }

    #[test]
    fn the_bound_without_assumptions_is_wider_but_of_the_same_order() {
        let moments = coins(100_000);
        let [normal, bounded] = [mean_interval(&moments, 1e-9), bounded_mean_interval(&moments, 1.0, 1e-9)];
        let ratio = (bounded.high - bounded.low) / (normal.high - normal.low);
        assert!((1.0..1.3).contains(&ratio), "{ratio}");
    }
}
