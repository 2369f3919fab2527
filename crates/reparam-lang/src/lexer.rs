//! Text into words.

use crate::error::{LangError, Result};
use crate::span::Span;
use crate::token::{Symbol, Token, TokenKind};

/// The longest text that is read, in bytes: a vector of some 100,000 numbers.
const LONGEST: usize = 1 << 20;

/// Characters that word processors put where a symbol belongs.
const LOOK_ALIKES: [(&str, &str); 6] =
    [("−–—", "-"), ("×·⋅", "*"), ("÷", "/"), ("≤", "<="), ("≥", ">="), ("≠", "!=")];

/// The words of `text`, the last of them [`TokenKind::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>> {
    if text.len() > LONGEST {
        let message = format!("the text has {} bytes, and at most {LONGEST} are read", text.len());
        return Err(LangError::at(Span::default(), message));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (kind, length) = if starts_number(rest) {
            let length = number_length(rest);
            (TokenKind::Number(number(rest, at, length)?), length)
        } else if c.is_alphabetic() || c == '_' {
            let length = name_length(rest);
            (TokenKind::Name(&rest[..length]), length)
        } else if let Some(symbol) = Symbol::ALL.iter().find(|symbol| rest.starts_with(symbol.text())) {
            (TokenKind::Symbol(*symbol), symbol.text().len())
        } else {
            return Err(unexpected(c, at));
        };
        let span = Span::new(at, at + length);
        tokens.push(Token { kind, span });
        at = span.end;
    }
    tokens.push(Token { kind: TokenKind::End, span: Span::new(at, at) });
    Ok(tokens)
}

fn starts_number(text: &str) -> bool {
    let digits = text.strip_prefix('.').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphabetic() || c.is_ascii_digit() || c == '_')).unwrap_or(text.len())
}

/// The bytes of a number, with whatever letters and dots stick to it.
fn number_length(text: &str) -> usize {
    let mut previous = '0';
    let ends = |c: char| {
        let sign_of_exponent = matches!(c, '+' | '-') && matches!(previous, 'e' | 'E');
        previous = c;
        !(c.is_alphanumeric() || c == '.' || c == '_' || sign_of_exponent)
    };
    text.find(ends).unwrap_or(text.len())
}

/// The number that `text` starts with, in its first `length` bytes.
fn number(text: &str, at: usize, length: usize) -> Result<f64> {
    let word = &text[..length];
    let error = |message: String| LangError::at(Span::new(at, at + length), message);
    let Ok(value) = word.parse::<f64>() else {
        let digits = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(length);
        let is_product =
            word[..digits].parse::<f64>().is_ok() && word[digits..].chars().all(char::is_alphabetic);
        let help =
            is_product.then(|| format!("a product is written {} * {}", &word[..digits], &word[digits..]));
        return Err(error(format!("`{word}` is no number")).help_if(help));
    };
    let mantissa = word.split(['e', 'E']).next().unwrap_or(word);
    if value.is_infinite() {
        return Err(error(format!("`{word}` is beyond double precision")).help("infinity is written inf"));
    }
    if value == 0.0 && mantissa.contains(|c| matches!(c, '1'..='9')) {
        return Err(error(format!("`{word}` is beyond double precision")).help("it would be read as 0"));
    }
    Ok(value)
}

fn unexpected(c: char, at: usize) -> LangError {
    let help = match c {
        '{' | '}' => Some("vectors are written [1, 2], groups (1 + 2)".to_owned()),
        ';' => Some("the rows of a matrix are vectors: [[1, 0], [0, 1]]".to_owned()),
        _ => LOOK_ALIKES
            .iter()
            .find(|(alike, _)| alike.contains(c))
            .map(|(_, symbol)| format!("did you mean `{symbol}`?")),
    };
    let name = if c.is_control() { format!("{}", c.escape_default()) } else { c.to_string() };
    LangError::at(Span::new(at, at + c.len_utf8()), format!("unexpected character `{name}`")).help_if(help)
}
