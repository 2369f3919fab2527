//! The two precisions, and how each makes draws.

use reparam_kernels::catalog::{DrawWithSlopes, Paths};
use reparam_kernels::law::Noise as Law;
use reparam_kernels::{Real, Rng, sobol};
use reparam_lang::Number;

/// Whose noise is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// That of the precision at hand.
    Own,
    /// That of single precision.
    Single,
}

/// The type that draws are made in.
pub trait Precision: Number {
    /// Draws with slopes of a law.
    fn draw(paths: &Paths) -> DrawWithSlopes<Self>;

    /// Numbers of the law of a noise.
    fn fill(law: Law, noise: Noise, rng: &mut Rng, out: &mut [Self]);

    /// The same from scrambled Sobol points, all of them of some rows of one coordinate.
    fn fill_points(law: Law, noise: Noise, points: &Points, out: &mut [Self]);
}

/// Scrambled Sobol points of one coordinate.
#[derive(Clone, Copy, Debug)]
pub struct Points {
    /// The seed of all coordinates.
    pub seed: u64,
    /// How many there are in each row.
    pub count: usize,
    /// Which coordinate.
    pub coordinate: usize,
    /// The first of the rows.
    pub row: u64,
}

impl Points {
    fn fill<T: Real>(&self, law: Law, out: &mut [T]) {
        sobol::fill_coordinate(law, self.seed, self.count, self.coordinate, self.row, out);
    }
}

impl Precision for f32 {
    fn draw(paths: &Paths) -> DrawWithSlopes<Self> {
        paths.single
    }

    fn fill(law: Law, _: Noise, rng: &mut Rng, out: &mut [Self]) {
        match law {
            Law::Normal => rng.fill_quick_normal(out),
            _ => rng.fill_noise(law, out),
        }
    }

    fn fill_points(law: Law, _: Noise, points: &Points, out: &mut [Self]) {
        points.fill(law, out);
    }
}

impl Precision for f64 {
    fn draw(paths: &Paths) -> DrawWithSlopes<Self> {
        paths.double
    }

    fn fill(law: Law, noise: Noise, rng: &mut Rng, out: &mut [Self]) {
        if noise == Noise::Own {
            return rng.fill_noise(law, out);
        }
        let mut single = [0.0; 256];
        for out in out.chunks_mut(single.len()) {
            let single = &mut single[..out.len()];
            f32::fill(law, noise, rng, single);
            out.iter_mut().zip(single).for_each(|(out, x)| *out = x.to_f64());
        }
    }

    fn fill_points(law: Law, noise: Noise, points: &Points, out: &mut [Self]) {
        if noise == Noise::Own {
            return points.fill(law, out);
        }
        let mut single = vec![0.0f32; out.len()];
        points.fill(law, &mut single);
        out.iter_mut().zip(single).for_each(|(out, x)| *out = x.to_f64());
    }
}
