//! One step of Adam, in place and in one pass over memory.
//!
//! Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

use crate::Real;
use crate::function::Function;
use crate::slices::{assert_same_length, drive};

/// The numbers that one step shares over all parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamStep<T> {
    /// The step size α.
    pub learning_rate: T,
    /// The decay rate β₁ of the mean gradient m.
    pub beta1: T,
    /// The decay rate β₂ of the mean squared gradient v.
    pub beta2: T,
    /// Added to √v̂.
    pub epsilon: T,
    /// 1 − β₁ᵗ at step t = 1, 2, …
    pub correction1: T,
    /// 1 − β₂ᵗ at step t = 1, 2, …
    pub correction2: T,
}

/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − α m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
///
/// # Panics
/// When the slices differ in length.
pub fn step<T: Real>(shared: &AdamStep<T>, param: &mut [T], grad: &[T], m: &mut [T], v: &mut [T]) {
    let lengths = [("param", param.len()), ("grad", grad.len()), ("m", m.len()), ("v", v.len())];
    assert_same_length("adam::step", &lengths);
    drive(*shared, (param, grad, m, v));
}

type Arguments<'a, T> = (&'a mut [T], &'a [T], &'a mut [T], &'a mut [T]);

impl<T: Real> Function<Arguments<'_, T>, ()> for AdamStep<T> {
    #[inline(always)]
    fn at(self, (param, grad, m, v): Arguments<'_, T>) {
        let size = self.learning_rate / self.correction1;
        let root = T::ONE / self.correction2.sqrt();
        let (new1, new2) = (T::ONE - self.beta1, T::ONE - self.beta2);
        for (((p, g), m), v) in param.iter_mut().zip(grad).zip(m).zip(v) {
            *m = new1.mul_add(*g - *m, *m);
            *v = self.beta2.mul_add(*v, new2 * *g * *g);
            *p -= size * *m / v.sqrt().mul_add(root, self.epsilon);
        }
    }
}
