//! Shares: positive weights divided by their sum over each row, from the logarithms of the weights.
//!
//! Weights are compared with the largest of their row in double precision, so none overflows and one that is next to nothing
//! keeps its digits; a share is rounded inward, into the open interval (0, 1).

use crate::elementary::exp;
use crate::formula::Slope;
use crate::law::Coordinate;
use crate::slices::{Rows, assert_same_length, drive};
use crate::{Function, Real};

/// Numbers that are worked on together: small enough for the first cache.
const CHUNK: usize = 1024;

/// Shares of exp((logits + noise) / temperature), and the slopes of the logarithms of those weights in the three inputs: an
/// empty slope is one that nobody wants.
///
/// # Panics
/// When an input, or a slope that is not empty, has not the length of `out`, or that is not a multiple of `width`.
pub fn relaxed_one_hot<T: Real>(
    [noise, logits, temperature]: [&[T]; 3],
    width: usize,
    out: &mut [T],
    slopes: [&mut [T]; 3],
) {
    let inputs = [("noise", noise.len()), ("logits", logits.len()), ("temperature", temperature.len())];
    check("shares::relaxed_one_hot", width, out.len(), &inputs, slopes.each_ref().map(|slope| slope.len()));
    if out.is_empty() {
        return;
    }
    let inputs = [noise, logits, temperature].map(|items| Rows { items, width });
    let slopes = slopes.map(|items| Rows { items: Slope(items), width });
    drive(RelaxedOneHot, (slopes, inputs, Rows { items: out, width }));
}

/// The way back through shares: `weights[i]` = zᵢ (gᵢ − Σⱼ zⱼ gⱼ) over each row, the gradient in the logarithm of weight i
/// when g is that in the shares z.
///
/// # Panics
/// When the lengths differ or are not a multiple of `width`.
pub fn backward<T: Real>(shares: &[T], grad: &[T], width: usize, weights: &mut [T]) {
    let given = [("shares", shares.len()), ("grad", grad.len())];
    check("shares::backward", width, weights.len(), &given, [0]);
    if !weights.is_empty() {
        let [shares, grad] = [shares, grad].map(|items| Rows { items, width });
        drive(Backward, (shares, grad, Rows { items: weights, width }));
    }
}

/// Panics unless all inputs have the length of the output, whole rows, and each slope that length or none.
#[track_caller]
pub(crate) fn check<const N: usize>(
    operation: &str,
    width: usize,
    length: usize,
    inputs: &[(&str, usize)],
    slopes: [usize; N],
) {
    for (name, given) in inputs {
        assert_same_length(operation, &[("out", length), (name, *given)]);
    }
    for given in slopes {
        assert!(
            given == 0 || given == length,
            "{operation}: a slope must have {length} numbers or none, not {given}"
        );
    }
    assert!(
        length == 0 || (width > 0 && length.is_multiple_of(width)),
        "{operation}: {length} numbers are no rows of {width}"
    );
}

#[derive(Clone, Copy)]
struct RelaxedOneHot;

type Arguments<'a, T> = ([Rows<Slope<'a, T>>; 3], [Rows<&'a [T]>; 3], Rows<&'a mut [T]>);

impl<T: Real> Function<Arguments<'_, T>, ()> for RelaxedOneHot {
    #[inline(always)]
    fn at(self, (slopes, inputs, Rows { items: out, width }): Arguments<'_, T>) {
        let [in_noise, in_logits, in_temperature] = slopes.map(|slope| slope.items.0);
        let [noise, logits, temperature] = inputs.map(|input| input.items);
        let mut log_weights = vec![0.0; chunk(width)];
        for start in (0..out.len()).step_by(log_weights.len()) {
            let end = out.len().min(start + log_weights.len());
            let log_weights = &mut log_weights[..end - start];
            let inputs = noise[start..end].iter().zip(&logits[start..end]).zip(&temperature[start..end]);
            for (log_weight, ((noise, logit), temperature)) in log_weights.iter_mut().zip(inputs) {
                *log_weight = (logit.to_f64() + noise.to_f64()) / temperature.to_f64();
            }
            for slope in [&mut *in_noise, &mut *in_logits] {
                if !slope.is_empty() {
                    for (slope, temperature) in slope[start..end].iter_mut().zip(&temperature[start..end]) {
                        *slope = T::ONE / *temperature;
                    }
                }
            }
            if !in_temperature.is_empty() {
                let slope = in_temperature[start..end].iter_mut().zip(&temperature[start..end]);
                for ((slope, temperature), log_weight) in slope.zip(&*log_weights) {
                    *slope = T::from_f64(-log_weight / temperature.to_f64());
                }
            }
            share(log_weights, width, &mut out[start..end]);
        }
    }
}

/// The length of whole rows that are worked on together.
pub(crate) fn chunk(width: usize) -> usize {
    (CHUNK / width).max(1) * width
}

/// The shares, from the logarithms of the weights, which are left as those less the largest of their row.
#[inline(always)]
pub(crate) fn share<T: Real>(log_weights: &mut [f64], width: usize, out: &mut [T]) {
    for row in log_weights.chunks_exact_mut(width) {
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, |a, b| if a > b { a } else { b });
        for x in row {
            *x -= largest;
        }
    }
    for x in &mut *log_weights {
        *x = exp(*x);
    }
    for (row, out) in log_weights.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
        let unit = row.iter().sum::<f64>().recip();
        for (weight, out) in row.iter().zip(out) {
            *out = Coordinate::Logit.inward(weight * unit);
        }
    }
}

#[derive(Clone, Copy)]
struct Backward;

impl<T: Real> Function<(Rows<&[T]>, Rows<&[T]>, Rows<&mut [T]>), ()> for Backward {
    #[inline(always)]
    fn at(self, (shares, grad, weights): (Rows<&[T]>, Rows<&[T]>, Rows<&mut [T]>)) {
        let width = weights.width;
        let rows = shares.items.chunks_exact(width).zip(grad.items.chunks_exact(width));
        for ((z, g), weights) in rows.zip(weights.items.chunks_exact_mut(width)) {
            let common = T::from_f64(z.iter().zip(g).map(|(z, g)| z.to_f64() * g.to_f64()).sum());
            for ((z, g), weight) in z.iter().zip(g).zip(weights) {
                *weight = *z * (*g - common);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_inside_and_sum_to_one() {
        let logits = [0.0, -1e4, 3.0, 1e4, 1e4, -1e4_f32];
        let (noise, temperature) = ([0.5; 6], [0.25; 6]);
        let mut out = [0.0; 6];
        let [mut in_noise, mut in_logits, mut in_temperature] = [[0.0; 6]; 3];
        let slopes = [&mut in_noise[..], &mut in_logits, &mut in_temperature];
        relaxed_one_hot([&noise, &logits, &temperature], 3, &mut out, slopes);
        for row in out.chunks(3) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{row:?}");
            assert!(row.iter().all(|z| 0.0 < *z && *z < 1.0), "{row:?}");
        }
        assert_eq!(out[3..], [0.5, 0.5, f32::MIN_POSITIVE]);
        assert_eq!(in_logits, [4.0; 6]);
        assert_eq!(in_temperature[0], -8.0);
    }

    #[test]
    fn the_way_back_is_the_derivative() {
        let log_weights = [0.3, -1.2, 0.7, 2.0];
        let grad = [1.0, -2.0, 0.5, 3.0];
        let total = |log_weights: [f64; 4]| {
            let mut z = [0.0; 4];
            share(&mut log_weights.clone(), 4, &mut z);
            z.iter().zip(grad).map(|(z, g)| z * g).sum::<f64>()
        };
        let mut z = [0.0; 4];
        share(&mut log_weights.clone(), 4, &mut z);
        let mut back = [0.0; 4];
        backward(&z, &grad, 4, &mut back);
        for i in 0..4 {
            let moved = |by: f64| {
                let mut moved = log_weights;
                moved[i] += by;
                total(moved)
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((back[i] - slope).abs() < 1e-9, "{i}: {} is not {slope}", back[i]);
        }
    }
}
