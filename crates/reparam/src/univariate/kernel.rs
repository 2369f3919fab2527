//! A law's formulas and draws as kernels of the elementwise operation.

use std::{fmt, marker::PhantomData, sync::Arc};

use reparam_kernels::draws::{Form, draw, draw_with_slopes};
use reparam_kernels::formula::{Formula, evaluate, evaluate_with_slopes};
use reparam_kernels::law::{Bulk, Draw, Reparameterized};
use reparam_kernels::{Real, Rng};

use crate::ops::Kernel;

/// A formula of `A` arguments and `B` parameters.
pub fn formula<F: Formula<A, B>, const A: usize, const B: usize>() -> Arc<dyn Kernel> {
    Arc::new(Evaluate::<F, A, B>(PhantomData))
}

struct Evaluate<F, const A: usize, const B: usize>(PhantomData<F>);

impl<F: Formula<A, B>, const A: usize, const B: usize> Evaluate<F, A, B> {
    fn run<T: Real>(inputs: &[&[T]], out: &mut [T], slopes: &mut [&mut [T]]) {
        if slopes.is_empty() {
            evaluate::<F, T, A, B>(inputs, out);
        } else {
            evaluate_with_slopes::<F, T, A, B>(inputs, out, slopes);
        }
    }
}

/// Draws without a path; the generator moves on by `count` elements.
pub fn draws<L: Draw<P>, const P: usize>(rng: &mut Rng, count: usize) -> Arc<dyn Kernel> {
    Arc::new(Draws::<L, P> { rng: rng.take(count), law: PhantomData })
}

struct Draws<L, const P: usize> {
    rng: Rng,
    law: PhantomData<L>,
}

impl<L: Draw<P>, const P: usize> Draws<L, P> {
    fn run<T: Real>(&self, theta: &[&[T]], out: &mut [T], slopes: &mut [&mut [T]]) {
        assert!(slopes.is_empty(), "{}: a draw without a path has no slopes", L::NAME);
        draw::<L, T, P>(&mut self.rng.clone(), theta, Form::Value, out);
    }
}

/// Draws with their slopes; the generator moves on by `count` elements.
pub fn moving_draws<L: Reparameterized<P>, const P: usize>(
    rng: &mut Rng,
    count: usize,
    form: Form,
) -> Arc<dyn Kernel> {
    Arc::new(MovingDraws::<L, P> { rng: rng.take(count), form, law: PhantomData })
}

struct MovingDraws<L, const P: usize> {
    rng: Rng,
    form: Form,
    law: PhantomData<L>,
}

impl<L: Reparameterized<P>, const P: usize> MovingDraws<L, P> {
    fn run<T: Real>(&self, theta: &[&[T]], out: &mut [T], slopes: &mut [&mut [T]]) {
        let mut rng = self.rng.clone();
        if slopes.is_empty() {
            draw::<L, T, P>(&mut rng, theta, self.form, out);
        } else {
            draw_with_slopes::<L, T, P>(&mut rng, theta, self.form, out, slopes);
        }
    }
}

macro_rules! kernels {
    ($($name:ident<$kind:ident: $bound:ident<$($group:ident),+>>: |$self:ident| $run:expr $(, shift: $shift:expr)?;)+) => {$(
        impl<$kind: $bound<$($group),+>, $(const $group: usize),+> Kernel for $name<$kind, $($group),+> {
            $(fn shift(&self) -> Option<usize> {
                $shift
            })?
            fn single(&$self, inputs: &[&[f32]], out: &mut [f32], slopes: &mut [&mut [f32]]) {
                $run(inputs, out, slopes);
            }
            fn double(&$self, inputs: &[&[f64]], out: &mut [f64], slopes: &mut [&mut [f64]]) {
                $run(inputs, out, slopes);
            }
        }
        impl<$kind, $(const $group: usize),+> fmt::Debug for $name<$kind, $($group),+> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(std::any::type_name::<Self>())
            }
        }
    )+};
}

kernels! {
    Evaluate<F: Formula<A, B>>: |self| Self::run;
    Draws<L: Draw<P>>: |self| (|inputs: &[&[_]], out: &mut [_], slopes: &mut [&mut [_]]| self.run(inputs, out, slopes));
    MovingDraws<L: Reparameterized<P>>: |self| (|inputs: &[&[_]], out: &mut [_], slopes: &mut [&mut [_]]| self.run(inputs, out, slopes)),
        shift: matches!(L::BULK, Some(Bulk::LocationScale(_))).then_some(0);
}
