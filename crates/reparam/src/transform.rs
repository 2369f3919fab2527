//! Differentiable bijections: value and log-determinant in one call, both ways.

use burn::tensor::Tensor;

use crate::{gradient, shape};

/// A bijection y = t(x) with the logarithm of its volume change.
///
/// x has rank D and y rank E: a vector may become a matrix. Where y lies on a surface (a simplex, a sphere), each
/// instance says which volume it means there.
pub trait Transform<const D: usize, const E: usize = D> {
    /// y = t(x) and log |det ∂y/∂x|, `[batch]`.
    fn forward(&self, x: Tensor<D>) -> (Tensor<E>, Tensor<1>);

    /// x = t⁻¹(y) and log |det ∂x/∂y|, `[batch]`.
    fn inverse(&self, y: Tensor<E>) -> (Tensor<D>, Tensor<1>);

    /// A parameter that carries a gradient and moves t(x) at one of these points, where NaN stands for none.
    ///
    /// Unless written otherwise, any parameter that reaches t(x).
    fn moves(&self, x: Tensor<D>) -> Option<&'static str> {
        self.forward(gradient::stop(x)).0.is_tracked().then_some("a parameter of the transform")
    }

    /// Whether the volume changes without bound somewhere, so that a density that vanishes there may do so no longer.
    fn stretches(&self) -> bool {
        true
    }

    /// The shape of y for an x of shape `dims`; to be written where it differs.
    fn forward_dims(&self, dims: [usize; D]) -> [usize; E] {
        same(dims)
    }

    /// The shape of x for a y of shape `dims`; to be written where it differs.
    fn inverse_dims(&self, dims: [usize; E]) -> [usize; D] {
        same(dims)
    }
}

fn same<const D: usize, const E: usize>(dims: [usize; D]) -> [usize; E] {
    const { assert!(D == E, "a transform that changes the rank must write `forward_dims` and `inverse_dims`") }
    std::array::from_fn(|axis| dims[axis])
}

/// A bijection of each element by itself; every one is a [`Transform`], whose log-determinant is the sum.
pub trait Elementwise<const D: usize> {
    /// y and log |∂y/∂x| of each element.
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>);

    /// x and log |∂x/∂y| of each element.
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>);

    /// [`Transform::moves`].
    fn moves_each(&self, x: Tensor<D>) -> Option<&'static str> {
        self.forward_each(gradient::stop(x)).0.is_tracked().then_some("a parameter of the transform")
    }

    /// [`Transform::stretches`].
    fn stretches_each(&self) -> bool {
        true
    }
}

impl<const D: usize, T: Elementwise<D>> Transform<D> for T {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let (y, slope) = self.forward_each(x);
        (y, shape::sum_event(slope))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let (x, slope) = self.inverse_each(y);
        (x, shape::sum_event(slope))
    }
    fn moves(&self, x: Tensor<D>) -> Option<&'static str> {
        self.moves_each(x)
    }
    fn stretches(&self) -> bool {
        self.stretches_each()
    }
}

/// A bijection that its type alone determines: two values of the type are the same.
///
/// A Kullback-Leibler divergence does not see it: KL(t(q) ‖ t(p)) = KL(q ‖ p).
pub trait Fixed {}
