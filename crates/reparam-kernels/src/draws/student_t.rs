//! Student's t draws over slices: a normal and a gamma draw for each element, made in vectors.

use super::beta::slope::logit_slopes;
use super::block::random;
use super::gamma::attempt;
use super::{From, Slope, Work};
use crate::elementary::{exp, log};
use crate::lanes::{LANES, Lanes, load, store};
use crate::law::finite;
use crate::laws::StudentT;
use crate::rng::convert::SignedNormal;
use crate::slices::drive;
use crate::special::student_t_draw_slope_df;
use crate::{Function, Real};

/// Draws with these degrees of freedom around loc and, where they are wanted, the slopes.
pub(super) fn fill<T: Real>(
    from: From,
    theta: [&[T]; 3],
    out: &mut [T],
    [in_df, in_loc, in_scale]: [&mut [T]; 3],
) {
    in_loc.fill(T::ONE);
    drive(Draws, Work((from, theta, (out, [Slope(in_df), Slope(in_scale)]))));
}

#[derive(Clone, Copy)]
struct Draws;

type Arguments<'a, T> = Work<(From, [&'a [T]; 3], (&'a mut [T], [Slope<'a, T>; 2]))>;

impl<T: Real> Function<Arguments<'_, T>, ()> for Draws {
    #[inline(always)]
    fn at(self, Work((from, theta, (out, [in_df, in_scale]))): Arguments<'_, T>) {
        for start in (0..out.len()).step_by(LANES) {
            let count = LANES.min(out.len() - start);
            let [df, loc, scale] = theta.map(|values| load(values, start));
            let standard = Standard::draw(from, start, count, &df);
            let mut draw = [0.0; LANES];
            for i in 0..LANES {
                draw[i] = loc[i] + scale[i] * standard.z[i];
            }
            store(out, start, &draw.map(finite));
            if !in_df.0.is_empty() {
                let mut slopes = standard.slopes::<T>(&df, count);
                for i in 0..LANES {
                    slopes[i] *= scale[i];
                }
                store(in_df.0, start, &slopes.map(finite));
            }
            store(in_scale.0, start, &standard.z.map(finite));
        }
    }
}

/// Draws for loc = 0 and scale = 1.
struct Standard {
    z: Lanes,
    /// The logit of df / (df + z²), which is a draw of Beta(df / 2, ½).
    logit: Lanes,
}

impl Standard {
    #[inline(always)]
    fn draw(from: From, start: usize, count: usize, df: &Lanes) -> Self {
        let random = random::<4>(from, start);
        let half = df.map(|df| 0.5 * df);
        let mut accepted = [true; LANES];
        let log_gamma = attempt(&half, [&random[1], &random[2], &random[3]], &mut accepted);
        let (mut z, mut logit) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..LANES {
            let normal: f64 = SignedNormal.at(random[0][i]);
            z[i] = finite(normal * exp(0.5 * (log(half[i]) - log_gamma[i])));
        }
        for i in 0..count {
            if !accepted[i] {
                z[i] = StudentT::standard_draw(&mut from.element(start + i), df[i]);
            }
        }
        for i in 0..LANES {
            logit[i] = log(df[i]) - 2.0 * log(z[i].abs());
        }
        Self { z, logit }
    }

    /// dz / d df: in vectors where single precision is asked for, else by the exact function.
    ///
    /// From the slope s of the logit, ½ z (1 / df − s / 2).
    #[inline(always)]
    fn slopes<T: Real>(&self, df: &Lanes, count: usize) -> Lanes {
        let mut slopes = [0.0; LANES];
        let mut covered = [false; LANES];
        if T::SINGLE {
            let [in_half, _] = logit_slopes(&df.map(|df| 0.5 * df), &[0.5; LANES], &self.logit, &mut covered);
            for i in 0..LANES {
                slopes[i] = 0.5 * self.z[i] * (df[i].recip() - 0.5 * in_half[i]);
            }
        }
        for i in 0..count {
            if !covered[i] {
                slopes[i] = student_t_draw_slope_df(df[i], self.z[i]);
            }
        }
        slopes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Draw;

    /// Degrees of freedom of every size, exact in single precision too; their draws with the slopes in them.
    fn draws<T: Real>() -> [Vec<T>; 3] {
        let df: Vec<T> = (0..60_000)
            .map(|i| T::from_f64(f64::from((0.7 * f64::from(i % 75) - 20.0).exp2() as f32)))
            .collect();
        let from = From { seed: 3, counter: 5, length: df.len() };
        let (loc, scale) = (vec![T::ZERO; df.len()], vec![T::ONE; df.len()]);
        let [mut out, mut in_df] = [(); 2].map(|()| vec![T::ZERO; df.len()]);
        fill(from, [&df, &loc, &scale], &mut out, [&mut in_df, &mut [], &mut []]);
        [df, out, in_df]
    }

    #[test]
    fn vectors_make_the_draws_of_the_scalar_sampler() {
        let [df, draws, in_df] = draws::<f64>();
        for i in 0..df.len() {
            let mut bits = From { seed: 3, counter: 5, length: 0 }.element(i);
            assert_eq!(draws[i], StudentT::draw(&mut bits, [df[i], 0.0, 1.0]), "df {}", df[i]);
            assert_eq!(in_df[i], finite::<f64>(student_t_draw_slope_df(df[i], draws[i])));
        }
    }

    #[test]
    fn single_precision_slopes_are_those_of_double_precision() {
        let [df, draws, exact] = draws::<f64>();
        let [_, _, slopes] = self::draws::<f32>();
        let most = f64::from(f32::MAX);
        for i in 0..df.len() {
            let error = (f64::from(slopes[i]) / exact[i].clamp(-most, most) - 1.0).abs();
            let vanishing = exact[i].abs() < f64::from(f32::MIN_POSITIVE);
            assert!(
                vanishing || error < 3e-7,
                "df {}: {} at {}, not {}",
                df[i],
                slopes[i],
                draws[i],
                exact[i]
            );
        }
    }
}
