//! The two ways in which a test can be wrong.

/// How often a test fails a correct program, and how often it passes a defect of the size it claims to see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    false_alarm: f64,
    miss: f64,
}

impl Rates {
    /// The rates of a test, such as 10⁻⁹ and 10⁻³.
    ///
    /// # Panics
    /// Unless both lie strictly between 0 and ½.
    pub fn new(false_alarm: f64, miss: f64) -> Self {
        for (name, rate) in [("false-alarm", false_alarm), ("miss", miss)] {
            assert!(
                rate > 0.0 && rate < 0.5,
                "Rates::new: the {name} rate must lie between 0 and 0.5, got {rate}"
            );
        }
        Self { false_alarm, miss }
    }

    /// The probability that the test fails although nothing is wrong.
    pub fn false_alarm(self) -> f64 {
        self.false_alarm
    }

    /// The probability that the test passes although a defect of its smallest effect is there.
    pub fn miss(self) -> f64 {
        self.miss
    }

    /// The rates for each of `count` tests that together alarm no more often than one (Bonferroni).
    pub fn split(self, count: usize) -> Self {
        Self { false_alarm: self.false_alarm / count.max(1) as f64, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::Rates;

    #[test]
    fn splitting_divides_the_false_alarms_only() {
        let rates = Rates::new(1e-6, 1e-3).split(1000);
        assert!((rates.false_alarm() - 1e-9).abs() < 1e-24);
        assert!((rates.miss() - 1e-3).abs() < 1e-18);
    }

    #[test]
    #[should_panic(expected = "the false-alarm rate must lie between 0 and 0.5, got 0")]
    fn a_rate_of_zero_is_refused() {
        let _ = Rates::new(0.0, 0.1);
    }
}
