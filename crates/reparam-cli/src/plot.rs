//! Small SVG charts: one set of axes, any number of marks, colours from one style sheet for light and dark.
//!
//! A chart is built from data and turned into one `<svg>` element that says *what* each thing is by CSS class
//! and leaves *how it looks* to [`STYLE`], which the page holds once:
//!
//! ```text
//! Chart::new("ELBO by epoch")
//!     .x(Axis::linear("epoch").whole().tight())
//!     .y(Axis::linear("nats per row"))
//!     .mark(Line::new("training", points).tint(Tint::Series(0)))
//!     .to_svg()
//! ```
//!
//! Equal input gives equal bytes. Values that are not finite leave a gap; no data leaves empty axes.

mod axis;
mod bar;
mod histogram;
mod legend;
mod line;
mod room;
mod scale;
mod scatter;
mod sheet;
mod svg;

pub use axis::Axis;
pub use bar::Bars;
pub use histogram::{Bins, Steps};
pub use line::{Band, Line};
pub use room::Room;
pub use scale::{Extent, Scale};
pub use scatter::Scatter;
#[cfg(test)]
use sheet::PAPER;
pub use sheet::sheet;
pub use svg::Svg;

use legend::Legend;
use std::fmt;

/// The style sheet of every chart; a page that shows one holds it once.
pub const STYLE: &str = include_str!("plot/style.css");

/// Which colour of the palette a mark has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// Colour of series `i`; the ten colours repeat, and lines are dashed then.
    Series(usize),
    /// Grey, for what is there but not the point; lines are dotted.
    Muted,
}

impl fmt::Display for Tint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Series(index @ 0..10) => write!(f, "s{index}"),
            Self::Series(index) => write!(f, "s{} again", index % 10),
            Self::Muted => f.write_str("muted"),
        }
    }
}

/// How a legend shows a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What the mark stands for.
    pub name: String,
    /// Its colour.
    pub tint: Tint,
    /// The CSS class of the swatch: `line`, `area`, `bar`, `dots`, `rule`.
    pub shape: &'static str,
}

/// Something drawn between the axes.
pub trait Mark {
    /// The finite values it covers along x and along y.
    fn extents(&self) -> [Extent; 2];

    /// Draws it through the scales of the frame.
    fn draw(&self, frame: &Frame, svg: &mut Svg);

    /// Draws what must stay readable over every other mark; nothing by default.
    fn draw_over(&self, _frame: &Frame, _svg: &mut Svg) {}

    /// Its entries in the legend; none by default.
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }
}

/// The rectangle between the axes, as the two scales that lead into it (pixels; y grows downwards).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Data x to pixels.
    pub x: Scale,
    /// Data y to pixels.
    pub y: Scale,
}

/// One pair of axes with marks on it.
pub struct Chart {
    name: String,
    size: (f64, f64),
    x: Axis,
    y: Axis,
    marks: Vec<Box<dyn Mark>>,
}

impl Chart {
    /// An empty chart; `name` is what a screen reader says.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            size: (420.0, 280.0),
            x: Axis::linear(""),
            y: Axis::linear(""),
            marks: Vec::new(),
        }
    }

    /// Width and height in pixels; text is 12 pixels high.
    pub fn size(self, width: f64, height: f64) -> Self {
        Self { size: (width, height), ..self }
    }

    /// The horizontal axis.
    pub fn x(self, x: Axis) -> Self {
        Self { x, ..self }
    }

    /// The vertical axis; its label stands above it.
    pub fn y(self, y: Axis) -> Self {
        Self { y, ..self }
    }

    /// Adds a mark, drawn over the earlier ones.
    pub fn mark(mut self, mark: impl Mark + 'static) -> Self {
        self.marks.push(Box::new(mark));
        self
    }

    /// The chart as one `<svg>` element.
    pub fn to_svg(&self) -> String {
        let (width, height) = self.size;
        let [x_extent, y_extent] = self.extents();
        let legend = Legend::new(self.marks.iter().flat_map(|mark| mark.keys()).collect(), width);

        let top = legend.height() + self.y.label_height() + 8.0;
        let bottom = height - 20.0 - self.x.label_height();
        let y_ticks = self.y.ticks(y_extent, bottom - top, 34.0);
        let left = y_ticks.label_width() + 12.0;
        let right = width - 14.0;
        let x_ticks = self.x.ticks(x_extent, right - left, 50.0);
        let frame = Frame { x: x_ticks.scale(left, right), y: y_ticks.scale(bottom, top) };

        let mut svg = Svg::new(&self.name, width, height);
        legend.draw(&mut svg);
        y_ticks.draw_left(&frame, &mut svg);
        for mark in &self.marks {
            mark.draw(&frame, &mut svg);
        }
        for mark in &self.marks {
            mark.draw_over(&frame, &mut svg);
        }
        x_ticks.draw_below(&frame, &mut svg);
        self.y.draw_label_above(&frame, top, &mut svg);
        self.x.draw_label_below(&frame, height, &mut svg);
        svg.finish()
    }

    fn extents(&self) -> [Extent; 2] {
        self.marks.iter().fold([Extent::EMPTY; 2], |[x, y], mark| {
            let [mark_x, mark_y] = mark.extents();
            [x.union(mark_x), y.union(mark_y)]
        })
    }
}

#[cfg(test)]
mod book;
#[cfg(test)]
mod tests;
