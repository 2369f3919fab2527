//! What can be called in an expression.

use crate::tape::{Elementwise, Op};
use crate::tree::Binary;

/// A function of expressions.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// The names of its arguments, as the documentation writes them.
    pub arguments: &'static str,
    /// What it is.
    pub summary: &'static str,
    pub(crate) action: Action,
}

/// How the arguments become the value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    /// Of each element on its own; a number goes with every element of the other arguments.
    Broadcast {
        op: Op,
        arguments: usize,
    },
    /// Of all elements of one argument at once.
    Reduce(Op),
    /// The larger or smaller of several arguments, or of the elements of one.
    Extremum(Op),
    Mean,
    Product,
    Dot,
    Length,
}

const OTHERS: [Builtin; 13] = [
    builtin(
        "pow",
        "a, b",
        "a to the power b, as a^b",
        Action::Broadcast { op: Op::Binary(Binary::Power), arguments: 2 },
    ),
    builtin(
        "atan2",
        "y, x",
        "angle of the point (x, y), in (-pi, pi]; jumps where y passes 0 below x = 0",
        Action::Broadcast { op: Op::Atan2, arguments: 2 },
    ),
    builtin(
        "where",
        "condition, a, b",
        "a where the condition holds (is not 0), else b",
        Action::Broadcast { op: Op::Select, arguments: 3 },
    ),
    builtin(
        "max",
        "a, b, ...",
        "the largest of the arguments, or of the elements of one",
        Action::Extremum(Op::Max),
    ),
    builtin(
        "min",
        "a, b, ...",
        "the smallest of the arguments, or of the elements of one",
        Action::Extremum(Op::Min),
    ),
    builtin("sum", "v", "the sum of the elements", Action::Reduce(Op::Sum)),
    builtin("mean", "v", "the mean of the elements", Action::Mean),
    builtin("prod", "v", "the product of the elements", Action::Product),
    builtin("norm", "v", "the Euclidean norm; slope 0 at the origin", Action::Reduce(Op::Norm)),
    builtin("logsumexp", "v", "log of the sum of e^x over the elements", Action::Reduce(Op::LogSumExp)),
    builtin("dot", "v, w", "the sum of the products of the elements", Action::Dot),
    builtin("length", "v", "how many elements a vector has, or rows a matrix", Action::Length),
    // The name under which the others know it.
    builtin(
        "ln",
        "x",
        "natural logarithm",
        Action::Broadcast { op: Op::Elementwise(Elementwise::Log), arguments: 1 },
    ),
];

const fn builtin(
    name: &'static str,
    arguments: &'static str,
    summary: &'static str,
    action: Action,
) -> Builtin {
    Builtin { name, arguments, summary, action }
}

/// All functions that an expression can call.
pub fn functions() -> impl Iterator<Item = Builtin> {
    let elementwise = Elementwise::ALL.iter().map(|function| {
        let action = Action::Broadcast { op: Op::Elementwise(*function), arguments: 1 };
        builtin(function.name(), "x", function.summary(), action)
    });
    elementwise.chain(OTHERS)
}

/// The function with this name.
pub(crate) fn find(name: &str) -> Option<Builtin> {
    functions().find(|builtin| builtin.name == name)
}

/// The numbers that have a name.
pub(crate) const CONSTANTS: [(&str, f64); 3] =
    [("pi", std::f64::consts::PI), ("e", std::f64::consts::E), ("inf", f64::INFINITY)];
