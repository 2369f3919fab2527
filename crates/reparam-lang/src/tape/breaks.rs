//! Where an expression may break: jump, or be infinite.
//!
//! A gradient through a draw is that of the expectation only where the expression is absolutely continuous along the draw:
//! a slope sees neither a jump nor what an infinite slope hides. Every operation is looked at with the numbers that its
//! operands can be, from the supports of the variables on. What may break counts as broken, except for a choice between
//! two expressions that are the same number where it changes from one to the other, as in `where(z > 0, z, 0.1*z)`.
//!
//! Source: P. Glasserman, "Gradient Estimation via Perturbation Analysis", Kluwer 1991, chapter 1, on when a derivative of
//! sample paths is unbiased.

mod choice;
mod mild;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::elementwise::Elementwise;
use super::interval::Interval;
use super::op::Op;
use super::program::{Instruction, Node, Program};
use super::range::range;
use crate::span::Span;
use crate::tree::Binary;
use mild::is_log;

/// What is known of an input.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The numbers that it may be.
    pub range: Interval,
    /// The variable that it is an element of, where it moves along a path; `None` where it takes single values.
    pub variable: Option<usize>,
}

/// An operation at which an expression may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The operation.
    pub span: Span,
    /// What may happen there.
    pub why: Why,
}

/// How an expression may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A comparison, a choice or a rounding changes.
    Step,
    /// It may be infinite, and another number on the other side.
    Pole,
    /// It goes from one branch of a function to another, or has no value.
    Branch,
    /// A root of what can be 0, whose slope has no variance.
    Steep,
}

impl Why {
    /// The end of a sentence that begins with "the expression".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Step => "may jump",
            Self::Pole => "may be infinite, and so may jump",
            Self::Branch => "may jump from one branch to another or have no value",
            Self::Steep => "may have a slope without a variance",
        }
    }
}

/// The variables along which an expression may break, as bits, and where first.
type Broken = Vec<(u64, usize)>;

/// Where an expression may break along each variable.
#[derive(Clone, Debug, Default)]
pub struct Breaks(Vec<(u64, Break)>);

impl Breaks {
    /// Where it may break along this variable.
    pub fn along(&self, variable: usize) -> Option<Break> {
        self.0.iter().find(|(bits, _)| bits & bit(variable) != 0).map(|(_, found)| *found)
    }

    /// Where it may break along any.
    pub fn first(&self) -> Option<Break> {
        self.0.first().map(|(_, found)| *found)
    }
}

/// Variables from the 64th on are told together.
fn bit(variable: usize) -> u64 {
    1 << variable.min(63)
}

/// What is known of a node.
#[derive(Clone, Debug)]
struct Fact {
    range: Interval,
    /// The variables that it moves with.
    moves: u64,
    broken: Broken,
    /// The pole near which it may be as large as any number.
    wild: Option<usize>,
}

/// Nodes that are looked at again for choices, all together.
const MOST_AGAIN: usize = 1 << 20;
/// The largest program in which equal expressions are recognised.
const MOST_NUMBERED: usize = 1 << 17;

/// A program whose nodes are looked at.
struct Look<'a> {
    program: &'a Program,
    inputs: &'a [Known],
    /// Nodes that are the same expression have the same number.
    numbers: Vec<u32>,
    found: RefCell<Vec<Break>>,
    again: Cell<usize>,
}

/// An expression that is looked at between these ends: its number, and they.
type Narrowed = [(u32, Interval)];

impl Program {
    /// Where an output may break, for inputs of which this is known.
    ///
    /// # Panics
    /// Without such an output, or for another number of inputs.
    pub fn breaks(&self, output: usize, inputs: &[Known]) -> Breaks {
        assert!(inputs.len() == self.inputs, "{} inputs are known of {}", inputs.len(), self.inputs);
        let look = Look {
            program: self,
            inputs,
            numbers: self.numbers(),
            found: RefCell::new(Vec::new()),
            again: Cell::new(MOST_AGAIN),
        };
        let mut facts: Vec<Fact> = Vec::with_capacity(self.nodes.len());
        for node in 0..self.nodes.len() as u32 {
            let fact = look.fact(node, &|node| facts[node as usize].clone(), &[]);
            facts.push(fact);
        }
        let found = look.found.into_inner();
        let broken = &facts[self.outputs[output] as usize].broken;
        Breaks(broken.iter().map(|(bits, place)| (*bits, found[*place])).collect())
    }

    /// A number for every node, the same for the same expression.
    fn numbers(&self) -> Vec<u32> {
        if self.nodes.len() > MOST_NUMBERED {
            return (0..self.nodes.len() as u32).collect();
        }
        let mut numbers: Vec<u32> = Vec::with_capacity(self.nodes.len());
        let mut known: HashMap<(Op, Vec<u32>), u32> = HashMap::new();
        for (place, node) in self.nodes.iter().enumerate() {
            numbers.push(match node {
                Node::Operation(instruction) => {
                    let operands = self.operands(instruction).iter().map(|node| numbers[*node as usize]);
                    *known.entry((instruction.op, operands.collect())).or_insert(place as u32)
                }
                _ => place as u32,
            });
        }
        numbers
    }
}

impl Look<'_> {
    /// What is known of a node, from what is known of its operands.
    fn fact(&self, node: u32, of: &dyn Fn(u32) -> Fact, narrowed: &Narrowed) -> Fact {
        let mut fact = match &self.program.nodes[node as usize] {
            Node::Input => {
                let known = self.inputs[node as usize];
                let moves = known.variable.map_or(0, bit);
                Fact { range: known.range, moves, broken: Vec::new(), wild: None }
            }
            Node::Constant(value) => {
                Fact { range: Interval::point(*value), moves: 0, broken: Vec::new(), wild: None }
            }
            Node::Operation(instruction) => self.operation(instruction, of, narrowed),
        };
        let number = self.numbers[node as usize];
        for (_, ends) in narrowed.iter().filter(|(own, _)| *own == number) {
            fact.range = fact.range.and(*ends);
        }
        fact
    }

    fn operation(&self, at: &Instruction, of: &dyn Fn(u32) -> Fact, narrowed: &Narrowed) -> Fact {
        let operands = self.program.operands(at);
        if let Some(fact) = self.choice(at, operands, of, narrowed) {
            return fact;
        }
        let facts: Vec<Fact> = operands.iter().map(|node| of(*node)).collect();
        let ranges: Vec<Interval> = facts.iter().map(|fact| fact.range).collect();
        let number = |node: &u32| self.numbers[*node as usize];
        let same = matches!(operands, [a, b] if number(a) == number(b));
        let (range, mut why) = range(at.op, &ranges, same);
        let moves = facts.iter().fold(0, |all, fact| all | fact.moves);
        let mut broken = facts.iter().fold(Vec::new(), |all, fact| joined(all, &fact.broken));
        let mut wild = facts.iter().find_map(|fact| fact.wild);
        let mut has_pole = why == Some(Why::Pole);
        if has_pole && self.is_mild(at.op, operands, &facts) {
            // As large as any number near a point, where no path goes.
            (why, has_pole) = (None, is_log(at.op));
        }
        if why.is_none() && self.is_steep(at.op, operands, &facts) {
            why = Some(Why::Steep);
        }
        // What does not move takes single values, of which none is on its way to another.
        let critical = if at.op == Op::Binary(Binary::Divide) { facts[1].moves } else { moves };
        if let Some(why) = why.filter(|_| critical != 0) {
            broken = joined(broken, &[(moves, self.note(at.span, why))]);
        }
        if let Some(pole) = wild {
            if !is_linear(at.op, &facts) {
                broken = joined(broken, &[(moves, pole)]);
            }
            if is_bounded(at.op) {
                wild = None;
            }
        }
        if has_pole && critical != 0 {
            wild = wild.or_else(|| Some(self.note(at.span, Why::Pole)));
        }
        Fact { range, moves, broken, wild }
    }

    fn note(&self, span: Span, why: Why) -> usize {
        let mut found = self.found.borrow_mut();
        let own = Break { span, why };
        let place = found.iter().position(|known| *known == own);
        place.unwrap_or_else(|| {
            found.push(own);
            found.len() - 1
        })
    }
}

/// What breaks along a variable for the first time.
fn joined(mut all: Broken, more: &[(u64, usize)]) -> Broken {
    for (bits, place) in more {
        let known = all.iter().fold(0, |known, (bits, _)| known | bits);
        if bits & !known != 0 {
            all.push((bits & !known, *place));
        }
    }
    all
}

/// Whether what is large stays so without bending.
fn is_linear(op: Op, facts: &[Fact]) -> bool {
    match op {
        Op::Negate | Op::Sum | Op::Binary(Binary::Add | Binary::Subtract) => true,
        Op::Binary(Binary::Multiply) => facts.iter().any(|fact| fact.range.single().is_some()),
        Op::Binary(Binary::Divide) => facts[1].range.single().is_some(),
        _ => false,
    }
}

/// Whether no operand makes it large.
fn is_bounded(op: Op) -> bool {
    use Elementwise::{Atan, Cos, Erf, Erfc, Sigmoid, Sign, Sin, Tanh};
    match op {
        Op::Elementwise(function) => {
            matches!(function, Sin | Cos | Tanh | Atan | Sigmoid | Erf | Erfc | Sign)
        }
        Op::Atan2 => true,
        Op::Binary(operator) => operator.is_comparison(),
        _ => false,
    }
}
