//! Nodes and arrows: how values flow forward, and how gradients flow back.

use crate::plot::svg::{Px, Svg};
use crate::plot::{PAPER, STYLE};

const LOOK: &str = ".node { fill: #fff; stroke: currentColor; stroke-width: 1.5 } .noise .node { stroke-dasharray: 3 3 }
.flow { stroke: currentColor; stroke-width: 1.5; fill: none }
.gradient { stroke: #bd1f01; stroke-width: 2; stroke-dasharray: 6 4; fill: none } .head { fill: currentColor; stroke: none }
.back { fill: #bd1f01; stroke: none } .stop { stroke: #bd1f01; stroke-width: 2.5 }
text { font: 14px system-ui, sans-serif; fill: currentColor } .middle { text-anchor: middle }
.note { font-size: 12px; opacity: .8 } .red { fill: #bd1f01; font-size: 12px }
@media (prefers-color-scheme: dark) { .node { fill: #171a21 } .gradient, .stop { stroke: #ff7a5c } .back, .red { fill: #ff7a5c } }
";
/// Height of a node, and how far beside the values gradients run.
const HEIGHT: f64 = 34.0;
const BESIDE: f64 = 9.0;

/// A place for text with a border: random ones are round.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Its centre.
    at: (f64, f64),
    width: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Computed from what leads to it.
    Computed,
    /// Drawn.
    Drawn,
    /// Drawn, from a distribution without parameters.
    Noise,
}

/// A picture that is being drawn.
pub struct Diagram(Svg);

impl Diagram {
    pub fn new(name: &str, width: f64, height: f64) -> Self {
        let mut svg = Svg::file(name, width, height);
        svg.raw("style", &format!("{STYLE}{PAPER}{LOOK}"));
        svg.element(
            "rect",
            &[("width", &Px(width)), ("height", &Px(height)), ("fill", &"none"), ("stroke", &"none")],
        );
        Self(svg)
    }

    pub fn finish(self) -> String {
        self.0.finish()
    }

    /// A node of its own.
    pub fn node(&mut self, kind: Kind, at: (f64, f64), width: f64, text: &str) -> Node {
        let (x, y) = (at.0 - width / 2.0, at.1 - HEIGHT / 2.0);
        let radius = if kind == Kind::Computed { 4.0 } else { HEIGHT / 2.0 };
        self.0.open("g", &[("class", &if kind == Kind::Noise { "noise" } else { "" })]);
        self.0.element(
            "rect",
            &[
                ("class", &"node"),
                ("x", &Px(x)),
                ("y", &Px(y)),
                ("width", &Px(width)),
                ("height", &Px(HEIGHT)),
                ("rx", &Px(radius)),
            ],
        );
        self.0.label("middle", at.0, at.1 + 5.0, text);
        self.0.close("g");
        Node { at, width }
    }

    /// Text that belongs to no node.
    pub fn note(&mut self, class: &str, at: (f64, f64), text: &str) {
        self.0.label(class, at.0, at.1, text);
    }

    /// Values flow from one node to another.
    pub fn flow(&mut self, from: Node, to: Node) {
        let [start, end] = between(from, to);
        self.arrow("flow", "head", start, end);
    }

    /// A gradient flows back from one node to another that leads to it.
    pub fn gradient(&mut self, from: Node, to: Node) {
        let [start, end] = beside(between(from, to));
        self.arrow("gradient", "back", start, end);
    }

    /// A gradient that would flow back, and cannot.
    pub fn blocked(&mut self, from: Node, to: Node) {
        let [start, end] = beside(between(from, to));
        let half = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
        self.line("gradient", start, half);
        for (dx, dy) in [(6.0, 6.0), (6.0, -6.0)] {
            self.line("stop", (half.0 - dx, half.1 - dy), (half.0 + dx, half.1 + dy));
        }
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let path = format!("M{} {}L{} {}", Px(from.0), Px(from.1), Px(to.0), Px(to.1));
        self.0.element("path", &[("class", &class), ("d", &path)]);
    }

    fn arrow(&mut self, class: &str, head: &str, from: (f64, f64), to: (f64, f64)) {
        let (dx, dy) = direction(from, to);
        let neck = (to.0 - 8.0 * dx, to.1 - 8.0 * dy);
        self.line(class, from, neck);
        let (a, b) = ((neck.0 - 4.0 * dy, neck.1 + 4.0 * dx), (neck.0 + 4.0 * dy, neck.1 - 4.0 * dx));
        let path = format!("M{} {}L{} {}L{} {}Z", Px(to.0), Px(to.1), Px(a.0), Px(a.1), Px(b.0), Px(b.1));
        self.0.element("path", &[("class", &head), ("d", &path)]);
    }
}

fn direction(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    (dx / length, dy / length)
}

/// Where the line between two centres leaves the one and meets the other.
fn between(from: Node, to: Node) -> [(f64, f64); 2] {
    let (dx, dy) = direction(from.at, to.at);
    let reach = |node: Node| {
        let [across, along] = [node.width / 2.0 / dx.abs(), HEIGHT / 2.0 / dy.abs()];
        across.min(along) + 4.0
    };
    let (start, end) = (reach(from), reach(to));
    [(from.at.0 + start * dx, from.at.1 + start * dy), (to.at.0 - end * dx, to.at.1 - end * dy)]
}

/// The same line, to the right of those who go along it.
fn beside([from, to]: [(f64, f64); 2]) -> [(f64, f64); 2] {
    let (dx, dy) = direction(from, to);
    [from, to].map(|(x, y)| (x - BESIDE * dy, y + BESIDE * dx))
}
