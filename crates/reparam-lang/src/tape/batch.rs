//! Many draws through a program at once.

use super::Program;
use super::op::{Columns, Scratch, Slope};
use super::program::{Instruction, Node};
use crate::span::Span;

/// The numbers of a program for some number of draws; everything is allocated when it is made.
///
/// Fill [`input_mut`](Self::input_mut), then [`evaluate`](Self::evaluate), then [`differentiate`](Self::differentiate).
#[derive(Clone, Debug)]
pub struct Batch<'p> {
    program: &'p Program,
    capacity: usize,
    draws: usize,
    /// A column for every node.
    values: Vec<f64>,
    /// The derivative of the chosen output in every node.
    slopes: Vec<f64>,
    scratch: Scratch,
}

/// The operation that made a number infinite or not-a-number out of finite ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The operation.
    pub span: Span,
    /// What it was applied to.
    pub operands: Vec<f64>,
    /// Its value.
    pub value: f64,
}

impl<'p> Batch<'p> {
    pub(super) fn new(program: &'p Program, capacity: usize) -> Self {
        let mut values = vec![0.0; program.nodes.len() * capacity];
        for (node, column) in program.nodes.iter().zip(values.chunks_exact_mut(capacity.max(1))) {
            if let Node::Constant(value) = node {
                column.fill(*value);
            }
        }
        let scratch = [vec![0.0; capacity], vec![0.0; capacity]];
        Self { program, capacity, draws: capacity, slopes: vec![0.0; values.len()], values, scratch }
    }

    /// The column of one element of the variables, numbered through all of them in their order.
    ///
    /// # Panics
    /// Without such an element.
    pub fn input_mut(&mut self, element: usize) -> &mut [f64] {
        assert!(element < self.program.inputs, "element {element} of {} inputs", self.program.inputs);
        &mut self.values[element * self.capacity..][..self.capacity]
    }

    /// Computes the outputs for the first `draws` numbers of each input.
    ///
    /// # Panics
    /// When `draws` is more than the batch was made for.
    pub fn evaluate(&mut self, draws: usize) {
        assert!(draws <= self.capacity, "{draws} draws in a batch of {}", self.capacity);
        self.draws = draws;
        for (index, instruction) in self.program.instructions() {
            let (done, rest) = self.values.split_at_mut(index * self.capacity);
            let columns = Columns { items: done, stride: self.capacity, draws };
            let operands = self.program.operands(instruction);
            instruction.op.value(operands, columns, &mut rest[..draws], &mut self.scratch);
        }
    }

    /// The values of one output for the draws last evaluated.
    ///
    /// # Panics
    /// Without such an output.
    pub fn output(&self, output: usize) -> &[f64] {
        self.columns().get(self.program.outputs[output])
    }

    /// Computes the derivatives of one output in all inputs for the draws last evaluated.
    ///
    /// A branch that was not taken has no part in them, whatever its derivative would be.
    ///
    /// # Panics
    /// Without such an output.
    pub fn differentiate(&mut self, output: usize) {
        self.seed(output);
        for (index, instruction) in self.program.instructions().rev() {
            self.step_back(index, instruction);
        }
    }

    /// The derivative of the output last differentiated in one element of the variables.
    ///
    /// # Panics
    /// Without such an element.
    pub fn slope(&self, element: usize) -> &[f64] {
        assert!(element < self.program.inputs, "element {element} of {} inputs", self.program.inputs);
        &self.slopes[element * self.capacity..][..self.draws]
    }

    /// Which operation first made the value of an output infinite or not-a-number at one draw.
    ///
    /// Its operands are finite, unless inputs or constants are not. None when the value is finite, or an input itself.
    ///
    /// # Panics
    /// Without such an output, or a draw last evaluated.
    pub fn fault(&self, output: usize, draw: usize) -> Option<Fault> {
        let columns = self.columns();
        let value = |node: u32| columns.get(node)[draw];
        let mut suspect = Some(self.program.outputs[output]);
        let mut found = None;
        while let Some(node) = suspect
            && let Node::Operation(instruction) = &self.program.nodes[node as usize]
            && !value(node).is_finite()
        {
            found = Some(self.describe(node, instruction, draw));
            let used = instruction.used(self.program.operands(instruction), value);
            let is_suspect =
                |operand: &&u32| self.program.is_operation(**operand) && !value(**operand).is_finite();
            suspect = used.iter().find(is_suspect).copied();
        }
        found
    }

    /// Which operation first made the derivative of an output infinite or not-a-number at one draw, on the way back.
    ///
    /// None when all derivatives in the inputs are finite.
    ///
    /// # Panics
    /// Without such an output, or a draw last evaluated.
    pub fn slope_fault(&self, output: usize, draw: usize) -> Option<Fault> {
        let mut single = Batch::new(self.program, 1);
        for (element, column) in
            self.values.chunks_exact(self.capacity.max(1)).take(self.program.inputs).enumerate()
        {
            single.input_mut(element)[0] = column[draw];
        }
        single.evaluate(1);
        single.seed(output);
        for (index, instruction) in self.program.instructions().rev() {
            single.step_back(index, instruction);
            let operands = self.program.operands(instruction);
            if operands.iter().any(|operand| !single.slopes[*operand as usize].is_finite()) {
                return Some(single.describe(index as u32, instruction, 0));
            }
        }
        None
    }

    fn columns(&self) -> Columns<'_> {
        Columns { items: &self.values, stride: self.capacity, draws: self.draws }
    }

    fn describe(&self, node: u32, instruction: &Instruction, draw: usize) -> Fault {
        let value = |node: u32| self.columns().get(node)[draw];
        let operands = self.program.operands(instruction).iter().map(|operand| value(*operand)).collect();
        Fault { span: instruction.span, operands, value: value(node) }
    }

    /// The derivative of an output in itself.
    fn seed(&mut self, output: usize) {
        self.slopes.fill(0.0);
        let node = self.program.outputs[output] as usize;
        self.slopes[node * self.capacity..][..self.draws].fill(1.0);
    }

    /// Carries the derivative in one instruction's value on to its operands.
    fn step_back(&mut self, index: usize, instruction: &Instruction) {
        let (stride, draws) = (self.capacity, self.draws);
        let columns = Columns { items: &self.values, stride, draws };
        let (below, above) = self.slopes.split_at_mut(index * stride);
        let value = columns.get(index as u32);
        let operands = self.program.operands(instruction);
        for (k, operand) in operands.iter().enumerate() {
            if matches!(self.program.nodes[*operand as usize], Node::Constant(_)) {
                continue;
            }
            let slope = instruction.op.slope(k, operands, columns, value, &mut self.scratch);
            accumulate(&mut below[*operand as usize * stride..][..draws], &above[..draws], &slope);
        }
    }
}

/// `total` += `upstream` · `slope`, where nothing times infinity is nothing.
fn accumulate(total: &mut [f64], upstream: &[f64], slope: &Slope<'_>) {
    match slope {
        Slope::Constant(0.0) => {}
        Slope::Constant(slope) => {
            total.iter_mut().zip(upstream).for_each(|(total, upstream)| *total += upstream * slope);
        }
        Slope::Column(slope) => {
            for ((total, upstream), slope) in total.iter_mut().zip(upstream).zip(*slope) {
                // Computed either way: a choice between two numbers is vector code, a branch is not.
                let product = upstream * slope;
                *total += if *upstream == 0.0 { 0.0 } else { product };
            }
        }
    }
}
