//! Gamma draws over slices, made in vectors.
//!
//! The first attempt of each element is made in vectors, from the bits that the scalar sampler would use and by its
//! formulas; the few elements whose attempt is refused start again with that sampler. So a draw does not depend on which of
//! the two made it.

mod slope;

use super::{Form, From, Slope, Work, written};
use crate::elementary::{log, log1p};
use crate::law::{Coordinate, finite};
use crate::philox::blocks;
use crate::rng::convert::{Bits, Exponential, OpenUniform, SignedNormal};
use crate::rng::element;
use crate::rng::stream::{Fill, Stream, key};
use crate::sample::{log_attempt_ratio, log_standard_gamma};
use crate::slices::drive;
use crate::special::log_gamma_draw_slope;
use crate::{Function, Real, single};

/// Elements that go through each stage together.
const LANES: usize = 64;

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
    fn at(self, Work((from, [shape, rate], (out, [in_shape, in_rate]))): Arguments<'_, T>) {
        let mut start = 0;
        while start < out.len() {
            let end = out.len().min(start + LANES);
            let count = end - start;
            let mut a = [1.0; LANES];
            let mut log_rate = [0.0; LANES];
            for i in 0..count {
                a[i] = shape[start + i].to_f64();
                log_rate[i] = rate[start + i].to_f64();
            }
            for rate in &mut log_rate[..count] {
                *rate = log(*rate);
            }
            let log_z = log_standard(from, start, count, &a);

            for i in 0..count {
                out[start + i] = written(self.0, Coordinate::Log, log_z[i] - log_rate[i]);
            }
            let value =
                |i: usize| if self.0 == Form::Value { single::exp(log_z[i] - log_rate[i]) } else { 1.0 };
            if !in_shape.0.is_empty() {
                let slopes = slopes::<T>(&a, &log_z, count);
                for i in 0..count {
                    in_shape.0[start + i] = finite(value(i) * slopes[i]);
                }
            }
            if !in_rate.0.is_empty() {
                for i in 0..count {
                    in_rate.0[start + i] = finite(-value(i) / rate[start + i].to_f64());
                }
            }
            start = end;
        }
    }
}

/// The logarithms of standard gamma draws, one for each element from `start` on.
#[inline(always)]
fn log_standard(from: From, start: usize, count: usize, a: &[f64; LANES]) -> [f64; LANES] {
    let first = from.counter.wrapping_add(start as u64);
    let mut plain = [0; LANES];
    Fill(Bits).at(Stream { seed: from.seed, counter: first, out: &mut plain });
    let (mut low, mut high) = ([0; LANES], [0; LANES]);
    for i in 0..LANES {
        let index = first.wrapping_add(i as u64);
        (low[i], high[i]) = (index & 0xffff_ffff, index >> 32);
    }
    let [w0, w1, w2, w3] =
        blocks([low, high, [0; LANES], [u64::from(element::DOMAIN); LANES]], key(from.seed));

    let mut log_z = [0.0; LANES];
    let mut accepted = [false; LANES];
    for i in 0..LANES {
        let (second, third) = (w0[i] | w1[i] << 32, w2[i] | w3[i] << 32);
        // Below a shape of 1 the first number is the boost.
        let small = a[i] < 1.0;
        let raised = if small { a[i] + 1.0 } else { a[i] };
        let boost: f64 = Exponential.at(plain[i]);
        let boost = if small { boost / a[i] } else { 0.0 };
        let x: f64 = SignedNormal.at(if small { second } else { plain[i] });
        let u: f64 = OpenUniform.at(if small { third } else { second });

        let shape = raised - 1.0 / 3.0;
        let t = (1.0 / (9.0 * shape).sqrt()) * x;
        let inside = t > -1.0;
        let t = if inside { t } else { 0.0 };
        accepted[i] = inside && log(u) < 3.0 * shape * log_attempt_ratio(t);
        log_z[i] = log(shape) + 3.0 * log1p(t) - boost;
    }
    for i in 0..count {
        if !accepted[i] {
            log_z[i] = log_standard_gamma(&mut from.element(start + i), a[i]);
        }
    }
    log_z
}

/// d ln z / da: in vectors where single precision is asked for, else by the exact function.
#[inline(always)]
fn slopes<T: Real>(a: &[f64; LANES], log_z: &[f64; LANES], count: usize) -> [f64; LANES] {
    let mut slopes = [0.0; LANES];
    let mut covered = [false; LANES];
    if T::EPSILON.to_f64() > 1e-8 {
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
