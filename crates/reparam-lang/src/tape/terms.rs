//! What an expression is made of: the terms of its sum.

use std::collections::{BTreeMap, BTreeSet};

use super::op::Op;
use super::program::{Builder, Node, Program};
use crate::span::Span;
use crate::tree::Binary;
use crate::value::Shape;

/// A part of a sum, which depends on these inputs alone.
#[derive(Clone, Debug)]
pub struct Term {
    /// The elements of the variables that it depends on, in order.
    pub inputs: Vec<usize>,
    /// The part itself; its inputs are those, in that order.
    pub program: Program,
}

/// The inputs of a part of a sum, and its addends with their factors.
type Part = (BTreeSet<u32>, Vec<(f64, u32)>);

/// Sets of inputs, each known by its least one.
struct Sets(Vec<u32>);

impl Sets {
    fn new(inputs: usize) -> Self {
        Self((0..inputs as u32).collect())
    }

    fn of(&mut self, input: u32) -> u32 {
        let mut least = input;
        while self.0[least as usize] != least {
            // Halves the way for the next one.
            self.0[least as usize] = self.0[self.0[least as usize] as usize];
            least = self.0[least as usize];
        }
        least
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

impl Program {
    /// An output as a sum of terms, each of as few inputs as the sums in the expression allow.
    ///
    /// Terms of the same inputs are one. Two numbers of a sum may cancel in the output and not in its terms.
    ///
    /// # Panics
    /// Without such an output.
    pub fn terms(&self, output: usize) -> Vec<Term> {
        self.parts(output).into_iter().map(|(inputs, addends)| self.term(inputs, &addends)).collect()
    }

    /// A program of an output and then of each of its terms, and the inputs that each term depends on: all of
    /// [`terms`](Self::terms) for one evaluation of the expression.
    ///
    /// # Panics
    /// Without such an output.
    pub fn with_terms(&self, output: usize) -> (Self, Vec<Vec<usize>>) {
        let mut builder = self.builder();
        let mut outputs = vec![self.outputs[output]];
        let mut dependence = Vec::new();
        for (inputs, addends) in self.parts(output) {
            outputs.push(self.sum(&addends, &mut builder, |_, node| node));
            dependence.push(inputs.into_iter().map(|input| input as usize).collect());
        }
        let shape = Shape::Vector(outputs.len());
        (builder.finish(outputs, shape), dependence)
    }

    /// An output as a sum of terms that share no inputs, as many as the sums in the expression allow.
    ///
    /// # Panics
    /// Without such an output.
    pub fn independent_terms(&self, output: usize) -> Vec<Term> {
        let parts = self.parts(output);
        // Each input is in the set of the inputs that it meets in a part.
        let mut sets = Sets::new(self.inputs);
        for inputs in parts.keys() {
            for input in inputs {
                sets.join(inputs[0], *input);
            }
        }
        let mut joined: BTreeMap<Option<u32>, Part> = BTreeMap::new();
        for (inputs, addends) in parts {
            let (all, sum) = joined.entry(inputs.first().map(|input| sets.of(*input))).or_default();
            all.extend(inputs);
            sum.extend(addends);
        }
        joined
            .into_values()
            .map(|(inputs, addends)| self.term(inputs.into_iter().collect(), &addends))
            .collect()
    }

    /// The parts of a sum by the inputs that they depend on: numbers with their factors.
    fn parts(&self, output: usize) -> BTreeMap<Vec<u32>, Vec<(f64, u32)>> {
        let mut parts: BTreeMap<Vec<u32>, Vec<(f64, u32)>> = BTreeMap::new();
        let mut open = vec![(1.0, self.outputs[output])];
        while let Some((factor, node)) = open.pop() {
            match self.addends(node) {
                Some(addends) => open.extend(addends.into_iter().map(|(own, node)| (factor * own, node))),
                None => parts.entry(self.inputs_of(node)).or_default().push((factor, node)),
            }
        }
        parts
    }

    /// The elements of the variables that an output depends on, in order.
    ///
    /// # Panics
    /// Without such an output.
    pub fn used(&self, output: usize) -> Vec<usize> {
        self.inputs_of(self.outputs[output]).into_iter().map(|input| input as usize).collect()
    }

    /// The numbers whose sum a node is, each with its factor, if it is a sum.
    fn addends(&self, node: u32) -> Option<Vec<(f64, u32)>> {
        let Node::Operation(instruction) = &self.nodes[node as usize] else { return None };
        let operands = self.operands(instruction);
        // Zero and infinity make products that are no numbers.
        let known = |node: u32| match self.nodes[node as usize] {
            Node::Constant(value) if value.is_normal() => Some(value),
            _ => None,
        };
        match (instruction.op, operands) {
            (Op::Sum | Op::Binary(Binary::Add), _) => Some(operands.iter().map(|x| (1.0, *x)).collect()),
            (Op::Binary(Binary::Subtract), &[a, b]) => Some(vec![(1.0, a), (-1.0, b)]),
            (Op::Negate, &[a]) => Some(vec![(-1.0, a)]),
            (Op::Binary(Binary::Multiply), &[a, b]) => {
                known(a).map(|a| vec![(a, b)]).or_else(|| known(b).map(|b| vec![(b, a)]))
            }
            (Op::Binary(Binary::Divide), &[a, b]) => known(b).map(|b| vec![(1.0 / b, a)]),
            _ => None,
        }
    }

    /// The inputs that a node depends on, in order.
    pub(super) fn inputs_of(&self, node: u32) -> Vec<u32> {
        let mut seen = BTreeSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let Node::Operation(instruction) = &self.nodes[node as usize] {
                open.extend(self.operands(instruction).iter().filter(|operand| seen.insert(**operand)));
            }
        }
        seen.range(..self.inputs as u32).copied().collect()
    }

    /// The sum of some nodes, each with its factor, as a program of their inputs.
    fn term(&self, inputs: Vec<u32>, addends: &[(f64, u32)]) -> Term {
        let mut builder = Builder::new(inputs.len());
        let mut moved: BTreeMap<u32, u32> = inputs.iter().copied().zip(0..).collect();
        let sum = self.sum(addends, &mut builder, |builder, node| self.copy(node, builder, &mut moved));
        let inputs = inputs.into_iter().map(|input| input as usize).collect();
        Term { inputs, program: builder.finish(vec![sum], Shape::Scalar) }
    }

    /// The sum of some nodes, each with its factor, where `place` says which node of the builder each of them is.
    fn sum(
        &self,
        addends: &[(f64, u32)],
        builder: &mut Builder,
        mut place: impl FnMut(&mut Builder, u32) -> u32,
    ) -> u32 {
        let span = self.span_of(addends[0].1);
        let parts: Vec<u32> = addends
            .iter()
            .map(|(factor, node)| {
                let node = place(builder, *node);
                if *factor == 1.0 {
                    return node;
                }
                let factor = builder.constant(*factor);
                builder.again(Op::Binary(Binary::Multiply), &[factor, node], span)
            })
            .collect();
        match parts[..] {
            [part] => part,
            _ => builder.again(Op::Sum, &parts, span),
        }
    }

    /// Copies a node and all that it needs.
    fn copy(&self, node: u32, builder: &mut Builder, moved: &mut BTreeMap<u32, u32>) -> u32 {
        let mut open = vec![node];
        while let Some(&next) = open.last() {
            if moved.contains_key(&next) {
                open.pop();
                continue;
            }
            let copied = match &self.nodes[next as usize] {
                Node::Input => unreachable!("the inputs are there from the start"),
                Node::Constant(value) => builder.constant(*value),
                Node::Operation(instruction) => {
                    let operands = self.operands(instruction);
                    let missing = operands.iter().filter(|operand| !moved.contains_key(operand));
                    let before = open.len();
                    open.extend(missing);
                    if open.len() > before {
                        continue;
                    }
                    let operands: Vec<u32> = operands.iter().map(|operand| moved[operand]).collect();
                    builder.again(instruction.op, &operands, instruction.span)
                }
            };
            moved.insert(next, copied);
            open.pop();
        }
        moved[&node]
    }

    fn span_of(&self, node: u32) -> Span {
        match &self.nodes[node as usize] {
            Node::Operation(instruction) => instruction.span,
            _ => Span::default(),
        }
    }
}
