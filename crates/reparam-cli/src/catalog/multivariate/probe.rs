//! Reading off the traits of a distribution what it can do.
//!
//! A constant of an inherent implementation with a bound wins over the trait constant of the same name where the bound
//! holds; where it does not, the trait's `None` is found.

use std::marker::PhantomData;

use burn::tensor::Tensor;
use reparam::{
    Distribution, Entropy, Explicit, InverseWishart, Mode, Moments, Reparameterized, Rng, Twin, Wishart,
};

use crate::catalog::capabilities::{Capabilities, Path};

/// A value for each element of the event.
type Each<T, const D: usize> = Option<fn(&T) -> Tensor<D>>;
/// A value for each point.
type At<T, const D: usize> = Option<fn(&T, Tensor<D>) -> Tensor<1>>;

/// A draw with its gradient.
type Draw<T, const D: usize> = Option<fn(&T, &mut Rng) -> Tensor<D>>;

/// What a distribution may be able to do.
pub struct Functions<T, const D: usize> {
    pub mean: Each<T, D>,
    pub variance: Each<T, D>,
    pub mode: Each<T, D>,
    pub entropy: Option<fn(&T) -> Tensor<1>>,
    pub log_prob_tril: At<T, D>,
    pub log_prob_twin: At<T, D>,
    pub draw_twin: Draw<T, D>,
    pub rsample: Draw<T, D>,
    pub path: Path,
}

impl<T, const D: usize> Clone for Functions<T, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const D: usize> Copy for Functions<T, D> {}

impl<T, const D: usize> Functions<T, D> {
    /// The same as a row of the table of all distributions.
    pub const fn capabilities(&self) -> Capabilities {
        Capabilities {
            path: self.path,
            has: [false, false, self.mean.is_some(), self.mode.is_some(), self.entropy.is_some()],
        }
    }
}

/// A type under the probe.
pub struct Probe<T, const D: usize>(PhantomData<T>);

/// What is found where a type lacks a capability.
pub trait Lacks<T, const D: usize> {
    const MEAN: Each<T, D> = None;
    const VARIANCE: Each<T, D> = None;
    const MODE: Each<T, D> = None;
    const ENTROPY: Option<fn(&T) -> Tensor<1>> = None;
    const LOG_PROB_TRIL: At<T, D> = None;
    const LOG_PROB_TWIN: At<T, D> = None;
    const DRAW_TWIN: Draw<T, D> = None;
    const RSAMPLE: Draw<T, D> = None;
    const EXPLICIT: bool = false;
}

impl<T: Distribution<D>, const D: usize> Lacks<T, D> for Probe<T, D> {}

impl<T: Moments<D>, const D: usize> Probe<T, D> {
    pub const MEAN: Each<T, D> = Some(T::mean);
    pub const VARIANCE: Each<T, D> = Some(T::variance);
}

impl<T: Mode<D>, const D: usize> Probe<T, D> {
    pub const MODE: Each<T, D> = Some(T::mode);
}

impl<T: Entropy, const D: usize> Probe<T, D> {
    pub const ENTROPY: Option<fn(&T) -> Tensor<1>> = Some(T::entropy);
}

impl<T: Twin<D>, const D: usize> Probe<T, D> {
    pub const LOG_PROB_TWIN: At<T, D> = Some(T::log_prob_twin);
    pub const DRAW_TWIN: Draw<T, D> = Some(T::rsample_twin);
}

impl<T: Explicit<D>, const D: usize> Probe<T, D> {
    pub const EXPLICIT: bool = true;
}

impl<T: Reparameterized<D>, const D: usize> Probe<T, D> {
    pub const RSAMPLE: Draw<T, D> = Some(T::rsample);
}

impl Probe<InverseWishart, 3> {
    pub const LOG_PROB_TRIL: At<InverseWishart, 3> = Some(InverseWishart::log_prob_tril);
}

impl Probe<Wishart, 3> {
    pub const LOG_PROB_TRIL: At<Wishart, 3> = Some(Wishart::log_prob_tril);
}

/// The functions of a type, as far as it has them.
macro_rules! functions {
    ($law:ty, $d:literal) => {{
        #[allow(unused_imports, reason = "found where a distribution lacks a capability")]
        use $crate::catalog::multivariate::probe::{Lacks as _, Probe};
        $crate::catalog::multivariate::probe::Functions {
            mean: Probe::<$law, $d>::MEAN,
            variance: Probe::<$law, $d>::VARIANCE,
            mode: Probe::<$law, $d>::MODE,
            entropy: Probe::<$law, $d>::ENTROPY,
            log_prob_tril: Probe::<$law, $d>::LOG_PROB_TRIL,
            log_prob_twin: Probe::<$law, $d>::LOG_PROB_TWIN,
            draw_twin: Probe::<$law, $d>::DRAW_TWIN,
            rsample: Probe::<$law, $d>::RSAMPLE,
            path: match (Probe::<$law, $d>::EXPLICIT, Probe::<$law, $d>::RSAMPLE.is_some()) {
                (true, _) => $crate::catalog::capabilities::Path::Explicit,
                (false, true) => $crate::catalog::capabilities::Path::Implicit,
                (false, false) => $crate::catalog::capabilities::Path::None,
            },
        }
    }};
}
pub(crate) use functions;
