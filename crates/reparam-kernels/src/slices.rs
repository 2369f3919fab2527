//! The slice driver: every kernel runs through it, under the widest vector instructions and over the threads.
//!
//! Work is cut only between units (elements, or rows whose sum must stay whole), and a unit's result does not depend on
//! its neighbours, so the bits are the same for any number of threads.

#[cfg(feature = "rayon")]
use rayon::{current_num_threads as threads, join};

use crate::Real;
use crate::function::Function;
use crate::isa::Isa;

/// The elements of a piece for which waking another thread pays: tens of microseconds of work.
const GRAIN: usize = 1 << 16;

/// Arguments of a kernel that can be cut into two independent parts.
pub(crate) trait Split: Sized + Send {
    /// How many units there are, and how many elements each has.
    fn extent(&self) -> (usize, usize);
    /// The first `units` units, and the others.
    fn split(self, units: usize) -> (Self, Self);
}

/// A row-major matrix, cut between rows.
#[derive(Clone, Copy)]
pub(crate) struct Rows<S> {
    pub(crate) items: S,
    pub(crate) width: usize,
}

impl<T: Sync> Split for &[T] {
    fn extent(&self) -> (usize, usize) {
        (self.len(), 1)
    }
    fn split(self, units: usize) -> (Self, Self) {
        self.split_at(units)
    }
}

impl<T: Send> Split for &mut [T] {
    fn extent(&self) -> (usize, usize) {
        (self.len(), 1)
    }
    fn split(self, units: usize) -> (Self, Self) {
        self.split_at_mut(units)
    }
}

impl<S: Split> Split for Rows<S> {
    fn extent(&self) -> (usize, usize) {
        (self.items.extent().0 / self.width, self.width)
    }
    fn split(self, units: usize) -> (Self, Self) {
        let (left, right) = self.items.split(units * self.width);
        (Self { items: left, ..self }, Self { items: right, ..self })
    }
}

impl<S: Split, const N: usize> Split for [S; N] {
    fn extent(&self) -> (usize, usize) {
        // No parts: the other arguments know.
        self.first().map_or((0, 0), S::extent)
    }
    fn split(self, units: usize) -> (Self, Self) {
        let mut right = [const { None }; N];
        let mut slots = right.iter_mut();
        let left = self.map(|part| {
            let (left, rest) = part.split(units);
            *slots.next().expect("one slot for each part") = Some(rest);
            left
        });
        (left, right.map(|part| part.expect("every part was split")))
    }
}

macro_rules! split_tuple {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Split),+> Split for ($($name,)+) {
            fn extent(&self) -> (usize, usize) {
                // All have the same number of units, or none where nobody wants them; the widest tells the work.
                [$(self.$index.extent()),+].into_iter().max_by_key(|&(units, size)| (size, units)).unwrap_or_default()
            }
            fn split(self, units: usize) -> (Self, Self) {
                let halves = ($(self.$index.split(units),)+);
                (($(halves.$index.0,)+), ($(halves.$index.1,)+))
            }
        }
    };
}
split_tuple!(A 0, B 1);
split_tuple!(A 0, B 1, C 2);
split_tuple!(A 0, B 1, C 2, D 3);

/// `body` over all of `arguments`, in one piece or in one piece per thread.
#[inline]
pub(crate) fn drive<A: Split>(body: impl Function<A, ()>, arguments: A) {
    let (units, size) = arguments.extent();
    let most = (units * size / GRAIN).min(units);
    // Asking for the threads starts them; small work must not.
    let pieces = if most < 2 { 1 } else { most.min(threads()) };
    drive_pieces(body, arguments, pieces, Isa::widest());
}

fn drive_pieces<A: Split>(body: impl Function<A, ()>, arguments: A, pieces: usize, isa: Isa) {
    if pieces <= 1 {
        return isa.run(body, arguments);
    }
    let (units, _) = arguments.extent();
    let left_pieces = pieces / 2;
    let (left, right) = arguments.split(units / pieces * left_pieces);
    join(
        || drive_pieces(body, left, left_pieces, isa),
        || drive_pieces(body, right, pieces - left_pieces, isa),
    );
}

#[cfg(not(feature = "rayon"))]
fn threads() -> usize {
    1
}

#[cfg(not(feature = "rayon"))]
fn join(left: impl FnOnce(), right: impl FnOnce()) {
    left();
    right();
}

/// `out[i]` = f(`input[i]`), with f from [`elementary`](crate::elementary) or a closure.
///
/// # Panics
/// When the lengths differ.
pub fn map<A: Copy + Sync, B: Send>(input: &[A], out: &mut [B], f: impl Function<A, B>) {
    assert_same_length("slices::map", &[("input", input.len()), ("out", out.len())]);
    drive(Map(f), (input, out));
}

/// `values[i]` = f(`values[i]`), with f from [`elementary`](crate::elementary) or a closure.
pub fn map_inplace<A: Copy + Send>(values: &mut [A], f: impl Function<A, A>) {
    drive(MapInplace(f), values);
}

/// (`out[i]`, `slope[i]`) = f(`input[i]`).
///
/// # Panics
/// When the lengths differ.
pub fn map_with_slope<A: Copy + Sync, B: Send>(
    input: &[A],
    out: &mut [B],
    slope: &mut [B],
    f: impl Function<A, (B, B)>,
) {
    let lengths = [("input", input.len()), ("out", out.len()), ("slope", slope.len())];
    assert_same_length("slices::map_with_slope", &lengths);
    drive(MapWithSlope(f), (input, out, slope));
}

#[derive(Clone, Copy)]
struct MapWithSlope<F>(F);

impl<A: Copy, B, F: Function<A, (B, B)>> Function<(&[A], &mut [B], &mut [B]), ()> for MapWithSlope<F> {
    #[inline(always)]
    fn at(self, (input, out, slope): (&[A], &mut [B], &mut [B])) {
        for ((x, y), slope) in input.iter().zip(&mut *out).zip(&mut *slope) {
            (*y, *slope) = self.0.near(*x);
        }
        if !all_near(self.0, input) {
            let far = input.iter().zip(out).zip(slope).filter(|((x, _), _)| !self.0.is_near(x));
            for ((x, y), slope) in far {
                (*y, *slope) = self.0.at(*x);
            }
        }
    }
}

/// `out[i]` = f((`a[i]`, `b[i]`)).
///
/// # Panics
/// When the lengths differ.
pub fn zip<A: Copy + Sync, B: Send>(a: &[A], b: &[A], out: &mut [B], f: impl Function<(A, A), B>) {
    assert_same_length("slices::zip", &[("a", a.len()), ("b", b.len()), ("out", out.len())]);
    drive(Zip(f), (a, b, out));
}

/// `values[i]` = f((`values[i]`, `input[i]`)).
///
/// # Panics
/// When the lengths differ.
pub fn update<A: Copy + Send + Sync>(values: &mut [A], input: &[A], f: impl Function<(A, A), A>) {
    assert_same_length("slices::update", &[("values", values.len()), ("input", input.len())]);
    drive(Update(f), (input, values));
}

/// `total[i]` += f((`a[i]`, `b[i]`)).
///
/// # Panics
/// When the lengths differ.
pub fn accumulate<T: Real>(total: &mut [T], a: &[T], b: &[T], f: impl Function<(T, T), T>) {
    assert_same_length("slices::accumulate", &[("total", total.len()), ("a", a.len()), ("b", b.len())]);
    drive(Accumulate(f), (a, b, total));
}

#[derive(Clone, Copy)]
struct Accumulate<F>(F);

impl<T: Real, F: Function<(T, T), T>> Function<(&[T], &[T], &mut [T]), ()> for Accumulate<F> {
    #[inline(always)]
    fn at(self, (a, b, total): (&[T], &[T], &mut [T])) {
        for ((a, b), sum) in a.iter().zip(b).zip(total) {
            *sum += self.0.at((*a, *b));
        }
    }
}

#[derive(Clone, Copy)]
struct Zip<F>(F);

impl<A: Copy, B, F: Function<(A, A), B>> Function<(&[A], &[A], &mut [B]), ()> for Zip<F> {
    #[inline(always)]
    fn at(self, (a, b, out): (&[A], &[A], &mut [B])) {
        for ((a, b), y) in a.iter().zip(b).zip(out) {
            *y = self.0.at((*a, *b));
        }
    }
}

#[derive(Clone, Copy)]
struct Update<F>(F);

impl<A: Copy, F: Function<(A, A), A>> Function<(&[A], &mut [A]), ()> for Update<F> {
    #[inline(always)]
    fn at(self, (input, values): (&[A], &mut [A])) {
        for (x, y) in input.iter().zip(values) {
            *y = self.0.at((*y, *x));
        }
    }
}

#[derive(Clone, Copy)]
struct Map<F>(F);

impl<A: Copy, B, F: Function<A, B>> Function<(&[A], &mut [B]), ()> for Map<F> {
    #[inline(always)]
    fn at(self, (input, out): (&[A], &mut [B])) {
        for (x, y) in input.iter().zip(&mut *out) {
            *y = self.0.near(*x);
        }
        if !all_near(self.0, input) {
            for (x, y) in input.iter().zip(out).filter(|(x, _)| !self.0.is_near(x)) {
                *y = self.0.at(*x);
            }
        }
    }
}

/// Whether the vector code of a function has its values at all of these.
#[inline(always)]
fn all_near<A, B>(function: impl Function<A, B>, input: &[A]) -> bool {
    // No short cut, which would be a branch for every argument.
    input.iter().fold(true, |all, x| all & function.is_near(x))
}

#[derive(Clone, Copy)]
struct MapInplace<F>(F);

impl<A: Copy, F: Function<A, A>> Function<&mut [A], ()> for MapInplace<F> {
    #[inline(always)]
    fn at(self, values: &mut [A]) {
        for x in values {
            *x = self.0.at(*x);
        }
    }
}

/// Panics, naming every slice with its length, unless all lengths are equal.
#[track_caller]
pub(crate) fn assert_same_length(operation: &str, lengths: &[(&str, usize)]) {
    assert!(
        lengths.iter().all(|(_, length)| *length == lengths[0].1),
        "{operation}: the slices must have equal lengths, not {lengths:?}"
    );
}
