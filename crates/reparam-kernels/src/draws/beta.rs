//! Beta draws over slices: two gamma draws for each element, made in vectors.

pub(super) mod slope;

use super::block::{moved, random};
use super::gamma::{attempt, takes_boost};
use super::{Form, From, Slope, Work};
use crate::elementary::sigmoid;
use crate::lanes::{LANES, Lanes, load, store};
use crate::law::{Coordinate, Draw, finite};
use crate::slices::drive;
use crate::special::logit_beta_draw_slopes;
use crate::{Function, Real, laws};

/// Draws of Beta(a, b) and, where they are wanted, the slopes.
pub(super) fn fill<T: Real>(
    form: Form,
    from: From,
    theta: [&[T]; 2],
    out: &mut [T],
    [in_a, in_b]: [&mut [T]; 2],
) {
    drive(Draws(form), Work((from, theta, (out, [Slope(in_a), Slope(in_b)]))));
}

#[derive(Clone, Copy)]
struct Draws(Form);

type Arguments<'a, T> = Work<(From, [&'a [T]; 2], (&'a mut [T], [Slope<'a, T>; 2]))>;

impl<T: Real> Function<Arguments<'_, T>, ()> for Draws {
    #[inline(always)]
    fn at(self, Work((from, theta, (out, mut in_theta))): Arguments<'_, T>) {
        for start in (0..out.len()).step_by(LANES) {
            let count = LANES.min(out.len() - start);
            let [a, b] = theta.map(|values| load(values, start));
            let logit = logits(from, start, count, &a, &b);
            let mut scale = [1.0; LANES];
            if self.0 == Form::Value {
                let mut z = [0.0; LANES];
                for i in 0..LANES {
                    z[i] = sigmoid(logit[i]);
                    scale[i] = z[i] * sigmoid(-logit[i]);
                }
                store(out, start, &z.map(|z| Coordinate::Logit.inward(z)));
            } else {
                store(out, start, &logit.map(finite));
            }
            if in_theta.iter().any(|slope| !slope.0.is_empty()) {
                let slopes = slopes::<T>(&a, &b, &logit, count);
                for (slot, mut slope) in in_theta.iter_mut().zip(slopes) {
                    for i in 0..LANES {
                        slope[i] = moved(scale[i], slope[i]);
                    }
                    store(slot.0, start, &slope.map(finite));
                }
            }
        }
    }
}

/// The logits of draws, one for each of `count` elements from `start` on.
#[inline(always)]
fn logits(from: From, start: usize, count: usize, a: &Lanes, b: &Lanes) -> Lanes {
    let random = random::<6>(from, start);
    let mut accepted = [true; LANES];
    let log_x = attempt(a, [&random[0], &random[1], &random[2]], &mut accepted);
    // The second gamma draw takes the words after those of the first.
    let mut later = [[0; LANES]; 3];
    for (j, word) in later.iter_mut().enumerate() {
        for i in 0..LANES {
            word[i] = if takes_boost(a[i]) { random[3 + j][i] } else { random[2 + j][i] };
        }
    }
    let log_y = attempt(b, later.each_ref(), &mut accepted);
    let mut logit = [0.0; LANES];
    for i in 0..LANES {
        logit[i] = log_x[i] - log_y[i];
    }
    for i in 0..count {
        if !accepted[i] {
            logit[i] = laws::Beta::draw(&mut from.element(start + i), [a[i], b[i]]);
        }
    }
    logit
}

/// The slopes of logits: in vectors where single precision is asked for, else by the exact function.
#[inline(always)]
fn slopes<T: Real>(a: &Lanes, b: &Lanes, logit: &Lanes, count: usize) -> [Lanes; 2] {
    let mut covered = [false; LANES];
    let mut slopes = [[0.0; LANES]; 2];
    if T::SINGLE {
        slopes = slope::logit_slopes(a, b, logit, &mut covered);
    }
    for i in 0..count {
        if !covered[i] {
            (slopes[0][i], slopes[1][i]) = logit_beta_draw_slopes(a[i], b[i], logit[i]);
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shapes of every size, exact in single precision too; their draws as logits, with their slopes.
    fn draws<T: Real>() -> [Vec<T>; 5] {
        let shape = |i: u32| T::from_f64(f64::from((0.7 * f64::from(i) - 20.0).exp2() as f32));
        let a: Vec<T> = (0..60_000).map(|i| shape(i % 61)).collect();
        let b: Vec<T> = (0..60_000).map(|i| shape(i / 61 % 61)).collect();
        let from = From { seed: 3, counter: 5, length: a.len() };
        let [mut out, mut in_a, mut in_b] = [(); 3].map(|()| vec![T::ZERO; a.len()]);
        fill(Form::Coordinate, from, [&a, &b], &mut out, [&mut in_a, &mut in_b]);
        [a, b, out, in_a, in_b]
    }

    #[test]
    fn vectors_make_the_draws_of_the_scalar_sampler() {
        let [a, b, draws, in_a, in_b] = draws::<f64>();
        for i in 0..a.len() {
            let mut bits = From { seed: 3, counter: 5, length: 0 }.element(i);
            let expected = laws::Beta::draw(&mut bits, [a[i], b[i]]);
            assert_eq!(draws[i], expected, "shapes {} and {}", a[i], b[i]);
            assert_eq!((in_a[i], in_b[i]), logit_beta_draw_slopes(a[i], b[i], draws[i]));
        }
    }

    #[test]
    fn single_precision_slopes_are_those_of_double_precision() {
        let [a, b, _, exact_a, exact_b] = draws::<f64>();
        let [_, _, _, in_a, in_b] = draws::<f32>();
        for i in 0..a.len() {
            for (slope, exact) in [(in_a[i], exact_a[i]), (in_b[i], exact_b[i])] {
                // Both overflow alike.
                let error = f64::from(slope) / exact.clamp(-f64::from(f32::MAX), f64::from(f32::MAX)) - 1.0;
                assert!(error.abs() < 3e-7, "shapes {} and {}: {slope}, {exact}", a[i], b[i]);
            }
        }
    }
}
