//! The noncentral gamma law: gamma numbers of shape a + J for a Poisson number J of mean m. Twice such a number is
//! noncentral χ² with 2 a degrees of freedom and noncentrality 2 m; its upper tail is Marcum's Q.
//!
//! Density, tails and slopes are sums over J of positive terms, or means over J given the number. Terms that vary
//! slowly are taken a third of a standard deviation apart: for an analytic term that falls on both sides like a
//! normal density, such a sum is exact to 1e-30 (L. N. Trefethen, J. A. C. Weideman, "The exponentially convergent
//! trapezoidal rule", SIAM Review 56, 2014), and some 50 terms are enough at any parameters.

use super::gamma::{
    digamma_minus_log, gamma_log_density, log_gamma_draw_slope, log_gamma_log_density, log_gamma_p,
    log_gamma_p_inv, log_gamma_q, log_gamma_q_inv, poisson_log_mass,
};
use crate::elementary::{exp, log, log1p};
use crate::law::newton_between;
use crate::scalar::special::ln_ratio;

/// What a term may be of the sum where a side ends.
const NEGLIGIBLE: f64 = 1e-18;
/// Below this number a gamma number of shape above 1 has no weight beside one of a shape below.
const TINY: f64 = 1e-300;

/// A sum of positive terms given by their logarithms, and the means of N numbers under them.
struct Sum<const N: usize> {
    scale: f64,
    total: f64,
    weighted: [f64; N],
}

impl<const N: usize> Sum<N> {
    /// Adds a term; whether it counts.
    fn add(&mut self, log_term: f64, values: [f64; N]) -> bool {
        if log_term > self.scale + 500.0 {
            let change = exp(self.scale - log_term);
            self.total *= change;
            self.weighted = self.weighted.map(|sum| sum * change);
            self.scale = log_term;
        }
        let term = exp(log_term - self.scale);
        self.total += term;
        for (sum, value) in self.weighted.iter_mut().zip(values) {
            *sum += term * value;
        }
        term > NEGLIGIBLE * self.total
    }
}

/// Steps of a third of a deviation after which nothing is left, but where numbers are too large for their sums to tell.
const MOST_STEPS: usize = 10_000;

/// The logarithm of a sum over the integers j ≥ 0, whose terms rise and then fall, and the means of N numbers under it.
///
/// The terms near `centre` have the standard deviation `spread` or more.
fn sum<const N: usize>(centre: f64, spread: f64, term: impl Fn(f64) -> (f64, [f64; N])) -> (f64, [f64; N]) {
    if !centre.is_finite() {
        return (f64::NAN, [f64::NAN; N]);
    }
    // Beyond 1e31 neighbouring numbers are farther apart than that.
    let stride = (spread / 3.0).floor().max(1.0).max(4.0 * f64::EPSILON * centre);
    let start = centre.floor();
    let (first, values) = term(start);
    let mut sum = Sum { scale: first, total: 0.0, weighted: [0.0; N] };
    sum.add(first, values);
    for way in [stride, -stride] {
        let (mut j, mut last) = (start + way, first);
        let mut steps = 0;
        while j >= 0.0 && steps < MOST_STEPS {
            steps += 1;
            let (log_term, values) = term(j);
            let counts = sum.add(log_term, values);
            let rises = log_term > last;
            if log_term.is_nan() || !counts && !rises {
                break;
            }
            (j, last) = (j + way, log_term);
        }
    }
    (sum.scale + log(stride * sum.total), sum.weighted.map(|weighted| weighted / sum.total))
}

/// The most likely J given the number y, where j (j + a − 1) = m y.
fn likely(a: f64, m: f64, y: f64) -> f64 {
    let (order, product) = (a - 1.0, m * y);
    let radius = libm::hypot(order, 2.0 * product.sqrt());
    if product == 0.0 {
        0.0
    } else if order > 0.0 {
        2.0 * product / (order + radius)
    } else {
        0.5 * (radius - order)
    }
}

/// The least standard deviation of J around j.
fn spread(a: f64, j: f64) -> f64 {
    let shape = (a - 1.0 + j).max(0.0);
    if j == 0.0 { 0.0 } else { (j * (shape / (j + shape))).sqrt() }
}

/// The logarithm of the density, and the means of N numbers over J given y.
fn given<const N: usize>(a: f64, m: f64, y: f64, values: impl Fn(f64) -> [f64; N]) -> (f64, [f64; N]) {
    let centre = likely(a, m, y);
    sum(centre, spread(a, centre), |j| (poisson_log_mass(j, m) + gamma_log_density(a + j, y), values(a + j)))
}

/// The log-density at y.
///
/// For a > 0, m ≥ 0 and y > 0. Largest relative error measured, ÷ max(1, condition), of this and everything below, for
/// parameters from 1e-6 to 1e6 and in tails down to 1e-300: 2e-15.
pub fn noncentral_gamma_log_density(a: f64, m: f64, y: f64) -> f64 {
    given(a, m, y, |_| []).0
}

/// The log-density of w = ln y, also where y leaves the range of numbers.
pub fn log_noncentral_gamma_log_density(a: f64, m: f64, log_y: f64) -> f64 {
    let y = exp(log_y);
    if y < TINY { log_gamma_log_density(a, log_y) - m } else { noncentral_gamma_log_density(a, m, y) + log_y }
}

/// The slopes of [`log_noncentral_gamma_log_density`] in w, a and m.
pub fn log_noncentral_gamma_log_density_grad(a: f64, m: f64, log_y: f64) -> [f64; 3] {
    let y = exp(log_y);
    let slopes = |shape: f64| {
        let in_shape = if y < TINY { log_y - log(shape) } else { ln_ratio(y, shape) };
        [shape - y, in_shape - digamma_minus_log(shape), (y - shape) / shape]
    };
    if y < TINY { slopes(a) } else { given(a, m, y, slopes).1 }
}

/// d ln y / da and d ln y / dm of a draw y at fixed distribution function, from ln y.
///
/// Means over J given y of what a gamma number of shape a + J moves by, and of 1 / (a + J): all terms positive. The
/// second is 1 / (a + √(m y) R) with the ratio R of the modified Bessel functions of orders a and a − 1 at 2 √(m y).
pub fn log_noncentral_gamma_draw_slopes(a: f64, m: f64, log_y: f64) -> [f64; 2] {
    let slopes = |shape: f64| [log_gamma_draw_slope(shape, log_y), shape.recip()];
    let y = exp(log_y);
    if y < TINY { slopes(a) } else { given(a, m, y, slopes).1 }
}

/// ln P(Y ≤ y), as a sum of positive terms.
fn log_lower(a: f64, m: f64, y: f64) -> f64 {
    let centre = likely(a, m, y).min(m);
    sum(centre, spread(a, centre), |j| (poisson_log_mass(j, m) + log_gamma_p(a + j, y), [])).0.min(0.0)
}

/// ln P(Y > y), likewise.
fn log_upper(a: f64, m: f64, y: f64) -> f64 {
    let centre = likely(a, m, y).max(m);
    sum(centre, spread(a, centre), |j| (poisson_log_mass(j, m) + log_gamma_q(a + j, y), [])).0.min(0.0)
}

/// The distribution function at y, with full relative accuracy in the lower tail.
///
/// For a > 0, m ≥ 0 and y ≥ 0.
pub fn noncentral_gamma_p(a: f64, m: f64, y: f64) -> f64 {
    exp(log_noncentral_gamma_p(a, m, y))
}

/// One minus [`noncentral_gamma_p`], with full relative accuracy in the upper tail: Marcum's Q of order a at √(2 m)
/// and √(2 y).
pub fn noncentral_gamma_q(a: f64, m: f64, y: f64) -> f64 {
    exp(log_noncentral_gamma_q(a, m, y))
}

/// The logarithm of [`noncentral_gamma_p`], finite where that underflows.
pub fn log_noncentral_gamma_p(a: f64, m: f64, y: f64) -> f64 {
    if a.is_nan() || m.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let value = log_lower(a, m, y);
    if value < -0.7 { value } else { log1p(-exp(log_upper(a, m, y))) }
}

/// The logarithm of [`noncentral_gamma_q`], finite where that underflows.
pub fn log_noncentral_gamma_q(a: f64, m: f64, y: f64) -> f64 {
    if a.is_nan() || m.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let value = log_upper(a, m, y);
    if value < -0.7 { value } else { log1p(-exp(log_lower(a, m, y))) }
}

/// The logarithm of the y where the smaller tail, the upper one as `upper` says, has this logarithm, below −0.69.
///
/// Newton's method on the logarithm of the tail in ln y, between the quantile of the central law, which is below, and
/// a bound of L. Birgé, "An alternative point of view on Lepski's method" (2001), for the upper tail.
pub fn log_noncentral_gamma_quantile(a: f64, m: f64, log_tail: f64, upper: bool) -> f64 {
    let central = |shape: f64| {
        if upper { log_gamma_q_inv(shape, log_tail) } else { log_gamma_p_inv(shape, log_tail) }
    };
    let least = central(a);
    if m == 0.0 || least.is_nan() || m.is_nan() {
        return least + 0.0 * m;
    }
    let depth = if upper { -log_tail } else { 0.7 };
    let most = log(a + m + (2.0 * depth * (a + 2.0 * m)).sqrt() + depth);
    // A gamma law of the same mean and variance: P. B. Patnaik, Biometrika 36 (1949).
    let shape = (a + m) * ((a + m) / (a + 2.0 * m));
    let start = (central(shape) + log((a + 2.0 * m) / (a + m))).clamp(least, most);
    // Rounding must not exclude the ends.
    let margin = |t: f64| 1e-12 * t.abs().max(1.0);
    newton_between(start, (least - margin(least), most + margin(most)), |t| {
        let y = exp(t);
        let log_mass = match (upper, y < TINY) {
            (true, _) => log_noncentral_gamma_q(a, m, y),
            (false, true) => log_gamma_log_density(a, t) - log(a) - m,
            (false, false) => log_noncentral_gamma_p(a, m, y),
        };
        let inverse_rate = exp(log_mass - log_noncentral_gamma_log_density(a, m, t));
        (if upper { log_mass - log_tail } else { log_tail - log_mass }) * inverse_rate
    })
}

/// The y where the smaller tail, the upper one as `upper` says, has this logarithm, below −0.69.
///
/// The exponential of [`log_noncentral_gamma_quantile`], which knows ln y to one rounding of that, and a last step in
/// y itself.
pub fn noncentral_gamma_quantile(a: f64, m: f64, log_tail: f64, upper: bool) -> f64 {
    let y = exp(log_noncentral_gamma_quantile(a, m, log_tail, upper));
    if !y.is_normal() {
        return y;
    }
    let log_mass = if upper { log_noncentral_gamma_q(a, m, y) } else { log_noncentral_gamma_p(a, m, y) };
    let way = if upper { log_mass - log_tail } else { log_tail - log_mass };
    y + way * exp(log_mass - noncentral_gamma_log_density(a, m, y))
}

/// The mean of √(n₁² + n₂²) for normal numbers of variance 1 around b and 0, and its slope in b.
///
/// √(π/2) e^(−h) ((1 + 2h) I₀(h) + 2h I₁(h)) with h = b²/4; for b ≥ 0. Largest relative error measured: 1e-15.
pub fn rice_mean(b: f64) -> [f64; 2] {
    const ROOT_HALF_PI: f64 = 1.253_314_137_315_500_3;
    let h = 0.25 * b * b;
    if h > 1e15 {
        return [b, 1.0];
    }
    let (even, odd) = (super::i0e(h), super::i1e(h));
    [ROOT_HALF_PI * (even + 2.0 * h * (even + odd)), ROOT_HALF_PI * 0.5 * b * (even + odd)]
}

/// The variance of the same number, and its slope in b.
///
/// 2 + b² − mean²; far out, where those cancel, by the trapezoidal rule around the mean. Largest relative error
/// measured: 3e-14.
pub fn rice_variance(b: f64) -> [f64; 2] {
    let [mean, slope] = rice_mean(b);
    if b < 10.0 {
        return [2.0 + b * b - mean * mean, 2.0 * (b - mean * slope)];
    }
    // The distance t of the number from b; both sums are of normal densities times smooth functions. The mean of x − b is small.
    let (mut weights, mut first, mut second, mut cross, mut slopes) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for i in -19..=19 {
        let t = 0.5 * f64::from(i);
        let x = b + t;
        // x I₀(x b) e^(−x b) ∝ √x (1 + 1 / (8 x b) + …)
        let weight = exp(-0.5 * t * t - super::von_mises_log_peak(x * b)) * (x / b);
        // What a draw moves by is the Bessel ratio; its complement is small.
        let fall = super::bessel_ratio_complement(x * b);
        weights += weight;
        first += weight * t;
        second += weight * t * t;
        cross += weight * t * fall;
        slopes += weight * fall;
    }
    let [first, second, cross, slopes] = [first, second, cross, slopes].map(|sum| sum / weights);
    [second - first * first, -2.0 * (cross - first * slopes)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::i0e;

    /// Q₁(b, b) = ½ (1 + e^(−b²) I₀(b²)): J. I. Marcum, "A statistical theory of target detection by pulsed radar" (1960).
    #[test]
    fn marcum_on_the_diagonal() {
        for b in [1e-8, 0.3, 1.0, 4.0, 30.0, 1e3, 1e6, 1e9] {
            let half = 0.5 * b * b;
            let exact = 0.5 + 0.5 * i0e(b * b);
            let got = noncentral_gamma_q(1.0, half, half);
            // One rounding of an argument moves the level by as much as b e^(−b²) I₀(b²) of it.
            let allowed = 1e-15 * (4.0 + b);
            assert!((got / exact - 1.0).abs() < allowed, "{b:e}: {got:e}, exactly {exact:e}");
        }
    }

    #[test]
    fn parameters_out_of_reach_end() {
        for [a, m, y] in
            [[1.0, 1e33, 1e33], [1e300, 1e300, 1e300], [1e-300, 1e-300, 1e300], [1.0, 1.0, f64::INFINITY]]
        {
            let all = [
                noncentral_gamma_log_density(a, m, y),
                noncentral_gamma_p(a, m, y),
                noncentral_gamma_q(a, m, y),
            ];
            assert!(
                all.iter().all(|value| value.is_nan() || *value <= 1e300),
                "{a:e}, {m:e}, {y:e}: {all:?}"
            );
        }
        assert!(noncentral_gamma_p(f64::NAN, 1.0, 1.0).is_nan());
    }
}
