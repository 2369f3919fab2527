//! The values that constant expressions have.

use std::fmt;

use crate::bind::Bound;

/// How many numbers an expression has, and how they are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One number.
    Scalar,
    /// As many numbers.
    Vector(usize),
    /// Rows and columns.
    Matrix(usize, usize),
}

impl Shape {
    /// How many numbers there are.
    pub const fn elements(self) -> usize {
        match self {
            Self::Scalar => 1,
            Self::Vector(length) => length,
            Self::Matrix(rows, columns) => rows * columns,
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar => f.write_str("a number"),
            Self::Vector(length) => write!(f, "a vector of {length}"),
            Self::Matrix(rows, columns) => write!(f, "a {rows}×{columns} matrix"),
        }
    }
}

/// A matrix of constants.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// How many rows there are; at least one.
    pub rows: usize,
    /// How many columns there are; at least one.
    pub columns: usize,
    /// The numbers, row after row.
    pub items: Vec<f64>,
}

/// What an argument is; numbers may be infinite and are never not-a-number.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'c> {
    /// A number.
    Number(f64),
    /// At least one number.
    Vector(Vec<f64>),
    /// Numbers in rows and columns.
    Matrix(Matrix),
    /// A distribution with its own arguments.
    Distribution(Bound<'c>),
}

impl Value<'_> {
    pub(crate) fn from_items(shape: Shape, items: Vec<f64>) -> Self {
        match shape {
            Shape::Scalar => Self::Number(items[0]),
            Shape::Vector(_) => Self::Vector(items),
            Shape::Matrix(rows, columns) => Self::Matrix(Matrix { rows, columns, items }),
        }
    }
}
