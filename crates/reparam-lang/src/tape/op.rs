//! The operations of a tape on columns of numbers, one for each draw.

use reparam_kernels::elementary::{Exp, Log};
use reparam_kernels::{Function, slices};

use super::elementwise::{Elementwise, Number};
use crate::tree::Binary;

/// What is done with the operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    Elementwise(Elementwise),
    Negate,
    /// A power with a small whole exponent.
    WholePower(i32),
    Binary(Binary),
    /// The angle of the point (x, y), given as y and x.
    Atan2,
    /// The larger of two; the first, if they are equal, has the slope.
    Max,
    /// The smaller of two; the first, if they are equal, has the slope.
    Min,
    /// The second operand where the first is not 0, else the third.
    Select,
    /// Σ xᵢ
    Sum,
    /// √Σ xᵢ², with slope 0 at the origin.
    Norm,
    /// ln Σ e^xᵢ
    LogSumExp,
}

/// The columns of the values computed so far.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a, T> {
    pub(super) items: &'a [T],
    /// From the start of one column to that of the next.
    pub(super) stride: usize,
    /// How many numbers of each column are in use.
    pub(super) draws: usize,
}

impl<'a, T> Columns<'a, T> {
    pub(super) fn get(&self, node: u32) -> &'a [T] {
        &self.items[node as usize * self.stride..][..self.draws]
    }
}

/// The derivative of an operation in one operand.
pub(super) enum Slope<'a, T> {
    Constant(T),
    Column(&'a [T]),
}

/// Two columns for what an operation needs on the way.
pub(super) type Scratch<T> = [Vec<T>; 2];

impl Op {
    /// The value for every draw.
    pub(super) fn value<T: Number>(
        self,
        operands: &[u32],
        columns: Columns<'_, T>,
        y: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let x = |k: usize| columns.get(operands[k]);
        match self {
            Self::Elementwise(function) => T::value(function, x(0), y),
            Self::Negate => slices::map(x(0), y, |x: T| -x),
            Self::WholePower(2) => slices::map(x(0), y, |x: T| x * x),
            Self::WholePower(n) => slices::map(x(0), y, move |x: T| power(x, n)),
            Self::Binary(operator) => binary(operator, y, x(0), x(1)),
            Self::Atan2 => {
                slices::zip(x(0), x(1), y, |(y, x): (T, T)| T::from_f64(libm::atan2(y.to_f64(), x.to_f64())));
            }
            // Whichever is not a number is taken.
            Self::Max => slices::zip(x(0), x(1), y, |(a, b): (T, T)| if a >= b || is_nan(a) { a } else { b }),
            Self::Min => slices::zip(x(0), x(1), y, |(a, b): (T, T)| if a <= b || is_nan(a) { a } else { b }),
            Self::Select => {
                for (((y, condition), a), b) in y.iter_mut().zip(x(0)).zip(x(1)).zip(x(2)) {
                    let chosen = if *condition == T::ZERO { *b } else { *a };
                    *y = if is_nan(*condition) { *condition } else { chosen };
                }
            }
            Self::Sum => {
                y.copy_from_slice(x(0));
                (1..operands.len()).for_each(|k| slices::update(y, x(k), |(sum, x): (T, T)| sum + x));
            }
            Self::Norm => {
                // Divided by the largest, no square overflows and not all underflow.
                let largest = &mut scratch[0][..columns.draws];
                largest.fill(T::ZERO);
                for k in 0..operands.len() {
                    slices::update(largest, x(k), |(most, x): (T, T)| larger(most, x.abs()));
                }
                slices::map_inplace(largest, |most: T| {
                    if most > T::ZERO && most < T::INFINITY { most } else { T::ONE }
                });
                y.fill(T::ZERO);
                for k in 0..operands.len() {
                    for ((y, x), most) in y.iter_mut().zip(x(k)).zip(&*largest) {
                        *y += (*x / *most) * (*x / *most);
                    }
                }
                slices::update(y, largest, |(sum, most): (T, T)| most * sum.sqrt());
            }
            Self::LogSumExp => {
                let [largest, term] = scratch;
                let (largest, term) = (&mut largest[..columns.draws], &mut term[..columns.draws]);
                largest.fill(-T::INFINITY);
                for k in 0..operands.len() {
                    slices::update(largest, x(k), |(most, x): (T, T)| larger(most, x));
                }
                slices::map_inplace(largest, |most: T| if most.abs() < T::INFINITY { most } else { T::ZERO });
                y.fill(T::ZERO);
                for k in 0..operands.len() {
                    slices::zip(x(k), largest, term, |(x, most): (T, T)| x - most);
                    slices::map_inplace(term, Exp);
                    slices::update(y, term, |(sum, term): (T, T)| sum + term);
                }
                slices::map_inplace(y, Log);
                slices::update(y, largest, |(log, most): (T, T)| log + most);
            }
        }
    }

    /// The derivative in operand `k` for every draw, where `y` is the value.
    pub(super) fn slope<'a, T: Number>(
        self,
        k: usize,
        operands: &[u32],
        columns: Columns<'a, T>,
        y: &'a [T],
        scratch: &'a mut Scratch<T>,
    ) -> Slope<'a, T> {
        let x = |k: usize| columns.get(operands[k]);
        let out = &mut scratch[0][..columns.draws];
        let one_where = |holds: bool| if holds { T::ONE } else { T::ZERO };
        match self {
            Self::Negate => return Slope::Constant(-T::ONE),
            Self::Sum | Self::Binary(Binary::Add) => return Slope::Constant(T::ONE),
            Self::Binary(Binary::Subtract) => return Slope::Constant(if k == 0 { T::ONE } else { -T::ONE }),
            Self::Binary(Binary::Multiply) => return Slope::Column(x(1 - k)),
            Self::Elementwise(function) => T::slope(function, x(0), y, out),
            Self::WholePower(0) => return Slope::Constant(T::ZERO),
            Self::WholePower(2) => slices::map(x(0), out, |x: T| T::TWO * x),
            Self::WholePower(n) => {
                let factor = T::from_f64(f64::from(n));
                slices::map(x(0), out, move |x: T| factor * power(x, n - 1));
            }
            Self::Binary(Binary::Divide) if k == 0 => slices::map(x(1), out, |b: T| T::ONE / b),
            Self::Binary(Binary::Divide) => slices::zip(x(1), y, out, |(b, y): (T, T)| -y / b),
            Self::Binary(Binary::Power) if k == 0 => slices::zip(x(0), x(1), out, |(a, b): (T, T)| {
                let (a, b) = (a.to_f64(), b.to_f64());
                T::from_f64(if b == 0.0 { 0.0 } else { b * a.powf(b - 1.0) })
            }),
            Self::Binary(Binary::Power) => slices::zip(x(0), y, out, |(a, y): (T, T)| {
                if y == T::ZERO { T::ZERO } else { T::from_f64(y.to_f64() * a.to_f64().ln()) }
            }),
            // x / (x² + y²) in y and −y / (x² + y²) in x, without squares that overflow.
            Self::Atan2 => slices::zip(x(0), x(1), out, move |(y, x): (T, T)| {
                let (y, x) = (y.to_f64(), x.to_f64());
                let size = libm::hypot(x, y);
                let along = if k == 0 { x } else { -y };
                T::from_f64(if size == 0.0 { 0.0 } else { along / size / size })
            }),
            // A comparison is constant wherever it has a slope.
            Self::Binary(_) => return Slope::Constant(T::ZERO),
            Self::Max if k == 0 => slices::zip(x(0), x(1), out, move |(a, b): (T, T)| one_where(a >= b)),
            Self::Max => slices::zip(x(0), x(1), out, move |(a, b): (T, T)| one_where(b > a)),
            Self::Min if k == 0 => slices::zip(x(0), x(1), out, move |(a, b): (T, T)| one_where(a <= b)),
            Self::Min => slices::zip(x(0), x(1), out, move |(a, b): (T, T)| one_where(b < a)),
            Self::Select if k == 0 => return Slope::Constant(T::ZERO),
            Self::Select => {
                slices::map(x(0), out, move |condition: T| one_where((condition != T::ZERO) == (k == 1)));
            }
            Self::Norm => {
                slices::zip(x(k), y, out, |(x, y): (T, T)| if y == T::ZERO { T::ZERO } else { x / y });
            }
            Self::LogSumExp => {
                slices::zip(x(k), y, out, |(x, y): (T, T)| x - y);
                slices::map_inplace(out, Exp);
            }
        }
        Slope::Column(out)
    }
}

fn binary<T: Number>(operator: Binary, y: &mut [T], a: &[T], b: &[T]) {
    match operator {
        Binary::Add => slices::zip(a, b, y, |(a, b): (T, T)| a + b),
        Binary::Subtract => slices::zip(a, b, y, |(a, b): (T, T)| a - b),
        Binary::Multiply => slices::zip(a, b, y, |(a, b): (T, T)| a * b),
        Binary::Divide => slices::zip(a, b, y, |(a, b): (T, T)| a / b),
        Binary::Power => {
            slices::zip(a, b, y, |(a, b): (T, T)| T::from_f64(a.to_f64().powf(b.to_f64())));
        }
        Binary::Less => compare(y, a, b, |(a, b)| a < b),
        Binary::LessEqual => compare(y, a, b, |(a, b)| a <= b),
        Binary::Greater => compare(y, a, b, |(a, b)| a > b),
        Binary::GreaterEqual => compare(y, a, b, |(a, b)| a >= b),
        Binary::Equal => compare(y, a, b, |(a, b)| a == b),
        Binary::NotEqual => compare(y, a, b, |(a, b)| a != b),
    }
}

/// 1 where it holds, 0 where not; a comparison with not-a-number is none.
fn compare<T: Number>(y: &mut [T], a: &[T], b: &[T], holds: impl Function<(T, T), bool>) {
    slices::zip(a, b, y, move |(a, b): (T, T)| {
        let number = if holds.at((a, b)) { T::ONE } else { T::ZERO };
        if is_nan(a) || is_nan(b) { T::NAN } else { number }
    });
}

/// x^n.
fn power<T: Number>(x: T, n: i32) -> T {
    T::from_f64(x.to_f64().powi(n))
}

/// The larger of a number and what may not be one.
fn larger<T: Number>(most: T, x: T) -> T {
    if x > most { x } else { most }
}

#[expect(clippy::eq_op, reason = "not-a-number alone differs from itself")]
fn is_nan<T: Number>(x: T) -> bool {
    x != x
}
