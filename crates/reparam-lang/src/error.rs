//! The one error type: what was wrong, where in the text, and what to do about it.

use std::fmt;

use crate::caret;
use crate::span::Span;

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, LangError>;

/// An error in a text.
///
/// Its display is the message, the line it is about, and a caret with the help:
///
/// ```text
/// unknown distribution `Gama`
///   Gama(2.5, rate=1.2)
///   ^^^^ did you mean `Gamma`?
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LangError {
    /// What was wrong; one line, no full stop.
    pub message: String,
    /// The part of the text that the message is about.
    pub span: Span,
    /// What was expected or what to do, where there is something to say.
    pub help: Option<String>,
    /// The whole text.
    pub text: String,
}

impl LangError {
    /// An error about `span`, in a text that [`within`](Self::within) adds.
    pub(crate) fn at(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, help: None, text: String::new() }
    }

    /// The same error, about this text.
    pub(crate) fn within(self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self }
    }

    /// The same error with a hint beside its caret.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same error with a hint beside its caret, if there is one.
    pub(crate) fn help_if(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    /// What a user reads: `error: `, the message, the line and the caret.
    pub fn render(&self) -> String {
        format!("error: {self}")
    }
}

impl fmt::Display for LangError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let snippet = caret::snippet(&self.text, self.span);
        write!(f, "{}\n  {}\n  {}", self.message, snippet.line, snippet.carets)?;
        match &self.help {
            Some(help) => write!(f, " {help}"),
            None => Ok(()),
        }
    }
}
