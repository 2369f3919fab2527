//! The row of names and swatches above a chart.

use super::svg::{Px, shortened, text_width};
use super::{Key, Svg};

const LINE: f64 = 18.0;
const SWATCH: f64 = 20.0;
const LONGEST: usize = 28;
const MOST_LINES: usize = 4;

/// Keys laid out from left to right, wrapped to the width of the chart.
pub struct Legend {
    /// Key, x, line.
    places: Vec<(Key, f64, usize)>,
    lines: usize,
}

impl Legend {
    /// Lays out `keys`; what does not fit into four lines is left out.
    pub fn new(keys: Vec<Key>, width: f64) -> Self {
        let mut places = Vec::new();
        let (mut x, mut line) = (2.0, 0);
        for mut key in keys {
            key.name = shortened(&key.name, LONGEST);
            let advance = SWATCH + text_width(&key.name) + 12.0;
            if x + advance > width + 12.0 && x > 2.0 {
                (x, line) = (2.0, line + 1);
            }
            if line == MOST_LINES {
                break;
            }
            places.push((key, x, line));
            x += advance;
        }
        let lines = places.last().map_or(0, |(_, _, line)| line + 1);
        Self { places, lines }
    }

    /// Pixels it takes above the chart.
    pub fn height(&self) -> f64 {
        self.lines as f64 * LINE
    }

    /// Draws swatches and names.
    pub fn draw(&self, svg: &mut Svg) {
        for (key, x, line) in &self.places {
            let y = *line as f64 * LINE + 12.0;
            svg.open("g", &[("class", &key.tint)]);
            let middle = y - 4.0;
            match key.shape {
                "area" | "bar" => svg.element(
                    "rect",
                    &[
                        ("class", &key.shape),
                        ("x", x),
                        ("y", &Px(middle - 5.0)),
                        ("width", &"14"),
                        ("height", &"10"),
                    ],
                ),
                "dots" => svg.element(
                    "circle",
                    &[("class", &"dot"), ("cx", &Px(x + 8.0)), ("cy", &Px(middle)), ("r", &"4.5")],
                ),
                shape => svg.element(
                    "path",
                    &[("class", &shape), ("d", &format_args!("M{} {}h15", Px(*x), Px(middle)))],
                ),
            }
            svg.close("g");
            svg.label("key", x + SWATCH, y, &key.name);
        }
    }
}
