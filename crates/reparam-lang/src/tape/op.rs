//! The operations of a tape on columns of numbers, one for each draw.

use reparam_kernels::elementary::{Exp, Log};
use reparam_kernels::slices;

use super::elementwise::Elementwise;
use crate::tree::Binary;

/// What is done with the operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Elementwise(Elementwise),
    Negate,
    /// A power with a small whole exponent.
    WholePower(i32),
    Binary(Binary),
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
pub(super) struct Columns<'a> {
    pub(super) items: &'a [f64],
    /// From the start of one column to that of the next.
    pub(super) stride: usize,
    /// How many numbers of each column are in use.
    pub(super) draws: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn get(self, node: u32) -> &'a [f64] {
        &self.items[node as usize * self.stride..][..self.draws]
    }
}

/// The derivative of an operation in one operand.
pub(super) enum Slope<'a> {
    Constant(f64),
    Column(&'a [f64]),
}

/// Two columns for what an operation needs on the way.
pub(super) type Scratch = [Vec<f64>; 2];

impl Op {
    /// The value for every draw.
    pub(super) fn value(self, operands: &[u32], columns: Columns<'_>, y: &mut [f64], scratch: &mut Scratch) {
        let x = |k: usize| columns.get(operands[k]);
        match self {
            Self::Elementwise(function) => function.value(x(0), y),
            Self::Negate => map(y, x(0), |x| -x),
            Self::WholePower(2) => map(y, x(0), |x| x * x),
            Self::WholePower(n) => map(y, x(0), |x| x.powi(n)),
            Self::Binary(operator) => binary(operator, y, x(0), x(1)),
            // Whichever is not a number is taken.
            Self::Max => zip(y, x(0), x(1), |a, b| if a >= b || a.is_nan() { a } else { b }),
            Self::Min => zip(y, x(0), x(1), |a, b| if a <= b || a.is_nan() { a } else { b }),
            Self::Select => {
                for (((y, condition), a), b) in y.iter_mut().zip(x(0)).zip(x(1)).zip(x(2)) {
                    let chosen = if *condition == 0.0 { *b } else { *a };
                    *y = if condition.is_nan() { *condition } else { chosen };
                }
            }
            Self::Sum => {
                y.copy_from_slice(x(0));
                for k in 1..operands.len() {
                    update(y, x(k), |sum, x| sum + x);
                }
            }
            Self::Norm => {
                // Divided by the largest, no square overflows and not all underflow.
                let largest = &mut scratch[0][..columns.draws];
                largest.fill(0.0);
                (0..operands.len()).for_each(|k| update(largest, x(k), |most, x| most.max(x.abs())));
                update_in_place(largest, |most| if most > 0.0 && most.is_finite() { most } else { 1.0 });
                y.fill(0.0);
                for k in 0..operands.len() {
                    for ((y, x), most) in y.iter_mut().zip(x(k)).zip(&*largest) {
                        *y += (x / most) * (x / most);
                    }
                }
                update(y, largest, |sum, most| most * sum.sqrt());
            }
            Self::LogSumExp => {
                let [largest, term] = scratch;
                let (largest, term) = (&mut largest[..columns.draws], &mut term[..columns.draws]);
                largest.fill(f64::NEG_INFINITY);
                (0..operands.len()).for_each(|k| update(largest, x(k), f64::max));
                update_in_place(largest, |most| if most.is_finite() { most } else { 0.0 });
                y.fill(0.0);
                for k in 0..operands.len() {
                    zip(term, x(k), largest, |x, most| x - most);
                    slices::map_inplace(term, Exp);
                    update(y, term, |sum, term| sum + term);
                }
                slices::map_inplace(y, Log);
                update(y, largest, |log, most| log + most);
            }
        }
    }

    /// The derivative in operand `k` for every draw, where `y` is the value.
    pub(super) fn slope<'a>(
        self,
        k: usize,
        operands: &[u32],
        columns: Columns<'a>,
        y: &'a [f64],
        scratch: &'a mut Scratch,
    ) -> Slope<'a> {
        let x = |k: usize| columns.get(operands[k]);
        let out = &mut scratch[0][..columns.draws];
        match self {
            Self::Negate => return Slope::Constant(-1.0),
            Self::Sum | Self::Binary(Binary::Add) => return Slope::Constant(1.0),
            Self::Binary(Binary::Subtract) => return Slope::Constant(if k == 0 { 1.0 } else { -1.0 }),
            Self::Binary(Binary::Multiply) => return Slope::Column(x(1 - k)),
            Self::Elementwise(function) => function.slope(x(0), y, out),
            Self::WholePower(0) => return Slope::Constant(0.0),
            Self::WholePower(2) => map(out, x(0), |x| 2.0 * x),
            Self::WholePower(n) => map(out, x(0), |x| f64::from(n) * x.powi(n - 1)),
            Self::Binary(Binary::Divide) if k == 0 => map(out, x(1), |b| 1.0 / b),
            Self::Binary(Binary::Divide) => zip(out, x(1), y, |b, y| -y / b),
            Self::Binary(Binary::Power) if k == 0 => {
                zip(out, x(0), x(1), |a, b| if b == 0.0 { 0.0 } else { b * a.powf(b - 1.0) });
            }
            Self::Binary(Binary::Power) => {
                zip(out, x(0), y, |a, y| if y == 0.0 { 0.0 } else { y * a.ln() });
            }
            // A comparison is constant wherever it has a slope.
            Self::Binary(_) => return Slope::Constant(0.0),
            Self::Max if k == 0 => zip(out, x(0), x(1), |a, b| f64::from(a >= b)),
            Self::Max => zip(out, x(0), x(1), |a, b| f64::from(b > a)),
            Self::Min if k == 0 => zip(out, x(0), x(1), |a, b| f64::from(a <= b)),
            Self::Min => zip(out, x(0), x(1), |a, b| f64::from(b < a)),
            Self::Select if k == 0 => return Slope::Constant(0.0),
            Self::Select => map(out, x(0), |condition| f64::from((condition != 0.0) == (k == 1))),
            Self::Norm => zip(out, x(k), y, |x, y| if y == 0.0 { 0.0 } else { x / y }),
            Self::LogSumExp => {
                zip(out, x(k), y, |x, y| x - y);
                slices::map_inplace(out, Exp);
            }
        }
        Slope::Column(out)
    }
}

fn binary(operator: Binary, y: &mut [f64], a: &[f64], b: &[f64]) {
    match operator {
        Binary::Add => zip(y, a, b, |a, b| a + b),
        Binary::Subtract => zip(y, a, b, |a, b| a - b),
        Binary::Multiply => zip(y, a, b, |a, b| a * b),
        Binary::Divide => zip(y, a, b, |a, b| a / b),
        Binary::Power => zip(y, a, b, f64::powf),
        Binary::Less => compare(y, a, b, |a, b| a < b),
        Binary::LessEqual => compare(y, a, b, |a, b| a <= b),
        Binary::Greater => compare(y, a, b, |a, b| a > b),
        Binary::GreaterEqual => compare(y, a, b, |a, b| a >= b),
        Binary::Equal => compare(y, a, b, |a, b| a == b),
        Binary::NotEqual => compare(y, a, b, |a, b| a != b),
    }
}

/// 1 where it holds, 0 where not; a comparison with not-a-number is none.
fn compare(y: &mut [f64], a: &[f64], b: &[f64], holds: impl Fn(f64, f64) -> bool) {
    zip(y, a, b, |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { f64::from(holds(a, b)) });
}

fn map(out: &mut [f64], x: &[f64], f: impl Fn(f64) -> f64) {
    out.iter_mut().zip(x).for_each(|(out, x)| *out = f(*x));
}

fn zip(out: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    out.iter_mut().zip(a).zip(b).for_each(|((out, a), b)| *out = f(*a, *b));
}

fn update(out: &mut [f64], x: &[f64], f: impl Fn(f64, f64) -> f64) {
    out.iter_mut().zip(x).for_each(|(out, x)| *out = f(*out, *x));
}

fn update_in_place(out: &mut [f64], f: impl Fn(f64) -> f64) {
    for out in out {
        *out = f(*out);
    }
}
