//! The words of the grammar.

use std::fmt;

use crate::span::Span;

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind<'a>,
    pub(crate) span: Span,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TokenKind<'a> {
    Number(f64),
    Name(&'a str),
    Symbol(Symbol),
    End,
}

macro_rules! symbols {
    ($($name:ident $text:literal)+) => {
        /// Operators, brackets and separators.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Symbol { $($name),+ }

        impl Symbol {
            /// A symbol stands before any other that its spelling begins with.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            pub(crate) const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

symbols! {
    LessEqual "<=" GreaterEqual ">=" Equal "==" NotEqual "!=" Power "**"
    Less "<" Greater ">" Assign "=" Plus "+" Minus "-" Star "*" Slash "/" Caret "^"
    OpenParen "(" CloseParen ")" OpenBracket "[" CloseBracket "]" Comma ","
}

impl fmt::Display for TokenKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(_) => f.write_str("a number"),
            Self::Name(name) => write!(f, "`{name}`"),
            Self::Symbol(symbol) => write!(f, "`{}`", symbol.text()),
            Self::End => f.write_str("the end of the text"),
        }
    }
}
