//! A text that has been parsed, for the caller.

use crate::bind::{self, Bound};
use crate::error::{LangError, Result};
use crate::lower::{self, Variable};
use crate::parser;
use crate::signature::Signature;
use crate::span::Span;
use crate::tape::Program;
use crate::tree::Expr;
use crate::value::Value;

/// A text and its tree.
#[derive(Clone, Debug)]
pub struct Parsed {
    text: String,
    root: Expr,
}

/// Parses one expression or distribution.
///
/// # Errors
/// Anything that the grammar does not allow; a text above 1 MiB; an expression nested more than 200 deep.
pub fn parse(text: &str) -> Result<Parsed> {
    let root = parser::expression(text).map_err(|error| error.within(text))?;
    Ok(Parsed { text: text.to_owned(), root })
}

impl Parsed {
    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    pub fn root(&self) -> &Expr {
        &self.root
    }

    /// The distribution that it calls.
    ///
    /// # Errors
    /// A distribution or parameter that the catalogue does not have, a missing or repeated one, an argument of another
    /// kind, batches of different sizes.
    pub fn bind<'c>(&self, catalogue: &'c [Signature]) -> Result<Bound<'c>> {
        bind::bind(&self.root, catalogue).map_err(|error| error.within(&self.text))
    }

    /// The numbers that it is.
    ///
    /// # Errors
    /// A name or function that is not known, shapes that do not go together, a value that is not a number.
    pub fn constant(&self) -> Result<Value<'static>> {
        let (shape, items) = lower::constant(&self.root).map_err(|error| error.within(&self.text))?;
        Ok(Value::from_items(shape, items))
    }

    /// The program that computes it from these variables, whose elements are its inputs in this order.
    ///
    /// # Errors
    /// A name or function that is not known, shapes that do not go together, a constant part that is not a number.
    pub fn compile(&self, variables: &[Variable<'_>]) -> Result<Program> {
        lower::compile(&self.root, variables).map_err(|error| error.within(&self.text))
    }

    /// The caller's own error about a part of the text.
    pub fn error(&self, span: Span, message: impl Into<String>) -> LangError {
        LangError::at(span, message).within(&self.text)
    }
}
