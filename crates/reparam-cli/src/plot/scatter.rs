//! Clouds of points, one colour per class.

use super::svg::{Px, shortened};
use super::{Extent, Frame, Key, Mark, Svg, Tint};
use std::fmt::Write;

/// The points of one class.
#[derive(Clone, Debug)]
pub struct Scatter {
    name: Option<String>,
    points: Vec<(f64, f64)>,
    tint: Tint,
    labelled: bool,
}

impl Scatter {
    /// Points without a name.
    pub fn new(points: Vec<(f64, f64)>) -> Self {
        Self { name: None, points, tint: Tint::Series(0), labelled: false }
    }

    /// The name of the class in the legend.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Their colour.
    pub fn tint(self, tint: Tint) -> Self {
        Self { tint, ..self }
    }

    /// Writes the name at the median of the points too, so that telling classes apart does not rest on colour.
    pub fn labelled(self, labelled: bool) -> Self {
        Self { labelled, ..self }
    }

    fn finite(&self) -> impl Iterator<Item = (f64, f64)> {
        self.points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite())
    }
}

impl Mark for Scatter {
    fn extents(&self) -> [Extent; 2] {
        [Extent::of(self.finite().map(|p| p.0)), Extent::of(self.finite().map(|p| p.1))]
    }

    fn keys(&self) -> Vec<Key> {
        let key = |name: &String| Key { name: name.clone(), tint: self.tint, shape: "dots" };
        self.name.iter().map(key).collect()
    }

    /// One path for the whole class: a piece of no length with a round cap is a dot, at a dozen bytes each.
    fn draw(&self, frame: &Frame, svg: &mut Svg) {
        let mut dots = String::new();
        for (x, y) in self.finite() {
            let _ = write!(dots, "M{} {}h0", Px(frame.x.at(x)), Px(frame.y.at(y)));
        }
        if dots.is_empty() {
            return;
        }
        svg.open("g", &[("class", &self.tint)]);
        svg.element("path", &[("class", &"dots"), ("d", &dots)]);
        svg.close("g");
    }

    fn draw_over(&self, frame: &Frame, svg: &mut Svg) {
        if !self.labelled {
            return;
        }
        let median = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied()
        };
        let centre = [self.finite().map(|p| p.0).collect(), self.finite().map(|p| p.1).collect()].map(median);
        if let (Some(name), [Some(x), Some(y)]) = (&self.name, centre) {
            svg.label("class middle", frame.x.at(x), frame.y.at(y) + 5.0, &shortened(name, 12));
        }
    }
}
