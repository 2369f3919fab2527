//! A look at a gradient on its way back.

use std::sync::{Arc, Mutex, PoisonError};

use burn::{
    backend::{Backend, Dispatch, tensor::FloatTensor},
    tensor::{Tensor, TensorData},
};

use super::{ReparamOps, elementwise::ready, supported::dispatch};

/// Keeps the gradient of a watched tensor, once a backward pass has come by.
///
/// An estimator that learns from its own gradients reads them here: Burn keeps those of leaves only, in the hands of
/// whoever called `backward`, and a second backward pass would consume the graph of the first.
#[derive(Clone, Debug, Default)]
pub struct Tap(Arc<Mutex<Option<TensorData>>>);

impl Tap {
    /// The same tensor, watched.
    pub fn watch<const D: usize>(&self, tensor: Tensor<D>) -> Tensor<D> {
        let watched = <Dispatch as ReparamOps>::watch(dispatch(tensor), self.clone());
        Tensor::from_dispatch(watched)
    }

    /// The gradient that came by since the last call, like `like`.
    pub fn take<const D: usize>(&self, like: &Tensor<D>) -> Option<Tensor<D>> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        Some(Tensor::from_data(seen, (&like.device(), like.dtype())))
    }

    /// Keeps a gradient; one that cannot be read back is left out.
    pub(super) fn keep<B: Backend>(&self, gradient: FloatTensor<B>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = ready(B::float_into_data(gradient)).ok();
    }
}
