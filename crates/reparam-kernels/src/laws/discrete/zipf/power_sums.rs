//! Sums of powers of integers, by the formula of Euler and Maclaurin (DLMF 2.10.1), and of their logarithms.

use crate::laws::discrete::long_sums::seam;
use crate::special::quadrature::points;
use crate::{Scalar, single};

/// B₂ⱼ / (2j)!.
const SERIES: [f64; 7] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
    1.0 / 74_724_249_600.0,
];

/// ln Σ k⁻ˢ over the integers from `first` ≥ 1 to `last`, which may be infinite for s > 1; −∞ where there are none.
///
/// Relative to the first term, whose logarithm alone may be out of the range of powers.
pub(super) fn log_power_sum<S: Scalar>(s: S, first: f64, last: f64) -> S {
    let power = s.value();
    if last < first {
        return S::from(f64::NEG_INFINITY);
    }
    let term = |k: f64| (-(s * single::log1p((k - first) / first))).exp();
    let log_first = -(s * single::log(first));
    // From here on seven terms of the series are enough.
    let smooth = 16.0 + 2.0 * power.abs();
    let (mut k, mut sum) = (first, S::from(0.0));
    while k <= last && (k < smooth || last - k < 8.0) {
        let next = term(k);
        sum = sum + next;
        if power > 20.0 && next.value() < 1e-19 * sum.value() {
            return log_first + sum.ln();
        }
        k += 1.0;
    }
    if k > last {
        return log_first + sum.ln();
    }

    let (at, end) = (term(k), if last == f64::INFINITY { S::from(0.0) } else { term(last) });
    let integral = if last == f64::INFINITY {
        (s - 1.0).recip()
    } else {
        crate::scalar::special::exp_m1_over(S::from(single::log(last / k)), -s + 1.0)
    };
    sum = sum + at * integral * k + (at + end) * 0.5;
    let (mut rising, mut near, mut far) = (s, at / k, end / last);
    for (j, coefficient) in SERIES.iter().enumerate() {
        sum = sum + rising * (near - far) * *coefficient;
        let next = (2 * j + 1) as f64;
        rising = rising * (s + next) * (s + (next + 1.0));
        (near, far) = (near / (k * k), far / last / last);
    }
    log_first + sum.ln()
}

/// E\[ln X\] and Var\[ln X\] for masses x⁻ˢ e^(−`log_total`) from 1 to `last`.
pub(super) fn log_moments(s: f64, last: f64, log_total: f64) -> (f64, f64) {
    const HEAD: f64 = 64.0;
    const FEW: f64 = 512.0;
    let mass = |log_x: f64| single::exp(-s * log_x - log_total);
    let expectation = |g: &dyn Fn(f64) -> f64| {
        let f = |x: f64| {
            let log_x = single::log(x);
            g(log_x) * mass(log_x)
        };
        let direct = if last <= FEW { last } else { HEAD };
        let (mut x, mut sum) = (1.0, 0.0);
        while x <= direct {
            sum += f(x);
            x += 1.0;
        }
        if direct == last {
            return sum;
        }
        sum += seam(&f, x);
        // In the logarithm of x, as far as x · mass counts.
        let (start, rate) = (single::log(x - 0.5), (s - 1.0).abs());
        let mut end = single::log(last + 0.5);
        if s > 1.0 && end - start > 60.0 / rate {
            end = start + 60.0 / rate;
        } else {
            sum -= seam(&f, last + 1.0);
        }
        let panels = ((end - start) * rate / 8.0).ceil().max(1.0);
        for i in 0..panels as u32 {
            let at = |i: u32| start + (end - start) * (f64::from(i) / panels);
            for (log_x, weight) in points(at(i), at(i + 1)) {
                sum += weight * g(log_x) * single::exp((1.0 - s) * log_x - log_total);
            }
        }
        sum
    };
    let mean = expectation(&|log_x| log_x);
    (mean, expectation(&|log_x| (log_x - mean) * (log_x - mean)))
}
