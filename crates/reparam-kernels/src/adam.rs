//! One step of Adam, in place and in one pass over memory.
//!
//! Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

use crate::Real;
use crate::function::Function;
use crate::slices::{assert_same_length, drive};

/// The numbers that one step shares over all parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamStep<T> {
    /// α / (1 − β₁ᵗ).
    size: T,
    /// 1 − β₁.
    weight1: T,
    /// β₂.
    decay2: T,
    /// 1 − β₂.
    weight2: T,
    /// 1 / √(1 − β₂ᵗ).
    root: T,
    /// ε.
    epsilon: T,
}

impl<T: Real> AdamStep<T> {
    /// Step `time` = 1, 2, … with step size α, decay rates β₁ and β₂, and ε added to √v̂.
    ///
    /// The differences from 1 are formed in double precision: 1 − 0.999 in single precision is off by 5e-5.
    pub fn new(learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64, time: u64) -> Self {
        let power = |beta: f64| beta.powf(time as f64);
        Self {
            size: T::from_f64(learning_rate / (1.0 - power(beta1))),
            weight1: T::from_f64(1.0 - beta1),
            decay2: T::from_f64(beta2),
            weight2: T::from_f64(1.0 - beta2),
            root: T::from_f64(1.0 / (1.0 - power(beta2)).sqrt()),
            epsilon: T::from_f64(epsilon),
        }
    }
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
        for (((p, g), m), v) in param.iter_mut().zip(grad).zip(m).zip(v) {
            *m = self.weight1.mul_add(*g - *m, *m);
            *v = self.decay2.mul_add(*v, self.weight2 * *g * *g);
            *p -= self.size * *m / v.sqrt().mul_add(self.root, self.epsilon);
        }
    }
}
