//! Short formulas in vectors: a value and all partial derivatives for each element.

use crate::formula::Slope;
use crate::slices::drive;
use crate::{Function, Real};

/// Elements that are copied to the stack together: the compiler then sees that inputs and outputs cannot overlap.
const LANES: usize = 64;

/// `out[i]` = the first result of `term` at element i of each input; `slopes[j][i]` its derivative in input j. An empty
/// slope is one that nobody wants.
///
/// # Panics
/// When an input, or a slope that is not empty, has not the length of `out`.
pub fn map_with_slopes<T: Real, const N: usize>(
    inputs: [&[T]; N],
    out: &mut [T],
    slopes: [&mut [T]; N],
    term: impl Function<[T; N], (T, [T; N])>,
) {
    let length = out.len();
    assert!(
        inputs.iter().all(|input| input.len() == length)
            && slopes.iter().all(|slope| slope.is_empty() || slope.len() == length),
        "pointwise::map_with_slopes: every slice must have {length} numbers"
    );
    drive(Map(term), (inputs, out, slopes.map(Slope)));
}

#[derive(Clone, Copy)]
struct Map<F>(F);

type Arguments<'a, T, const N: usize> = ([&'a [T]; N], &'a mut [T], [Slope<'a, T>; N]);

impl<T: Real, const N: usize, F: Function<[T; N], (T, [T; N])>> Function<Arguments<'_, T, N>, ()> for Map<F> {
    #[inline(always)]
    fn at(self, (inputs, out, mut slopes): Arguments<'_, T, N>) {
        let mut start = 0;
        while start < out.len() {
            let end = out.len().min(start + LANES);
            let count = end - start;
            // What lies beyond the end is computed at ones and thrown away.
            let mut block = [[T::ONE; LANES]; N];
            for (copy, input) in block.iter_mut().zip(&inputs) {
                copy[..count].copy_from_slice(&input[start..end]);
            }
            let mut values = [T::ZERO; LANES];
            let mut partials = [[T::ZERO; LANES]; N];
            for lane in 0..LANES {
                let mut numbers = [T::ZERO; N];
                for k in 0..N {
                    numbers[k] = block[k][lane];
                }
                let (value, rest) = self.0.at(numbers);
                values[lane] = value;
                for k in 0..N {
                    partials[k][lane] = rest[k];
                }
            }
            out[start..end].copy_from_slice(&values[..count]);
            for (slope, partial) in slopes.iter_mut().zip(&partials) {
                if !slope.0.is_empty() {
                    slope.0[start..end].copy_from_slice(&partial[..count]);
                }
            }
            start = end;
        }
    }
}
