//! Sums over slices for mean and variance, in lanes.
//!
//! Each lane adds up its share in the type of the numbers, and the lanes are added in double precision: of a slice of some
//! thousand numbers no digit is lost that single precision has. What is summed is first shifted by a number near the mean,
//! so that the variance is no difference of large numbers.

use crate::isa::Isa;
use crate::slices::assert_same_length;
use crate::{Function, Real};

/// Partial sums side by side, enough to hide the latency of an addition.
const LANES: usize = 64;

/// Σ (xᵢ − shift) and Σ (xᵢ − shift)².
pub fn shifted<T: Real>(x: &[T], shift: T) -> [f64; 2] {
    Isa::widest().run(Shifted, (x, shift))
}

/// Σ (xᵢ yᵢ − shift) and Σ (xᵢ yᵢ − shift)².
///
/// # Panics
/// When the lengths differ.
pub fn shifted_products<T: Real>(x: &[T], y: &[T], shift: T) -> [f64; 2] {
    assert_same_length("sums::shifted_products", &[("x", x.len()), ("y", y.len())]);
    Isa::widest().run(ShiftedProducts, (x, y, shift))
}

#[derive(Clone, Copy)]
struct Shifted;

impl<T: Real> Function<(&[T], T), [f64; 2]> for Shifted {
    #[inline(always)]
    fn at(self, (x, shift): (&[T], T)) -> [f64; 2] {
        let (whole, rest) = x.as_chunks::<LANES>();
        let mut sums = [[T::ZERO; LANES]; 2];
        for x in whole {
            for i in 0..LANES {
                let apart = x[i] - shift;
                sums[0][i] += apart;
                sums[1][i] = apart.mul_add(apart, sums[1][i]);
            }
        }
        for (i, x) in rest.iter().enumerate() {
            let apart = *x - shift;
            sums[0][i] += apart;
            sums[1][i] = apart.mul_add(apart, sums[1][i]);
        }
        sums.map(|lanes| lanes.iter().map(|x| x.to_f64()).sum())
    }
}

#[derive(Clone, Copy)]
struct ShiftedProducts;

impl<T: Real> Function<(&[T], &[T], T), [f64; 2]> for ShiftedProducts {
    #[inline(always)]
    fn at(self, (x, y, shift): (&[T], &[T], T)) -> [f64; 2] {
        let (whole, rest) = x.as_chunks::<LANES>();
        let (others, last) = y.as_chunks::<LANES>();
        let mut sums = [[T::ZERO; LANES]; 2];
        for (x, y) in whole.iter().zip(others) {
            for i in 0..LANES {
                let apart = x[i].mul_add(y[i], -shift);
                sums[0][i] += apart;
                sums[1][i] = apart.mul_add(apart, sums[1][i]);
            }
        }
        for (i, (x, y)) in rest.iter().zip(last).enumerate() {
            let apart = x.mul_add(*y, -shift);
            sums[0][i] += apart;
            sums[1][i] = apart.mul_add(apart, sums[1][i]);
        }
        sums.map(|lanes| lanes.iter().map(|x| x.to_f64()).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_small_integers_are_exact() {
        for length in [0, 1, 63, 64, 65, 1000] {
            let x: Vec<f32> = (0..length).map(|i| (i % 7) as f32).collect();
            let y: Vec<f32> = (0..length).map(|i| (i % 5) as f32).collect();
            let apart = |i: usize| x[i] - 3.0;
            let products = |i: usize| x[i] * y[i] - 6.0;
            let sums = |of: &dyn Fn(usize) -> f32| {
                [
                    (0..length).map(of).sum::<f32>().into(),
                    (0..length).map(|i| of(i) * of(i)).sum::<f32>().into(),
                ]
            };
            assert_eq!(shifted(&x, 3.0), sums(&apart));
            assert_eq!(shifted_products(&x, &y, 6.0), sums(&products));
        }
    }
}
