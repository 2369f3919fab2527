//! Arguments as tensors of double precision, a row for each distribution of a batch.

use burn::tensor::{DType, Device, Gradients, Tensor, TensorData};
use reparam::{ParamMap, Params};
use reparam_lang::{Matrix, Value};

/// The type of all numbers.
pub const DTYPE: DType = DType::F64;

/// One argument.
#[derive(Clone, Debug)]
enum Argument {
    Scalar(f64, Tensor<1>),
    Vector(Tensor<2>),
    Matrix(Tensor<3>),
}

/// The arguments of one distribution, their shapes checked.
#[derive(Clone, Debug)]
pub struct Arguments {
    device: Device,
    items: Vec<Argument>,
}

impl Arguments {
    /// On this device; with gradients where it is one that makes them.
    pub fn new(values: &[Value<'_>], device: Device, tracked: bool) -> Self {
        let items = values.iter().map(|value| match value {
            Value::Number(x) => Argument::Scalar(*x, tensor(vec![*x], [1], &device, tracked)),
            Value::Vector(items) => {
                Argument::Vector(tensor(items.clone(), [1, items.len()], &device, tracked))
            }
            Value::Matrix(rows) => {
                Argument::Matrix(tensor(rows.items.clone(), [1, rows.rows, rows.columns], &device, tracked))
            }
            Value::Distribution(_) => unreachable!("no parameter is a distribution"),
        });
        Self { items: items.collect(), device }
    }

    /// How many distributions they are for.
    pub fn rows(&self) -> usize {
        let rows = |item: &Argument| match item {
            Argument::Scalar(_, x) => x.dims()[0],
            Argument::Vector(x) => x.dims()[0],
            Argument::Matrix(x) => x.dims()[0],
        };
        self.items.first().map_or(1, rows)
    }

    /// Where the numbers are.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// A whole number.
    pub fn dimension(&self, place: usize) -> usize {
        let Argument::Scalar(x, _) = &self.items[place] else { unreachable!("declared as a number") };
        *x as usize
    }

    /// A number, `[rows]`.
    pub fn scalar(&self, place: usize) -> Tensor<1> {
        let Argument::Scalar(_, x) = &self.items[place] else { unreachable!("declared as a number") };
        x.clone()
    }

    /// A number, `[rows, 1]`.
    pub fn column(&self, place: usize) -> Tensor<2> {
        let x = self.scalar(place);
        let [rows] = x.dims();
        x.reshape([rows, 1])
    }

    /// A vector, `[rows, d]`.
    pub fn vector(&self, place: usize) -> Tensor<2> {
        let Argument::Vector(x) = &self.items[place] else { unreachable!("declared as a vector") };
        x.clone()
    }

    /// A matrix, `[rows, d, …]`.
    pub fn matrix(&self, place: usize) -> Tensor<3> {
        let Argument::Matrix(x) = &self.items[place] else { unreachable!("declared as a matrix") };
        x.clone()
    }

    /// A number for each element, `[rows, width]`: a vector, or one number as often as the longest vector is long.
    pub fn each(&self, place: usize) -> Tensor<2> {
        let lengths =
            self.items.iter().map(|item| if let Argument::Vector(x) = item { x.dims()[1] } else { 1 });
        let width = lengths.max().unwrap_or(1);
        match &self.items[place] {
            Argument::Scalar(_, x) => {
                let [rows] = x.dims();
                x.clone().reshape([rows, 1]).expand([rows, width])
            }
            Argument::Vector(x) => x.clone(),
            Argument::Matrix(_) => unreachable!("declared as a number"),
        }
    }

    /// All numbers of each distribution, argument after argument, `[rows, numbers]`.
    pub fn side_by_side(&self) -> Tensor<2> {
        let columns = self.items.iter().map(|item| match item {
            Argument::Scalar(_, x) => x.clone().unsqueeze_dim(1),
            Argument::Vector(x) => x.clone(),
            Argument::Matrix(x) => {
                let [rows, height, width] = x.dims();
                x.clone().reshape([rows, height * width])
            }
        });
        Tensor::cat(columns.collect(), 1)
    }

    /// The slope in an argument; zero where there are no gradients.
    pub fn slope(&self, place: usize, gradients: Option<&Gradients>) -> Value<'static> {
        fn of<const D: usize>(x: &Tensor<D>, gradients: Option<&Gradients>) -> Value<'static> {
            value(gradients.and_then(|gradients| x.grad(gradients)).unwrap_or_else(|| x.zeros_like()))
        }
        match &self.items[place] {
            Argument::Scalar(_, x) => of(x, gradients),
            Argument::Vector(x) => of(x, gradients),
            Argument::Matrix(x) => of(x, gradients),
        }
    }
}

impl Params for Arguments {
    fn map(&self, f: &impl ParamMap) -> Self {
        let mapped = self.items.iter().map(|item| match item {
            Argument::Scalar(number, x) => Argument::Scalar(*number, f.apply(x.clone())),
            Argument::Vector(x) => Argument::Vector(f.apply(x.clone())),
            Argument::Matrix(x) => Argument::Matrix(f.apply(x.clone())),
        });
        Self { device: self.device.clone(), items: mapped.collect() }
    }
}

/// Numbers of this shape.
pub fn tensor<const D: usize>(
    items: Vec<f64>,
    dims: [usize; D],
    device: &Device,
    tracked: bool,
) -> Tensor<D> {
    let tensor = Tensor::from_data(TensorData::new(items, dims), (device, DTYPE));
    if tracked { tensor.require_grad() } else { tensor }
}

/// The only row of a tensor: a number, a vector or a matrix.
pub fn value<const D: usize>(x: Tensor<D>) -> Value<'static> {
    let dims = x.dims();
    let items: Vec<f64> = x.into_data().iter::<f64>().collect();
    match dims.as_slice() {
        [_, rows, columns] => Value::Matrix(Matrix { rows: *rows, columns: *columns, items }),
        [_, _] => Value::Vector(items),
        _ => Value::Number(items[0]),
    }
}
