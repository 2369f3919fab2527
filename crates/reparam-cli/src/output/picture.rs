//! Pictures side by side in one PNG.

use std::borrow::Cow;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::OutputTarget;
use crate::data::Layout;
use crate::error::{Context, Result};
use crate::memory;

/// The level between pictures: light enough to part dark ones, dark enough to part light ones.
const GAP: u8 = 200;

/// Pictures smaller than this are enlarged by a whole factor, so that they can be looked at.
const LEGIBLE: usize = 56;

/// Writes `images` as a grid to a file or to standard output, small ones enlarged; see [`grid_png_bytes`].
pub fn write_image_grid(
    target: &OutputTarget,
    images: &[f32],
    layout: Layout,
    columns: usize,
    padding: usize,
) -> Result<()> {
    let (images, layout) = enlarged(images, layout);
    let bytes = grid_png_bytes(&images, layout, columns, padding)?;
    target.write(|sink| sink.write_all(&bytes))
}

/// The memory that a grid of so many pictures takes: enlarged levels, the grid, and its file, which may not shrink.
pub fn grid_bytes(layout: Layout, pictures: usize) -> u64 {
    let Layout::Image { height, width, channels, .. } = layout else { return 0 };
    let zoom = (LEGIBLE / height.max(width).max(1)).max(1);
    let pixels = memory::bytes::<u8>(&[height, width, channels, zoom, zoom, pictures]);
    pixels.saturating_mul(size_of::<f32>() as u64 + 2)
}

/// Every pixel as a square of as many pixels as make the longer side legible.
fn enlarged(images: &[f32], layout: Layout) -> (Cow<'_, [f32]>, Layout) {
    let Layout::Image { height, width, channels, maximum } = layout else { return (images.into(), layout) };
    let zoom = (LEGIBLE / height.max(width).max(1)).max(1);
    let line = |pixels: &[f32]| -> Vec<f32> {
        pixels
            .chunks_exact(channels)
            .flat_map(|pixel| std::iter::repeat_n(pixel, zoom))
            .flatten()
            .copied()
            .collect()
    };
    let lines = images.chunks_exact((width * channels).max(1));
    let pixels = lines.flat_map(|pixels| line(pixels).repeat(zoom)).collect();
    (Cow::Owned(pixels), Layout::Image { height: height * zoom, width: width * zoom, channels, maximum })
}

/// A PNG of `images`, row by row in a grid of `columns`, with `padding` pixels around each.
///
/// `images` holds levels from 0 (black) to 1 (white), `height × width × channels` per picture; what lies outside is
/// brought to the nearer end. A table is no picture: an error.
pub fn grid_png_bytes(images: &[f32], layout: Layout, columns: usize, padding: usize) -> Result<Vec<u8>> {
    let Layout::Image { height, width, channels, .. } = layout else {
        return Err(super::no_picture());
    };
    let size = (height * width * channels).max(1);
    let count = images.len() / size;
    let columns = columns.clamp(1, count.max(1));
    let rows = count.div_ceil(columns).max(1);
    let (grid_width, grid_height) =
        (columns * (width + padding) + padding, rows * (height + padding) + padding);
    let mut grid = vec![GAP; grid_width * grid_height * channels];
    for (place, image) in images.chunks_exact(size).enumerate() {
        let left = padding + place % columns * (width + padding);
        let top = padding + place / columns * (height + padding);
        for (line, pixels) in image.chunks_exact(width * channels).enumerate() {
            let start = ((top + line) * grid_width + left) * channels;
            for (out, level) in grid[start..].iter_mut().zip(pixels) {
                *out = (level.clamp(0.0, 1.0) * 255.0).round() as u8;
            }
        }
    }
    let colour = if channels == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&grid, grid_width as u32, grid_height as u32, colour)
        .context(format!("cannot make a PNG of {grid_height}×{grid_width} pixels"))?;
    Ok(bytes)
}
