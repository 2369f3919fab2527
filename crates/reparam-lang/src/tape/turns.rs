//! Whether an expression is the same after a whole turn of an angle.
//!
//! A number is followed that turns so many times as fast as each angle; a sine or cosine of it is the same after a turn where
//! that is a whole number. Nothing is tried at points: an expression of which this is not shown sees where a turn ends.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::{PI, TAU};

use super::elementwise::Elementwise;
use super::op::Op;
use super::program::{Node, Program};
use crate::tree::Binary;

/// What differs from a whole number by so much is one that was rounded.
const ROUNDING: f64 = 1e-12;

/// A number as a function of angles.
#[derive(Clone, Debug, Default)]
struct Turned {
    /// How many times as fast as each angle it turns.
    speeds: BTreeMap<u32, f64>,
    /// The angles after a turn of which it may be another number.
    lost: BTreeSet<u32>,
}

impl Turned {
    fn and(mut self, factor: f64, other: &Self) -> Self {
        for (angle, speed) in &other.speeds {
            *self.speeds.entry(*angle).or_insert(0.0) += factor * speed;
        }
        self.speeds.retain(|_, speed| *speed != 0.0);
        self.lost.extend(&other.lost);
        self
    }

    fn times(&self, factor: f64) -> Self {
        Self::default().and(factor, self)
    }

    /// A function that is the same after so much more.
    fn through(mut self, period: Option<f64>, turns: &[Option<f64>]) -> Self {
        let is_whole = |x: f64| (x - x.round()).abs() <= ROUNDING * x.abs().max(1.0);
        for (angle, speed) in std::mem::take(&mut self.speeds) {
            let turn = turns[angle as usize].unwrap_or(f64::NAN);
            if !period.is_some_and(|period| is_whole(speed * turn / period)) {
                self.lost.insert(angle);
            }
        }
        self
    }
}

impl Program {
    /// The inputs that turn, with the length of a turn, after which an output may be another number.
    ///
    /// # Panics
    /// Without such an output, or for another number of inputs.
    pub fn sees_the_ends(&self, output: usize, turns: &[Option<f64>]) -> Vec<usize> {
        assert!(turns.len() == self.inputs, "{} inputs are told of {}", turns.len(), self.inputs);
        if turns.iter().all(Option::is_none) {
            return Vec::new();
        }
        let mut all: Vec<Turned> = Vec::with_capacity(self.nodes.len());
        for (place, node) in self.nodes.iter().enumerate() {
            let turned = match node {
                Node::Input if turns[place].is_some() => {
                    Turned { speeds: BTreeMap::from([(place as u32, 1.0)]), ..Turned::default() }
                }
                Node::Operation(at) => self.turned(at.op, self.operands(at), &all, turns),
                _ => Turned::default(),
            };
            all.push(turned);
        }
        let last = all.swap_remove(self.outputs[output] as usize).through(None, turns);
        last.lost.into_iter().map(|input| input as usize).collect()
    }

    fn turned(&self, op: Op, operands: &[u32], all: &[Turned], turns: &[Option<f64>]) -> Turned {
        let of = |node: u32| &all[node as usize];
        let known = |node: u32| match self.nodes[node as usize] {
            Node::Constant(value) => Some(value),
            _ => None,
        };
        let sum = |factors: &[f64]| {
            let each = operands.iter().zip(factors.iter().cycle());
            each.fold(Turned::default(), |sum, (node, factor)| sum.and(*factor, of(*node)))
        };
        match (op, operands) {
            (Op::Sum | Op::Binary(Binary::Add), _) => sum(&[1.0]),
            (Op::Binary(Binary::Subtract), _) => sum(&[1.0, -1.0]),
            (Op::Negate, &[a]) => of(a).times(-1.0),
            (Op::Binary(Binary::Multiply), &[a, b]) if known(a).is_some() || known(b).is_some() => {
                let (factor, other) = known(a).map_or_else(|| (known(b), a), |factor| (Some(factor), b));
                of(other).times(factor.unwrap_or(f64::NAN))
            }
            (Op::Binary(Binary::Divide), &[a, b]) if known(b).is_some() => {
                of(a).times(1.0 / known(b).unwrap_or(f64::NAN))
            }
            _ => {
                let period = match op {
                    Op::Elementwise(Elementwise::Sin | Elementwise::Cos) => Some(TAU),
                    Op::Elementwise(Elementwise::Tan) => Some(PI),
                    _ => None,
                };
                let each = operands.iter().map(|node| of(*node).clone().through(period, turns));
                each.fold(Turned::default(), |all, own| all.and(1.0, &own))
            }
        }
    }
}
