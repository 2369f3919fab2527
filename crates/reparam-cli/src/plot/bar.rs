//! Bars over categories, and the level they are measured against.

use super::svg::Px;
use super::{Extent, Frame, Key, Mark, Svg, Tint};

/// One bar from zero per category.
#[derive(Clone, Debug)]
pub struct Bars {
    name: String,
    /// Category, height, what the pointer shows.
    heights: Vec<(usize, f64, String)>,
    tint: Tint,
}

impl Bars {
    /// Bars `(category, height, what the pointer shows)`.
    pub fn new(name: impl Into<String>, heights: Vec<(usize, f64, String)>) -> Self {
        Self { name: name.into(), heights, tint: Tint::Series(0) }
    }

    /// Their colour.
    pub fn tint(self, tint: Tint) -> Self {
        Self { tint, ..self }
    }
}

impl Mark for Bars {
    fn extents(&self) -> [Extent; 2] {
        let ends = self.heights.iter().map(|bar| bar.1).chain([0.0]);
        [Extent::of(self.heights.iter().map(|bar| bar.0 as f64)), Extent::of(ends)]
    }

    fn keys(&self) -> Vec<Key> {
        let key = Key { name: self.name.clone(), tint: self.tint, shape: "bar" };
        if self.heights.is_empty() { Vec::new() } else { vec![key] }
    }

    fn draw(&self, frame: &Frame, svg: &mut Svg) {
        let pitch = frame.x.at(1.0) - frame.x.at(0.0);
        let width = (pitch * 0.78).clamp(1.0, 44.0);
        let base = frame.y.at(0.0);
        svg.open("g", &[("class", &self.tint)]);
        for (category, height, hint) in self.heights.iter().filter(|bar| bar.1.is_finite()) {
            let end = frame.y.at(*height);
            svg.open(
                "rect",
                &[
                    ("class", &"bar"),
                    ("x", &Px(frame.x.at(*category as f64) - width / 2.0)),
                    ("y", &Px(end.min(base))),
                    ("width", &Px(width)),
                    ("height", &Px((end - base).abs().max(0.5))),
                ],
            );
            svg.text("title", &[], hint);
            svg.close("rect");
        }
        svg.close("g");
    }
}
