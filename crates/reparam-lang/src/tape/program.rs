//! The list of operations, and how it is built.

use std::collections::HashMap;
use std::ops::Range;

use super::Batch;
use super::elementwise::Number;
use super::op::{Columns, Op};
use crate::error::{LangError, Result};
use crate::span::Span;
use crate::value::Shape;

/// Operands of all operations together. A short text can ask for more: sums of sums of long variables.
const MOST_OPERANDS: usize = 1 << 22;

/// An expression compiled for many draws at once; [`batch`](Self::batch) runs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The inputs first; every operation stands after its operands.
    pub(super) nodes: Vec<Node>,
    operands: Vec<u32>,
    pub(super) inputs: usize,
    pub(super) outputs: Vec<u32>,
    shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Input,
    Constant(f64),
    Operation(Instruction),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Instruction {
    pub(super) op: Op,
    operands: Range<usize>,
    pub(super) span: Span,
}

impl Instruction {
    /// The operands that the value depends on.
    pub(super) fn used(&self, operands: &[u32], value: impl Fn(u32) -> f64) -> Vec<u32> {
        match (self.op, operands) {
            (Op::Select, &[condition, a, b]) => vec![condition, if value(condition) == 0.0 { b } else { a }],
            _ => operands.to_vec(),
        }
    }
}

impl Program {
    /// How the outputs are arranged; they are numbered row by row.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The elements of all variables together.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The columns that a batch holds: 16 bytes each for every draw, which fit the cache or do not.
    pub fn columns(&self) -> usize {
        self.nodes.len()
    }

    /// Room for as many draws at once.
    pub fn batch(&self, draws: usize) -> Batch<'_> {
        self.batch_of(draws)
    }

    /// The same in this type: single precision is faster, where its seven digits do.
    pub fn batch_of<T: Number>(&self, draws: usize) -> Batch<'_, T> {
        Batch::new(self, draws)
    }

    pub(super) fn instructions(&self) -> impl DoubleEndedIterator<Item = (usize, &Instruction)> {
        self.nodes.iter().enumerate().filter_map(|(index, node)| match node {
            Node::Operation(instruction) => Some((index, instruction)),
            _ => None,
        })
    }

    pub(super) fn operands(&self, instruction: &Instruction) -> &[u32] {
        &self.operands[instruction.operands.clone()]
    }

    /// A program that begins as this one, with the same numbers for its nodes.
    pub(super) fn builder(&self) -> Builder {
        let constants = self.nodes.iter().zip(0..).filter_map(|(node, index)| match node {
            Node::Constant(value) => Some((value.to_bits(), index)),
            _ => None,
        });
        Builder {
            constants: constants.collect(),
            nodes: self.nodes.clone(),
            operands: self.operands.clone(),
            inputs: self.inputs,
        }
    }

    pub(super) fn is_operation(&self, node: u32) -> bool {
        matches!(self.nodes[node as usize], Node::Operation(_))
    }
}

/// A program that grows. Operations on constants are carried out at once.
#[derive(Debug)]
pub(crate) struct Builder {
    nodes: Vec<Node>,
    operands: Vec<u32>,
    inputs: usize,
    constants: HashMap<u64, u32>,
}

impl Builder {
    pub(crate) fn new(inputs: usize) -> Self {
        Self { nodes: vec![Node::Input; inputs], operands: Vec::new(), inputs, constants: HashMap::new() }
    }

    pub(crate) fn constant(&mut self, value: f64) -> u32 {
        let next = self.nodes.len() as u32;
        let node = *self.constants.entry(value.to_bits()).or_insert(next);
        if node == next {
            self.nodes.push(Node::Constant(value));
        }
        node
    }

    /// The number that a node is, if it is one.
    pub(crate) fn known(&self, node: u32) -> Option<f64> {
        match self.nodes[node as usize] {
            Node::Constant(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn operation(&mut self, op: Op, operands: &[u32], span: Span) -> Result<u32> {
        if let Some(constants) = operands.iter().map(|node| self.known(*node)).collect::<Option<Vec<_>>>() {
            let places: Vec<u32> = (0..constants.len() as u32).collect();
            let columns = Columns { items: &constants, stride: 1, draws: 1 };
            let mut value = [0.0];
            op.value(&places, columns, &mut value, &mut [vec![0.0], vec![0.0]]);
            if value[0].is_nan() {
                return Err(LangError::at(span, "this is not a number"));
            }
            return Ok(self.constant(value[0]));
        }
        let start = self.operands.len();
        self.operands.extend_from_slice(operands);
        if self.operands.len() > MOST_OPERANDS {
            return Err(LangError::at(
                span,
                format!("the expression takes more than {MOST_OPERANDS} operations"),
            ));
        }
        let operands = start..self.operands.len();
        self.nodes.push(Node::Operation(Instruction { op, operands, span }));
        Ok((self.nodes.len() - 1) as u32)
    }

    /// The same for operations that were possible before.
    pub(super) fn again(&mut self, op: Op, operands: &[u32], span: Span) -> u32 {
        self.operation(op, operands, span).unwrap_or_else(|_| self.constant(f64::NAN))
    }

    pub(crate) fn finish(self, outputs: Vec<u32>, shape: Shape) -> Program {
        Program { nodes: self.nodes, operands: self.operands, inputs: self.inputs, outputs, shape }
    }
}
