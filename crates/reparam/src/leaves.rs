//! The parameters of a distribution as leaves, whose gradients can be read.

use std::cell::RefCell;

use burn::tensor::{Gradients, Tensor};

use crate::{ParamMap, error::to_f64, gradient};

/// Reads the gradient of a leaf; zeros where nothing depends on it.
type Reader = Box<dyn Fn(Option<&Gradients>) -> Vec<f64>>;

/// Makes every parameter a leaf, and remembers them.
#[derive(Default)]
pub(crate) struct Leaves(RefCell<Vec<Reader>>);

impl Leaves {
    /// The gradient of a sum in each parameter, in the order of [`Params`](crate::Params).
    pub(crate) fn gradients(&self, of: Tensor<1>) -> Vec<Vec<f64>> {
        let gradients = of.is_tracked().then(|| of.sum().backward());
        self.0.borrow().iter().map(|leaf| leaf(gradients.as_ref())).collect()
    }
}

impl ParamMap for Leaves {
    fn apply<const R: usize>(&self, param: Tensor<R>) -> Tensor<R> {
        let leaf = gradient::leaf(param);
        let own = leaf.clone();
        let elements = leaf.dims().iter().product();
        self.0.borrow_mut().push(Box::new(move |gradients| {
            let slope = gradients.and_then(|gradients| own.grad(gradients));
            slope.map_or_else(|| vec![0.0; elements], to_f64)
        }));
        leaf
    }
}
