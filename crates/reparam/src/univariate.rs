//! Independent elements of one univariate law, on tensors.
//!
//! The mathematics of a law is a type of `reparam_kernels`; [`Univariate`] is that law with one set of parameters per
//! element. What the law has, the distribution has: a law without a closed-form entropy gives a distribution without
//! [`Entropy`](crate::Entropy).

mod bridge;
mod capabilities;
mod draws;
mod kernel;

use std::marker::PhantomData;

use burn::tensor::Tensor;
use reparam_kernels::formula::{Formula, LogProbOf};
use reparam_kernels::law::{Draw, Fault, Law, moving_edges};

use crate::{
    Distribution, Factorized, ParamError, ParamMap, Params, Reparameterized, error, gradient, noise::Rng,
    ops, shape,
};

/// The law `L` with `P` parameters, independently for each element of `[batch, event…]`.
///
/// Each distribution is an alias with constructors of its own, such as [`Gamma`](crate::Gamma).
pub struct Univariate<L, const P: usize, const D: usize> {
    theta: [Tensor<D>; P],
    law: PhantomData<L>,
}

impl<L, const P: usize, const D: usize> Clone for Univariate<L, P, D> {
    fn clone(&self) -> Self {
        Self::of(self.theta.clone())
    }
}

impl<L: Law<P>, const P: usize, const D: usize> std::fmt::Debug for Univariate<L, P, D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct(L::NAME);
        for (parameter, value) in L::PARAMETERS.iter().zip(&self.theta) {
            out.field(parameter.name, value);
        }
        out.finish()
    }
}

impl<L, const P: usize, const D: usize> Params for Univariate<L, P, D> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self::of(self.theta.clone().map(|param| f.apply(param)))
    }
}

impl<L, const P: usize, const D: usize> Univariate<L, P, D> {
    /// From parameters that already have one shape.
    fn of(theta: [Tensor<D>; P]) -> Self {
        Self { theta, law: PhantomData }
    }

    /// The parameters in the law's order, each `[batch, event…]`.
    pub fn parameters(&self) -> [Tensor<D>; P] {
        self.theta.clone()
    }

    /// Does not compile for a law without a path.
    ///
    /// Without this method the compiler would suggest `sample`, whose draw carries no gradient; with it, the compiler
    /// says what to use instead.
    pub fn rsample(&self, rng: &mut Rng) -> Tensor<D>
    where
        Self: Reparameterized<D>,
    {
        Reparameterized::rsample(self, rng)
    }
}

impl<L: Law<P>, const P: usize, const D: usize> Univariate<L, P, D> {
    /// From the parameters in the law's order; panics when the shapes do not broadcast.
    pub fn from_parameters(theta: [Tensor<D>; P]) -> Self {
        Self::of(shape::broadcast(L::NAME, theta))
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first parameter outside of its domain, or element whose parameters do not go together.
    pub fn checked(self) -> Result<Self, ParamError> {
        let columns = self.theta.each_ref().map(|param| error::to_f64(param.clone()));
        let elements = columns.first().map_or(0, Vec::len);
        for i in 0..elements {
            let index = || error::unravel(i, self.dims()).to_vec();
            match L::check(columns.each_ref().map(|column| column[i])) {
                Ok(()) => {}
                Err(Fault::Domain { parameter, value, .. }) => {
                    return Err(ParamError::Domain {
                        distribution: L::NAME,
                        parameter: parameter.name,
                        requirement: parameter.domain.requirement(),
                        value,
                        index: index(),
                    });
                }
                Err(Fault::Conflict { requirement }) => {
                    return Err(ParamError::Conflict { distribution: L::NAME, requirement, index: index() });
                }
            }
        }
        Ok(self)
    }

    /// A function of x and the parameters, elementwise.
    fn at<F: Formula<1, P>>(&self, operation: &str, x: Tensor<D>) -> Tensor<D> {
        shape::check_value(&format!("{}::{operation}", L::NAME), self.dims(), x.dims());
        let dims = x.dims();
        let theta = self.theta.clone().map(|param| shape::at_batch(param, dims));
        ops::elementwise(kernel::formula::<F, 1, P>(), std::iter::once(x).chain(theta).collect())
    }

    /// A function of the parameters, elementwise.
    fn of_parameters<F: Formula<0, P>>(&self) -> Tensor<D> {
        ops::elementwise(kernel::formula::<F, 0, P>(), self.theta.to_vec())
    }
}

impl<L: Law<P>, const P: usize, const D: usize> Univariate<L, P, D> {
    fn dims(&self) -> [usize; D] {
        self.theta[0].dims()
    }
}

impl<L: Draw<P>, const P: usize, const D: usize> Distribution<D> for Univariate<L, P, D> {
    fn dims(&self) -> [usize; D] {
        Self::dims(self)
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        let theta = self.theta.clone().map(gradient::stop);
        ops::elementwise(kernel::draws::<L, P>(rng, self.dims().iter().product()), theta.to_vec())
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.log_prob_each(x))
    }
    fn moving_edge(&self) -> Option<&'static str> {
        let tracked = self.theta.each_ref().map(Tensor::is_tracked);
        if !tracked.contains(&true) {
            return None;
        }
        let columns = self.theta.each_ref().map(|param| error::to_f64(gradient::stop(param.clone())));
        let count = columns.first().map_or(0, Vec::len);
        let theta = (0..count).map(|i| columns.each_ref().map(|column| column[i]));
        let moves =
            |theta| moving_edges::<L, P>(theta).into_iter().zip(tracked).position(|(edge, own)| edge && own);
        let place = theta.into_iter().find_map(moves)?;
        Some(L::PARAMETERS[place].name)
    }
}

impl<L: Draw<P>, const P: usize, const D: usize> Factorized<D> for Univariate<L, P, D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        self.at::<LogProbOf<L>>("log_prob", x)
    }
}
