//! Sums over many integers of a function that is smooth, though not next to the ends of its range.

use crate::Scalar;
use crate::special::quadrature::points;

/// Integers next to an end that are added one by one.
const HEAD: f64 = 64.0;
/// Up to so many integers all are.
const FEW: f64 = 512.0;
/// What Σ f has above ∫ f between half-integers, in odd central differences of f at the lower end (J. F. Steffensen,
/// Interpolation, 1927, § 13): from the sixty-fourth integer on the next one does not count.
const SEAM: [f64; 4] = [1.0 / 24.0, -17.0 / 5760.0, 367.0 / 967_680.0, -27_859.0 / 464_486_400.0];
/// ln p relative to that of the mode beyond which masses do not count.
const NEGLIGIBLE: f64 = -80.0;

/// The integers over which a sum runs, and the bell over them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    /// The first.
    pub low: f64,
    /// The last; it may be infinite.
    pub high: f64,
    /// Around which the summands have a bell.
    pub mode: f64,
    /// The width of that bell.
    pub deviation: f64,
}

impl Range {
    /// The part of it on which masses of one peak count.
    pub(super) fn bulk(self, log_mass: impl Fn(f64) -> f64) -> Self {
        let least = log_mass(self.mode) + NEGLIGIBLE;
        let border = |end: f64, direction: f64| {
            let mut step = self.deviation.max(1.0).floor();
            loop {
                let x = (self.mode + direction * step).floor();
                if (end - x) * direction <= 0.0 {
                    return end;
                }
                let log_mass = log_mass(x);
                if log_mass <= least || log_mass.is_nan() {
                    return x;
                }
                step *= 2.0;
            }
        };
        Self { low: border(self.low, -1.0), high: border(self.high, 1.0), ..self }
    }

    /// For a tail: the integers from `low` to k whose masses count, of a law with one peak, in steps that resolve how they
    /// fall below k.
    pub(super) fn below(k: f64, low: f64, mode: f64, deviation: f64, log_mass: impl Fn(f64) -> f64) -> Self {
        // A rule of 32 points is exact for falls by e^(−44).
        let fall = if k > low { (log_mass(k) - log_mass(k - 1.0)).abs() } else { 0.0 };
        let deviation = if fall * deviation > 20.0 { 20.0 / fall } else { deviation };
        Self { low, high: k, mode, deviation }.bulk(log_mass)
    }

    /// Σ f(x) over the range. Next to both of its ends f may be singular at a distance of 1 outside.
    ///
    /// Sixty-four terms from each end one by one; between half-integers by Gauss–Legendre quadrature, on intervals that
    /// resolve the bell and grow with the distance from the ends.
    pub(super) fn sum<S: Scalar>(self, f: impl Fn(f64) -> S) -> S {
        let Self { low, high, mode, deviation } = self;
        let add = |from: f64, to: f64| {
            let (mut sum, mut x) = (S::from(0.0), from);
            while x <= to {
                sum = sum + f(x);
                x += 1.0;
            }
            sum
        };
        if !(high - low).is_finite() {
            return S::from(f64::NAN);
        }
        if high - low <= FEW {
            return add(low, high);
        }
        let (first, last) = (low + HEAD, high - HEAD);
        let mut sum = add(low, first - 1.0) + add(last + 1.0, high) + seam(&f, first) - seam(&f, last + 1.0);
        let (mut x, end) = (first - 0.5, last + 0.5);
        while x < end {
            let resolved = deviation.max(0.5 * (x - mode).abs());
            let next = (x + resolved.min(x - low).min(0.5 * (high - x))).min(end);
            // A step that is lost in rounding is the last.
            let next = if next <= x || end - next < 0.5 { end } else { next };
            for (at, weight) in points(x, next) {
                sum = sum + f(at) * weight;
            }
            x = next;
        }
        sum
    }
}

/// The corrections at the lower end k − ½ of a sum from k on.
pub(super) fn seam<S: Scalar>(f: &impl Fn(f64) -> S, k: f64) -> S {
    let mut differences: [S; 8] = std::array::from_fn(|i| f(k - 4.0 + i as f64));
    let mut sum = S::from(0.0);
    for order in 1..8 {
        for i in 0..8 - order {
            differences[i] = differences[i + 1] - differences[i];
        }
        if order % 2 == 1 {
            sum = sum + differences[(7 - order) / 2] * SEAM[order / 2];
        }
    }
    sum
}

/// −p ln p, from ln p.
pub(super) fn surprise<S: Scalar>(log_mass: S) -> S {
    if log_mass.value() == f64::NEG_INFINITY { S::from(0.0) } else { -log_mass * log_mass.exp() }
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn powers_and_exponentials() {
        // Σ 1 / (x + 1)² from 0 to n is ζ(2) less 1/n − 3/(2 n²) + …
        let range = Range { low: 0.0, high: 1e9, mode: 0.0, deviation: 1.0 };
        let sum = range.sum(|x: f64| (x + 1.0).powi(-2));
        let exact = std::f64::consts::PI.powi(2) / 6.0 - 1e-9 + 1.5e-18;
        assert!((sum / exact - 1.0).abs() < 5e-15, "{sum}");

        let rate = 1e-5_f64;
        let range = Range { low: 0.0, high: f64::INFINITY, mode: 0.0, deviation: 1e5 };
        let bulk = range.bulk(|x| -rate * x);
        assert!(bulk.high > 7e6 && bulk.high < 2e7);
        let sum = bulk.sum(|x: f64| (-rate * x).exp());
        assert!((sum * -(-rate).exp_m1() - 1.0).abs() < 2e-15, "{sum}");
    }
}
