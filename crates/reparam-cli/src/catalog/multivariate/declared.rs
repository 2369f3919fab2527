//! What the arguments of a distribution over vectors must be.

use reparam_lang::{Kind, Matrix, Value};

use crate::catalog::given::{Fault, Given};

/// What an argument is; all vectors and matrices of a distribution have as many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A number.
    Number,
    /// How many dimensions there are: a whole number, at least 2.
    Dimension,
    /// A vector of at least so many numbers.
    Vector(usize),
    /// A vector, or one number for all of its elements.
    Spread,
    /// Numbers that are not negative and whose sum is 1.
    Probabilities,
    /// A lower triangular square matrix.
    Triangle,
    /// A symmetric square matrix.
    Square,
    /// A matrix with a column for each factor.
    Tall,
    /// A matrix of any shape.
    Field,
    /// The Cholesky factor of a covariance between the rows of that matrix, or between its columns.
    Factor(Side),
}

/// A side of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Rows,
    Columns,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub shape: Shape,
}

/// Numbers up to which a distribution is worked on.
const MOST: f64 = 65_536.0;
/// What a sum of probabilities may lack, where single precision has rounded them.
const ROUNDING: f64 = 1e-6;

impl Shape {
    /// What the grammar expects.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Number | Self::Dimension => Kind::Scalar,
            Self::Spread => Kind::Spread,
            Self::Vector(_) | Self::Probabilities => Kind::Vector,
            Self::Triangle | Self::Square | Self::Tall | Self::Field | Self::Factor(_) => Kind::Matrix,
        }
    }

    /// What is wrong with a value, where vectors have `d` numbers and a matrix as many rows, and so many `columns`; empty
    /// where nothing is.
    fn requirement(self, value: &Value<'_>, d: usize, columns: usize) -> Option<String> {
        let d = if self == Self::Factor(Side::Columns) { columns } else { d };
        match (self, value) {
            (Self::Field, _) => None,
            (Self::Dimension, Value::Number(x)) => (x.fract() != 0.0 || !(2.0..=MOST).contains(x))
                .then(|| format!("a whole number of at least 2, got {x}")),
            (Self::Vector(least), Value::Vector(items)) if items.len() < least => {
                Some(format!("a vector of at least {least} numbers, got {}", items.len()))
            }
            (Self::Probabilities, Value::Vector(items)) if items.iter().any(|p| !(0.0..=1.0).contains(p)) => {
                Some("numbers between 0 and 1".to_owned())
            }
            (Self::Probabilities, Value::Vector(items))
                if (items.iter().sum::<f64>() - 1.0).abs() > ROUNDING =>
            {
                Some(format!("numbers whose sum is 1, got a sum of {}", items.iter().sum::<f64>()))
            }
            (_, Value::Vector(items)) => {
                (items.len() != d).then(|| format!("a vector of {d} numbers, got {}", items.len()))
            }
            (Self::Tall, Value::Matrix(rows)) => {
                (rows.rows != d).then(|| format!("a matrix of {d} rows, got {}", rows.rows))
            }
            (_, Value::Matrix(rows)) if (rows.rows, rows.columns) != (d, d) => {
                Some(format!("a {d}×{d} matrix, got {}×{}", rows.rows, rows.columns))
            }
            (Self::Factor(_), Value::Matrix(rows)) => above(rows)
                .any(|(upper, _)| upper != 0.0)
                .then(|| "lower triangular, the Cholesky factor of a covariance".to_owned()),
            (Self::Triangle, Value::Matrix(rows)) if above(rows).any(|(upper, _)| upper != 0.0) => {
                Some("lower triangular; a covariance is given as covariance_matrix, the scale matrix of a Wishart as scale".to_owned())
            }
            (Self::Square, Value::Matrix(rows)) => above(rows)
                .any(|(upper, lower)| (upper - lower).abs() > ROUNDING * upper.abs().max(lower.abs()))
                .then(|| "symmetric".to_owned()),
            _ => None,
        }
    }
}

/// The entries above the diagonal of a square matrix, each with its mirror image.
fn above(rows: &Matrix) -> impl Iterator<Item = (f64, f64)> {
    let (d, items) = (rows.columns, &rows.items);
    (0..d).flat_map(move |i| (i + 1..d).map(move |j| (items[i * d + j], items[j * d + i])))
}

/// The numbers of the largest array that a distribution of these arguments has; a matrix of this dimension where there is
/// a dimension.
pub fn numbers(given: &Given, parameters: &[Declared]) -> usize {
    let all = parameters.iter().zip(&given.values).map(|(parameter, value)| match (parameter.shape, value) {
        (Shape::Dimension, Value::Number(d)) => (*d as usize).pow(2),
        (_, Value::Vector(items)) => items.len(),
        (_, Value::Matrix(rows)) => rows.items.len(),
        _ => 1,
    });
    all.max().unwrap_or(1)
}

/// Checks the shapes of all arguments.
///
/// # Errors
/// The first that does not fit.
pub fn check(given: &Given, parameters: &[Declared]) -> Result<(), Fault> {
    let length = |value: &Value<'_>| match value {
        Value::Vector(items) => Some(items.len()),
        Value::Matrix(rows) => Some(rows.rows),
        _ => None,
    };
    let columns = |value: &Value<'_>| if let Value::Matrix(rows) = value { Some(rows.columns) } else { None };
    let d = given.values.iter().find_map(length).unwrap_or(0);
    let columns = given.values.iter().find_map(columns).unwrap_or(0);
    for (place, (parameter, value)) in parameters.iter().zip(&given.values).enumerate() {
        if let Some(requirement) = parameter.shape.requirement(value, d, columns) {
            let message = format!("{}: {} must be {requirement}", given.signature.name, parameter.name);
            return Err(Fault { message, argument: Some(place) });
        }
    }
    Ok(())
}
