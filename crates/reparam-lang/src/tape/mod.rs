//! Expressions compiled to a flat list of operations on columns of draws.

mod batch;
mod elementwise;
mod op;
mod program;
mod terms;

pub use batch::{Batch, Fault};
pub(crate) use elementwise::Elementwise;
pub use elementwise::Number;
pub(crate) use op::Op;
pub(crate) use program::Builder;
pub use program::Program;
pub use terms::Term;
