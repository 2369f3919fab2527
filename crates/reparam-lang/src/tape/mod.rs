//! Expressions compiled to a flat list of operations on columns of draws.

mod batch;
mod breaks;
mod elementwise;
mod interval;
mod op;
mod program;
mod range;
mod terms;
mod turns;

pub use batch::{Batch, Fault};
pub use breaks::{Break, Breaks, Known, Why};
pub(crate) use elementwise::Elementwise;
pub use elementwise::Number;
pub use interval::Interval;
pub(crate) use op::Op;
pub(crate) use program::Builder;
pub use program::Program;
pub use terms::Term;
