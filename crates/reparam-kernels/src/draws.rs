//! Draws over slices: one per element, with their slopes, from the random bits of each element.

mod beta;
mod block;
mod dirichlet;
mod gamma;
mod location_scale;
mod student_t;

use block::moved;
pub use dirichlet::dirichlet;

use std::array::from_fn;
use std::marker::PhantomData;

use crate::formula::{Slope, Work};
use crate::law::{Bulk, Draw, Reparameterized, finite, inward};
use crate::slices::{Split, drive};
use crate::{Element, Function, Real, Rng};

/// What is written of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// z, rounded inward so that it is finite and no end of the support.
    Value,
    /// Its [coordinate](crate::law::Coordinate).
    Coordinate,
}

/// One draw of `L` at each element of the parameters.
///
/// Element i takes element i of the generator's stream, which moves on by the length of `out`.
///
/// # Panics
/// When there are not P parameters of the length of `out`.
pub fn draw<L: Draw<P>, T: Real, const P: usize>(rng: &mut Rng, theta: &[&[T]], form: Form, out: &mut [T]) {
    let theta = parameters::<T, P>(theta, out.len());
    let from = advance(rng, out.len());
    let mut unwanted: [&mut [T]; P] = from_fn(|_| &mut [] as &mut [T]);
    if bulk(L::BULK, from, &theta, form, out, &mut unwanted) {
        return;
    }
    drive(Fill::<L>(form, PhantomData), Work((from, theta, out)));
}

/// The same, and `slopes[j][i]`, the partial derivative in parameter j at fixed distribution function.
///
/// # Panics
/// When there are not P parameters and P slopes of the length of `out`; an empty slope is one that nobody wants.
pub fn draw_with_slopes<L: Reparameterized<P>, T: Real, const P: usize>(
    rng: &mut Rng,
    theta: &[&[T]],
    form: Form,
    out: &mut [T],
    slopes: &mut [&mut [T]],
) {
    let theta = parameters::<T, P>(theta, out.len());
    assert!(
        slopes.len() == P && slopes.iter().all(|slope| slope.is_empty() || slope.len() == out.len()),
        "draw: {P} slopes of {} numbers are expected, or empty ones",
        out.len()
    );
    let from = advance(rng, out.len());
    if bulk(L::BULK, from, &theta, form, out, slopes) {
        return;
    }
    let mut slopes = slopes.iter_mut();
    let slopes: [Slope<T>; P] = from_fn(|_| Slope(slopes.next().expect("as many as parameters")));
    drive(FillWithSlopes::<L>(form, PhantomData), Work((from, theta, (out, slopes))));
}

/// Makes the draws of a family that has them in vectors; whether it did.
fn bulk<T: Real>(
    family: Option<Bulk>,
    from: From,
    theta: &[&[T]],
    form: Form,
    out: &mut [T],
    slopes: &mut [&mut [T]],
) -> bool {
    match (family, theta, slopes) {
        (Some(Bulk::LocationScale(noise)), [loc, scale], [in_loc, in_scale]) => {
            location_scale::fill(noise, from, [loc, scale], out, [in_loc, in_scale]);
        }
        (Some(Bulk::Gamma), [shape, rate], [in_shape, in_rate]) => {
            gamma::fill(form, from, [shape, rate], out, [in_shape, in_rate]);
        }
        (Some(Bulk::Beta), [a, b], [in_a, in_b]) => beta::fill(form, from, [a, b], out, [in_a, in_b]),
        (Some(Bulk::StudentT), [df, loc, scale], [in_df, in_loc, in_scale]) => {
            student_t::fill(from, [df, loc, scale], out, [in_df, in_loc, in_scale]);
        }
        _ => return false,
    }
    true
}

fn parameters<'a, T, const P: usize>(theta: &[&'a [T]], length: usize) -> [&'a [T]; P] {
    assert!(
        theta.len() == P && theta.iter().all(|values| values.len() == length),
        "draw: {P} parameters of {length} numbers are expected, got lengths {:?}",
        theta.iter().map(|values| values.len()).collect::<Vec<_>>()
    );
    from_fn(|i| theta[i])
}

/// Where a piece of a draw starts in its stream.
#[derive(Clone, Copy)]
struct From {
    seed: u64,
    counter: u64,
    length: usize,
}

fn advance(rng: &mut Rng, length: usize) -> From {
    let here = rng.take(length);
    From { seed: here.seed(), counter: here.counter(), length }
}

impl From {
    fn element(self, i: usize) -> Element {
        Element::new(self.seed, self.counter.wrapping_add(i as u64))
    }
}

impl Split for From {
    fn extent(&self) -> (usize, usize) {
        (self.length, 1)
    }
    fn split(self, units: usize) -> (Self, Self) {
        let later = self.counter.wrapping_add(units as u64);
        (Self { length: units, ..self }, Self { counter: later, length: self.length - units, ..self })
    }
}

struct Fill<L>(Form, PhantomData<L>);
struct FillWithSlopes<L>(Form, PhantomData<L>);

impl<L> Clone for Fill<L> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<L> Copy for Fill<L> {}
impl<L> Clone for FillWithSlopes<L> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<L> Copy for FillWithSlopes<L> {}

type Plain<'a, T, const P: usize> = Work<(From, [&'a [T]; P], &'a mut [T])>;
type Sloped<'a, T, const P: usize> = Work<(From, [&'a [T]; P], (&'a mut [T], [Slope<'a, T>; P]))>;

impl<'a, L: Draw<P>, T: Real, const P: usize> Function<Plain<'a, T, P>, ()> for Fill<L> {
    fn at(self, Work((from, theta, out)): Plain<'a, T, P>) {
        for (i, out) in out.iter_mut().enumerate() {
            let theta = theta.map(|x| x[i].to_f64());
            *out = written::<L, T, P>(self.0, L::draw(&mut from.element(i), theta), theta);
        }
    }
}

impl<'a, L: Reparameterized<P>, T: Real, const P: usize> Function<Sloped<'a, T, P>, ()>
    for FillWithSlopes<L>
{
    fn at(self, Work((from, theta, (out, mut slopes))): Sloped<'a, T, P>) {
        for (i, out) in out.iter_mut().enumerate() {
            let theta = theta.map(|x| x[i].to_f64());
            let (t, in_theta) = L::draw_with_slopes(&mut from.element(i), theta);
            *out = written::<L, T, P>(self.0, t, theta);
            let scale = if self.0 == Form::Value { L::COORDINATE.slope(t) } else { 1.0 };
            for (slot, slope) in slopes.iter_mut().zip(in_theta) {
                if let Some(slot) = slot.0.get_mut(i) {
                    *slot = finite(moved(scale, slope));
                }
            }
        }
    }
}

/// A draw from its coordinate, in the form that is wanted.
fn written<L: Draw<P>, T: Real, const P: usize>(form: Form, t: f64, theta: [f64; P]) -> T {
    match form {
        Form::Value => inward::<L, T, P>(L::COORDINATE.value(t), theta),
        Form::Coordinate => finite(t),
    }
}
