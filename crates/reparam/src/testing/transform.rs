//! A bijection comes back, and its log-determinants are those of its Jacobian.

use burn::tensor::Tensor;

use crate::Transform;

use super::{
    slope::{assert_close, gradient},
    tensor, values,
};

/// inverse(forward(x)) = x and the log-determinants of both ways cancel, at rows `x`, to `tolerance` of the larger
/// of 1 and the number.
pub fn round_trip<const D: usize>(name: &str, transform: &impl Transform<D>, x: Tensor<D>, tolerance: f64) {
    let (y, forward) = transform.forward(x.clone());
    let (back, inverse) = transform.inverse(y);
    assert_close(name, "inverse of forward", &values(back), &values(x), tolerance);
    assert_close(name, "log-determinant of inverse", &values(-inverse), &values(forward), tolerance);
}

/// The log-determinant at `x`, one event of elements of rank 1, is log |det J|, J by automatic differentiation, both
/// ways.
pub fn log_determinant_is_jacobian(name: &str, transform: &impl Transform<2>, x: &[f64]) {
    let row = |x: Tensor<1>| x.reshape([1, -1]);
    let (y, forward) = transform.forward(row(tensor(x, [x.len()])));
    let jacobian = jacobian(x, |x| transform.forward(row(x)).0);
    assert_close(name, "log-determinant", &values(forward), &[log_abs_determinant(jacobian)], 1e-10);

    let y = values(y);
    let (_, inverse) = transform.inverse(row(tensor(&y, [y.len()])));
    let jacobian = self::jacobian(&y, |y| transform.inverse(row(y)).0);
    assert_close(
        name,
        "log-determinant of the inverse",
        &values(inverse),
        &[log_abs_determinant(jacobian)],
        1e-10,
    );
}

/// Row i: the gradient of output i.
fn jacobian(x: &[f64], f: impl Fn(Tensor<1>) -> Tensor<2>) -> Vec<Vec<f64>> {
    (0..x.len()).map(|i| gradient(x, |x| f(x).slice([0..1, i..i + 1]))).collect()
}

/// By elimination with row exchanges.
fn log_abs_determinant(mut matrix: Vec<Vec<f64>>) -> f64 {
    let mut sum = 0.0;
    for k in 0..matrix.len() {
        let largest = (k..matrix.len()).max_by(|&a, &b| matrix[a][k].abs().total_cmp(&matrix[b][k].abs()));
        matrix.swap(k, largest.unwrap_or(k));
        let (above, below) = matrix.split_at_mut(k + 1);
        let pivot = &above[k];
        sum += pivot[k].abs().ln();
        for row in below {
            let factor = row[k] / pivot[k];
            row.iter_mut().zip(pivot).for_each(|(x, p)| *x -= factor * p);
        }
    }
    sum
}
