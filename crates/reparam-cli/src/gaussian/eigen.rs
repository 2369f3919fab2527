//! Eigenvalues and eigenvectors of a symmetric matrix.

/// `values` falling, and `vectors` with the eigenvector of the k-th value in row k.
#[derive(Clone, Debug)]
pub struct Eigen {
    /// Eigenvalues, falling.
    pub values: Vec<f64>,
    /// Eigenvectors of length 1, row by row.
    pub vectors: Vec<f64>,
}

/// Rotations stop to matter long before; a bound for numbers that are not finite.
const MOST_SWEEPS: usize = 60;

impl Eigen {
    /// Of a symmetric, row-major `matrix` of `width` rows, by cyclic Jacobi rotations.
    ///
    /// Each eigenvalue of a positive definite matrix is found to nearly full relative precision.
    ///
    /// Source: Golub & Van Loan, Matrix Computations, 4th edition, section 8.5.
    pub fn of(mut matrix: Vec<f64>, width: usize) -> Self {
        let mut vectors = vec![0.0; width * width];
        (0..width).for_each(|i| vectors[i * width + i] = 1.0);
        for _ in 0..MOST_SWEEPS {
            let mut turned = false;
            for p in 0..width {
                for q in p + 1..width {
                    turned |= rotate(&mut matrix, &mut vectors, width, p, q);
                }
            }
            if !turned {
                break;
            }
        }
        let mut order: Vec<usize> = (0..width).collect();
        order.sort_by(|&i, &j| matrix[j * width + j].total_cmp(&matrix[i * width + i]));
        Self {
            values: order.iter().map(|&i| matrix[i * width + i]).collect(),
            vectors: order.iter().flat_map(|&i| vectors[i * width..][..width].iter().copied()).collect(),
        }
    }
}

/// Makes the element (p, q) zero, unless it is lost beside the diagonal already.
fn rotate(matrix: &mut [f64], vectors: &mut [f64], width: usize, p: usize, q: usize) -> bool {
    let (pp, qq, pq) = (matrix[p * width + p], matrix[q * width + q], matrix[p * width + q]);
    if pq.abs() <= f64::EPSILON * (pp * qq).abs().sqrt() {
        return false;
    }
    let theta = (qq - pp) / (2.0 * pq);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for k in 0..width {
        let (kp, kq) = (matrix[k * width + p], matrix[k * width + q]);
        matrix[k * width + p] = cosine * kp - sine * kq;
        matrix[k * width + q] = sine * kp + cosine * kq;
    }
    for rows in [&mut *matrix, vectors] {
        for k in 0..width {
            let (pk, qk) = (rows[p * width + k], rows[q * width + k]);
            rows[p * width + k] = cosine * pk - sine * qk;
            rows[q * width + k] = sine * pk + cosine * qk;
        }
    }
    // What is left there is rounding, and would be turned again.
    matrix[p * width + q] = 0.0;
    matrix[q * width + p] = 0.0;
    true
}
