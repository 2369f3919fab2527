//! Formulas whose quick form covers most elements, in vectors; the others one by one.

use std::array::from_fn;
use std::marker::PhantomData;

use super::{Formula, Outputs};
use crate::lanes::{LANES, Lanes, load, store};
use crate::{Dual, Function, Real};

pub(super) struct Quick<F>(pub(super) PhantomData<F>);

impl<F> Clone for Quick<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for Quick<F> {}

/// The results of a block of elements, one array for each number.
struct Results<const A: usize, const B: usize> {
    value: Lanes,
    first: [Lanes; A],
    second: [Lanes; B],
}

impl<const A: usize, const B: usize> Results<A, B> {
    fn new() -> Self {
        Self { value: [0.0; LANES], first: [[0.0; LANES]; A], second: [[0.0; LANES]; B] }
    }

    #[inline(always)]
    fn set(&mut self, i: usize, result: Dual<A, B>) {
        self.value[i] = result.value;
        for (lanes, slope) in self.first.iter_mut().zip(result.first) {
            lanes[i] = slope;
        }
        for (lanes, slope) in self.second.iter_mut().zip(result.second) {
            lanes[i] = slope;
        }
    }
}

type Arguments<'a, T, const A: usize, const B: usize> = ([&'a [T]; A], [&'a [T]; B], Outputs<'a, T, A, B>);

impl<F: Formula<A, B>, T: Real, const A: usize, const B: usize> Function<Arguments<'_, T, A, B>, ()>
    for Quick<F>
{
    #[inline(always)]
    fn at(self, (first, second, (out, in_first, in_second)): Arguments<'_, T, A, B>) {
        let (mut in_first, mut in_second) = (in_first, in_second);
        for start in (0..out.len()).step_by(LANES) {
            let count = LANES.min(out.len() - start);
            let first = first.map(|values| load(values, start));
            let second = second.map(|values| load(values, start));
            let mut covered = [false; LANES];
            let mut results = Results::<A, B>::new();
            for i in 0..LANES {
                let (quick, result) = F::quick(from_fn(|k| first[k][i]), from_fn(|k| second[k][i]));
                covered[i] = quick;
                results.set(i, result);
            }
            for i in 0..count {
                if !covered[i] {
                    let (a, b) = Dual::<A, B>::variables(first.map(|x| x[i]), second.map(|x| x[i]));
                    results.set(i, F::at(a, b));
                }
            }
            let Results { value, first: slopes_first, second: slopes_second } = results;
            store(out, start, &from_fn(|i| F::rounded(value[i], from_fn(|k| second[k][i]))));
            for (slot, slope) in in_first.iter_mut().zip(&slopes_first) {
                store(slot.0, start, &slope.map(T::from_f64));
            }
            for (slot, slope) in in_second.iter_mut().zip(&slopes_second) {
                store(slot.0, start, &slope.map(T::from_f64));
            }
        }
    }
}
