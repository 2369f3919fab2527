//! Short formulas that are computed in vectors, as kernels of the elementwise operation.

use std::{fmt::Debug, sync::Arc};

use reparam_kernels::{Function, Real, pointwise::map_with_slopes};

use super::Kernel;

/// A formula of `N` inputs that gives its value and its derivative in each.
pub trait Term<const N: usize>:
    Function<[f32; N], (f32, [f32; N])> + Function<[f64; N], (f64, [f64; N])> + Debug + 'static
{
}

impl<const N: usize, F> Term<N> for F where
    F: Function<[f32; N], (f32, [f32; N])> + Function<[f64; N], (f64, [f64; N])> + Debug + 'static
{
}

/// The kernel of a formula.
pub fn pointwise<F: Term<N>, const N: usize>(term: F) -> Arc<dyn Kernel> {
    Arc::new(Pointwise::<F, N>(term))
}

#[derive(Debug)]
struct Pointwise<F, const N: usize>(F);

fn run<T: Real, const N: usize>(
    inputs: &[&[T]],
    out: &mut [T],
    slopes: &mut [&mut [T]],
    term: impl Function<[T; N], (T, [T; N])>,
) {
    let inputs =
        inputs.try_into().unwrap_or_else(|_| panic!("a formula of {N} inputs was given {}", inputs.len()));
    let mut slopes = slopes.iter_mut();
    let slopes = std::array::from_fn(|_| slopes.next().map_or(&mut [] as &mut [T], |slope| &mut **slope));
    map_with_slopes(inputs, out, slopes, term);
}

impl<F: Term<N>, const N: usize> Kernel for Pointwise<F, N> {
    fn single(&self, inputs: &[&[f32]], out: &mut [f32], slopes: &mut [&mut [f32]]) {
        run(inputs, out, slopes, self.0);
    }
    fn double(&self, inputs: &[&[f64]], out: &mut [f64], slopes: &mut [&mut [f64]]) {
        run(inputs, out, slopes, self.0);
    }
}
