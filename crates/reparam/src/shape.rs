//! The shape law: axis 0 is the batch, the other axes are the event; a log-density is one number per row.

use burn::tensor::{DType, Tensor};

/// Brings parameters to one common shape, as NumPy broadcasts axes of size one.
///
/// Panics, naming `what`, when two axes differ and neither has size one, or two parameters have another element type.
pub fn broadcast<const D: usize, const P: usize>(what: &str, params: [Tensor<D>; P]) -> [Tensor<D>; P] {
    check_types(what, params.each_ref().map(Tensor::dtype));
    let mut common = [1; D];
    for param in &params {
        for (axis, (common, size)) in common.iter_mut().zip(param.dims()).enumerate() {
            assert!(
                *common == size || *common == 1 || size == 1,
                "{what}: axis {axis} of a parameter has size {size}, another has {common}; every parameter must \
                 have the same shape up to axes of size 1, got {:?}",
                params.each_ref().map(Tensor::dims)
            );
            // Not the larger of the two: an axis of size 0 stays empty.
            if *common == 1 {
                *common = size;
            }
        }
    }
    params.map(|param| if param.dims() == common { param } else { param.expand(common) })
}

/// A parameter at the batch of a value: expanded where the distribution has batch 1 and the value more.
pub fn at_batch<const D: usize>(param: Tensor<D>, dims: [usize; D]) -> Tensor<D> {
    if param.dims() == dims { param } else { param.expand(dims) }
}

/// Sums over the event axes: `[batch, event…]` → `[batch]`.
pub fn sum_event<const D: usize>(x: Tensor<D>) -> Tensor<1> {
    let [batch, event] = rows(x.dims());
    if D == 1 { x.reshape([batch]) } else { x.reshape([batch, event]).sum_dim(1).reshape([batch]) }
}

/// One number per row, the same for each element of the event: `[batch]` → `[batch, event…]`.
pub fn per_row<const D: usize>(x: Tensor<1>, dims: [usize; D]) -> Tensor<D> {
    let mut column = [1; D];
    column[0] = dims[0];
    x.reshape(column).expand(dims)
}

/// Repeats the batch `particles` times along axis 0: row `p · batch + i` is row `i`.
///
/// Panics for no particles.
pub fn tile<const D: usize>(x: Tensor<D>, particles: usize) -> Tensor<D> {
    assert!(particles > 0, "particles: at least 1 draw per row is needed, got 0");
    if particles == 1 { x } else { x.repeat_dim(0, particles) }
}

/// Folds particles out of the batch: `[particles · batch]` → `[particles, batch]`.
pub fn unfold_particles(x: Tensor<1>, particles: usize) -> Tensor<2> {
    let [rows] = x.dims();
    assert!(
        particles > 0 && rows.is_multiple_of(particles),
        "{rows} rows do not divide into {particles} particles; f must return one number per row it was given"
    );
    x.reshape([particles, rows / particles])
}

/// Averages over the particles: `[particles · batch]` → `[batch]`.
pub fn mean_particles(x: Tensor<1>, particles: usize) -> Tensor<1> {
    if particles == 1 {
        return x;
    }
    let x = unfold_particles(x, particles);
    let [_, batch] = x.dims();
    x.mean_dim(0).reshape([batch])
}

/// Sums over the particles: `[particles · batch]` → `[batch]`.
pub fn sum_particles(x: Tensor<1>, particles: usize) -> Tensor<1> {
    let x = unfold_particles(x, particles);
    let [_, batch] = x.dims();
    x.sum_dim(0).reshape([batch])
}

/// Panics unless a value of shape `given` may be scored by a distribution of shape `expected`.
///
/// The event axes agree exactly; the batches agree, or the distribution has batch 1 and stands for every row.
pub fn check_value<const D: usize>(operation: &str, expected: [usize; D], given: [usize; D]) {
    assert!(
        expected[1..] == given[1..] && (expected[0] == given[0] || expected[0] == 1),
        "{operation}: expected a value of shape {expected:?} ([batch, event…]), got {given:?}; reshape the value, or \
         repeat the distribution over the batch"
    );
}

/// Panics, naming `what`, unless its parameters have one element type.
pub fn check_types<const P: usize>(what: &str, params: [DType; P]) {
    if let Some(other) = params.iter().find(|other| **other != params[0]) {
        panic!(
            "{what}: its parameters have the element types {} and {}; {ONE_TYPE}",
            params[0].name(),
            other.name(),
        );
    }
}

/// Panics unless a value of the element type `given` may be scored by a distribution of the type `expected`.
pub fn check_type(operation: &str, expected: DType, given: DType) {
    assert!(
        expected == given,
        "{operation}: expected a value of the element type {} that the parameters have, got {}; {ONE_TYPE}",
        expected.name(),
        given.name(),
    );
}

/// How to come to one element type.
const ONE_TYPE: &str = "cast one to the type of the other, as by `x.cast(burn::tensor::DType::F32)`";

/// `[batch, event…]` seen as `[batch, elements of one event]`.
fn rows<const D: usize>(dims: [usize; D]) -> [usize; 2] {
    [dims[0], dims[1..].iter().product()]
}
