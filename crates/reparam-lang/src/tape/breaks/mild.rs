//! Poles and roots that no path meets, or that have a slope with a variance all the same.

use std::collections::BTreeSet;

use super::{Fact, Look};
use crate::tape::elementwise::Elementwise;
use crate::tape::op::Op;
use crate::tape::program::Node;
use crate::tree::Binary;

/// The root of what can be 0 down to which a slope has a variance, but for a logarithm.
const STEEPEST: f64 = 0.5;

impl Look<'_> {
    /// Whether what may be infinite is so only where several numbers are 0 at once, and its slope can be integrated: the
    /// logarithm of a norm, and a direction.
    pub(super) fn is_mild(&self, op: Op, operands: &[u32], facts: &[Fact]) -> bool {
        match op {
            _ if is_log(op) => facts[0].range.is_from(0.0) && self.is_thin(operands[0]),
            Op::Binary(Binary::Divide) => {
                let Node::Operation(below) = &self.program.nodes[operands[1] as usize] else { return false };
                let number = |node: &u32| self.numbers[*node as usize];
                let parts = self.program.operands(below);
                let is_part = parts.iter().any(|part| number(part) == number(&operands[0]));
                below.op == Op::Norm && is_part && self.is_thin(operands[1])
            }
            _ => false,
        }
    }

    /// Whether a number that is not negative is 0 only where several, with inputs of their own, are.
    fn is_thin(&self, node: u32) -> bool {
        let Node::Operation(instruction) = &self.program.nodes[node as usize] else { return false };
        let operands = self.program.operands(instruction);
        match instruction.op {
            Op::Elementwise(Elementwise::Sqrt | Elementwise::Abs) | Op::WholePower(1..) => {
                self.is_thin(operands[0])
            }
            Op::Sum | Op::Norm | Op::Binary(Binary::Add) => {
                let parts = self.parts_of_sum(node);
                let mut seen: BTreeSet<u32> = BTreeSet::new();
                let own = parts.iter().filter(|part| {
                    let inputs = self.program.inputs_of(**part);
                    let moves = |input: &u32| self.inputs[*input as usize].variable.is_some();
                    let is_own = inputs.iter().any(moves) && inputs.iter().all(|input| !seen.contains(input));
                    seen.extend(inputs);
                    is_own
                });
                own.count() > 1
            }
            _ => false,
        }
    }

    /// The addends of a sum of sums, or what a norm is made of.
    fn parts_of_sum(&self, node: u32) -> Vec<u32> {
        let (mut open, mut parts) = (vec![node], Vec::new());
        while let Some(next) = open.pop() {
            match &self.program.nodes[next as usize] {
                Node::Operation(at) if at.op == Op::Norm => parts.extend(self.program.operands(at)),
                Node::Operation(at) if matches!(at.op, Op::Sum | Op::Binary(Binary::Add)) => {
                    open.extend(self.program.operands(at));
                }
                _ => parts.push(next),
            }
        }
        parts
    }

    /// Whether it is a root of what can be 0, whose slope squared has no integral.
    pub(super) fn is_steep(&self, op: Op, operands: &[u32], facts: &[Fact]) -> bool {
        let is_root = match op {
            Op::Elementwise(Elementwise::Sqrt) => true,
            Op::Binary(Binary::Power) => facts[1].range.low < 1.0,
            _ => false,
        };
        is_root && facts[0].range.contains(0.0) && self.order_of(op, operands) < STEEPEST
    }

    /// How fast an operation leaves 0, as a power of what its operand is made of.
    fn order_of(&self, op: Op, operands: &[u32]) -> f64 {
        let own = match op {
            Op::Elementwise(Elementwise::Sqrt) => 0.5,
            Op::Elementwise(Elementwise::Abs) | Op::Negate => 1.0,
            Op::WholePower(n) if n > 0 => f64::from(n),
            Op::Binary(Binary::Multiply) if operands[0] == operands[1] => 2.0,
            Op::Binary(Binary::Power) => match self.program.nodes[operands[1] as usize] {
                Node::Constant(exponent) if exponent > 0.0 => exponent,
                _ => return 0.0,
            },
            _ => return 1.0,
        };
        match &self.program.nodes[operands[0] as usize] {
            Node::Operation(inner) => own * self.order_of(inner.op, self.program.operands(inner)),
            _ => own,
        }
    }
}

pub(super) fn is_log(op: Op) -> bool {
    matches!(op, Op::Elementwise(Elementwise::Log | Elementwise::Log2 | Elementwise::Log10))
}
