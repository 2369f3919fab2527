//! Scrambled Sobol points: uniform draws that fill the cube more evenly than independent ones.
//!
//! Coordinate j of point i has the bits V_j i, the columns of V_j being the direction numbers of dimension j, after Owen's
//! nested scrambling: each bit is flipped or not by a coin of its own for every prefix of higher bits. Each point is then
//! uniform on the cube, n = 2ᵐ of them are as evenly spread as before, and their mean has a variance of O(n⁻³) up to
//! logarithms for smooth functions, and of little more than that of independent draws at worst.
//!
//! Points made in their order need no tree of coins. Points 0 … 2ᵏ − 1 have a cell of width 2⁻ᵏ each, and each of the next
//! 2ᵏ goes into the empty half of one of these cells: its first k + 1 bits are those of the point in the other half with the
//! last one flipped, and the bits below have prefixes of their own, so that their coins are new. A coordinate takes 64
//! random bits, whatever n is.
//!
//! Scrambling by a random matrix has the same variance, but as a small error most of the time and a large one seldom, so
//! that the scatter of a few repetitions would promise too much.
//!
//! Source: I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967); S. Joe & F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) for
//! the direction numbers; A. B. Owen, Ann. Statist. 25 (1997) for the scrambling; A. Helmer, P. Christensen & A. Kensler,
//! "Stochastic generation of (t, s) sample sequences", EGSR 2021 for the order; A. B. Owen and Z. Pan, SIAM J. Numer.
//! Anal. 61 (2023) for the errors of matrices.

mod directions;

pub use directions::DIMENSIONS;

use crate::law::Noise;
use crate::philox::blocks;
use crate::rng::convert::{Bits, Exponential, Gumbel, Laplace, Logistic, OpenUniform, SignedNormal};
use crate::rng::stream::key;
use crate::slices::{Split, drive};
use crate::{Function, Real};
use directions::{BITS, steps};

/// The last counter word of the blocks that coins come from; blocks of draws have others there.
const DOMAIN: u32 = u32::from_be_bytes(*b"owen");

/// How many rows, each with a scrambling of its own, there are under one seed.
pub const MOST_ROWS: u64 = 1 << BITS;

/// Sequences scrambled side by side.
const LANES: usize = 16;

/// Levels of scrambled Sobol points, as fractions of 2⁶⁴: the arguments of [`Noise::quantile`].
///
/// `out` holds `points` matrices of `width` columns, one after the other: in each, column j is coordinate j, and each row has
/// a scrambling of its own. A level depends on the seed, its row, its coordinate and its point alone. 3 ns for each.
///
/// ```
/// use reparam_kernels::{law::Noise, sobol};
///
/// let mut levels = [0; 2 * 256];
/// sobol::fill_levels(7, 256, 2, &mut levels);
/// let normal = |level: &u64| Noise::Normal.quantile(*level);
/// let mean = levels.chunks(2).map(|x| normal(&x[0]) * normal(&x[1])).sum::<f64>() / 256.0;
/// assert!(mean.abs() < 0.02);
/// ```
///
/// # Panics
/// When `width` exceeds [`DIMENSIONS`], when there are more than 2³² points or rows, and when `out` is not of whole rows.
pub fn fill_levels(seed: u64, points: usize, width: usize, out: &mut [u64]) {
    fill(Fill { law: Noise::Uniform, draw: Bits }, Sequences::of_rows(seed, width), points, out);
}

/// Noise of this law at the levels of [`fill_levels`]: 5 ns for each.
///
/// # Panics
/// As that does.
#[track_caller]
pub fn fill_noise<T: Real>(law: Noise, seed: u64, points: usize, width: usize, out: &mut [T]) {
    fill_law(law, Sequences::of_rows(seed, width), points, out);
}

/// The same noise of one coordinate alone, of the rows from `first` on: `out` holds `points` columns of rows, one after the
/// other.
///
/// # Panics
/// As [`fill_noise`] does.
#[track_caller]
pub fn fill_coordinate<T: Real>(
    law: Noise,
    seed: u64,
    points: usize,
    coordinate: usize,
    first: u64,
    out: &mut [T],
) {
    fill_law(law, Sequences::of_coordinate(seed, coordinate, first), points, out);
}

#[track_caller]
fn fill_law<T: Real>(law: Noise, which: Sequences, points: usize, out: &mut [T]) {
    match law {
        Noise::Normal => fill(Fill { law, draw: SignedNormal }, which, points, out),
        Noise::Uniform => fill(Fill { law, draw: OpenUniform }, which, points, out),
        Noise::Exponential => fill(Fill { law, draw: Exponential }, which, points, out),
        Noise::Gumbel => fill(Fill { law, draw: Gumbel }, which, points, out),
        Noise::Logistic => fill(Fill { law, draw: Logistic }, which, points, out),
        Noise::Laplace => fill(Fill { law, draw: Laplace }, which, points, out),
    }
}

/// Sequences, each of one coordinate of one row, counted row by row of so many coordinates.
#[derive(Clone, Copy)]
struct Sequences {
    seed: u64,
    width: usize,
    /// The number of the first one, and the distance to the next.
    first: usize,
    stride: usize,
}

impl Sequences {
    #[track_caller]
    fn of_rows(seed: u64, width: usize) -> Self {
        assert!(
            width <= DIMENSIONS,
            "Sobol: direction numbers reach to dimension {DIMENSIONS}, not to {width}; take independent draws for what lies beyond"
        );
        Self { seed, width, first: 0, stride: 1 }
    }

    #[track_caller]
    fn of_coordinate(seed: u64, coordinate: usize, row: u64) -> Self {
        Self::of_rows(seed, coordinate + 1);
        assert!(row < MOST_ROWS, "Sobol: row {row}; there are at most 2^32");
        Self { seed, width: DIMENSIONS, first: row as usize * DIMENSIONS + coordinate, stride: DIMENSIONS }
    }

    /// Those from one of them on.
    fn from(self, place: usize) -> Self {
        Self { first: self.first + place * self.stride, ..self }
    }

    /// Row and coordinate of one of them.
    fn at(self, place: usize) -> [usize; 2] {
        let number = self.from(place).first;
        [number / self.width, number % self.width]
    }
}

#[track_caller]
fn fill<T: Copy + Default + Send>(
    of: Fill<impl Function<u64, T>>,
    which: Sequences,
    points: usize,
    out: &mut [T],
) {
    if out.is_empty() {
        return;
    }
    let (length, whole) = (out.len(), which.width / which.stride);
    assert!(
        points > 0 && whole > 0 && length.is_multiple_of(points * whole),
        "Sobol: {length} numbers are no {points} points of whole rows of {whole}"
    );
    let sequences = length / points;
    let rows = which.at(sequences - 1)[0] + 1;
    assert!(
        points as u64 <= 1 << BITS && rows as u64 <= MOST_ROWS,
        "Sobol: {points} points of {rows} rows; there are at most 2^32 of each"
    );
    drive(of, Columns { which, points: out.chunks_exact_mut(sequences).collect() });
}

/// What the slices of all points hold of the same sequences.
struct Columns<'a, T> {
    which: Sequences,
    points: Vec<&'a mut [T]>,
}

impl<T: Send> Split for Columns<'_, T> {
    fn extent(&self) -> (usize, usize) {
        (self.points[0].len(), self.points.len())
    }
    fn split(self, units: usize) -> (Self, Self) {
        let (left, right) = self.points.into_iter().map(|point| point.split_at_mut(units)).unzip();
        (Self { points: left, ..self }, Self { points: right, which: self.which.from(units) })
    }
}

/// Fills the slices with the draws that are this law's quantiles at the levels.
#[derive(Clone, Copy)]
struct Fill<F> {
    law: Noise,
    draw: F,
}

impl<T: Copy + Default, F: Function<u64, T>> Function<Columns<'_, T>, ()> for Fill<F> {
    #[inline(always)]
    fn at(self, Columns { which, mut points }: Columns<'_, T>) {
        let count = points[0].len();
        let mut levels = vec![[0; LANES]; points.len().next_multiple_of(2)];
        let mut numbers = vec![[T::default(); LANES]; levels.len()];
        for start in (0..count).step_by(LANES) {
            scramble(which.from(start), &mut levels);
            for level in levels.as_flattened_mut() {
                *level = self.law.bits(*level);
            }
            for (number, bits) in numbers.as_flattened_mut().iter_mut().zip(levels.as_flattened()) {
                *number = self.draw.at(*bits);
            }
            let here = LANES.min(count - start);
            for (point, numbers) in points.iter_mut().zip(&numbers) {
                point[start..start + here].copy_from_slice(&numbers[..here]);
            }
        }
    }
}

/// The levels of the points of the first sequences, of an even number of points.
#[inline(always)]
fn scramble(which: Sequences, levels: &mut [[u64; LANES]]) {
    let (mut rows, mut coordinates, mut step) = ([0; LANES], [0; LANES], [[0; LANES]; BITS]);
    let bits = (levels.len() - 1).ilog2() as usize + 1;
    for lane in 0..LANES {
        let [row, coordinate] = which.at(lane);
        rows[lane] = row as u64;
        coordinates[lane] = coordinate as u64;
        for (step, of_lane) in step.iter_mut().zip(steps(coordinate, bits)) {
            step[lane] = of_lane as usize;
        }
    }
    for (pair, words) in levels.chunks_exact_mut(2).enumerate() {
        let counter = [[pair as u64; LANES], coordinates, rows, [u64::from(DOMAIN); LANES]];
        let [a, b, c, d] = blocks(counter, key(which.seed));
        for lane in 0..LANES {
            words[0][lane] = a[lane] | b[lane] << 32;
            words[1][lane] = c[lane] | d[lane] << 32;
        }
    }
    for point in 1..levels.len() {
        let bit = point.ilog2() as usize;
        let flip = 1 << 63 >> bit;
        let coins = flip - 1;
        let (before, after) = levels.split_at_mut(point);
        for lane in 0..LANES {
            let neighbour = before[point ^ step[bit][lane]][lane];
            after[0][lane] = (neighbour ^ flip) & !coins | after[0][lane] & coins;
        }
    }
}
