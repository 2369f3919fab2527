//! A tree as text, with the fewest brackets, that parses to the same tree.

use std::fmt::{self, Display, Formatter};

use crate::tree::{Argument, COMPARISON, Call, Expr, ExprKind, POWER, SIGN};

/// Binds more tightly than any operator.
const ATOM: u8 = u8::MAX;

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            // The shortest digits that read back as the same number.
            ExprKind::Number(value) => f.write_str(format!("{value:?}").trim_end_matches(".0")),
            ExprKind::Name(name) => f.write_str(name),
            ExprKind::Vector(elements) => {
                f.write_str("[")?;
                list(elements, f)?;
                f.write_str("]")
            }
            ExprKind::Index { of, index } => {
                bracketed(of, ATOM, f)?;
                write!(f, "[{index}]")
            }
            ExprKind::Negate(operand) => {
                f.write_str("-")?;
                bracketed(operand, SIGN, f)
            }
            ExprKind::Binary { operator, left, right } => {
                let precedence = operator.precedence();
                // A power groups to the right and takes a sign there; all others group to the left or not at all.
                let (least_left, least_right) = match precedence {
                    POWER => (POWER + 1, SIGN),
                    COMPARISON => (precedence + 1, precedence + 1),
                    _ => (precedence, precedence + 1),
                };
                bracketed(left, least_left, f)?;
                let space = if precedence == POWER { "" } else { " " };
                write!(f, "{space}{}{space}", operator.text())?;
                bracketed(right, least_right, f)
            }
            ExprKind::Chain { first, rest } => {
                let precedence = rest[0].0.precedence();
                bracketed(first, precedence, f)?;
                for (operator, right) in rest {
                    write!(f, " {} ", operator.text())?;
                    bracketed(right, precedence + 1, f)?;
                }
                Ok(())
            }
            ExprKind::Call(call) => call.fmt(f),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name.text)?;
        list(&self.arguments, f)?;
        f.write_str(")")
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(keyword) = &self.keyword {
            write!(f, "{}=", keyword.text)?;
        }
        self.value.fmt(f)
    }
}

fn list(items: &[impl Display], f: &mut Formatter<'_>) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { ", " })?;
        item.fmt(f)?;
    }
    Ok(())
}

/// The expression, in brackets unless it binds at least this tightly.
fn bracketed(expr: &Expr, least: u8, f: &mut Formatter<'_>) -> fmt::Result {
    let binds = match &expr.kind {
        ExprKind::Negate(_) => SIGN,
        ExprKind::Binary { operator, .. } => operator.precedence(),
        ExprKind::Chain { rest, .. } => rest[0].0.precedence(),
        _ => ATOM,
    };
    if binds < least { write!(f, "({expr})") } else { expr.fmt(f) }
}
