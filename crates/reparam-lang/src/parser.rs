//! Words into a tree, by precedence climbing (Pratt, "Top down operator precedence", 1973).

use crate::error::{LangError, Result};
use crate::lexer::tokens;
use crate::span::Span;
use crate::token::{Symbol, Token, TokenKind};
use crate::tree::{Argument, Binary, COMPARISON, Call, Expr, ExprKind, Name, POWER};

/// The deepest tree, so that no walk over one runs out of stack.
const DEEPEST: usize = 200;

/// Operators in a row that bind alike, beyond which they are a [chain](ExprKind::Chain).
const IN_A_ROW: usize = 32;

/// The one expression that `text` is.
pub(crate) fn expression(text: &str) -> Result<Expr> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0 };
    if tokens.len() == 1 {
        return Err(LangError::at(tokens[0].span, "the text is empty"));
    }
    let whole = parser.nested(COMPARISON)?;
    match parser.peek().kind {
        TokenKind::End => Ok(whole.expr),
        _ => Err(parser.stray("an operator")),
    }
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    next: usize,
    depth: usize,
}

/// An expression and the height of its tree.
struct Grown {
    expr: Expr,
    height: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Token<'_> {
        self.tokens[self.next]
    }

    /// The next word; the end of the text stays where it is.
    fn advance(&mut self) -> Span {
        let span = self.peek().span;
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        span
    }

    fn at(&self, symbol: Symbol) -> bool {
        self.peek().kind == TokenKind::Symbol(symbol)
    }

    fn take(&mut self, symbol: Symbol) -> Option<Span> {
        self.at(symbol).then(|| self.advance())
    }

    /// The bracket that closes the one at `open`.
    fn close(&mut self, symbol: Symbol, open: Span) -> Result<Span> {
        if let Some(span) = self.take(symbol) {
            return Ok(span);
        }
        Err(match self.peek().kind {
            TokenKind::End => LangError::at(open, format!("this bracket lacks its `{}`", symbol.text())),
            _ => self.stray(&format!("an operator, `,` or `{}`", symbol.text())),
        })
    }

    /// An expression inside another one, of operators that bind at least this tightly.
    fn nested(&mut self, least: u8) -> Result<Grown> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(too_deep(self.peek().span));
        }
        let grown = self.operators(least);
        self.depth -= 1;
        grown
    }

    fn operators(&mut self, least: u8) -> Result<Grown> {
        let mut left = self.prefix()?;
        let mut compared = false;
        let (mut last, mut in_a_row) = (None, 0);
        while let Some(operator) = self.operator() {
            let precedence = operator.precedence();
            if precedence < least {
                break;
            }
            let at = self.advance();
            if precedence == COMPARISON && std::mem::replace(&mut compared, true) {
                let message = "comparisons cannot be chained";
                return Err(LangError::at(at, message).help("both hold where (a < b) * (b < c)"));
            }
            let right = self.nested(if precedence == POWER { POWER } else { precedence + 1 })?;
            in_a_row = if last.replace(precedence) == Some(precedence) { in_a_row + 1 } else { 1 };
            if in_a_row > IN_A_ROW {
                left = longer(left, operator, right, in_a_row > IN_A_ROW + 1)?;
                continue;
            }
            let height = left.height.max(right.height);
            let span = left.expr.span.to(right.expr.span);
            let (left_side, right_side) = (Box::new(left.expr), Box::new(right.expr));
            left = grown(ExprKind::Binary { operator, left: left_side, right: right_side }, span, height)?;
        }
        Ok(left)
    }

    fn operator(&self) -> Option<Binary> {
        let TokenKind::Symbol(symbol) = self.peek().kind else { return None };
        Some(match symbol {
            Symbol::Less => Binary::Less,
            Symbol::LessEqual => Binary::LessEqual,
            Symbol::Greater => Binary::Greater,
            Symbol::GreaterEqual => Binary::GreaterEqual,
            Symbol::Equal => Binary::Equal,
            Symbol::NotEqual => Binary::NotEqual,
            Symbol::Plus => Binary::Add,
            Symbol::Minus => Binary::Subtract,
            Symbol::Star => Binary::Multiply,
            Symbol::Slash => Binary::Divide,
            Symbol::Caret | Symbol::Power => Binary::Power,
            _ => return None,
        })
    }

    fn prefix(&mut self) -> Result<Grown> {
        if let Some(sign) = self.take(Symbol::Minus) {
            let operand = self.nested(POWER)?;
            let span = sign.to(operand.expr.span);
            return grown(ExprKind::Negate(Box::new(operand.expr)), span, operand.height);
        }
        if self.take(Symbol::Plus).is_some() {
            return self.nested(POWER);
        }
        let mut whole = self.atom()?;
        while let Some(open) = self.take(Symbol::OpenBracket) {
            let index = self.nested(COMPARISON)?;
            let span = whole.expr.span.to(self.close(Symbol::CloseBracket, open)?);
            let height = whole.height.max(index.height);
            let (of, index) = (Box::new(whole.expr), Box::new(index.expr));
            whole = grown(ExprKind::Index { of, index }, span, height)?;
        }
        Ok(whole)
    }

    fn atom(&mut self) -> Result<Grown> {
        let Token { kind, span } = self.peek();
        match kind {
            TokenKind::Number(value) => {
                self.advance();
                grown(ExprKind::Number(value), span, 0)
            }
            TokenKind::Name(text) => {
                let name = Name { text: text.to_owned(), span };
                self.advance();
                match self.take(Symbol::OpenParen) {
                    Some(open) => self.call(name, open),
                    None => grown(ExprKind::Name(name.text), span, 0),
                }
            }
            TokenKind::Symbol(Symbol::OpenParen) => {
                self.advance();
                let mut group = self.nested(COMPARISON)?;
                group.expr.span = span.to(self.close(Symbol::CloseParen, span)?);
                Ok(group)
            }
            TokenKind::Symbol(Symbol::OpenBracket) => {
                self.advance();
                self.vector(span)
            }
            TokenKind::Symbol(_) | TokenKind::End => {
                Err(LangError::at(span, format!("expected an expression, not {kind}")))
            }
        }
    }

    fn vector(&mut self, open: Span) -> Result<Grown> {
        let mut elements = Vec::new();
        let mut height = 0;
        let close = loop {
            if let Some(close) = self.take(Symbol::CloseBracket) {
                break close;
            }
            let element = self.nested(COMPARISON)?;
            height = height.max(element.height);
            elements.push(element.expr);
            if self.take(Symbol::Comma).is_none() {
                break self.close(Symbol::CloseBracket, open)?;
            }
        };
        if elements.is_empty() {
            return Err(LangError::at(open.to(close), "a vector has at least one element"));
        }
        grown(ExprKind::Vector(elements), open.to(close), height)
    }

    fn call(&mut self, name: Name, open: Span) -> Result<Grown> {
        let mut arguments: Vec<Argument> = Vec::new();
        let mut height = 0;
        let close = loop {
            if let Some(close) = self.take(Symbol::CloseParen) {
                break close;
            }
            let keyword = self.keyword();
            let value = self.nested(COMPARISON)?;
            height = height.max(value.height);
            if keyword.is_none()
                && let Some(named) = arguments.last().and_then(|argument| argument.keyword.as_ref())
            {
                let message = format!("an argument without a name follows the named `{}`", named.text);
                return Err(LangError::at(value.expr.span, message).help("named arguments come last"));
            }
            arguments.push(Argument { keyword, value: value.expr });
            if self.take(Symbol::Comma).is_none() {
                break self.close(Symbol::CloseParen, open)?;
            }
        };
        let span = name.span.to(close);
        grown(ExprKind::Call(Call { name, arguments }), span, height)
    }

    /// The `rate=` of `rate=1.2`.
    fn keyword(&mut self) -> Option<Name> {
        let Token { kind: TokenKind::Name(text), span } = self.peek() else { return None };
        // A name is never the last token: the end follows.
        if self.tokens[self.next + 1].kind != TokenKind::Symbol(Symbol::Assign) {
            return None;
        }
        let name = Name { text: text.to_owned(), span };
        self.advance();
        self.advance();
        Some(name)
    }

    /// The error for a word after which the expression cannot go on.
    fn stray(&self, expected: &str) -> LangError {
        let Token { kind, span } = self.peek();
        let error = |message: String| LangError::at(span, message);
        match kind {
            TokenKind::Symbol(Symbol::CloseParen | Symbol::CloseBracket) => {
                error(format!("{kind} closes nothing"))
            }
            TokenKind::Symbol(Symbol::Assign) => error(format!("{kind} has no place here"))
                .help("arguments are named by f(name=1), numbers compared by `==`"),
            TokenKind::Symbol(Symbol::Comma) => {
                error(format!("{kind} has no place here")).help("a vector is written [1, 2]")
            }
            _ => error(format!("expected {expected}, not {kind}")),
        }
    }
}

/// An expression and one operator more, in the chain that it is or in a new one.
fn longer(left: Grown, operator: Binary, right: Grown, is_chain: bool) -> Result<Grown> {
    let span = left.expr.span.to(right.expr.span);
    match left.expr.kind {
        ExprKind::Chain { first, mut rest } if is_chain => {
            rest.push((operator, right.expr));
            let height = left.height.max(right.height + 1);
            Ok(Grown { expr: Expr { kind: ExprKind::Chain { first, rest }, span }, height })
        }
        kind => {
            let first = Box::new(Expr { kind, span: left.expr.span });
            let kind = ExprKind::Chain { first, rest: vec![(operator, right.expr)] };
            grown(kind, span, left.height.max(right.height))
        }
    }
}

/// An expression over parts of this height.
fn grown(kind: ExprKind, span: Span, height: usize) -> Result<Grown> {
    let height = height + 1;
    if height > DEEPEST {
        return Err(too_deep(span));
    }
    Ok(Grown { expr: Expr { kind, span }, height })
}

fn too_deep(span: Span) -> LangError {
    LangError::at(span, format!("expressions are nested at most {DEEPEST} deep"))
        .help("many terms can stand in one vector: sum([a, b, c])")
}
