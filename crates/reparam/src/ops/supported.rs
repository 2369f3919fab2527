//! The door of the operations with two bodies: backends that they were not built for are named there.

use burn::{
    backend::{DispatchTensor, DispatchTensorKind},
    tensor::Tensor,
};

/// The tensor as the backend dispatch takes it.
///
/// Panics where it lives on a backend whose feature of this crate is off, or that has none.
pub fn dispatch<const D: usize>(tensor: Tensor<D>) -> DispatchTensor {
    let tensor = tensor.into_dispatch();
    assert!(
        is_built_in(&tensor.kind),
        "reparam: this tensor lives on a backend that reparam was built without; switch on the feature of that backend of \
         the crate `reparam` (flex, cuda, wgpu, vulkan, metal, rocm, remote), not of Burn alone. NdArray and LibTorch have \
         none: use `Device::flex()` on a CPU"
    );
    tensor
}

fn is_built_in(kind: &DispatchTensorKind) -> bool {
    match kind {
        #[cfg(feature = "flex")]
        DispatchTensorKind::Flex(_) => true,
        #[cfg(feature = "cube")]
        DispatchTensorKind::Cube(_) => true,
        #[cfg(feature = "remote")]
        DispatchTensorKind::Remote(_) => true,
        DispatchTensorKind::Autodiff(inner) => is_built_in(inner),
        // Variants come and go with the features of Burn, which this crate does not see.
        #[allow(unreachable_patterns, reason = "with every backend of Burn's that is built in")]
        _ => false,
    }
}
