//! Several charts side by side, as an SVG file of its own.

use super::svg::Svg;
use super::{Chart, STYLE};

/// Pixels around the sheet and between the charts.
const MARGIN: f64 = 16.0;
/// Pixels for the title above each chart.
const TITLE: f64 = 26.0;
/// Paper and ink, which a page would give.
pub(super) const PAPER: &str =
    "svg { color: #1c2026; background: #fff } .title { font: 600 14px system-ui, sans-serif }
@media (prefers-color-scheme: dark) { svg { color: #e8eaed; background: #171a21 } }
";

/// The charts, each under its title, from left to right.
pub fn sheet(name: &str, charts: &[(String, Chart)]) -> String {
    let width = charts.iter().map(|(_, chart)| chart.size.0 + MARGIN).sum::<f64>() + MARGIN;
    let height = charts.iter().map(|(_, chart)| chart.size.1).fold(0.0, f64::max) + TITLE + 2.0 * MARGIN;
    let mut svg = Svg::file(name, width, height);
    svg.raw("style", &format!("{STYLE}{PAPER}"));
    let mut x = MARGIN;
    for (title, chart) in charts {
        svg.text(
            "text",
            &[("class", &"title"), ("x", &x), ("y", &(MARGIN + 14.0)), ("fill", &"currentColor")],
            title,
        );
        let (width, height) = chart.size;
        svg.open("svg", &[("x", &x), ("y", &(MARGIN + TITLE)), ("width", &width), ("height", &height)]);
        svg.inner(&chart.to_svg());
        svg.close("svg");
        x += width + MARGIN;
    }
    svg.finish()
}
