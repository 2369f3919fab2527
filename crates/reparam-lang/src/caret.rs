//! The line of an error and the carets under it, by display columns.

use unicode_width::UnicodeWidthChar;

use crate::span::Span;

/// Columns of a line that are shown; what is left of and right of the span is cut.
const WIDTH: usize = 96;
/// Columns that a tab takes.
const TAB: &str = "    ";

/// A line of text and the carets that stand under a part of it.
pub(crate) struct Snippet {
    pub(crate) line: String,
    pub(crate) carets: String,
}

/// The first line that `span` touches, with carets under the part of it that lies in `span`.
pub(crate) fn snippet(text: &str, span: Span) -> Snippet {
    let start = floor_boundary(text, span.start);
    let end = floor_boundary(text, span.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);

    let before = shown(&text[line_start..start]);
    let under = shown(&text[start..end.min(line_end)]);
    let after = shown(&text[end.min(line_end)..line_end]);

    // The span first, then an equal share to both sides, and what one side leaves to the other.
    let under = keep_first(&under, WIDTH);
    let room = WIDTH - columns(&under);
    let left = columns(&before).min((room / 2).max(room.saturating_sub(columns(&after))));
    let before = keep_last(&before, left);
    let after = keep_first(&after, room - columns(&before).min(room));
    Snippet {
        carets: format!("{}{}", " ".repeat(columns(&before)), "^".repeat(columns(&under).max(1))),
        line: format!("{before}{under}{after}").trim_end().to_owned(),
    }
}

/// The last character boundary at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text as a terminal can show it: tabs as spaces, and no control character that would move the cursor.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str(TAB),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The text, or as much of its beginning as fits into `limit` columns with an ellipsis.
fn keep_first(text: &str, limit: usize) -> String {
    if columns(text) <= limit {
        return text.to_owned();
    }
    let mut kept: String = fitting(text.chars(), limit).collect();
    kept.extend((limit > 0).then_some('…'));
    kept
}

/// The text, or as much of its end as fits into `limit` columns with an ellipsis.
fn keep_last(text: &str, limit: usize) -> String {
    if columns(text) <= limit {
        return text.to_owned();
    }
    let mut reversed: Vec<char> = fitting(text.chars().rev(), limit).collect();
    reversed.extend((limit > 0).then_some('…'));
    reversed.into_iter().rev().collect()
}

/// The characters that leave one of `limit` columns free.
fn fitting(characters: impl Iterator<Item = char>, limit: usize) -> impl Iterator<Item = char> {
    let mut used = 1;
    characters.take_while(move |c| {
        used += width(*c);
        used <= limit
    })
}

#[cfg(test)]
mod tests {
    use super::{Span, snippet};

    fn rendered(text: &str, start: usize, end: usize) -> String {
        let snippet = snippet(text, Span::new(start, end));
        format!("{}\n{}", snippet.line, snippet.carets)
    }

    #[test]
    fn carets_stand_under_their_characters() {
        assert_eq!(rendered("a + b", 4, 5), "a + b\n    ^");
        assert_eq!(rendered("σ_μ + b", 8, 9), "σ_μ + b\n      ^", "two bytes, one column");
        assert_eq!(rendered("分布(b)", 7, 8), "分布(b)\n     ^", "three bytes, two columns");
        assert_eq!(rendered("\ta\t+ b", 1, 2), "    a    + b\n    ^", "a tab is four columns");
        assert_eq!(rendered("e\u{301} + b", 6, 7), "e\u{301} + b\n    ^", "a combining accent has no column");
    }

    #[test]
    fn an_empty_span_has_one_caret() {
        assert_eq!(rendered("", 0, 0), "\n^");
        assert_eq!(rendered("a +", 3, 3), "a +\n   ^");
    }

    #[test]
    fn only_the_line_of_the_span_is_shown() {
        assert_eq!(rendered("a +\nb * c\nd", 4, 5), "b * c\n^");
        assert_eq!(rendered("f(a,\nb)", 0, 7), "f(a,\n^^^^", "carets end with the line");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(rendered("a\u{1b}[31mb", 1, 2), "a\u{fffd}[31mb\n ^");
    }

    #[test]
    fn long_lines_are_cut_around_the_span() {
        let text = format!("{}X{}", "a".repeat(500), "b".repeat(500));
        let snippet = snippet(&text, Span::new(500, 501));
        assert_eq!(snippet.line, format!("…{}X{}…", "a".repeat(46), "b".repeat(47)));
        assert_eq!(snippet.carets, format!("{}^", " ".repeat(47)));
    }

    #[test]
    fn a_cut_line_gives_its_room_to_the_longer_side() {
        let text = format!("X{}", "b".repeat(500));
        assert_eq!(snippet(&text, Span::new(0, 1)).line, format!("X{}…", "b".repeat(94)));
        let text = format!("{}X", "a".repeat(500));
        assert_eq!(snippet(&text, Span::new(500, 501)).line, format!("…{}X", "a".repeat(94)));
    }

    #[test]
    fn a_long_span_is_cut_too() {
        let snippet = snippet(&"a".repeat(500), Span::new(0, 500));
        assert_eq!(snippet.line, format!("{}…", "a".repeat(95)));
        assert_eq!(snippet.carets, "^".repeat(96));
    }

    #[test]
    fn wide_characters_are_cut_whole() {
        let snippet = snippet(&"分".repeat(300), Span::new(300, 303));
        assert!(snippet.line.starts_with("…分") && snippet.line.ends_with("分…"));
        assert!(snippet.carets.ends_with("^^"));
    }

    #[test]
    fn spans_off_a_boundary_or_the_text_do_not_panic() {
        assert_eq!(rendered("μ", 1, 1), "μ\n^");
        assert_eq!(rendered("ab", 7, 9), "ab\n  ^");
    }
}
