//! Curves through points, and the band about a curve.

use super::svg::Px;
use super::{Extent, Frame, Key, Mark, Svg, Tint};
use std::fmt::Write;

/// Straight pieces between neighbouring points; a value that is not finite leaves a gap.
#[derive(Clone, Debug)]
pub struct Line {
    name: String,
    points: Vec<(f64, f64)>,
    tint: Tint,
}

impl Line {
    /// A curve through `points` in the order given; without a name it is in no legend.
    pub fn new(name: impl Into<String>, points: Vec<(f64, f64)>) -> Self {
        Self { name: name.into(), points, tint: Tint::Series(0) }
    }

    /// Its colour.
    pub fn tint(self, tint: Tint) -> Self {
        Self { tint, ..self }
    }
}

impl Mark for Line {
    fn extents(&self) -> [Extent; 2] {
        let finite = || self.points.iter().filter(|(x, y)| x.is_finite() && y.is_finite());
        [Extent::of(finite().map(|p| p.0)), Extent::of(finite().map(|p| p.1))]
    }

    fn keys(&self) -> Vec<Key> {
        let key = Key { name: self.name.clone(), tint: self.tint, shape: "line" };
        if self.name.is_empty() { Vec::new() } else { vec![key] }
    }

    fn draw(&self, frame: &Frame, svg: &mut Svg) {
        svg.open("g", &[("class", &self.tint)]);
        for piece in self.points.split(|(x, y)| !(x.is_finite() && y.is_finite())) {
            match piece {
                [] => {}
                [(x, y)] => svg.element(
                    "circle",
                    &[
                        ("class", &"dot"),
                        ("cx", &Px(frame.x.at(*x))),
                        ("cy", &Px(frame.y.at(*y))),
                        ("r", &"3"),
                    ],
                ),
                _ => svg.element("path", &[("class", &"line"), ("d", &path(piece, frame))]),
            }
        }
        svg.close("g");
    }
}

/// The area between two curves over the same x, such as an estimate ± two standard errors.
#[derive(Clone, Debug)]
pub struct Band {
    /// x, lower y, upper y.
    points: Vec<(f64, f64, f64)>,
    tint: Tint,
}

impl Band {
    /// The area between the second and the third number over the first.
    pub fn new(points: Vec<(f64, f64, f64)>) -> Self {
        Self { points, tint: Tint::Series(0) }
    }

    /// Its colour.
    pub fn tint(self, tint: Tint) -> Self {
        Self { tint, ..self }
    }
}

impl Mark for Band {
    fn extents(&self) -> [Extent; 2] {
        let finite = || self.points.iter().filter(|p| is_finite(p));
        [Extent::of(finite().map(|p| p.0)), Extent::of(finite().flat_map(|p| [p.1, p.2]))]
    }

    fn draw(&self, frame: &Frame, svg: &mut Svg) {
        svg.open("g", &[("class", &self.tint)]);
        for piece in self.points.split(|point| !is_finite(point)).filter(|piece| piece.len() > 1) {
            let lower = piece.iter().map(|p| (p.0, p.1));
            let upper = piece.iter().rev().map(|p| (p.0, p.2));
            let outline = path(&lower.chain(upper).collect::<Vec<_>>(), frame);
            svg.element("path", &[("class", &"band"), ("d", &format_args!("{outline}Z"))]);
        }
        svg.close("g");
    }
}

fn is_finite(&(x, lower, upper): &(f64, f64, f64)) -> bool {
    x.is_finite() && lower.is_finite() && upper.is_finite()
}

/// The path data of a polyline.
pub(super) fn path(points: &[(f64, f64)], frame: &Frame) -> String {
    let mut data = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let step = if i == 0 { 'M' } else { 'L' };
        let _ = write!(data, "{step}{} {}", Px(frame.x.at(*x)), Px(frame.y.at(*y)));
    }
    data
}
