//! Where draws of several numbers live.

use reparam_lang::Interval;

/// A set of vectors or matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// All vectors, or all matrices.
    Reals,
    /// Positive numbers whose sum is 1.
    Simplex,
    /// The logarithms of such numbers.
    LogSimplex,
    /// Vectors of length 1.
    Sphere,
    /// Symmetric positive definite matrices.
    PositiveDefinite,
    /// Cholesky factors of correlation matrices.
    CorrelationFactor,
    /// The number of a class.
    Class,
    /// The number of a class between cutpoints, of which there is one fewer.
    OrderedClass,
    /// A 1 for a class and 0 for the others.
    OneHot,
    /// How often each class was met.
    Counts,
}

/// How far from a set a point may be that single precision has rounded.
const ROUNDING: f64 = 1e-5;

impl Space {
    /// The set of such vectors, or matrices, with these axes.
    pub fn text(self, axes: &[usize]) -> String {
        let size = axes[0];
        match self {
            Self::Reals => match axes {
                [rows, columns] => format!("{rows}×{columns} matrices"),
                _ => format!("vectors of {size} numbers"),
            },
            Self::Simplex => format!("{size} positive numbers whose sum is 1"),
            Self::LogSimplex => format!("the logarithms of {size} positive numbers whose sum is 1"),
            Self::Sphere => format!("vectors of {size} numbers and length 1"),
            Self::PositiveDefinite => format!("symmetric positive definite {size}×{size} matrices"),
            Self::CorrelationFactor => format!("Cholesky factors of {size}×{size} correlation matrices"),
            Self::Class => format!("whole numbers from 0 to {}", size - 1),
            Self::OrderedClass => format!("whole numbers from 0 to {size}"),
            Self::OneHot => format!("a 1 in one of {size} places, 0 in the others"),
            Self::Counts => format!("{size} whole numbers whose sum is the total count"),
        }
    }

    /// Whether points have a mass rather than a density.
    pub fn is_discrete(self) -> bool {
        matches!(self, Self::Class | Self::OrderedClass | Self::OneHot | Self::Counts)
    }

    /// The numbers that an element may be, of rows of so many elements.
    pub fn range(self, element: usize, columns: usize) -> Interval {
        let (row, column) = (element / columns, element % columns);
        match self {
            Self::PositiveDefinite if row == column => Interval::open(0.0, f64::INFINITY),
            Self::Reals | Self::PositiveDefinite => Interval::REAL,
            Self::Simplex => Interval::open(0.0, 1.0),
            Self::LogSimplex => Interval::open(f64::NEG_INFINITY, 0.0),
            Self::CorrelationFactor if column > row => Interval::point(0.0),
            Self::CorrelationFactor if element == 0 => Interval::point(1.0),
            Self::CorrelationFactor if column == row => Interval::open(0.0, 1.0),
            Self::Sphere | Self::CorrelationFactor => Interval::open(-1.0, 1.0),
            Self::OneHot => Interval::closed(0.0, 1.0),
            Self::Class | Self::OrderedClass | Self::Counts => Interval::closed(0.0, f64::INFINITY),
        }
    }

    /// Whether draws are one number.
    pub fn is_line(self) -> bool {
        matches!(self, Self::Class | Self::OrderedClass)
    }

    /// Whether x is beside the set, by more than rounding; what the library looks at itself is not asked here.
    pub fn misses(self, x: &[f64], columns: usize) -> bool {
        let far = |x: f64, from: f64| (x - from).abs() > ROUNDING;
        let length = |row: &[f64]| row.iter().map(|x| x * x).sum::<f64>().sqrt();
        let at = |i: usize, j: usize| x[i * columns + j];
        let above = || (0..columns).flat_map(|i| (i + 1..columns).map(move |j| (i, j)));
        match self {
            Self::Simplex => far(x.iter().sum(), 1.0),
            Self::LogSimplex => far(x.iter().map(|x| x.exp()).sum(), 1.0),
            Self::Sphere => far(length(x), 1.0),
            Self::PositiveDefinite => {
                let largest = x.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
                above().any(|(i, j)| (at(i, j) - at(j, i)).abs() > ROUNDING * largest)
            }
            Self::CorrelationFactor => {
                above().any(|(i, j)| at(i, j) != 0.0)
                    || x.chunks(columns).any(|row| far(length(row), 1.0))
                    || (0..columns).any(|i| at(i, i) < 0.0)
            }
            Self::Reals | Self::Class | Self::OrderedClass | Self::OneHot | Self::Counts => false,
        }
    }

    /// The number as single precision holds it without leaving the set.
    pub fn single(self, z: f64) -> f64 {
        if self == Self::Simplex { z.max(f32::MIN_POSITIVE.into()) } else { z }
    }
}
