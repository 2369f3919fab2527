//! Expressions and distributions as text: parsed, checked, compiled.
//!
//! An expression is written as in mathematics, `sum(tanh(z)) + 0.5*z[1]^2`. It is compiled to a flat list of operations
//! that computes it, and its derivatives by reverse accumulation, for a batch of draws at a time:
//!
//! ```
//! use reparam_lang::{Shape, Variable, parse};
//!
//! let z = Variable { name: "z", shape: Shape::Vector(3) };
//! let program = parse("sum(tanh(z)) + 0.5*z[1]^2")?.compile(&[z])?;
//! let mut batch = program.batch(1024);
//! batch.input_mut(1)[..2].copy_from_slice(&[0.0, 2.0]); // z[1] in two draws
//! batch.evaluate(2);
//! batch.differentiate(0);
//! assert_eq!(batch.output(0), [0.0, 2.0 + 2.0_f64.tanh()]);
//! assert_eq!(batch.slope(1), [1.0, 2.0 + 1.0 / 2.0_f64.cosh().powi(2)]);
//! # Ok::<(), reparam_lang::LangError>(())
//! ```
//!
//! A distribution is a call, `Gamma(2.5, rate=1.2)`. Which there are, the caller declares:
//!
//! ```
//! use reparam_lang::{Parameter, Signature, Value, parse};
//!
//! const GAMMA: Signature = Signature::new(
//!     "Gamma",
//!     &[
//!         &[Parameter::scalar("concentration").or(&["alpha"]), Parameter::scalar("rate")],
//!         &[Parameter::scalar("concentration").or(&["alpha"]), Parameter::scalar("scale")],
//!     ],
//! );
//! let gamma = parse("Gamma(2.5, rate=sqrt(2)/3)")?.bind(&[GAMMA])?.arguments[0].value.clone();
//! assert_eq!(gamma, Value::Number(2.5));
//!
//! let error = parse("Gama(2.5, rate=1.2)")?.bind(&[GAMMA]).unwrap_err();
//! assert_eq!(error.render(), "\
//! error: unknown distribution `Gama`
//!   Gama(2.5, rate=1.2)
//!   ^^^^ did you mean `Gamma`?");
//! # Ok::<(), reparam_lang::LangError>(())
//! ```
//!
//! # Grammar
//!
//! From the loosest to the tightest:
//!
//! | | |
//! |---|---|
//! | `<` `<=` `>` `>=` `==` `!=` | 1 where it holds and 0 elsewhere; cannot be chained |
//! | `+` `-` | |
//! | `*` `/` | |
//! | `-x` `+x` | `-z^2` is `-(z^2)` |
//! | `^` `**` | groups to the right |
//! | `z[0]` | a known whole number, from 0; -1 is the last |
//! | `.5` `1e-3` `pi` `e` `inf` `z` `[1, 2]` `[[1, 0], [0, 1]]` `f(x)` `D(1, rate=2)` `(x)` | |
//!
//! Operators and elementwise functions take numbers, vectors and matrices of one shape; a number goes with every
//! element. [`functions`] lists all functions.

mod bind;
mod caret;
mod error;
mod functions;
mod lexer;
mod lower;
mod parsed;
mod parser;
mod print;
mod signature;
mod span;
mod spelling;
mod tape;
mod token;
mod tree;
mod value;

pub use bind::{Bound, BoundArgument};
pub use error::{LangError, Result};
pub use functions::{Builtin, functions};
pub use lower::Variable;
pub use parsed::{Parsed, parse};
pub use signature::{Kind, Parameter, Refused, Signature};
pub use span::Span;
pub use tape::{Batch, Break, Breaks, Fault, Interval, Known, Number, Program, Term, Why};
pub use tree::{Argument, Binary, Call, Expr, ExprKind, Name};
pub use value::{Matrix, Shape, Value};
