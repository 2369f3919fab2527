//! The orthogonal factor of a square matrix.

/// Sweeps after which the rotations give up; some ten are enough.
const SWEEPS: usize = 60;

/// U Vᵀ of the singular value decomposition U S Vᵀ of a d × d matrix: the orthogonal matrix nearest to it.
///
/// One-sided Jacobi rotations, which make the columns of X V orthogonal (M. R. Hestenes, "Inversion of matrices by
/// biorthogonalization", Journal of SIAM 6 (1958)). Columns of length 0 stay 0.
pub fn orthogonal_factor(d: usize, matrix: &[f64]) -> Vec<f64> {
    let (mut x, mut v) = (transposed(d, matrix), vec![0.0; d * d]);
    (0..d).for_each(|i| v[i * d + i] = 1.0);
    for _ in 0..SWEEPS {
        let mut turned = false;
        for p in 0..d {
            for q in p + 1..d {
                turned |= rotate(d, &mut x, &mut v, p, q);
            }
        }
        if !turned {
            break;
        }
    }
    for column in x.chunks_mut(d) {
        let length = column.iter().fold(0.0, |sum: f64, x| sum.hypot(*x));
        if length > 0.0 {
            for x in column {
                *x /= length;
            }
        }
    }
    let entry = |at: usize| (0..d).map(|k| x[k * d + at / d] * v[k * d + at % d]).sum();
    (0..d * d).map(entry).collect()
}

fn transposed(d: usize, matrix: &[f64]) -> Vec<f64> {
    (0..d * d).map(|at| matrix[at % d * d + at / d]).collect()
}

/// Makes columns p and q of x, which are stored one after the other, orthogonal; whether they were not.
fn rotate(d: usize, x: &mut [f64], v: &mut [f64], p: usize, q: usize) -> bool {
    let dot = |a: usize, b: usize| (0..d).map(|i| x[a * d + i] * x[b * d + i]).sum::<f64>();
    let (a, b, c) = (dot(p, p), dot(q, q), dot(p, q));
    if c.is_nan() || c.abs() <= 1e-16 * (a * b).sqrt() {
        return false;
    }
    let zeta = (b - a) / (2.0 * c);
    let tangent = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
    let cos = tangent.hypot(1.0).recip();
    let sin = cos * tangent;
    for matrix in [x, v] {
        for i in 0..d {
            let (left, right) = (matrix[p * d + i], matrix[q * d + i]);
            matrix[p * d + i] = cos * left - sin * right;
            matrix[q * d + i] = sin * left + cos * right;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::orthogonal_factor;

    #[test]
    fn a_rotation_times_a_positive_matrix_gives_the_rotation() {
        let (sin, cos) = 0.3f64.sin_cos();
        let positive = [2.0, 0.7, 0.7, 1.0];
        let product = [
            cos * positive[0] - sin * positive[2],
            cos * positive[1] - sin * positive[3],
            sin * positive[0] + cos * positive[2],
            sin * positive[1] + cos * positive[3],
        ];
        for (got, exact) in orthogonal_factor(2, &product).iter().zip([cos, -sin, sin, cos]) {
            assert!((got - exact).abs() < 1e-15);
        }
    }
}
