//! Formulas whose quick form covers most elements, in vectors; the others one by one.

use std::array::from_fn;
use std::marker::PhantomData;

use super::{Formula, Outputs};
use crate::lanes::{LANES, load, store};
use crate::{Dual, Function, Real};

pub(super) struct Quick<F>(pub(super) PhantomData<F>);

impl<F> Clone for Quick<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for Quick<F> {}

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
            let mut value = [0.0; LANES];
            let (mut slopes_first, mut slopes_second) = ([[0.0; LANES]; A], [[0.0; LANES]; B]);
            for i in 0..LANES {
                let (quick, result) = F::quick(from_fn(|k| first[k][i]), from_fn(|k| second[k][i]));
                covered[i] = quick;
                value[i] = result.value;
                for k in 0..A {
                    slopes_first[k][i] = result.first[k];
                }
                for k in 0..B {
                    slopes_second[k][i] = result.second[k];
                }
            }
            for i in 0..count {
                if !covered[i] {
                    let (a, b) = Dual::<A, B>::variables(first.map(|x| x[i]), second.map(|x| x[i]));
                    let result = F::at(a, b);
                    value[i] = result.value;
                    for k in 0..A {
                        slopes_first[k][i] = result.first[k];
                    }
                    for k in 0..B {
                        slopes_second[k][i] = result.second[k];
                    }
                }
            }
            store(out, start, &value.map(F::rounded));
            for (slot, slope) in in_first.iter_mut().zip(&slopes_first) {
                store(slot.0, start, &slope.map(T::from_f64));
            }
            for (slot, slope) in in_second.iter_mut().zip(&slopes_second) {
                store(slot.0, start, &slope.map(T::from_f64));
            }
        }
    }
}
