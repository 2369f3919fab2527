//! The tree of a text: what stands in it, and where.

use crate::span::Span;

/// A part of a text and where it stands. Two are equal when they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, with the brackets of a group.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `2.5`; never negative, infinite or not-a-number.
    Number(f64),
    /// `z`, `pi`
    Name(String),
    /// `[1, 2]`; never empty.
    Vector(Vec<Expr>),
    /// `z[0]`
    Index {
        /// What is indexed.
        of: Box<Expr>,
        /// The expression between the brackets.
        index: Box<Expr>,
    },
    /// `-z`
    Negate(Box<Expr>),
    /// `a + b`
    Binary {
        /// The operator between them.
        operator: Binary,
        /// What stands left of it.
        left: Box<Expr>,
        /// What stands right of it.
        right: Box<Expr>,
    },
    /// `a + b - c + …`: what stands beyond many operators that bind alike, from left to right. As deep as one of them, so
    /// that long sums are not.
    Chain {
        /// What stands left of them.
        first: Box<Expr>,
        /// Each operator, and what stands right of it; never empty.
        rest: Vec<(Binary, Expr)>,
    },
    /// `Gamma(2.5, rate=1.2)`, `sin(z)`
    Call(Call),
}

/// A name with arguments: a function or a distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub name: Name,
    /// The arguments, those without a keyword first.
    pub arguments: Vec<Argument>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// `rate` in `rate=1.2`.
    pub keyword: Option<Name>,
    /// What is given.
    pub value: Expr,
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

macro_rules! binaries {
    ($($name:ident $text:literal $precedence:literal)+) => {
        /// The operators between two expressions. A comparison is 1 where it holds and 0 elsewhere.
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Binary { $($name),+ }

        impl Binary {
            /// How it is written.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// How tightly it binds.
            pub(crate) const fn precedence(self) -> u8 {
                match self { $(Self::$name => $precedence),+ }
            }

            /// Whether it is 1 or 0.
            pub(crate) const fn is_comparison(self) -> bool {
                self.precedence() == COMPARISON
            }
        }
    };
}

binaries! {
    Less "<" 1  LessEqual "<=" 1  Greater ">" 1  GreaterEqual ">=" 1  Equal "==" 1  NotEqual "!=" 1
    Add "+" 2  Subtract "-" 2
    Multiply "*" 3  Divide "/" 3
    Power "^" 5
}

/// How tightly a comparison binds.
pub(crate) const COMPARISON: u8 = Binary::Less.precedence();
/// How tightly a sign binds: `-z^2` is `-(z^2)`, and `-a*b` is `(-a)*b`.
pub(crate) const SIGN: u8 = 4;
/// How tightly a power binds.
pub(crate) const POWER: u8 = Binary::Power.precedence();
