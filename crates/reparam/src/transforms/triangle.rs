//! Vectors as lower triangles, row by row.

use burn::tensor::{Int, Tensor, TensorData};

/// The size of the matrix whose lower triangle holds `count` numbers, with or without its diagonal.
///
/// Panics where there is none.
pub fn size(what: &str, count: usize, with_diagonal: bool) -> usize {
    let extra = usize::from(!with_diagonal);
    let n = (1..=count + 1).find(|&n| self::count(n, with_diagonal) >= count).unwrap_or(extra);
    assert!(
        self::count(n, with_diagonal) == count,
        "{what}: {count} numbers do not fill a lower triangle; a matrix of size {n} has {}",
        self::count(n, with_diagonal)
    );
    n
}

/// The numbers in the lower triangle of a matrix of size `n`.
pub fn count(n: usize, with_diagonal: bool) -> usize {
    if with_diagonal { n * (n + 1) / 2 } else { n * n.saturating_sub(1) / 2 }
}

/// `[batch, count]` → `[batch, n, n]`, zero elsewhere.
pub fn fill(x: &Tensor<2>, n: usize, with_diagonal: bool) -> Tensor<3> {
    let [batch, count] = x.dims();
    let mut next = 0..count as i64;
    let places = places(n).map(|(i, j)| {
        let below = j < i || (with_diagonal && i == j);
        // Past the end stands a zero.
        below.then(|| next.next()).flatten().unwrap_or(count as i64)
    });
    let indices = indices(places.collect(), x);
    let zero = Tensor::zeros([batch, 1], (&x.device(), x.dtype()));
    Tensor::cat(vec![x.clone(), zero], 1).select(1, indices).reshape([batch, n, n])
}

/// `[batch, n, n]` → `[batch, count]`: the inverse of [`fill`].
pub fn take(matrix: &Tensor<3>, with_diagonal: bool) -> Tensor<2> {
    let [batch, n, _] = matrix.dims();
    let places =
        places(n).filter(|(i, j)| j < i || (with_diagonal && i == j)).map(|(i, j)| (i * n + j) as i64);
    let indices = indices(places.collect(), matrix);
    matrix.clone().reshape([batch, n * n]).select(1, indices)
}

fn places(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |i| (0..n).map(move |j| (i, j)))
}

fn indices<const R: usize>(places: Vec<i64>, like: &Tensor<R>) -> Tensor<1, Int> {
    let count = places.len();
    Tensor::from_data(TensorData::new(places, [count]), &like.device())
}
