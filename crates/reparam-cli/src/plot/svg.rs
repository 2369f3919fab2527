//! SVG text: elements, short numbers, and escaping in the one place through which all text passes.

use std::fmt::{self, Display, Write};

/// An `<svg>` element being written.
#[derive(Debug)]
pub struct Svg(String);

impl Svg {
    /// Opens the element; `name` is its accessible name.
    pub fn new(name: &str, width: f64, height: f64) -> Self {
        let mut svg = Self(String::new());
        svg.open(
            "svg",
            &[
                ("class", &"plot"),
                ("role", &"img"),
                ("aria-label", &name),
                ("viewBox", &format_args!("0 0 {} {}", Px(width), Px(height))),
            ],
        );
        svg
    }

    /// Opens a file of its own.
    pub fn file(name: &str, width: f64, height: f64) -> Self {
        let mut svg = Self(String::new());
        svg.open(
            "svg",
            &[
                ("xmlns", &"http://www.w3.org/2000/svg"),
                ("role", &"img"),
                ("aria-label", &name),
                ("width", &Px(width)),
                ("height", &Px(height)),
                ("viewBox", &format_args!("0 0 {} {}", Px(width), Px(height))),
            ],
        );
        svg
    }

    /// Writes an element whose content is another language.
    pub fn raw(&mut self, tag: &str, content: &str) {
        self.open(tag, &[]);
        self.inner(content);
        self.close(tag);
    }

    /// Writes what is SVG already.
    pub fn inner(&mut self, svg: &str) {
        self.push(svg);
    }

    /// Writes a start tag; attribute values are escaped.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &dyn Display)]) {
        self.tag(tag, attributes, ">");
    }

    /// Writes an end tag.
    pub fn close(&mut self, tag: &str) {
        self.push(format_args!("</{tag}>"));
    }

    /// Writes an element without content.
    pub fn element(&mut self, tag: &str, attributes: &[(&str, &dyn Display)]) {
        self.tag(tag, attributes, "/>");
    }

    /// Writes an element whose content is text.
    pub fn text(&mut self, tag: &str, attributes: &[(&str, &dyn Display)], content: &str) {
        self.open(tag, attributes);
        self.push(Escaped(content));
        self.close(tag);
    }

    /// Writes the `text` element of a label with its anchor at `(x, y)`.
    pub fn label(&mut self, class: &str, x: f64, y: f64, content: &str) {
        self.text("text", &[("class", &class), ("x", &Px(x)), ("y", &Px(y))], content);
    }

    /// Closes the element and gives its text.
    pub fn finish(mut self) -> String {
        self.close("svg");
        self.0
    }

    fn tag(&mut self, tag: &str, attributes: &[(&str, &dyn Display)], end: &str) {
        self.push(format_args!("<{tag}"));
        for (name, value) in attributes {
            self.push(format_args!(" {name}=\"{}\"", Escaped(value)));
        }
        self.push(end);
    }

    fn push(&mut self, piece: impl Display) {
        write!(self.0, "{piece}").expect("writing to a string cannot fail");
    }
}

/// A length or coordinate to a tenth of a pixel, without needless zeros.
#[derive(Clone, Copy, Debug)]
pub struct Px(pub f64);

impl Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding 0.0 turns −0 into 0.
        write!(f, "{}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}

/// Text that is safe between tags and inside quotes; control characters become U+FFFD.
pub struct Escaped<T>(pub T);

impl<T: Display> Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Filter<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl Write for Filter<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                text.chars().try_for_each(|c| match c {
                    '&' => self.0.write_str("&amp;"),
                    '<' => self.0.write_str("&lt;"),
                    '>' => self.0.write_str("&gt;"),
                    '"' => self.0.write_str("&quot;"),
                    '\'' => self.0.write_str("&#39;"),
                    c if c.is_control() => self.0.write_char('\u{fffd}'),
                    c => self.0.write_char(c),
                })
            }
        }
        write!(Filter(f), "{}", self.0)
    }
}

/// Roughly how wide `text` is at 12 pixels in a sans-serif face; labels are placed with room to spare.
pub fn text_width(text: &str) -> f64 {
    text.chars()
        .map(|c| {
            if c.is_ascii() {
                6.6
            } else if c < '\u{2e80}' {
                7.2
            } else {
                12.5
            }
        })
        .sum()
}

/// `text`, cut with an ellipsis where it is longer than `limit` characters.
pub fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit.saturating_sub(1)).chain(['…']).collect()
}
