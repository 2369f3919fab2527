//! The last axis of a tensor as a vector.

use burn::tensor::Tensor;

/// The number of elements along the last axis; a rank of at least 2 leaves the batch alone.
pub fn length<const D: usize>(dims: [usize; D]) -> usize {
    const { assert!(D >= 2, "a transform of vectors needs a batch axis and a vector axis") }
    dims[D - 1]
}

/// The same shape with another length of the last axis.
pub fn with_length<const D: usize>(mut dims: [usize; D], length: usize) -> [usize; D] {
    dims[D - 1] = length;
    dims
}

/// `count` elements along the last axis, from `start`.
pub fn part<const D: usize>(x: &Tensor<D>, start: usize, count: usize) -> Tensor<D> {
    x.clone().narrow(D - 1, start, count)
}

/// A column of zeros, to stand before or after the vector.
pub fn zero<const D: usize>(like: &Tensor<D>) -> Tensor<D> {
    Tensor::zeros(with_length(like.dims(), 1), (&like.device(), like.dtype()))
}

/// Element k: element k − 1; the first is 0.
pub fn shifted<const D: usize>(x: &Tensor<D>) -> Tensor<D> {
    match length(x.dims()) {
        0 | 1 => Tensor::zeros_like(x),
        n => Tensor::cat(vec![zero(x), part(x, 0, n - 1)], D - 1),
    }
}

/// Element k: the sum of the elements before k.
pub fn sums_before<const D: usize>(x: &Tensor<D>) -> Tensor<D> {
    shifted(&x.clone().cumsum(D - 1))
}

/// Element k: the sum of the elements after k.
pub fn sums_after<const D: usize>(x: &Tensor<D>) -> Tensor<D> {
    sums_before(&x.clone().flip([D - 1])).flip([D - 1])
}

/// Element k: the sum of all elements but k. No difference: where one element is nearly all, it has the digits of the others.
pub fn sums_of_others<const D: usize>(x: &Tensor<D>) -> Tensor<D> {
    sums_before(x) + sums_after(x)
}
