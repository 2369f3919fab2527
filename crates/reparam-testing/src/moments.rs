//! Mean, variance and skewness of a stream.

/// Count, mean, variance and skewness, updated value by value in O(1) memory.
///
/// Welford's recurrence keeps the sum of squared deviations, not of squares, so a large common offset costs no
/// digits; two streams are joined by the pairwise formula.
///
/// Sources: P. Pébay, "Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical
/// Moments", Sandia report SAND2008-6212, for the third powers; B. P. Welford, Technometrics 4 (1962), 419–420; T. F. Chan, G. H. Golub, R. J. `LeVeque`, The American
/// Statistician 37 (1983), 242–247.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
    cubes: f64,
}

impl Moments {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those of `count` values with this mean, whose squared distances from it add up to `squares`; the skewness is not
    /// known.
    pub fn of_sums(count: u64, mean: f64, squares: f64) -> Self {
        Self { count, mean, squares, cubes: f64::NAN }
    }

    /// Takes in one value; a NaN makes mean and variance NaN.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let (count, before) = (self.count as f64, value - self.mean);
        let part = before / count;
        self.mean += part;
        let after = value - self.mean;
        self.cubes += before * after * part * (count - 2.0) - 3.0 * part * self.squares;
        self.squares += before * after;
    }

    /// Those of many values at hand, in two passes: faster than value by value, and as accurate.
    pub fn of<I: Iterator<Item = f64>>(values: impl Fn() -> I) -> Self {
        let (count, sum) = values().fold((0u64, 0.0), |(count, sum), value| (count + 1, sum + value));
        let mean = sum / (count.max(1)) as f64;
        // The rounding of the mean is taken out again.
        let (off, squares, cubes) = values().fold((0.0, 0.0, 0.0), |(off, squares, cubes), value| {
            let apart = value - mean;
            (off + apart, squares + apart * apart, cubes + apart * apart * apart)
        });
        let off = off / count.max(1) as f64;
        Self {
            count,
            mean: mean + off,
            squares: (squares - off * off * count as f64).max(0.0),
            cubes: cubes - 3.0 * off * squares + 2.0 * off.powi(3) * count as f64,
        }
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
        let all = here + there;
        self.cubes += other.cubes
            + apart.powi(3) * (here / all) * (there / all) * (here - there)
            + 3.0 * apart * (here * other.squares - there * self.squares) / all;
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

    /// The third central moment over the third power of the standard deviation, √n Σ (x − mean)³ / (Σ (x − mean)²)^{3/2}; 0
    /// of values that do not vary, NaN where it is not known.
    pub fn skewness(&self) -> f64 {
        if self.squares == 0.0 {
            return 0.0;
        }
        (self.count as f64).sqrt() * self.cubes / self.squares.powf(1.5)
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
            assert!((merged.skewness() - whole.skewness()).abs() < 1e-13);
        }
    }

    /// Of 0, 0, 0, 4 the mean is 1, the squares add up to 12 and the cubes to 24: √4 · 24 / 12^{3/2}.
    #[test]
    fn the_skewness_is_that_of_the_definition() {
        let values = [0.0, 0.0, 0.0, 4.0];
        let truth = 2.0 * 24.0 / 12.0f64.powf(1.5);
        let pushed: Moments = values.into_iter().collect();
        for moments in [pushed, Moments::of(|| values.into_iter())] {
            assert!((moments.skewness() - truth).abs() < 1e-15, "{}", moments.skewness());
        }
        assert!(Moments::of_sums(4, 1.0, 12.0).skewness().is_nan());
        assert_eq!([3.0, 3.0].into_iter().collect::<Moments>().skewness(), 0.0);
    }

    #[test]
    fn too_few_values_have_no_moments() {
        assert!(Moments::new().mean().is_nan());
        assert!([1.0].into_iter().collect::<Moments>().variance().is_nan());
    }
}
