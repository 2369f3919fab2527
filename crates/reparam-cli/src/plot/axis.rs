//! Axes: where the ticks are, what they say, and the lines and labels around the frame.

use super::scale::{round_step, tick_label};
use super::svg::{Px, shortened, text_width};
use super::{Extent, Frame, Scale, Svg};

/// What runs along one side of a chart.
#[derive(Clone, Debug)]
pub struct Axis {
    label: String,
    kind: Kind,
    tight: bool,
    powers: bool,
}

#[derive(Clone, Debug)]
enum Kind {
    Linear { least_step: f64 },
    Categories(Vec<String>),
}

impl Axis {
    /// Numbers; `label` names the quantity and its unit.
    pub fn linear(label: impl Into<String>) -> Self {
        Self { label: label.into(), kind: Kind::Linear { least_step: 0.0 }, tight: false, powers: false }
    }

    /// Named places: category `i` stands at `x = i`.
    pub fn categories(label: impl Into<String>, names: Vec<String>) -> Self {
        Self { label: label.into(), kind: Kind::Categories(names), tight: true, powers: false }
    }

    /// Powers of ten: data are decimal logarithms.
    pub fn powers(self) -> Self {
        Self { powers: true, ..self.whole() }
    }

    /// Ticks at whole numbers only.
    pub fn whole(self) -> Self {
        Self { kind: Kind::Linear { least_step: 1.0 }, ..self }
    }

    /// Ends at the data, without a margin.
    pub fn tight(self) -> Self {
        Self { tight: true, ..self }
    }

    /// Pixels that the label needs beside the frame.
    pub(super) fn label_height(&self) -> f64 {
        if self.label.is_empty() { 0.0 } else { 18.0 }
    }

    pub(super) fn draw_label_above(&self, frame: &Frame, top: f64, svg: &mut Svg) {
        if !self.label.is_empty() {
            // Over the tick labels, so that it needs no width of its own.
            let x = 2.0_f64.min(frame.x.range.0);
            svg.label("name", x, top - 12.0, &self.label);
        }
    }

    pub(super) fn draw_label_below(&self, frame: &Frame, height: f64, svg: &mut Svg) {
        if !self.label.is_empty() {
            svg.label("name end", frame.x.range.1, height - 5.0, &self.label);
        }
    }

    /// The ticks for data of this extent along `pixels`, numbers `spacing` pixels apart or a little more.
    pub(super) fn ticks(&self, extent: Extent, pixels: f64, spacing: f64) -> Ticks {
        match &self.kind {
            Kind::Categories(names) => {
                let widest = names.iter().map(|name| text_width(&shortened(name, 12))).fold(12.0, f64::max);
                let fits = (pixels / (widest + 6.0)).max(1.0);
                let every = (names.len() as f64 / fits).ceil().max(1.0) as usize;
                let entries = names.iter().enumerate().step_by(every);
                Ticks {
                    domain: (-0.5, names.len().max(1) as f64 - 0.5),
                    entries: entries.map(|(i, name)| (i as f64, shortened(name, 12))).collect(),
                }
            }
            &Kind::Linear { least_step } => {
                let domain = if self.tight { extent.interval() } else { with_margin(extent.interval()) };
                let step = round_step(domain.1 - domain.0, pixels / spacing).max(least_step);
                let (first, last) = ((domain.0 / step - 1e-6).ceil(), (domain.1 / step + 1e-6).floor());
                let count = (last - first).clamp(0.0, 100.0) as usize;
                let places = (0..=count).map(|i| (first + i as f64) * step);
                let label = |at| if self.powers { power_label(at) } else { tick_label(at, step) };
                Ticks { domain, entries: places.map(|at| (at, label(at))).collect() }
            }
        }
    }
}

/// `1000`, `1e6`, `1e−9`.
fn power_label(exponent: f64) -> String {
    match exponent.round() as i32 {
        e @ 0..=4 => 10i32.pow(e as u32).to_string(),
        e @ -3..0 => format!("{:.1$}", 10f64.powi(e), e.unsigned_abs() as usize),
        e => format!("1e{e}").replace('-', "−"),
    }
}

/// Room on both sides, except where the data end at zero.
fn with_margin((min, max): (f64, f64)) -> (f64, f64) {
    let margin = (max - min) * 0.04;
    let outward = |end: f64, margin: f64| if end == 0.0 { 0.0 } else { end + margin };
    (outward(min, -margin), outward(max, margin))
}

/// The places and labels along an axis.
#[derive(Clone, Debug)]
pub(super) struct Ticks {
    domain: (f64, f64),
    entries: Vec<(f64, String)>,
}

impl Ticks {
    /// The scale from the axis's interval onto the pixels from `start` to `end`.
    pub fn scale(&self, start: f64, end: f64) -> Scale {
        Scale { domain: self.domain, range: (start, end) }
    }

    /// Pixels that the widest label takes.
    pub fn label_width(&self) -> f64 {
        self.entries.iter().map(|(_, label)| text_width(label)).fold(0.0, f64::max)
    }

    /// Grid lines across the frame with their labels to its left.
    pub fn draw_left(&self, frame: &Frame, svg: &mut Svg) {
        let (left, right) = frame.x.range;
        for (at, label) in &self.entries {
            let y = frame.y.at(*at);
            svg.element(
                "path",
                &[("class", &"grid"), ("d", &format_args!("M{} {}H{}", Px(left), Px(y), Px(right)))],
            );
            svg.label("tick end", left - 7.0, y + 4.0, label);
        }
    }

    /// The base line with tick marks and labels below it; a label that would touch the one before is left out.
    pub fn draw_below(&self, frame: &Frame, svg: &mut Svg) {
        let (left, right) = frame.x.range;
        let base = frame.y.range.0;
        svg.element(
            "path",
            &[("class", &"axis"), ("d", &format_args!("M{} {}H{}", Px(left), Px(base), Px(right)))],
        );
        let mut free_from = f64::NEG_INFINITY;
        for (at, label) in &self.entries {
            let x = frame.x.at(*at);
            let half = text_width(label) / 2.0;
            if x - half < free_from {
                continue;
            }
            free_from = x + half + 4.0;
            svg.element("path", &[("class", &"axis"), ("d", &format_args!("M{} {}v4", Px(x), Px(base)))]);
            svg.label("tick middle", x, base + 17.0, label);
        }
    }
}
