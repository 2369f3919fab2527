//! A distribution as a function of its parameters, and the tensors that the harness speaks in.

use burn::tensor::{DType, Device, Tensor, TensorData};

/// Where a one-element distribution has its mass.
#[derive(Clone, Debug)]
pub enum Support {
    /// Everything but a negligible part between two numbers, which may be infinite: heavy tails take the ends of the support
    /// themselves.
    Interval(f64, f64),
    /// These values only.
    Values(Vec<f64>),
}

/// A distribution with events of rank D − 1 as a function of one vector of parameters.
///
/// Choose parameters in general position: a zero mean or a unit scale hides factors that are forgotten.
pub struct Case<Q, const D: usize> {
    pub(super) name: String,
    pub(super) params: Vec<f64>,
    build: Box<dyn Fn(Tensor<1>) -> Q>,
    pub(super) support: Option<Support>,
    pub(super) cdf: Option<Box<dyn Fn(usize, f64) -> f64>>,
}

impl<Q, const D: usize> Case<Q, D> {
    /// A named case: `build` makes the distribution from a tensor of `params`, in that tensor's precision.
    pub fn new(
        name: impl Into<String>,
        params: impl Into<Vec<f64>>,
        build: impl Fn(Tensor<1>) -> Q + 'static,
    ) -> Self {
        Self { name: name.into(), params: params.into(), build: Box::new(build), support: None, cdf: None }
    }

    /// With the support of a distribution over one number (batch 1, event of one element): its density is
    /// integrated over it, and what is known in closed form is compared with the integral.
    #[must_use]
    pub fn support(mut self, support: Support) -> Self {
        self.support = Some(support);
        self
    }

    /// With the marginal distribution functions, `cdf(element, x)`, of a continuous distribution: draws are compared
    /// with them. The element counts through `[batch, event…]` in row-major order.
    #[must_use]
    pub fn cdf(mut self, cdf: impl Fn(usize, f64) -> f64 + 'static) -> Self {
        self.cdf = Some(Box::new(cdf));
        self
    }

    /// The distribution at the case's parameters, in double precision, without a gradient.
    pub fn distribution(&self) -> Q {
        self.at(&self.params)
    }

    /// The distribution at other parameters.
    pub(super) fn at(&self, params: &[f64]) -> Q {
        (self.build)(tensor(params, [params.len()]))
    }

    /// The distribution at other parameters, in single precision.
    pub(super) fn at_single(&self, params: &[f64]) -> Q {
        (self.build)(tensor(params, [params.len()]).cast(DType::F32))
    }

    /// The distribution of a tensor of parameters.
    pub(super) fn of(&self, params: Tensor<1>) -> Q {
        (self.build)(params)
    }
}

/// A constant in double precision, on the CPU device with automatic differentiation.
pub fn tensor<const D: usize>(values: &[f64], dims: [usize; D]) -> Tensor<D> {
    let data = TensorData::new(values.to_vec(), dims);
    Tensor::from_data(data, (&Device::flex().autodiff(), DType::F64))
}

/// The elements in row-major order, as doubles.
pub fn values<const D: usize>(x: Tensor<D>) -> Vec<f64> {
    x.cast(DType::F64).into_data().iter::<f64>().collect()
}

/// A vector of P equal parts as P parameters of shape `[1, length / P]`: batch 1.
pub fn parts<const P: usize>(params: Tensor<1>) -> [Tensor<2>; P] {
    let [length] = params.dims();
    let width = length / P;
    std::array::from_fn(|p| params.clone().narrow(0, p * width, width).reshape([1, width]))
}

/// What [`laws!`](crate::laws) calls where a capability is missing: nothing is checked, and none is found.
pub trait Lacking {
    /// No `Distribution + Params`.
    fn distribution_laws(&self) -> Option<&'static str> {
        None
    }
    /// No `Factorized`.
    fn factorized_laws(&self) -> Option<&'static str> {
        None
    }
    /// No `Moments`.
    fn moments_laws(&self) -> Option<&'static str> {
        None
    }
    /// No `Reparameterized`.
    fn reparameterized_laws(&self) -> Option<&'static str> {
        None
    }
    /// Not both `Reparameterized` and `Moments`.
    fn path_moments_laws(&self) -> Option<&'static str> {
        None
    }
    /// No `Explicit`.
    fn explicit_laws(&self) -> Option<&'static str> {
        None
    }
    /// No `Entropy`.
    fn entropy_laws(&self) -> Option<&'static str> {
        None
    }
    /// No `Kl<Self>`.
    fn kl_laws(&self) -> Option<&'static str> {
        None
    }
}

impl<Q, const D: usize> Lacking for Case<Q, D> {}
