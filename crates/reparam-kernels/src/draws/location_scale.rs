//! loc + scale · noise over slices, the noise made in vectors.

use super::{From, Slope};
use crate::law::{Noise, bounded};
use crate::rng::convert::{Exponential, Gumbel, Laplace, Logistic, OpenUniform, SignedNormal};
use crate::rng::stream::{Fill, Stream};
use crate::slices::drive;
use crate::{Function, Real};

/// Elements whose noise is kept between making and using it: small enough for the first cache.
const CHUNK: usize = 1024;

/// Draws `loc + scale · noise`; the slope in the location is 1, the slope in the scale the noise.
pub(super) fn fill<T: Real>(
    noise: Noise,
    from: From,
    [loc, scale]: [&[T]; 2],
    out: &mut [T],
    [in_loc, in_scale]: [&mut [T]; 2],
) {
    in_loc.fill(T::ONE);
    let arguments = (from, [loc, scale], (out, Slope(in_scale)));
    match noise {
        Noise::Normal => drive(Draws(SignedNormal), arguments),
        Noise::Uniform => drive(Draws(OpenUniform), arguments),
        Noise::Exponential => drive(Draws(Exponential), arguments),
        Noise::Gumbel => drive(Draws(Gumbel), arguments),
        Noise::Logistic => drive(Draws(Logistic), arguments),
        Noise::Laplace => drive(Draws(Laplace), arguments),
    }
}

#[derive(Clone, Copy)]
struct Draws<F>(F);

type Arguments<'a, T> = (From, [&'a [T]; 2], (&'a mut [T], Slope<'a, T>));

impl<T: Real, F: Function<u64, T>> Function<Arguments<'_, T>, ()> for Draws<F> {
    #[inline(always)]
    fn at(self, (from, [loc, scale], (out, in_scale)): Arguments<'_, T>) {
        let mut buffer = [T::ZERO; CHUNK];
        let mut start = 0;
        while start < out.len() {
            let end = out.len().min(start + CHUNK);
            let noise = &mut buffer[..end - start];
            Fill(self.0).at(Stream {
                seed: from.seed,
                counter: from.counter.wrapping_add(start as u64),
                out: &mut *noise,
            });
            let parameters = loc[start..end].iter().zip(&scale[start..end]);
            for ((out, noise), (loc, scale)) in out[start..end].iter_mut().zip(&*noise).zip(parameters) {
                *out = bounded(*loc + *scale * *noise);
            }
            if !in_scale.0.is_empty() {
                in_scale.0[start..end].copy_from_slice(noise);
            }
            start = end;
        }
    }
}
