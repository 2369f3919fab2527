//! A distribution over vectors or matrices at hand.

use std::any::Any;

use burn::tensor::{Device, Tensor};
use rayon::prelude::*;
use reparam::{Distribution, ParamError, Params, Rng};
use reparam_lang::{Interval, Parameter, Value};

use super::declared::{self, Declared};
use super::probe::Functions;
use super::rows::Laid;
use super::space::Space;
use crate::catalog::arguments::{Arguments, tensor, value};
use crate::catalog::capabilities::Path;
use crate::catalog::given::{Fault, Given};
use crate::catalog::law::{Answer, Form, Law, Quantity, lacks};
use crate::catalog::rows::Rows;
use crate::catalog::signatures::names;
use crate::memory;

/// Numbers that are drawn together: the unit that is shared out over the threads.
const BLOCK: usize = 4096;
/// Numbers of parameters that are repeated for the draws of a block: 8 MB.
const PARAMETERS: usize = 1 << 20;

/// Times that the numbers of a draw are held while it is made: itself and its slopes, as they are made, as tensors, and
/// as they are written.
const COPIES: usize = 8;

/// What is said where a slope is not a number.
const NO_SLOPE: &str = "there is no slope at this x";

/// In what a slope is taken.
#[derive(Clone, Copy)]
enum Variable {
    X,
    /// By its place.
    Argument(usize),
}

/// How a distribution is made of its arguments.
type Make<T> = fn(&Arguments) -> Result<T, ParamError>;

/// A distribution with its parameters.
pub struct Bound<T, const D: usize> {
    given: Given,
    space: Space,
    functions: Functions<T, D>,
    make: Make<T>,
    law: T,
}

impl<T: Distribution<D> + Params + Send + Sync + 'static, const D: usize> Bound<T, D> {
    /// The distribution that was given, its parameters checked.
    pub fn make(
        given: &Given,
        parameters: &[Declared],
        space: Space,
        functions: Functions<T, D>,
        make: Make<T>,
    ) -> Result<Box<dyn Law>, Fault> {
        declared::check(given, parameters)?;
        let event = declared::numbers(given, parameters);
        // What is small is not worth the question.
        if event > PARAMETERS {
            memory::ask(given.signature.name, memory::bytes::<f64>(&[event, COPIES]))
                .map_err(|error| Fault { message: error.message, argument: None })?;
        }
        let law = make(&Arguments::new(&given.values, Device::flex(), false))
            .map_err(|error| fault(given, &error))?;
        Ok(Box::new(Self { given: given.clone(), space, functions, make, law }))
    }

    /// The distribution itself.
    pub fn law(&self) -> &T {
        &self.law
    }

    /// Rows, and columns where draws are matrices.
    fn axes(&self) -> Vec<usize> {
        self.law.dims()[1..].to_vec()
    }

    /// The classes of a distribution over them.
    fn classes(&self) -> usize {
        let length = |value: &Value<'_>| match value {
            Value::Vector(items) => Some(items.len()),
            _ => None,
        };
        self.given.values.iter().find_map(length).unwrap_or(1)
    }

    /// How many numbers the parameters of a row are.
    fn parameters(&self) -> usize {
        let length = |value: &Value<'_>| match value {
            Value::Vector(items) => items.len(),
            Value::Matrix(rows) => rows.items.len(),
            _ => 1,
        };
        self.given.values.iter().map(length).sum::<usize>().max(1)
    }

    /// A point as numbers in a row.
    fn point(&self, x: Option<&Value<'_>>) -> Result<Vec<f64>, String> {
        let event = self.axes();
        let name = self.given.signature.name;
        let items = match (x, event.as_slice()) {
            (Some(Value::Number(x)), [1]) if self.space.is_line() => Some(vec![*x]),
            (Some(Value::Vector(items)), [d]) if items.len() == *d && !self.space.is_line() => {
                Some(items.clone())
            }
            (Some(Value::Matrix(x)), [rows, columns]) if [x.rows, x.columns] == [*rows, *columns] => {
                Some(x.items.clone())
            }
            _ => None,
        };
        items.ok_or_else(|| match event.as_slice() {
            [rows, columns] => format!("{name}: x must be a {rows}×{columns} matrix"),
            _ if self.space.is_line() => format!("{name}: x must be a number"),
            [d] => format!("{name}: x must be a list of {d} numbers"),
            _ => unreachable!("a draw is a vector or a matrix"),
        })
    }

    fn tensor(&self, x: Vec<f64>, device: &Device, tracked: bool) -> Tensor<D> {
        let mut dims = self.law.dims();
        dims[0] = 1;
        tensor(x, dims, device, tracked)
    }

    /// A function of a point; NaN at NaN and `outside` beside the space.
    fn at(
        &self,
        x: Option<&Value<'_>>,
        function: impl FnOnce(Tensor<D>) -> Tensor<1>,
        space: Option<Space>,
    ) -> Result<Answer, String> {
        let x = self.point(x)?;
        Ok(if x.iter().any(|x| x.is_nan()) {
            Value::Number(f64::NAN)
        } else if space.is_some_and(|space| space.misses(&x, self.axes()[0])) {
            Value::Number(f64::NEG_INFINITY)
        } else {
            value(function(self.tensor(x, &Device::flex(), false)))
        })
    }

    /// The slope of the log-density: zero beside the space.
    fn log_prob_slope(&self, x: Option<&Value<'_>>, variable: Variable) -> Result<Answer, String> {
        let device = Device::flex().autodiff();
        let given = Arguments::new(&self.given.values, device.clone(), true);
        let law = (self.make)(&given).map_err(|error| error.to_string())?;
        let point = self.point(x)?;
        let outside = self.space.misses(&point, self.axes()[0]);
        let x = self.tensor(point, &device, true);
        let log_prob = law.log_prob(x.clone());
        let gradients = (log_prob.is_tracked() && !outside).then(|| log_prob.backward());
        let slope = match variable {
            Variable::Argument(place) => given.slope(place, gradients.as_ref()),
            Variable::X => {
                value(gradients.and_then(|gradients| x.grad(&gradients)).unwrap_or_else(|| x.zeros_like()))
            }
        };
        let has_nan = match &slope {
            Value::Number(slope) => slope.is_nan(),
            Value::Vector(items) => items.iter().any(|slope| slope.is_nan()),
            Value::Matrix(rows) => rows.items.iter().any(|slope| slope.is_nan()),
            Value::Distribution(_) => false,
        };
        if has_nan { Err(NO_SLOPE.to_owned()) } else { Ok(slope) }
    }

    /// Where `log_prob_grad_<name>` is asked for, in what.
    fn slope_of(&self, function: &str) -> Option<Variable> {
        let name = function.strip_prefix("log_prob_grad_").or(function.strip_prefix("grad_log_prob_"))?;
        let mut known = self.given.parameters().iter();
        let place =
            known.position(|parameter| moves(parameter) && names(parameter).any(|known| known == name));
        place.map(Variable::Argument).or((name == "x").then_some(Variable::X))
    }

    fn numbers(&self, tensor: Option<Tensor<D>>) -> Option<Answer> {
        let answer = value(tensor?);
        Some(match answer {
            Value::Vector(items) if self.space.is_line() => Value::Number(items[0]),
            answer => answer,
        })
    }

    fn known(&self, function: &str, x: Option<&Value<'_>>) -> Option<Result<Answer, String>> {
        let law = &self.law;
        let own = match function {
            "mean" => self.numbers(self.functions.mean.map(|mean| mean(law))),
            "variance" => self.numbers(self.functions.variance.map(|variance| variance(law))),
            "std" => self.numbers(self.functions.variance.map(|variance| variance(law).sqrt())),
            "mode" => self.numbers(self.functions.mode.map(|mode| mode(law))),
            "entropy" => self.functions.entropy.map(|entropy| value(entropy(law))),
            _ => None,
        };
        if let Some(own) = own {
            return Some(Ok(own));
        }
        match function {
            "log_prob" => Some(self.at(x, |x| law.log_prob(x), Some(self.space))),
            "prob" => Some(self.at(x, |x| law.log_prob(x).exp(), Some(self.space)).map(|p| match p {
                Value::Number(f64::NEG_INFINITY) => Value::Number(0.0),
                p => p,
            })),
            "log_prob_tril" => self.functions.log_prob_tril.map(|f| self.at(x, |x| f(law, x), None)),
            "log_prob_pre" => self.functions.log_prob_twin.map(|f| self.at(x, |x| f(law, x), None)),
            "sample" => {
                let mut draw = vec![0.0; self.axes().iter().product()];
                let filled = self.fill(&mut Rng::new(0), Form::Double, &mut draw);
                Some(filled.map(|()| value(self.tensor(draw, &Device::flex(), false))))
            }
            _ => self.slope_of(function).map(|variable| self.log_prob_slope(x, variable)),
        }
    }
}

/// Whether there are slopes in this parameter.
fn moves(parameter: &Parameter) -> bool {
    !["dim", "total_count"].contains(&parameter.name)
}

/// The error of the library, at the argument that it names.
fn fault(given: &Given, error: &ParamError) -> Fault {
    let name = given.signature.name;
    let (parameter, message) = match error {
        ParamError::Domain { parameter, requirement, value, index, .. } => {
            // The first place is that in the batch, of which there is one.
            let place = if index.len() > 1 { format!(" at index {:?}", &index[1..]) } else { String::new() };
            (Some(*parameter), format!("{name}: {parameter} must be {requirement}, got {value}{place}"))
        }
        ParamError::Conflict { requirement, .. } => {
            (None, format!("{name}: the parameters must obey {requirement}"))
        }
        ParamError::NotSymmetric { parameter, place: [row, column], values: [below, above], .. } => (
            Some(*parameter),
            format!(
                "{name}: {parameter} must be symmetric; its element at [{row}, {column}] is {below}, that at \
                 [{column}, {row}] {above}"
            ),
        ),
        ParamError::NotPositiveDefinite { parameter, row, pivot, .. } => (
            Some(*parameter),
            format!(
                "{name}: {parameter} must be positive definite; the pivot of row {row} is {pivot}: look for rows that \
                 depend on others, or add a small number to the diagonal"
            ),
        ),
    };
    let is_meant = |known: &Parameter| {
        let also = if parameter == Some("factor") { Some("scale_tril") } else { parameter };
        parameter.is_some_and(|name| known.name.starts_with(name)) || Some(known.name) == also
    };
    let argument = given.parameters().iter().position(is_meant);
    Fault { message, argument }
}

impl<T: Distribution<D> + Params + Send + Sync + 'static, const D: usize> Law for Bound<T, D> {
    fn support(&self) -> String {
        self.space.text(&self.size())
    }

    fn is_discrete(&self) -> bool {
        self.space.is_discrete()
    }

    fn path(&self) -> Path {
        self.functions.path
    }

    fn size(&self) -> Vec<usize> {
        if self.space.is_line() { vec![self.classes()] } else { self.axes() }
    }

    fn range(&self, element: usize) -> Interval {
        self.space.range(element, self.axes().last().copied().unwrap_or(1))
    }

    fn draws(&self) -> String {
        let carried = if self.functions.draw_twin.is_some() { ", carried as ln z" } else { "" };
        format!("{}{carried}", self.functions.path.sentence())
    }

    fn of_itself(&self) -> Vec<Quantity> {
        vec![
            Quantity::new("mean", "mean", self.functions.mean.is_some()),
            Quantity::new("variance", "variance", self.functions.variance.is_some()),
            Quantity::new("mode", "mode", self.functions.mode.is_some()),
            Quantity::new("entropy", "entropy", self.functions.entropy.is_some()),
        ]
    }

    fn of_point(&self) -> Vec<Quantity> {
        let density = if self.is_discrete() { "mass" } else { "density" };
        let slope = |name: &str| {
            Quantity::new(format!("log_prob_grad_{name}"), format!("d log-{density} / d{name}"), true)
        };
        let mut all = vec![
            Quantity::new("log_prob", format!("log-{density}"), true),
            Quantity::new("prob", density, true),
        ];
        if !self.is_discrete() {
            all.push(slope("x"));
        }
        all.extend(
            self.given
                .parameters()
                .iter()
                .filter(|parameter| moves(parameter))
                .map(|parameter| slope(&format!(" {}", parameter.name))),
        );
        for quantity in &mut all {
            quantity.function.retain(|c| c != ' ');
        }
        all
    }

    fn evaluate(&self, function: &str, x: Option<&Value<'_>>) -> Result<Answer, String> {
        self.known(function, x).unwrap_or_else(|| {
            let known = self.of_itself().into_iter().chain(self.of_point()).filter(|quantity| quantity.known);
            let mut known: Vec<_> = known.map(|quantity| quantity.function).collect();
            let more = [
                ("std", self.functions.variance.is_some()),
                ("sample", true),
                ("log_prob_tril", self.functions.log_prob_tril.is_some()),
                ("log_prob_pre", self.functions.log_prob_twin.is_some()),
            ];
            known.extend(more.iter().filter(|(_, has)| *has).map(|(name, _)| (*name).to_owned()));
            Err(lacks(self.given.signature.name, function, &known))
        })
    }

    fn event(&self) -> Vec<usize> {
        if self.space.is_line() { Vec::new() } else { self.axes() }
    }

    fn coordinate(&self) -> Option<&'static str> {
        self.functions.draw_twin.map(|_| "ln z")
    }

    fn block(&self) -> usize {
        let event = self.axes().iter().product::<usize>();
        (BLOCK / event).min(PARAMETERS / self.parameters()).max(1)
    }

    fn bytes_of_a_draw(&self) -> u64 {
        let event = self.axes().iter().product::<usize>();
        memory::bytes::<f64>(&[event.max(self.parameters()), COPIES])
    }

    fn fill(&self, rng: &mut Rng, form: Form, out: &mut [f64]) -> Result<(), String> {
        let (seed, first, rows) = (rng.seed(), rng.counter(), Law::block(self));
        let block = self.law.repeated(rows);
        let draw = |rng: &mut Rng| match (form, self.functions.draw_twin) {
            (Form::Coordinate, Some(draw)) => draw(&block, rng),
            _ => block.sample(rng),
        };
        let width: usize = self.axes().iter().product();
        let blocks = out.len().div_ceil(rows * width);
        out.par_chunks_mut(rows * width).enumerate().for_each(|(place, out)| {
            // A stream for each block, so that blocks do not depend on who makes them.
            let mut rng = Rng::from_state(seed, 0).split(first.wrapping_add(place as u64));
            for (out, z) in out.iter_mut().zip(draw(&mut rng).into_data().iter::<f64>()) {
                *out = if form == Form::Single { self.space.single(z) } else { z };
            }
        });
        *rng = Rng::from_state(seed, first.wrapping_add(blocks as u64));
        Ok(())
    }

    fn rows(&self, arguments: &Arguments, rows: usize) -> Result<Box<dyn Rows>, String> {
        let law = (self.make)(arguments).map_err(|error| error.to_string())?;
        Ok(Box::new(Laid::new(law, self.functions, rows)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
