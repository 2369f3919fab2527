//! A bijection comes back, and its log-determinants are those of its Jacobian.

use burn::tensor::Tensor;

use crate::Transform;

use super::{
    slope::{assert_close, gradient},
    tensor, values,
};

/// inverse(forward(x)) = x, the log-determinants of both ways cancel, and the shapes are those announced, at rows `x`, to
/// `tolerance` of the larger of 1 and the number.
pub fn round_trip<const D: usize, const E: usize>(
    name: &str,
    transform: &impl Transform<D, E>,
    x: Tensor<D>,
    tolerance: f64,
) {
    let (y, forward) = transform.forward(x.clone());
    assert_eq!(y.dims(), transform.forward_dims(x.dims()), "{name}: forward_dims");
    assert_eq!(x.dims(), transform.inverse_dims(y.dims()), "{name}: inverse_dims");
    let (back, inverse) = transform.inverse(y);
    assert_close(name, "inverse of forward", &values(back), &values(x), tolerance);
    assert_close(name, "log-determinant of inverse", &values(-inverse), &values(forward), tolerance);
}

/// The log-determinant at `x`, one event of elements of rank 1, is log |det J|, J by automatic differentiation, both
/// ways.
pub fn log_determinant_is_jacobian(name: &str, transform: &impl Transform<2>, x: &[f64]) {
    let every = (0..x.len()).collect::<Vec<_>>();
    log_determinant_on_elements(name, transform, x, &every);
    let y = values(transform.forward(tensor(x, [1, x.len()])).0);
    let backwards = crate::Inverse(Borrowed(transform));
    log_determinant_on_elements(&format!("inverse of {name}"), &backwards, &y, &every);
}

/// The log-determinant at `x` is log |det J|, J the Jacobian of these elements of y: those that determine the others.
pub fn log_determinant_on_elements<const E: usize>(
    name: &str,
    transform: &impl Transform<2, E>,
    x: &[f64],
    elements: &[usize],
) {
    let jacobian = jacobian(transform, x);
    let rows = elements.iter().map(|&i| jacobian[i].clone()).collect();
    assert_log_determinant(name, transform, x, log_abs_determinant(rows));
}

/// The log-determinant at `x` is ½ log det JᵀJ: y on a surface, with respect to its area.
pub fn log_determinant_on_surface<const E: usize>(name: &str, transform: &impl Transform<2, E>, x: &[f64]) {
    let jacobian = jacobian(transform, x);
    let product = |i: usize, j: usize| jacobian.iter().map(|row| row[i] * row[j]).sum();
    let gram = (0..x.len()).map(|i| (0..x.len()).map(|j| product(i, j)).collect()).collect();
    assert_log_determinant(name, transform, x, 0.5 * log_abs_determinant(gram));
}

fn assert_log_determinant<const E: usize>(
    name: &str,
    transform: &impl Transform<2, E>,
    x: &[f64],
    expected: f64,
) {
    let (_, got) = transform.forward(tensor(x, [1, x.len()]));
    assert_close(name, "log-determinant", &values(got), &[expected], 1e-10);
}

/// A transform that somebody else keeps.
struct Borrowed<'a, T>(&'a T);

impl<const D: usize, const E: usize, T: Transform<D, E>> Transform<D, E> for Borrowed<'_, T> {
    fn forward(&self, x: Tensor<D>) -> (Tensor<E>, Tensor<1>) {
        self.0.forward(x)
    }
    fn inverse(&self, y: Tensor<E>) -> (Tensor<D>, Tensor<1>) {
        self.0.inverse(y)
    }
    fn forward_dims(&self, dims: [usize; D]) -> [usize; E] {
        self.0.forward_dims(dims)
    }
    fn inverse_dims(&self, dims: [usize; E]) -> [usize; D] {
        self.0.inverse_dims(dims)
    }
}

/// Row i: the gradient of output i.
fn jacobian<const E: usize>(transform: &impl Transform<2, E>, x: &[f64]) -> Vec<Vec<f64>> {
    let outputs: usize = transform.forward_dims([1, x.len()]).iter().product();
    let y = |x: Tensor<1>| transform.forward(x.reshape([1, -1])).0.reshape([outputs]);
    (0..outputs).map(|i| gradient(x, |x| y(x).narrow(0, i, 1))).collect()
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
