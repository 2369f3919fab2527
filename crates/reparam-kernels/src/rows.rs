//! Row-major matrices: sums over each row, and rows scaled by a factor each.

use crate::Real;
use crate::function::Function;
use crate::slices::{Rows, assert_same_length, drive};

/// Running sums per row. Fixed, so that a sum has the same bits under any vector instructions.
const LANES: usize = 16;

/// Multiplies row r of `matrix` by `factors[r]`.
///
/// # Panics
/// When `matrix` does not have `width` numbers for each number of `factors`.
pub fn scale_rows<T: Real>(matrix: &mut [T], factors: &[T], width: usize) {
    assert_rows("rows::scale_rows", width, ("factors", factors.len()), &[("matrix", matrix.len())]);
    if width > 0 {
        drive(ScaleRows, (Rows { items: matrix, width }, factors));
    }
}

#[derive(Clone, Copy)]
struct ScaleRows;

impl<T: Real> Function<(Rows<&mut [T]>, &[T]), ()> for ScaleRows {
    #[inline(always)]
    fn at(self, (matrix, factors): (Rows<&mut [T]>, &[T])) {
        for (row, factor) in matrix.items.chunks_exact_mut(matrix.width).zip(factors) {
            for x in row {
                *x *= *factor;
            }
        }
    }
}

/// `value[r]` = Σⱼ of the first result of `term` at the j-th numbers of row r of `inputs`; the other results are the j-th
/// numbers of row r of `outputs`. Slices come with the names that a panic shows.
///
/// Term j is added to running sum j mod 16, and the running sums are added in pairs.
#[track_caller]
pub(crate) fn sum_rows<T: Real, const N: usize, const M: usize>(
    operation: &str,
    width: usize,
    inputs: [(&str, &[T]); N],
    value: &mut [T],
    outputs: [(&str, &mut [T]); M],
    term: impl Function<[T; N], (T, [T; M])>,
) {
    let lengths: Vec<_> = inputs
        .iter()
        .map(|(name, items)| (*name, items.len()))
        .chain(outputs.iter().map(|(name, items)| (*name, items.len())))
        .collect();
    assert_rows(operation, width, ("value", value.len()), &lengths);
    if width == 0 {
        return value.fill(T::ZERO);
    }
    let inputs = inputs.map(|(_, items)| Rows { items, width });
    let outputs = outputs.map(|(_, items)| Rows { items, width });
    drive(SumRows(term), (inputs, value, outputs));
}

#[derive(Clone, Copy)]
struct SumRows<F>(F);

type Arguments<'a, T, const N: usize, const M: usize> =
    ([Rows<&'a [T]>; N], &'a mut [T], [Rows<&'a mut [T]>; M]);

impl<T: Real, const N: usize, const M: usize, F> Function<Arguments<'_, T, N, M>, ()> for SumRows<F>
where
    F: Function<[T; N], (T, [T; M])>,
{
    #[inline(always)]
    fn at(self, (inputs, value, mut outputs): Arguments<'_, T, N, M>) {
        for (r, value) in value.iter_mut().enumerate() {
            let inputs = inputs.each_ref().map(|matrix| &matrix.items[r * matrix.width..][..matrix.width]);
            let outputs =
                outputs.each_mut().map(|matrix| &mut matrix.items[r * matrix.width..][..matrix.width]);
            *value = sum_row(inputs, outputs, self.0);
        }
    }
}

#[inline(always)]
fn sum_row<T: Real, const N: usize, const M: usize>(
    inputs: [&[T]; N],
    mut outputs: [&mut [T]; M],
    term: impl Function<[T; N], (T, [T; M])>,
) -> T {
    let width = inputs[0].len();
    let whole = width - width % LANES;
    let mut sums = [T::ZERO; LANES];
    for start in (0..whole).step_by(LANES) {
        // Copies of fixed size: the compiler then sees that inputs and outputs cannot overlap.
        let mut block = [[T::ZERO; LANES]; N];
        for (copy, row) in block.iter_mut().zip(&inputs) {
            copy.copy_from_slice(&row[start..start + LANES]);
        }
        let mut results = [[T::ZERO; LANES]; M];
        for lane in 0..LANES {
            let mut numbers = [T::ZERO; N];
            for k in 0..N {
                numbers[k] = block[k][lane];
            }
            let (value, rest) = term.at(numbers);
            sums[lane] += value;
            for k in 0..M {
                results[k][lane] = rest[k];
            }
        }
        for (row, result) in outputs.iter_mut().zip(&results) {
            row[start..start + LANES].copy_from_slice(result);
        }
    }
    for j in whole..width {
        let mut numbers = [T::ZERO; N];
        for k in 0..N {
            numbers[k] = inputs[k][j];
        }
        let (value, rest) = term.at(numbers);
        sums[j - whole] += value;
        for k in 0..M {
            outputs[k][j] = rest[k];
        }
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
    }
    sums[0]
}

/// Panics unless every matrix has `width` numbers for each number of the vector.
#[track_caller]
fn assert_rows(operation: &str, width: usize, vector: (&str, usize), matrices: &[(&str, usize)]) {
    assert_same_length(operation, matrices);
    let ((name, rows), (first, length)) = (vector, matrices[0]);
    assert!(
        rows.checked_mul(width) == Some(length),
        "{operation}: `{first}` must have {rows} x {width} numbers (one row for each of `{name}`), not {length}"
    );
}
