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
    ops, rows, shape,
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
        for (i, theta) in self.elements().enumerate() {
            let index = || error::unravel(i, self.dims()).to_vec();
            match L::check(theta) {
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
        shape::check_type(&format!("{}::{operation}", L::NAME), self.theta[0].dtype(), x.dtype());
        let dims = x.dims();
        let theta = self.theta.clone().map(|param| shape::at_batch(param, dims));
        ops::elementwise(kernel::formula::<F, 1, P>(), std::iter::once(x).chain(theta).collect())
    }

    /// A function of the parameters, elementwise.
    pub(crate) fn of_parameters<F: Formula<0, P>>(&self) -> Tensor<D> {
        ops::elementwise(kernel::formula::<F, 0, P>(), self.theta.to_vec())
    }
}

impl<L: Law<P>, const P: usize, const D: usize> Univariate<L, P, D> {
    fn dims(&self) -> [usize; D] {
        self.theta[0].dims()
    }

    /// The parameters of each element.
    fn elements(&self) -> impl Iterator<Item = [f64; P]> {
        let columns = self.theta.each_ref().map(|param| rows::read(&gradient::stop(param.clone())));
        let count = columns.first().map_or(0, Vec::len);
        (0..count).map(move |i| columns.each_ref().map(|column| column[i]))
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
        let moves =
            |theta| moving_edges::<L, P>(theta).into_iter().zip(tracked).position(|(edge, own)| edge && own);
        let place = tracked.contains(&true).then(|| self.elements().find_map(moves)).flatten()?;
        Some(L::PARAMETERS[place].name)
    }
    fn ends(&self, stretched: bool) -> Vec<Tensor<D>> {
        let (lower, upper): (Vec<f64>, Vec<f64>) =
            self.elements().map(|theta| ends::<L, P>(theta, stretched)).unzip();
        let tensors = [lower, upper].map(|x| rows::upload(x, self.dims(), &self.theta[0]));
        tensors.into_iter().collect()
    }
    fn is_turn(&self) -> bool {
        L::PERIOD.is_some()
    }
}

/// The ends of the support, NaN where the density vanishes at them, if that is not asked for too.
fn ends<L: Law<P>, const P: usize>(theta: [f64; P], stretched: bool) -> (f64, f64) {
    let (low, high) = L::support(theta).ends();
    let [at_low, at_high] = L::vanishes(theta);
    let shown = |end: f64, vanishes: bool| if vanishes && !stretched { f64::NAN } else { end };
    (shown(low, at_low), shown(high, at_high))
}

impl<L: Draw<P>, const P: usize, const D: usize> Factorized<D> for Univariate<L, P, D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        self.at::<LogProbOf<L>>("log_prob", x)
    }
}
