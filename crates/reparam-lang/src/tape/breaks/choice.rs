//! Choices between expressions that may be the same number where one takes over from the other.

use std::collections::{BTreeSet, HashMap};

use super::{Fact, Look, Narrowed, Why, joined};
use crate::tape::interval::Interval;
use crate::tape::op::Op;
use crate::tape::program::{Instruction, Node};
use crate::tree::Binary;

/// How deep choices may be nested.
const DEEPEST: usize = 3;

impl Look<'_> {
    /// A choice by a comparison with a number, `where(x > k, a, b)` or `(x > k) * a`: each expression is looked at where it
    /// is taken, and what they are at x = k is compared. None for what is no such choice.
    pub(super) fn choice(
        &self,
        at: &Instruction,
        operands: &[u32],
        of: &dyn Fn(u32) -> Fact,
        narrowed: &Narrowed,
    ) -> Option<Fact> {
        let (condition, taken, other) = match (at.op, operands) {
            (Op::Select, &[condition, taken, other]) => (condition, taken, Some(other)),
            (Op::Binary(Binary::Multiply), &[a, b]) if self.comparison(a).is_some() => (a, b, None),
            (Op::Binary(Binary::Multiply), &[a, b]) if self.comparison(b).is_some() => (b, a, None),
            _ => return None,
        };
        let decides = of(condition);
        let nothing = || Fact { range: Interval::point(0.0), moves: 0, broken: Vec::new(), wild: None };
        let or_nothing = |node: Option<u32>, of: &dyn Fn(u32) -> Fact| node.map_or_else(nothing, of);
        if !decides.range.contains(0.0) {
            return Some(of(taken));
        }
        if decides.range.single() == Some(0.0) {
            return Some(or_nothing(other, of));
        }
        if let Some((x, k, above)) = self.comparison(condition) {
            let at_once = |ends: Interval, node: Option<u32>| {
                let ends = [narrowed, &[(self.numbers[x as usize], ends)]].concat();
                node.map_or_else(|| Some(nothing()), |node| self.within(node, &ends))
            };
            let regions = [
                Interval { has_low: false, ..Interval::closed(k, f64::INFINITY) },
                Interval { has_high: false, ..Interval::closed(f64::NEG_INFINITY, k) },
            ];
            let [first, second] = if above { regions } else { [regions[1], regions[0]] };
            let sides = at_once(first, Some(taken)).zip(at_once(second, other));
            let meet = at_once(Interval::point(k), Some(taken)).zip(at_once(Interval::point(k), other));
            if let (Some((a, b)), Some((here, there))) = (sides, meet)
                && here.range.single().is_some()
                && here.range.single() == there.range.single()
            {
                let decides = of(x);
                let broken =
                    [&a.broken, &b.broken].into_iter().fold(decides.broken, |all, own| joined(all, own));
                return Some(Fact {
                    range: a.range.hull(b.range),
                    moves: decides.moves | a.moves | b.moves,
                    broken,
                    wild: a.wild.or(b.wild),
                });
            }
        }
        other?;
        let (a, b) = (of(taken), or_nothing(other, of));
        let all =
            [&a.broken, &b.broken].into_iter().fold(decides.broken.clone(), |all, own| joined(all, own));
        let span = match &self.program.nodes[condition as usize] {
            Node::Operation(condition) => condition.span,
            _ => at.span,
        };
        Some(Fact {
            range: a.range.hull(b.range),
            moves: decides.moves | a.moves | b.moves,
            broken: joined(all, &[(decides.moves, self.note(span, Why::Step))]),
            wild: a.wild.or(b.wild),
        })
    }

    /// What a node compares with which number, and whether it holds above that or below.
    fn comparison(&self, node: u32) -> Option<(u32, f64, bool)> {
        let Node::Operation(instruction) = &self.program.nodes[node as usize] else { return None };
        let (Op::Binary(operator), &[a, b]) = (instruction.op, self.program.operands(instruction)) else {
            return None;
        };
        let known = |node: u32| match self.program.nodes[node as usize] {
            Node::Constant(value) => Some(value),
            _ => None,
        };
        let is_left_larger = match operator {
            Binary::Greater | Binary::GreaterEqual => true,
            Binary::Less | Binary::LessEqual => false,
            _ => return None,
        };
        match (known(a), known(b)) {
            (None, Some(k)) => Some((a, k, is_left_larger)),
            (Some(k), None) => Some((b, k, !is_left_larger)),
            _ => None,
        }
    }

    /// What is known of a node where some expressions lie between narrower ends; none where that takes too long.
    fn within(&self, node: u32, narrowed: &Narrowed) -> Option<Fact> {
        if narrowed.len() > DEEPEST {
            return None;
        }
        let mut all = BTreeSet::from([node]);
        let mut open = vec![node];
        while let Some(next) = open.pop() {
            if let Node::Operation(instruction) = &self.program.nodes[next as usize] {
                open.extend(
                    self.program.operands(instruction).iter().filter(|operand| all.insert(**operand)),
                );
            }
            if all.len() > self.again.get() {
                return None;
            }
        }
        self.again.set(self.again.get() - all.len());
        let mut facts: HashMap<u32, Fact> = HashMap::new();
        for next in all {
            let fact = self.fact(next, &|node| facts[&node].clone(), narrowed);
            facts.insert(next, fact);
        }
        facts.remove(&node)
    }
}
