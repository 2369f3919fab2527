//! Gamma draws over slices, made in vectors.
//!
//! The first attempt of each element is made in vectors, from the bits that the scalar sampler would use and by its
//! formulas; the few elements whose attempt is refused start again with that sampler. So a draw does not depend on which of
//! the two made it.

mod slope;

use super::block::{moved, random};
use super::{Form, From, Slope, Work};
use crate::elementary::{exp, log, log1p};
use crate::lanes::{LANES, Lanes, load, store};
use crate::law::{Coordinate, finite};
use crate::rng::convert::{Exponential, OpenUniform, SignedNormal};
use crate::sample::{log_attempt_ratio, log_standard_gamma};
use crate::slices::drive;
use crate::special::log_gamma_draw_slope;
use crate::{Function, Real};

/// Draws of Gamma(a, rate) and, where they are wanted, the slopes.
pub(super) fn fill<T: Real>(
    form: Form,
    from: From,
    theta: [&[T]; 2],
    out: &mut [T],
    [in_a, in_rate]: [&mut [T]; 2],
) {
    drive(Draws(form), Work((from, theta, (out, [Slope(in_a), Slope(in_rate)]))));
}

#[derive(Clone, Copy)]
struct Draws(Form);

type Arguments<'a, T> = Work<(From, [&'a [T]; 2], (&'a mut [T], [Slope<'a, T>; 2]))>;

impl<T: Real> Function<Arguments<'_, T>, ()> for Draws {
    #[inline(always)]
    fn at(self, Work((from, theta, (out, [in_shape, in_rate]))): Arguments<'_, T>) {
        for start in (0..out.len()).step_by(LANES) {
            let count = LANES.min(out.len() - start);
            let [a, rate] = theta.map(|values| load(values, start));
            let log_standard = log_standard(from, start, count, &a);
            let (mut log_z, mut z) = ([0.0; LANES], [1.0; LANES]);
            for i in 0..LANES {
                log_z[i] = log_standard[i] - log(rate[i]);
            }
            if self.0 == Form::Value {
                for i in 0..LANES {
                    z[i] = exp(log_z[i]);
                }
                store(out, start, &z.map(|z| Coordinate::Log.inward(z)));
            } else {
                store(out, start, &log_z.map(finite));
            }
            if !in_shape.0.is_empty() {
                let mut slopes = log_slopes::<T>(&a, &log_standard, count);
                for i in 0..LANES {
                    slopes[i] = moved(z[i], slopes[i]);
                }
                store(in_shape.0, start, &slopes.map(finite));
            }
            if !in_rate.0.is_empty() {
                let mut slopes = [0.0; LANES];
                for i in 0..LANES {
                    slopes[i] = -z[i] / rate[i];
                }
                store(in_rate.0, start, &slopes.map(finite));
            }
        }
    }
}

/// The logarithms of standard gamma draws, one for each of `count` elements from `start` on.
#[inline(always)]
pub(super) fn log_standard(from: From, start: usize, count: usize, a: &Lanes) -> Lanes {
    let random = random::<3>(from, start);
    let mut accepted = [true; LANES];
    let mut log_z = attempt(a, [&random[0], &random[1], &random[2]], &mut accepted);
    for i in 0..count {
        if !accepted[i] {
            log_z[i] = log_standard_gamma(&mut from.element(start + i), a[i]);
        }
    }
    log_z
}

/// The first attempt of the sampler, from the three words that it would take; what it refuses is no longer `accepted`.
#[inline(always)]
pub(super) fn attempt(
    a: &Lanes,
    [first, second, third]: [&[u64; LANES]; 3],
    accepted: &mut [bool; LANES],
) -> Lanes {
    let mut log_z = [0.0; LANES];
    for i in 0..LANES {
        // Below a shape of 1 the first number is the boost.
        let small = takes_boost(a[i]);
        let raised = if small { a[i] + 1.0 } else { a[i] };
        let boost: f64 = Exponential.at(first[i]);
        let boost = if small { boost / a[i] } else { 0.0 };
        let x: f64 = SignedNormal.at(if small { second[i] } else { first[i] });
        let u: f64 = OpenUniform.at(if small { third[i] } else { second[i] });

        let shape = raised - 1.0 / 3.0;
        let t = (1.0 / (9.0 * shape).sqrt()) * x;
        let inside = t > -1.0;
        let t = if inside { t } else { 0.0 };
        accepted[i] &= inside & (log(u) < 3.0 * shape * log_attempt_ratio(t));
        log_z[i] = log(shape) + 3.0 * log1p(t) - boost;
    }
    log_z
}

/// Whether the sampler takes a third word.
#[inline(always)]
pub(super) fn takes_boost(a: f64) -> bool {
    a < 1.0
}

/// d ln z / da: in vectors where single precision is asked for, else by the exact function.
#[inline(always)]
pub(super) fn log_slopes<T: Real>(a: &Lanes, log_z: &Lanes, count: usize) -> Lanes {
    let mut slopes = [0.0; LANES];
    let mut covered = [false; LANES];
    if T::SINGLE {
        slope::log_slopes(a, log_z, &mut slopes, &mut covered);
    }
    for i in 0..count {
        if !covered[i] {
            slopes[i] = log_gamma_draw_slope(a[i], log_z[i]);
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws of every size of shape, as logarithms, with their slopes.
    fn draws<T: Real>(shapes: &[f64]) -> (Vec<T>, Vec<T>, Vec<T>) {
        let a: Vec<T> = shapes.iter().map(|&a| T::from_f64(a)).collect();
        let rate = vec![T::ONE; a.len()];
        let from = From { seed: 3, counter: 5, length: a.len() };
        let [mut out, mut in_a, mut in_rate] = [(); 3].map(|()| vec![T::ZERO; a.len()]);
        fill(Form::Coordinate, from, [&a, &rate], &mut out, [&mut in_a, &mut in_rate]);
        (a, out, in_a)
    }

    fn shapes() -> Vec<f64> {
        // Exact in single precision too.
        (0..60_000).map(|i| f64::from((0.7 * f64::from(i % 75) - 20.0).exp2() as f32)).collect()
    }

    #[test]
    fn vectors_make_the_draws_of_the_scalar_sampler() {
        let (a, draws, slopes) = draws::<f64>(&shapes());
        for (i, (a, draw)) in a.iter().zip(&draws).enumerate() {
            let mut bits = From { seed: 3, counter: 5, length: 0 }.element(i);
            assert_eq!(*draw, log_standard_gamma(&mut bits, *a), "shape {a}");
            assert_eq!(slopes[i], log_gamma_draw_slope(*a, *draw), "shape {a}");
        }
    }

    #[test]
    fn single_precision_slopes_are_those_of_double_precision() {
        let shapes = shapes();
        let (_, draws, exact) = self::draws::<f64>(&shapes);
        let (_, _, slopes) = self::draws::<f32>(&shapes);
        let mut worst = (0.0, 0.0, 0.0);
        for i in 0..shapes.len() {
            let error = (f64::from(slopes[i]) / exact[i] - 1.0).abs();
            if error > worst.0 {
                worst = (error, shapes[i], draws[i]);
            }
        }
        assert!(worst.0 < 4e-7, "{worst:?}");
    }
}
