//! The parameters of a distribution as leaves, whose gradients can be read.

use std::cell::RefCell;

use burn::tensor::{Gradients, Tensor};

use crate::{ParamMap, error::to_f64, gradient};

/// Reads the gradient of a leaf.
type Reader = Box<dyn Fn(&Gradients) -> Vec<f64>>;

/// Makes every parameter a leaf, and remembers them.
#[derive(Default)]
pub(crate) struct Leaves(RefCell<Vec<Reader>>);

impl Leaves {
    /// The gradient in each parameter, in the order of [`Params`](crate::Params); zeros where nothing depends on it.
    pub(crate) fn gradients(&self, gradients: &Gradients) -> Vec<Vec<f64>> {
        self.0.borrow().iter().map(|leaf| leaf(gradients)).collect()
    }
}

impl ParamMap for Leaves {
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R> {
        let leaf = gradient::leaf(param);
        let own = leaf.clone();
        let elements = leaf.dims().iter().product();
        self.0
            .borrow_mut()
            .push(Box::new(move |gradients| own.grad(gradients).map_or_else(|| vec![0.0; elements], to_f64)));
        leaf
    }
}
