//! Expectations under a normal distribution.

/// The Gauss–Hermite rule for the standard normal weight: exact for polynomials up to degree 2n − 1.
///
/// Nodes are the zeros of the Hermite polynomial Heₙ, found by bisection between the zeros of Heₙ₋₁ (they interlace);
/// weights are 1/Σₖ hₖ(x)² over the orthonormal polynomials hₖ, k < n, all terms positive.
///
/// Source: G. Szegő, Orthogonal Polynomials (AMS 1939), theorems 3.3.2 and 3.4.2.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussHermite {
    /// Node and weight.
    rule: Vec<(f64, f64)>,
}

impl GaussHermite {
    /// The rule of `n` nodes.
    ///
    /// # Panics
    /// Unless 1 ≤ n ≤ 200: beyond, the outermost weights leave the range of doubles.
    pub fn new(n: usize) -> Self {
        assert!((1..=200).contains(&n), "GaussHermite::new: 1 to 200 nodes, got {n}");
        // All zeros of Heₙ are smaller than this.
        let bound = (4.0 * n as f64 + 2.0).sqrt();
        let mut zeros = Vec::new();
        for degree in 1..=n {
            let edges: Vec<f64> = [-bound].into_iter().chain(zeros).chain([bound]).collect();
            zeros = edges.windows(2).map(|pair| zero(degree, pair[0], pair[1])).collect();
        }
        let weight = |x| 1.0 / orthonormal(n, x).0;
        Self { rule: zeros.into_iter().map(|x| (x, weight(x))).collect() }
    }

    /// E\[f(Z)\] for Z normal with mean `loc` and standard deviation `scale`.
    ///
    /// Fast and exact to rounding for smooth f without a scale of its own below `scale`; for kinks and jumps use
    /// [`integrate`](crate::integrate).
    pub fn expectation(&self, loc: f64, scale: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
        self.rule.iter().map(|(x, weight)| weight * f(loc + scale * x)).sum()
    }
}

/// Σ hₖ(x)² over k < n, and hₙ(x).
fn orthonormal(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut here, mut squares) = (0.0, 1.0, 0.0);
    for k in 0..n {
        squares += here * here;
        let next = (x * here - (k as f64).sqrt() * before) / ((k + 1) as f64).sqrt();
        (before, here) = (here, next);
    }
    (squares, here)
}

/// The one zero of hₙ between two points.
fn zero(n: usize, mut low: f64, mut high: f64) -> f64 {
    let rising = orthonormal(n, high).1 > 0.0;
    while high - low > 4.0 * f64::EPSILON * high.abs().max(low.abs()).max(0.1) {
        let middle = low + (high - low) / 2.0;
        if (orthonormal(n, middle).1 > 0.0) == rising { high = middle } else { low = middle }
    }
    low + (high - low) / 2.0
}

#[cfg(test)]
mod tests {
    use super::GaussHermite;

    #[test]
    fn moments_are_exact_up_to_degree_2n_minus_1() {
        for n in [1, 2, 5, 12] {
            let rule = GaussHermite::new(n);
            let mut even_moment = 1.0;
            for k in 0..n {
                let power = i32::try_from(2 * k).unwrap();
                let found = rule.expectation(0.0, 1.0, |z| z.powi(power));
                assert!(
                    (found / even_moment - 1.0).abs() < 1e-12,
                    "n {n}, degree {power}: {found} {even_moment}"
                );
                let odd = rule.expectation(0.0, 1.0, |z| z.powi(power + 1));
                assert!(
                    odd.abs() < 1e-12 * even_moment * (2 * k + 1) as f64,
                    "n {n}, degree {}: {odd}",
                    power + 1
                );
                even_moment *= (2 * k + 1) as f64;
            }
        }
    }

    #[test]
    fn known_expectations_have_fourteen_digits() {
        let rule = GaussHermite::new(60);
        let (loc, scale) = (0.7, 1.2f64);
        let damping = (-0.5 * scale * scale).exp();
        assert!((rule.expectation(loc, scale, f64::sin) - damping * loc.sin()).abs() < 1e-14);
        assert!(
            (rule.expectation(loc, scale, f64::exp) - (loc + 0.5 * scale * scale).exp()).abs() < 2e-14 * 4.0
        );
    }

    #[test]
    fn the_largest_rule_is_still_a_rule() {
        let rule = GaussHermite::new(200);
        assert!((rule.expectation(0.0, 1.0, |_| 1.0) - 1.0).abs() < 1e-13);
        assert!((rule.expectation(0.0, 1.0, |z| z * z) - 1.0).abs() < 1e-12);
    }

    #[test]
    #[should_panic(expected = "1 to 200 nodes, got 0")]
    fn a_rule_needs_a_node() {
        let _ = GaussHermite::new(0);
    }
}
