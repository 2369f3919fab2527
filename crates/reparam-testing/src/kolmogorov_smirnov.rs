//! Are these draws from this distribution function?

use crate::{Rates, Rejection};

/// The one-sample Kolmogorov–Smirnov test.
///
/// Fails when D = sup |Fₙ − F| exceeds √(ln(2/α) / 2n).
///
/// False alarms: at most α for every n, by the inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant.
/// For α ≤ 10⁻³ the bound is also nearly the exact rate: it is the first term of Kolmogorov's series.
///
/// Smallest effect: (√ln(2/α) + √ln(1/β)) / √2n; draws from a distribution function that is that far from F at any
/// point are passed with probability below β. Tail defects are small in this distance: ask a
/// [`BinomialTest`](crate::BinomialTest) about tails.
///
/// Source: P. Massart, The Annals of Probability 18 (1990), 1269–1283.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KolmogorovSmirnov {
    rates: Rates,
}

impl KolmogorovSmirnov {
    /// A test with these rates.
    pub fn new(rates: Rates) -> Self {
        Self { rates }
    }

    /// Whether `draws` may come from the continuous distribution function `cdf`.
    ///
    /// # Errors
    /// With the statistic, its critical value and where the gap is, when they may not; also when a draw or the
    /// distribution function is NaN, and when the draws are too few for the test ever to fail.
    pub fn check(&self, draws: &[f64], cdf: impl Fn(f64) -> f64) -> Result<(), Rejection> {
        let Gap { size, at, share, expected } = largest_gap(draws, cdf);
        let critical = self.critical_value(draws.len());
        if critical >= 1.0 {
            let message = format!(
                "{} draws cannot fail at a false-alarm rate of {:e}",
                draws.len(),
                self.rates.false_alarm()
            );
            return Err(Rejection { message });
        }
        if size <= critical {
            return Ok(());
        }
        Err(Rejection {
            message: format!(
                "the share of {} draws up to {at:.9e} is {share:.6}, expected {expected:.6}: the distance {size:.3e} is \
                 above {critical:.3e} (false-alarm rate {:e})",
                draws.len(),
                self.rates.false_alarm(),
            ),
        })
    }

    /// The greatest distance that passes for `n` draws.
    pub fn critical_value(&self, n: usize) -> f64 {
        dkw_margin(n, self.rates.false_alarm())
    }

    /// The least distance between distribution functions that `n` draws miss no more often than the miss rate.
    pub fn smallest_effect(&self, n: usize) -> f64 {
        self.root_logs() / (2.0 * n as f64).sqrt()
    }

    /// How many draws it takes to see a distance of `effect`.
    pub fn sample_size(&self, effect: f64) -> u64 {
        ((self.root_logs() / effect).powi(2) / 2.0).ceil() as u64
    }

    fn root_logs(&self) -> f64 {
        (2.0 / self.rates.false_alarm()).ln().sqrt() + (1.0 / self.rates.miss()).ln().sqrt()
    }
}

/// D = sup |Fₙ − F| for the empirical distribution function Fₙ of `draws`; NaN where a draw or `cdf` is, 1 of no draws.
pub fn ks_statistic(draws: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    largest_gap(draws, cdf).size
}

/// An upper bound of P(D ≥ d) for `n` draws from the very distribution function: min(1, 2 exp(−2 n d²)).
pub fn ks_p_value_bound(n: usize, d: f64) -> f64 {
    (2.0 * (-2.0 * n as f64 * d * d).exp()).min(1.0)
}

/// The half-width of a band about the empirical distribution function of `n` draws that misses the true function
/// anywhere with probability at most `rate`: √(ln(2/rate) / 2n).
pub fn dkw_margin(n: usize, rate: f64) -> f64 {
    ((2.0 / rate).ln() / (2.0 * n as f64)).sqrt()
}

struct Gap {
    size: f64,
    at: f64,
    share: f64,
    expected: f64,
}

fn largest_gap(draws: &[f64], cdf: impl Fn(f64) -> f64) -> Gap {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let mut largest = Gap { size: 0.0, at: f64::NAN, share: f64::NAN, expected: f64::NAN };
    if sorted.is_empty() {
        largest.size = 1.0;
    }
    for (below, &at) in sorted.iter().enumerate() {
        let expected = cdf(at);
        // Fₙ jumps at the draw: compare with the step's foot and with its top.
        for share in [below as f64 / n, (below + 1) as f64 / n] {
            let size = if at.is_nan() { f64::NAN } else { (share - expected).abs() };
            if size > largest.size || size.is_nan() {
                largest = Gap { size, at, share, expected };
            }
            if size.is_nan() {
                return largest;
            }
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::{KolmogorovSmirnov, dkw_margin, ks_p_value_bound, ks_statistic};
    use crate::Rates;

    fn uniform(x: f64) -> f64 {
        x.clamp(0.0, 1.0)
    }

    #[test]
    fn the_statistic_is_exact_on_small_samples() {
        for (draws, expected) in
            [(&[0.5][..], 0.5), (&[0.25, 0.75], 0.25), (&[0.1, 0.2, 0.9], 2.0 / 3.0 - 0.2)]
        {
            assert!((ks_statistic(draws, uniform) - expected).abs() < 1e-15, "{draws:?}");
        }
    }

    #[test]
    fn nan_and_too_few_draws_fail() {
        let test = KolmogorovSmirnov::new(Rates::new(1e-6, 1e-3));
        assert!(test.check(&[&[0.5; 99][..], &[f64::NAN]].concat(), uniform).is_err());
        assert!(test.check(&[0.5; 100], |_| f64::NAN).is_err());
        assert!(test.check(&[], uniform).is_err());
    }

    #[test]
    fn the_critical_value_has_the_p_value_of_the_rate() {
        for rate in [0.01, 1e-6, 1e-12] {
            let p = ks_p_value_bound(5000, dkw_margin(5000, rate));
            assert!((p / rate - 1.0).abs() < 1e-10, "{rate}: {p}");
        }
    }

    #[test]
    fn a_shift_of_the_smallest_effect_fails_and_a_quarter_of_it_passes() {
        let test = KolmogorovSmirnov::new(Rates::new(1e-9, 1e-3));
        let n = test.sample_size(0.05);
        let effect = test.smallest_effect(usize::try_from(n).unwrap());
        assert!(effect <= 0.05 && effect > 0.0499);
        // Evenly spread draws: the empirical distribution function is off by the shift alone.
        let shifted = |by: f64| (0..n).map(|i| (i as f64 + 0.5) / n as f64 + by).collect::<Vec<_>>();
        assert!(test.check(&shifted(effect / 4.0), uniform).is_ok());
        let text = test.check(&shifted(effect), uniform).unwrap_err().to_string();
        assert!(text.contains("false-alarm rate 1e-9"), "{text}");
    }
}
