//! Derivatives from function values alone.

use crate::{Estimate, Moments};

/// How often the step is halved at most; the rounding error overtakes the gain well before.
const HALVINGS: i32 = 12;

/// f′(x) by central differences over steps h, h/2, h/4, …, extrapolated to step 0 (Richardson).
///
/// `step` is a length over which f is smooth, such as a tenth of the scale on which it changes; the smallest steps are
/// cut off where rounding begins to tell. For smooth f the error is typically 10⁻¹¹ of |f|/step or less, and `error` is
/// an upper bound of it in all but contrived cases.
///
/// Source: L. F. Richardson, Philosophical Transactions A 226 (1927), 299–361.
pub fn derivative(mut f: impl FnMut(f64) -> f64, x: f64, step: f64) -> Estimate {
    let mut best = Estimate { value: f64::NAN, error: f64::INFINITY };
    let mut above: Vec<f64> = Vec::new();
    for halving in 0..=HALVINGS {
        let difference = central(&mut f, x, step * 0.5f64.powi(halving));
        let mut row = vec![difference.value];
        let mut power = 1.0;
        for (j, coarser) in above.iter().enumerate() {
            power *= 4.0;
            let finer = row[j];
            let value = finer + (finer - coarser) / (power - 1.0);
            let error = (value - finer).abs().max((value - coarser).abs()).max(difference.error);
            if error < best.error {
                best = Estimate { value, error };
            }
            row.push(value);
        }
        above = row;
    }
    best
}

/// ∂f/∂xᵢ for every i, each as in [`derivative`].
pub fn gradient(mut f: impl FnMut(&[f64]) -> f64, x: &[f64], step: f64) -> Vec<Estimate> {
    let mut moved = x.to_vec();
    (0..x.len())
        .map(|i| {
            let partial = derivative(
                |at| {
                    moved[i] = at;
                    f(&moved)
                },
                x[i],
                step,
            );
            moved[i] = x[i];
            partial
        })
        .collect()
}

/// Samples of d/dθ E\[f(θ, ε)\]: one central difference per noise, with equal noise at every θ.
///
/// ```text
/// (4 D(step/2) − D(step)) / 3,   D(h) = (f(θ + h, ε) − f(θ − h, ε)) / 2h
/// ```
///
/// The mean of the samples is the derivative of the expectation up to −step⁴ E\[f⁽⁵⁾\]/480, also where f jumps as θ moves
/// and a pathwise gradient would be wrong; jumps show in the variance, which then grows as 1/step. The noise must not
/// depend on θ. Compare with [`MeanTest`](crate::MeanTest).
pub fn common_noise_derivative<N>(
    noise: impl IntoIterator<Item = N>,
    mut f: impl FnMut(f64, &N) -> f64,
    theta: f64,
    step: f64,
) -> Moments {
    let mut sample = |epsilon: N| {
        let mut difference = |h| central(|at| f(at, &epsilon), theta, h).value;
        (4.0 * difference(step / 2.0) - difference(step)) / 3.0
    };
    noise.into_iter().map(&mut sample).collect()
}

/// The slope between x − h and x + h, and what the rounding of f alone makes uncertain in it.
fn central(mut f: impl FnMut(f64) -> f64, x: f64, h: f64) -> Estimate {
    let (right, left) = (x + h, x - h);
    // Divided by the distance as it came out in floating point, not as it was meant.
    let distance = right - left;
    let (above, below) = (f(right), f(left));
    let error = f64::EPSILON * (above.abs() + below.abs()) / distance;
    Estimate { value: (above - below) / distance, error }
}

#[cfg(test)]
mod tests {
    use super::{common_noise_derivative, derivative, gradient};

    #[test]
    fn smooth_functions_have_eleven_digits() {
        type Case = (fn(f64) -> f64, fn(f64) -> f64, f64);
        let cases: [Case; 4] = [
            (f64::exp, f64::exp, 1.0),
            (f64::sin, f64::cos, 0.7),
            (|x| 1.0 / x, |x| -1.0 / (x * x), 3.0),
            (|x| x.powi(4), |x| 4.0 * x.powi(3), -2.0),
        ];
        for (f, slope, x) in cases {
            let found = derivative(f, x, 0.2);
            let off = (found.value - slope(x)).abs();
            assert!(off <= 1e-11 * slope(x).abs(), "at {x}: off by {off:e}");
            assert!(off <= found.error, "at {x}: {off:e} is beyond the stated {:e}", found.error);
        }
    }

    #[test]
    fn an_error_is_stated_where_there_is_no_derivative() {
        let cusp = derivative(f64::cbrt, 0.0, 1.0);
        assert!(cusp.error > 0.1, "{cusp:?}");
        assert!(derivative(|_| f64::NAN, 0.0, 0.1).value.is_nan());
    }

    #[test]
    fn the_gradient_moves_one_coordinate_at_a_time() {
        let found = gradient(|x| x[0] * x[0] * x[1] + x[2], &[3.0, 5.0, 7.0], 0.5);
        for (estimate, expected) in found.iter().zip([30.0, 9.0, 1.0]) {
            assert!((estimate.value - expected).abs() < 1e-10);
        }
    }

    #[test]
    fn common_noise_sees_through_jumps() {
        // E[1{θ + ε > 0}] over a grid of uniform ε in (−1, 1) has slope ½; its pathwise gradient is 0.
        let noise = (0..100_000).map(|i| (f64::from(i) + 0.5) / 50_000.0 - 1.0);
        let jumps = common_noise_derivative(noise.clone(), |theta, e| f64::from(theta + e > 0.0), 0.1, 0.05);
        assert!((jumps.mean() - 0.5).abs() < 1e-3, "{}", jumps.mean());
        let smooth = common_noise_derivative(noise, |theta, e| (theta + e).powi(2), 0.1, 0.05);
        assert!((smooth.mean() - 0.2).abs() < 1e-9, "{}", smooth.mean());
    }
}
