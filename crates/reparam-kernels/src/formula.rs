//! Formulas over slices: one value per element, and its partial derivatives from the same source.

mod functions;
mod quick;

pub use functions::{
    CdfOf, CircularVarianceOf, EntropyOf, KlOf, LogCdfOf, LogProbAtOf, LogProbOf, LogSfOf, MeanOf, ModeOf,
    PathOf, QuantileOf, SfOf, UpperQuantileOf, VarianceOf,
};

use std::array::from_fn;
use std::marker::PhantomData;

use crate::slices::{Split, drive};
use crate::{Dual, Function, Real, Scalar};

/// A function of `A` arguments and `B` parameters, written for every [`Scalar`].
pub trait Formula<const A: usize, const B: usize>: Copy + Send + Sync + 'static {
    /// Its value.
    fn at<S: Scalar>(arguments: [S; A], parameters: [S; B]) -> S;

    /// The value at these parameters in the type of the slices.
    fn rounded<T: Real>(value: f64, _parameters: [f64; B]) -> T {
        T::from_f64(value)
    }

    /// Whether there is a [quick](Self::quick) form.
    const QUICK: bool = false;

    /// The value and its slopes to single precision, by a formula without branches that the compiler makes vectors of;
    /// and whether the inputs are among those that it covers.
    fn quick(_arguments: [f64; A], _parameters: [f64; B]) -> (bool, Dual<A, B>) {
        (false, Dual::from(f64::NAN))
    }
}

/// `out[i]` = the formula at element i of each input, first the arguments, then the parameters; computed in double
/// precision and rounded once.
///
/// # Panics
/// When there are not A + B inputs of the length of `out`.
pub fn evaluate<F: Formula<A, B>, T: Real, const A: usize, const B: usize>(inputs: &[&[T]], out: &mut [T]) {
    let (first, second) = groups::<T, A, B>(inputs, out.len());
    drive(Evaluate(PhantomData::<F>), Work((first, second, out)));
}

/// The same, and `slopes[j][i]`, the partial derivative in input j; an empty slice is a slope that nobody wants.
///
/// # Panics
/// When there are not A + B inputs and slopes of the length of `out`.
pub fn evaluate_with_slopes<F: Formula<A, B>, T: Real, const A: usize, const B: usize>(
    inputs: &[&[T]],
    out: &mut [T],
    slopes: &mut [&mut [T]],
) {
    let (first, second) = groups::<T, A, B>(inputs, out.len());
    assert!(
        slopes.len() == A + B && slopes.iter().all(|slope| slope.is_empty() || slope.len() == out.len()),
        "formula: {} slopes of {} numbers are expected, or empty ones",
        A + B,
        out.len()
    );
    let mut slopes = slopes.iter_mut();
    let mut next = || Slope(slopes.next().expect("as many as inputs"));
    let (in_first, in_second): ([Slope<T>; A], [Slope<T>; B]) = (from_fn(|_| next()), from_fn(|_| next()));
    let arguments = (first, second, (out, in_first, in_second));
    if F::QUICK && T::SINGLE {
        drive(quick::Quick(PhantomData::<F>), arguments);
    } else {
        drive(EvaluateWithSlopes(PhantomData::<F>), Work(arguments));
    }
}

fn groups<'a, T, const A: usize, const B: usize>(
    inputs: &[&'a [T]],
    length: usize,
) -> ([&'a [T]; A], [&'a [T]; B]) {
    assert!(
        inputs.len() == A + B && inputs.iter().all(|input| input.len() == length),
        "formula: {} inputs of {length} numbers are expected, got lengths {:?}",
        A + B,
        inputs.iter().map(|input| input.len()).collect::<Vec<_>>()
    );
    (from_fn(|i| inputs[i]), from_fn(|i| inputs[A + i]))
}

/// Arguments whose elements cost as much as many additions.
pub(crate) struct Work<A>(pub(crate) A);

impl<A: Split> Split for Work<A> {
    fn extent(&self) -> (usize, usize) {
        let (units, size) = self.0.extent();
        (units, 64 * size)
    }
    fn split(self, units: usize) -> (Self, Self) {
        let (left, right) = self.0.split(units);
        (Self(left), Self(right))
    }
}

/// A slope to be filled, or an empty one.
pub(crate) struct Slope<'a, T>(pub(crate) &'a mut [T]);

impl<T: Send> Split for Slope<'_, T> {
    fn extent(&self) -> (usize, usize) {
        (self.0.len(), 1)
    }
    fn split(self, units: usize) -> (Self, Self) {
        let at = units.min(self.0.len());
        let (left, right) = self.0.split_at_mut(at);
        (Self(left), Self(right))
    }
}

struct Evaluate<F>(PhantomData<F>);
struct EvaluateWithSlopes<F>(PhantomData<F>);

impl<F> Clone for Evaluate<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for Evaluate<F> {}
impl<F> Clone for EvaluateWithSlopes<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for EvaluateWithSlopes<F> {}

impl<'a, F: Formula<A, B>, T: Real, const A: usize, const B: usize>
    Function<Work<([&'a [T]; A], [&'a [T]; B], &'a mut [T])>, ()> for Evaluate<F>
{
    fn at(self, Work((first, second, out)): Work<([&'a [T]; A], [&'a [T]; B], &'a mut [T])>) {
        for (i, out) in out.iter_mut().enumerate() {
            let parameters = second.map(|x| x[i].to_f64());
            *out = F::rounded(F::at(first.map(|x| x[i].to_f64()), parameters), parameters);
        }
    }
}

type Outputs<'a, T, const A: usize, const B: usize> = (&'a mut [T], [Slope<'a, T>; A], [Slope<'a, T>; B]);

impl<'a, F: Formula<A, B>, T: Real, const A: usize, const B: usize>
    Function<Work<([&'a [T]; A], [&'a [T]; B], Outputs<'a, T, A, B>)>, ()> for EvaluateWithSlopes<F>
{
    fn at(self, Work((first, second, outputs)): Work<([&'a [T]; A], [&'a [T]; B], Outputs<'a, T, A, B>)>) {
        let (out, mut in_first, mut in_second) = outputs;
        for (i, out) in out.iter_mut().enumerate() {
            let parameters = second.map(|x| x[i].to_f64());
            let (a, b) = Dual::<A, B>::variables(first.map(|x| x[i].to_f64()), parameters);
            let result = F::at(a, b);
            *out = F::rounded(result.value, parameters);
            let slopes = in_first.iter_mut().zip(result.first).chain(in_second.iter_mut().zip(result.second));
            for (slot, slope) in slopes {
                if let Some(slot) = slot.0.get_mut(i) {
                    *slot = T::from_f64(slope);
                }
            }
        }
    }
}
