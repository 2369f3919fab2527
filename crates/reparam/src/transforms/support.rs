//! Where a variable lives, and the bijection onto it from unconstrained numbers.

use burn::tensor::Tensor;

use crate::{
    CorrelationCholesky, Exp, HalfLine, Identity, Interval, LowerCholesky, Ordered, PositiveOrdered, Sigmoid,
    Stereographic, StickBreaking, Transform,
};

/// The constraint of a model's variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Support {
    /// Any numbers.
    Real,
    /// Positive numbers.
    Positive,
    /// Numbers between two ends.
    Interval(f64, f64),
    /// Numbers above an end.
    Greater(f64),
    /// Numbers below an end.
    Less(f64),
    /// Numbers between 0 and 1.
    UnitInterval,
    /// A vector of positive numbers whose sum is 1.
    Simplex,
    /// An ascending vector.
    Ordered,
    /// An ascending vector of positive numbers.
    PositiveOrdered,
    /// A lower triangular matrix with a positive diagonal.
    LowerCholesky,
    /// A lower triangular matrix with a positive diagonal and rows of length 1.
    CorrelationCholesky,
    /// A vector of length 1.
    Sphere,
}

impl Support {
    /// The bijection from unconstrained numbers, `[batch, n]`, to the variable with its event flattened, `[batch, m]`;
    /// matrices row by row.
    ///
    /// Panics where the ends of an interval are not finite and ascending.
    pub fn bijection(&self) -> Box<dyn Transform<2>> {
        match *self {
            Self::Real => Box::new(Identity),
            Self::Positive => Box::new(Exp),
            Self::Interval(low, high) => Box::new(Interval::new(low, high)),
            Self::Greater(end) => Box::new(HalfLine::above(end)),
            Self::Less(end) => Box::new(HalfLine::below(end)),
            Self::UnitInterval => Box::new(Sigmoid),
            Self::Simplex => Box::new(StickBreaking),
            Self::Ordered => Box::new(Ordered),
            Self::PositiveOrdered => Box::new(PositiveOrdered),
            Self::LowerCholesky => Box::new(Flattened(LowerCholesky)),
            Self::CorrelationCholesky => Box::new(Flattened(CorrelationCholesky)),
            Self::Sphere => Box::new(Stereographic),
        }
    }

    /// How many unconstrained numbers stand for a variable of `elements` numbers (n² of them for a matrix).
    ///
    /// Panics where no matrix has so many.
    pub fn unconstrained(&self, elements: usize) -> usize {
        self.bijection().inverse_dims([1, elements])[1]
    }
}

/// A transform of vectors to square matrices, its matrices row by row as vectors.
struct Flattened<T>(T);

/// The size of a square matrix of so many elements.
fn size(elements: usize) -> usize {
    let n = elements.isqrt();
    assert!(n * n == elements, "a square matrix does not have {elements} elements; give n · n of them");
    n
}

impl<T: Transform<2, 3>> Transform<2> for Flattened<T> {
    fn forward(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let (y, log_determinant) = self.0.forward(x);
        let [batch, n, _] = y.dims();
        (y.reshape([batch, n * n]), log_determinant)
    }
    fn inverse(&self, y: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let [batch, elements] = y.dims();
        let n = size(elements);
        self.0.inverse(y.reshape([batch, n, n]))
    }
    fn forward_dims(&self, dims: [usize; 2]) -> [usize; 2] {
        let [batch, n, _] = self.0.forward_dims(dims);
        [batch, n * n]
    }
    fn inverse_dims(&self, [batch, elements]: [usize; 2]) -> [usize; 2] {
        let n = size(elements);
        self.0.inverse_dims([batch, n, n])
    }
}
