//! Space that a chart leaves whatever is drawn, so that charts beside each other have the same axes.

use super::{Extent, Frame, Mark, Svg};

/// A mark that covers an area and draws nothing.
#[derive(Clone, Copy, Debug)]
pub struct Room([Extent; 2]);

impl Room {
    /// Space for these values along x and these along y.
    pub fn around<'a>(
        x: impl IntoIterator<Item = &'a Vec<f64>>,
        y: impl IntoIterator<Item = &'a Vec<f64>>,
    ) -> Self {
        Self([Extent::of(x.into_iter().flatten().copied()), Extent::of(y.into_iter().flatten().copied())])
    }
}

impl Mark for Room {
    fn extents(&self) -> [Extent; 2] {
        self.0
    }

    fn draw(&self, _: &Frame, _: &mut Svg) {}
}
