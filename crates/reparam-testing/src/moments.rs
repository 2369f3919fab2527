//! Mean and variance of a stream.

/// Count, mean and variance, updated value by value in O(1) memory.
///
/// Welford's recurrence keeps the sum of squared deviations, not of squares, so a large common offset costs no
/// digits; two streams are joined by the pairwise formula.
///
/// Source: B. P. Welford, Technometrics 4 (1962), 419–420; T. F. Chan, G. H. Golub, R. J. `LeVeque`, The American
/// Statistician 37 (1983), 242–247.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those of `count` values with this mean, whose squared distances from it add up to `squares`.
    pub fn of_sums(count: u64, mean: f64, squares: f64) -> Self {
        Self { count, mean, squares }
    }

    /// Takes in one value; a NaN makes mean and variance NaN.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (value - self.mean);
    }

    /// Those of many values at hand, in two passes: faster than value by value, and as accurate.
    pub fn of<I: Iterator<Item = f64>>(values: impl Fn() -> I) -> Self {
        let (count, sum) = values().fold((0u64, 0.0), |(count, sum), value| (count + 1, sum + value));
        let mean = sum / (count.max(1)) as f64;
        // The rounding of the mean is taken out again.
        let (off, squares) = values().fold((0.0, 0.0), |(off, squares), value| {
            let apart = value - mean;
            (off + apart, squares + apart * apart)
        });
        let off = off / count.max(1) as f64;
        Self { count, mean: mean + off, squares: (squares - off * off * count as f64).max(0.0) }
    }

    /// Takes in all that `other` has seen.
    pub fn merge(&mut self, other: &Self) {
        if self.count == 0 || other.count == 0 {
            if self.count == 0 {
                *self = *other;
            }
            return;
        }
        let (here, there) = (self.count as f64, other.count as f64);
        let apart = other.mean - self.mean;
        self.mean += apart * there / (here + there);
        self.squares += other.squares + apart * apart * here * there / (here + there);
        self.count += other.count;
    }

    /// How many values there were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean; NaN of no values.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { self.mean }
    }

    /// The unbiased variance, with n − 1 below the line; NaN of fewer than two values.
    pub fn variance(&self) -> f64 {
        if self.count < 2 { f64::NAN } else { self.squares / (self.count - 1) as f64 }
    }

    /// The standard error of the mean, √(variance / n).
    pub fn standard_error(&self) -> f64 {
        (self.variance() / self.count as f64).sqrt()
    }
}

impl Extend<f64> for Moments {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::new();
        moments.extend(values);
        moments
    }
}

#[cfg(test)]
mod tests {
    use super::Moments;

    #[test]
    fn a_large_offset_costs_no_digits() {
        let moments: Moments = [4.0, 7.0, 13.0, 16.0].map(|v| v + 1e9).into_iter().collect();
        assert!((moments.mean() - (1e9 + 10.0)).abs() < 1e-6);
        assert!((moments.variance() - 30.0).abs() < 1e-9);
        assert!((moments.standard_error() - 7.5f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn merging_is_pushing_both_streams() {
        let values: Vec<f64> = (0..100).map(|i| (f64::from(i) * 1.7).sin()).collect();
        let whole: Moments = values.iter().copied().collect();
        for cut in [0, 1, 37, 99, 100] {
            let mut merged: Moments = values[..cut].iter().copied().collect();
            merged.merge(&values[cut..].iter().copied().collect());
            assert_eq!(merged.count(), whole.count());
            assert!((merged.mean() - whole.mean()).abs() < 1e-15);
            assert!((merged.variance() - whole.variance()).abs() < 1e-14);
        }
    }

    #[test]
    fn too_few_values_have_no_moments() {
        assert!(Moments::new().mean().is_nan());
        assert!([1.0].into_iter().collect::<Moments>().variance().is_nan());
    }
}
