//! Trees into programs, with the shapes checked on the way.

use crate::error::{LangError, Result};
use crate::functions::{self, Action, CONSTANTS};
use crate::span::Span;
use crate::spelling::suggestion;
use crate::tape::{Builder, Op, Program};
use crate::tree::{Binary, Call, Expr, ExprKind};
use crate::value::Shape;

/// The most elements that a vector or matrix has.
const MOST_ELEMENTS: usize = 1 << 20;
/// The largest whole exponent that is carried out by multiplications.
const LARGEST_WHOLE_POWER: f64 = 16.0;

/// A name that an expression may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable<'a> {
    /// The name. It hides a constant of the same name.
    pub name: &'a str,
    /// What it stands for.
    pub shape: Shape,
}

/// The program for `expr`.
pub(crate) fn compile(expr: &Expr, variables: &[Variable<'_>]) -> Result<Program> {
    let inputs = variables.iter().map(|variable| variable.shape.elements()).sum();
    let mut lowering = Lowering { builder: Builder::new(inputs), variables };
    let Cells { shape, nodes } = lowering.expr(expr)?;
    Ok(lowering.builder.finish(nodes, shape))
}

/// The numbers that `expr` is.
pub(crate) fn constant(expr: &Expr) -> Result<(Shape, Vec<f64>)> {
    let mut lowering = Lowering { builder: Builder::new(0), variables: &[] };
    let Cells { shape, nodes } = lowering.expr(expr)?;
    let known = |node| lowering.builder.known(node).expect("without variables all is known");
    Ok((shape, nodes.into_iter().map(known).collect()))
}

struct Lowering<'a> {
    builder: Builder,
    variables: &'a [Variable<'a>],
}

/// The nodes of a value, row by row.
struct Cells {
    shape: Shape,
    nodes: Vec<u32>,
}

impl Cells {
    fn scalar(node: u32) -> Self {
        Self { shape: Shape::Scalar, nodes: vec![node] }
    }
}

impl Lowering<'_> {
    fn expr(&mut self, expr: &Expr) -> Result<Cells> {
        match &expr.kind {
            ExprKind::Number(value) => Ok(Cells::scalar(self.builder.constant(*value))),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Vector(elements) => self.vector(elements, expr.span),
            ExprKind::Index { of, index } => self.index(of, index),
            ExprKind::Negate(operand) => {
                let operand = self.expr(operand)?;
                self.broadcast(Op::Negate, "-", &[operand], expr.span)
            }
            ExprKind::Binary { operator, left, right } => {
                let sides = [self.expr(left)?, self.expr(right)?];
                self.broadcast(Op::Binary(*operator), operator.text(), &sides, expr.span)
            }
            ExprKind::Chain { first, rest } => {
                let mut left = self.expr(first)?;
                for (operator, right) in rest {
                    let span = expr.span.to(right.span);
                    let sides = [left, self.expr(right)?];
                    left = self.broadcast(Op::Binary(*operator), operator.text(), &sides, span)?;
                }
                Ok(left)
            }
            ExprKind::Call(call) => self.call(call, expr.span),
        }
    }

    fn name(&mut self, name: &str, span: Span) -> Result<Cells> {
        let mut first = 0;
        for variable in self.variables {
            let elements = variable.shape.elements();
            if variable.name == name {
                let nodes = (first as u32..(first + elements) as u32).collect();
                return Ok(Cells { shape: variable.shape, nodes });
            }
            first += elements;
        }
        if let Some((_, value)) = CONSTANTS.iter().find(|(constant, _)| *constant == name) {
            return Ok(Cells::scalar(self.builder.constant(*value)));
        }
        let error = LangError::at(span, format!("unknown name `{name}`"));
        if let Some(function) = functions::find(name) {
            return Err(error.help(format!("a function is called: {name}({})", function.arguments)));
        }
        let known =
            self.variables.iter().map(|variable| variable.name).chain(CONSTANTS.map(|(name, _)| name));
        Err(error.help(suggestion(name, known).unwrap_or_else(|| self.declared())))
    }

    /// What is known, for a hint.
    fn declared(&self) -> String {
        let names: Vec<_> = self.variables.iter().map(|variable| format!("`{}`", variable.name)).collect();
        match &names[..] {
            [] => "only pi, e and inf are known here".to_owned(),
            [name] => format!("the variable is {name}"),
            names => format!("the variables are {}", names.join(", ")),
        }
    }

    fn vector(&mut self, elements: &[Expr], span: Span) -> Result<Cells> {
        let mut nodes = Vec::new();
        let mut first = None;
        for element in elements {
            let cells = self.expr(element)?;
            let shape = *first.get_or_insert(cells.shape);
            if shape != cells.shape {
                let message = format!("this element is {}, and the first is {shape}", cells.shape);
                return Err(LangError::at(element.span, message).help("all elements have one shape"));
            }
            if let Shape::Matrix(..) = shape {
                return Err(LangError::at(element.span, "a matrix cannot be an element"));
            }
            nodes.extend(cells.nodes);
            if nodes.len() > MOST_ELEMENTS {
                return Err(LangError::at(span, format!("at most {MOST_ELEMENTS} elements are possible")));
            }
        }
        let shape = match first {
            Some(Shape::Vector(columns)) => Shape::Matrix(elements.len(), columns),
            _ => Shape::Vector(elements.len()),
        };
        Ok(Cells { shape, nodes })
    }

    fn index(&mut self, of: &Expr, index: &Expr) -> Result<Cells> {
        let cells = self.expr(of)?;
        let (length, width) = match cells.shape {
            Shape::Scalar => return Err(LangError::at(of.span, "a number has no elements")),
            Shape::Vector(length) => (length, 1),
            Shape::Matrix(rows, columns) => (rows, columns),
        };
        let node = self.expr(index)?;
        let known = (node.shape == Shape::Scalar).then(|| self.builder.known(node.nodes[0])).flatten();
        let Some(position) = known.filter(|position| position.fract() == 0.0) else {
            return Err(LangError::at(index.span, "an index is a whole number, known beforehand"));
        };
        // As in Python, -1 is the last.
        let counted = if position < 0.0 { position + length as f64 } else { position };
        if !(0.0..length as f64).contains(&counted) {
            let message = format!("there is no element {position} in {}", cells.shape);
            return Err(LangError::at(index.span, message).help(format!("they are 0 to {}", length - 1)));
        }
        let start = counted as usize * width;
        let shape = if let Shape::Matrix(..) = cells.shape { Shape::Vector(width) } else { Shape::Scalar };
        Ok(Cells { shape, nodes: cells.nodes[start..start + width].to_vec() })
    }

    fn call(&mut self, call: &Call, span: Span) -> Result<Cells> {
        let name = &call.name;
        let Some(function) = functions::find(&name.text) else {
            let error = LangError::at(name.span, format!("unknown function `{}`", name.text));
            if name.text.starts_with(char::is_uppercase) {
                return Err(error.help("a distribution cannot stand in an expression"));
            }
            let names = functions::functions().map(|function| function.name);
            return Err(error.help_if(suggestion(&name.text, names)));
        };
        let usage = || format!("expected {}({})", function.name, function.arguments);
        if let Some(keyword) = call.arguments.iter().find_map(|argument| argument.keyword.as_ref()) {
            let message = format!("{} has no parameter `{}`", function.name, keyword.text);
            return Err(LangError::at(keyword.span, message).help(usage()));
        }
        let mut arguments = Vec::new();
        for argument in &call.arguments {
            arguments.push(self.expr(&argument.value)?);
        }
        let given = arguments.len();
        let takes = match function.action {
            Action::Broadcast { arguments, .. } => arguments,
            Action::Extremum(_) => given.max(1),
            Action::Dot => 2,
            Action::Reduce(_) | Action::Mean | Action::Product | Action::Length => 1,
        };
        if given != takes {
            let s = if takes == 1 { "" } else { "s" };
            let message = format!("{} takes {takes} argument{s}, not {given}", function.name);
            return Err(LangError::at(span, message).help(usage()));
        }
        let nodes = &arguments[0].nodes;
        let node = match function.action {
            Action::Broadcast { op, .. } => return self.broadcast(op, function.name, &arguments, span),
            Action::Extremum(op) if given > 1 => {
                let mut rest = arguments.into_iter();
                let mut extreme = rest.next().expect("there are several");
                for next in rest {
                    extreme = self.broadcast(op, function.name, &[extreme, next], span)?;
                }
                return Ok(extreme);
            }
            Action::Extremum(op) => self.fold(op, nodes, span)?,
            Action::Product => self.fold(Op::Binary(Binary::Multiply), nodes, span)?,
            Action::Reduce(op) => self.builder.operation(op, nodes, span)?,
            Action::Mean => {
                let count = self.builder.constant(nodes.len() as f64);
                let sum = self.builder.operation(Op::Sum, nodes, span)?;
                self.builder.operation(Op::Binary(Binary::Divide), &[sum, count], span)?
            }
            Action::Dot => {
                let products =
                    self.broadcast(Op::Binary(Binary::Multiply), function.name, &arguments, span)?;
                self.builder.operation(Op::Sum, &products.nodes, span)?
            }
            Action::Length => match arguments[0].shape {
                Shape::Scalar => return Err(LangError::at(span, "a number has no elements")),
                Shape::Vector(length) | Shape::Matrix(length, _) => self.builder.constant(length as f64),
            },
        };
        Ok(Cells::scalar(node))
    }

    /// `op` of the first two nodes, of that and the third, and so on.
    fn fold(&mut self, op: Op, nodes: &[u32], span: Span) -> Result<u32> {
        nodes[1..]
            .iter()
            .try_fold(nodes[0], |so_far, node| self.builder.operation(op, &[so_far, *node], span))
    }

    /// `op` of each element of the operands; a number goes with every element of the others.
    fn broadcast(&mut self, op: Op, name: &str, operands: &[Cells], span: Span) -> Result<Cells> {
        let mut shape = Shape::Scalar;
        for operand in operands {
            if shape == Shape::Scalar {
                shape = operand.shape;
            } else if operand.shape != Shape::Scalar && operand.shape != shape {
                let message = format!("`{name}` of {shape} and {}", operand.shape);
                return Err(LangError::at(span, message).help("expected equal shapes, or a number"));
            }
        }
        let mut nodes = Vec::with_capacity(shape.elements());
        for i in 0..shape.elements() {
            let cell = |operand: &Cells| operand.nodes[if operand.nodes.len() == 1 { 0 } else { i }];
            nodes.push(self.cell(op, &operands.iter().map(cell).collect::<Vec<_>>(), span)?);
        }
        Ok(Cells { shape, nodes })
    }

    fn cell(&mut self, op: Op, operands: &[u32], span: Span) -> Result<u32> {
        if let (Op::Binary(Binary::Power), &[base, exponent]) = (op, operands)
            && let Some(exponent) = self.builder.known(exponent)
            && exponent.fract() == 0.0
            && exponent.abs() <= LARGEST_WHOLE_POWER
        {
            return self.builder.operation(Op::WholePower(exponent as i32), &[base], span);
        }
        self.builder.operation(op, operands, span)
    }
}
