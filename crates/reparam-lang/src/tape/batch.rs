//! Many draws through a program at once.

use reparam_kernels::slices;

use super::Program;
use super::elementwise::Number;
use super::op::{Columns, Op, Scratch, Slope};
use super::program::{Instruction, Node};
use crate::span::Span;

/// The numbers of a program for some number of draws; everything is allocated when it is made.
///
/// Fill [`input_mut`](Self::input_mut), then [`evaluate`](Self::evaluate), then [`differentiate`](Self::differentiate).
#[derive(Clone, Debug)]
pub struct Batch<'p, T = f64> {
    program: &'p Program,
    capacity: usize,
    draws: usize,
    /// A column for every node.
    values: Vec<T>,
    /// The derivative of the chosen output in every node.
    slopes: Vec<T>,
    /// The derivative of every function of one number in its argument, where it was computed with the value.
    partials: Option<Vec<T>>,
    scratch: Scratch<T>,
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

impl<'p, T: Number> Batch<'p, T> {
    pub(super) fn new(program: &'p Program, capacity: usize) -> Self {
        let scratch = [vec![T::ZERO; capacity], vec![T::ZERO; capacity]];
        let (values, slopes) = (Vec::new(), Vec::new());
        let mut batch = Self { program, capacity, draws: capacity, values, slopes, partials: None, scratch };
        batch.prepare();
        batch
    }

    /// Makes this the batch of another program, for as many draws; the memory is kept.
    pub fn turn_to(&mut self, program: &'p Program) {
        if !std::ptr::eq(program, self.program) {
            self.program = program;
            self.prepare();
        }
    }

    /// Makes room for all columns, and fills those that do not change.
    fn prepare(&mut self) {
        let numbers = self.program.nodes.len() * self.capacity;
        self.values.resize(numbers.max(self.values.len()), T::ZERO);
        self.slopes.resize(numbers.max(self.slopes.len()), T::ZERO);
        if let Some(partials) = &mut self.partials {
            partials.resize(numbers.max(partials.len()), T::ZERO);
        }
        let columns = self.values.chunks_exact_mut(self.capacity.max(1));
        for (node, column) in self.program.nodes.iter().zip(columns) {
            if let Node::Constant(value) = node {
                column.fill(T::from_f64(*value));
            }
        }
    }

    /// The column of one element of the variables, numbered through all of them in their order.
    ///
    /// # Panics
    /// Without such an element.
    pub fn input_mut(&mut self, element: usize) -> &mut [T] {
        assert!(element < self.program.inputs, "element {element} of {} inputs", self.program.inputs);
        &mut self.values[element * self.capacity..][..self.capacity]
    }

    /// Computes the outputs for the first `draws` numbers of each input.
    ///
    /// # Panics
    /// When `draws` is more than the batch was made for.
    pub fn evaluate(&mut self, draws: usize) {
        self.partials = None;
        self.forward(draws);
    }

    /// The same, together with what [`differentiate`](Self::differentiate) shares with it: less work than one after the
    /// other.
    ///
    /// # Panics
    /// When `draws` is more than the batch was made for.
    pub fn evaluate_for_slopes(&mut self, draws: usize) {
        self.partials.get_or_insert_with(|| vec![T::ZERO; self.values.len()]);
        self.forward(draws);
    }

    fn forward(&mut self, draws: usize) {
        assert!(draws <= self.capacity, "{draws} draws in a batch of {}", self.capacity);
        self.draws = draws;
        for (index, instruction) in self.program.instructions() {
            let (done, rest) = self.values.split_at_mut(index * self.capacity);
            let columns = Columns { items: done, stride: self.capacity, draws };
            let operands = self.program.operands(instruction);
            let y = &mut rest[..draws];
            match (instruction.op, &mut self.partials) {
                (Op::Elementwise(function), Some(partials)) => {
                    let partial = &mut partials[index * self.capacity..][..draws];
                    T::both(function, columns.get(operands[0]), y, partial);
                }
                (op, _) => op.value(operands, columns, y, &mut self.scratch),
            }
        }
    }

    /// The values of one output for the draws last evaluated.
    ///
    /// # Panics
    /// Without such an output.
    pub fn output(&self, output: usize) -> &[T] {
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
    pub fn slope(&self, element: usize) -> &[T] {
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
        let value = |node: u32| columns.get(node)[draw].to_f64();
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
        let mut single = Batch::<T>::new(self.program, 1);
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
            if operands.iter().any(|operand| !single.slopes[*operand as usize].to_f64().is_finite()) {
                return Some(single.describe(index as u32, instruction, 0));
            }
        }
        None
    }

    fn columns(&self) -> Columns<'_, T> {
        Columns { items: &self.values, stride: self.capacity, draws: self.draws }
    }

    fn describe(&self, node: u32, instruction: &Instruction, draw: usize) -> Fault {
        let value = |node: u32| self.columns().get(node)[draw].to_f64();
        let operands = self.program.operands(instruction).iter().map(|operand| value(*operand)).collect();
        Fault { span: instruction.span, operands, value: value(node) }
    }

    /// The derivative of an output in itself.
    fn seed(&mut self, output: usize) {
        self.slopes[..self.program.nodes.len() * self.capacity].fill(T::ZERO);
        let node = self.program.outputs[output] as usize;
        self.slopes[node * self.capacity..][..self.draws].fill(T::ONE);
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
            let slope = match (instruction.op, &self.partials) {
                (Op::Elementwise(_), Some(partials)) => Slope::Column(&partials[index * stride..][..draws]),
                (op, _) => op.slope(k, operands, columns, value, &mut self.scratch),
            };
            accumulate(&mut below[*operand as usize * stride..][..draws], &above[..draws], &slope);
        }
    }
}

/// `total` += `upstream` · `slope`, where nothing times infinity is nothing.
fn accumulate<T: Number>(total: &mut [T], upstream: &[T], slope: &Slope<'_, T>) {
    match *slope {
        Slope::Constant(slope) if slope == T::ZERO => {}
        Slope::Constant(slope) => {
            slices::update(total, upstream, move |(total, upstream): (T, T)| total + upstream * slope);
        }
        Slope::Column(slope) => slices::accumulate(total, upstream, slope, |(upstream, slope): (T, T)| {
            // Computed either way: a choice between two numbers is vector code, a branch is not.
            let product = upstream * slope;
            if upstream == T::ZERO { T::ZERO } else { product }
        }),
    }
}
