//! Logarithms of sums and differences of exponentials.

use std::f64::consts::LN_2;

use crate::elementary::{exp, expm1, log, log1p};

/// The logarithm of 1 − e^(−x).
///
/// For x ≥ 0: −∞ at 0, ~ log x for small x, ~ −e^(−x) for large; not-a-number below 0. Relative error below 3 ulp.
///
/// Source: M. Mächler, "Accurately computing log(1 − exp(−|a|))" (2012), for the switch at log 2.
pub fn log1mexp(x: f64) -> f64 {
    if x < LN_2 { log(-expm1(-x)) } else { log1p(-exp(-x)) }
}

/// The logarithm of a sum of exponentials.
///
/// log Σ e^(xᵢ); −∞ for no terms, +∞ where a term is. Largest relative error measured: 1 ulp plus one rounding per term,
/// unless the sum happens to be close to 1.
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let Some(top) = top(x) else { return f64::NEG_INFINITY };
    if x[top].is_infinite() || x[top].is_nan() {
        return x[top];
    }
    // The largest term is 1 of the scaled sum: the others count in full even where they are far below one rounding of it.
    let others: f64 = x.iter().enumerate().filter(|&(i, _)| i != top).map(|(_, x_i)| exp(x_i - x[top])).sum();
    x[top] + log1p(others)
}

/// The gradient of [`log_sum_exp`]: the softmax of `x`, written into `gradient`.
///
/// e^(xᵢ) / Σⱼ e^(xⱼ). Terms at −∞ get 0, and so do all where all are at −∞; terms at +∞ share 1. Relative error: one
/// rounding per term.
///
/// # Panics
/// When the two slices have different lengths.
pub fn log_sum_exp_gradient(x: &[f64], gradient: &mut [f64]) {
    assert_eq!(
        x.len(),
        gradient.len(),
        "log_sum_exp_gradient: the gradient has one number for each of x; make it as long as x"
    );
    let Some(top) = top(x).map(|top| x[top]) else { return };
    for (g, x_i) in gradient.iter_mut().zip(x) {
        *g = match top {
            f64::NEG_INFINITY => 0.0,
            f64::INFINITY => f64::from(u8::from(*x_i == top)),
            _ => exp(x_i - top),
        };
    }
    let sum: f64 = gradient.iter().sum();
    if sum != 0.0 {
        for g in gradient {
            *g /= sum;
        }
    }
}

/// The logarithm of a difference of exponentials.
///
/// log(e^a − e^b) for a ≥ b: −∞ where a = b, not-a-number where a < b. Relative error: 3 ulp times the condition.
pub fn log_sub_exp(a: f64, b: f64) -> f64 {
    if a == b && a < f64::INFINITY {
        return f64::NEG_INFINITY;
    }
    a + log1mexp(a - b)
}

/// The index of the largest number, or of one that is not a number.
fn top(x: &[f64]) -> Option<usize> {
    (0..x.len()).reduce(|best, i| if x[i] > x[best] || x[i].is_nan() { i } else { best })
}

#[cfg(test)]
mod tests {
    use super::{log_sub_exp, log_sum_exp, log_sum_exp_gradient, log1mexp};

    const INF: f64 = f64::INFINITY;

    #[test]
    fn sums_at_the_edges() {
        assert_eq!(log_sum_exp(&[]), -INF);
        assert_eq!(log_sum_exp(&[-INF, -INF]), -INF);
        assert_eq!(log_sum_exp(&[1.0, INF, -INF, INF]), INF);
        assert_eq!(log_sum_exp(&[-INF, 3.0]), 3.0);
        assert!(log_sum_exp(&[1.0, f64::NAN, INF]).is_nan());
        assert!(log_sum_exp(&[f64::NAN, 1.0, 2.0]).is_nan());
    }

    #[test]
    fn gradients_at_the_edges() {
        let gradient = |x: &[f64]| {
            let mut g = vec![f64::NAN; x.len()];
            log_sum_exp_gradient(x, &mut g);
            g
        };
        assert_eq!(gradient(&[]), [0.0; 0]);
        assert_eq!(gradient(&[-INF, -INF]), [0.0, 0.0]);
        assert_eq!(gradient(&[-INF, 5.0]), [0.0, 1.0]);
        assert_eq!(gradient(&[INF, 5.0, INF]), [0.5, 0.0, 0.5]);
        assert_eq!(gradient(&[700.0, 700.0, -INF]), [0.5, 0.5, 0.0]);
        assert!(gradient(&[1.0, f64::NAN]).iter().all(|g| g.is_nan()));
    }

    #[test]
    fn differences_at_the_edges() {
        assert_eq!(log_sub_exp(2.0, 2.0), -INF);
        assert_eq!(log_sub_exp(-INF, -INF), -INF);
        assert_eq!(log_sub_exp(2.0, -INF), 2.0);
        assert_eq!(log_sub_exp(INF, 2.0), INF);
        assert!(log_sub_exp(1.0, 2.0).is_nan());
        assert!(log_sub_exp(INF, INF).is_nan());
        assert_eq!(log1mexp(0.0), -INF);
        assert_eq!(log1mexp(INF), 0.0);
        assert!(log1mexp(-1.0).is_nan());
    }
}
