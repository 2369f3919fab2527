//! Single pictures as bytes.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, ImageResult};

use crate::error::{Error, Result};

/// The most pixels that a picture may have: 8192 × 8192.
const MOST_PIXELS: u64 = 1 << 26;

/// What the header of a picture says.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) path: PathBuf,
    /// Height and width, after any turn that the camera asked for.
    pub(super) size: (usize, usize),
    pub(super) coloured: bool,
    /// Whether there is an alpha channel.
    pub(super) transparent: bool,
    /// Whether channels have more than 8 bits.
    pub(super) deep: bool,
}

impl Picture {
    /// Reads the header.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let (decoder, orientation) = decoder(path).map_err(|error| damaged(path, &error))?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Error::failed(format!(
                "'{}' claims {height}×{width} pixels; at most {MOST_PIXELS} can be read",
                path.display()
            )));
        }
        let turned = matches!(
            orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let (height, width) = if turned { (width, height) } else { (height, width) };
        let colour = decoder.color_type();
        Ok(Self {
            path: path.to_path_buf(),
            size: (height as usize, width as usize),
            coloured: colour.has_color(),
            transparent: colour.has_alpha(),
            deep: colour.bytes_per_pixel() > colour.channel_count(),
        })
    }

    /// Decodes into `row`, `height × width × channels` bytes; transparent parts are laid on white.
    pub(super) fn decode_into(&self, row: &mut [u8], size: (usize, usize), channels: usize) -> Result<()> {
        let decode = || -> ImageResult<DynamicImage> {
            let (decoder, orientation) = decoder(&self.path)?;
            let mut image = DynamicImage::from_decoder(decoder)?;
            image.apply_orientation(orientation);
            Ok(image)
        };
        let mut image = decode().map_err(|error| damaged(&self.path, &error))?;
        let (height, width) = size;
        if (image.height() as usize, image.width() as usize) != size {
            image = image.resize_exact(width as u32, height as u32, FilterType::Triangle);
        }
        if channels == 1 {
            lay_on_white(row, &image.to_luma_alpha8(), 1);
        } else {
            lay_on_white(row, &image.to_rgba8(), channels);
        }
        Ok(())
    }
}

/// Copies `channels` of each pixel, mixed with white as far as the alpha after them says.
fn lay_on_white(row: &mut [u8], pixels: &[u8], channels: usize) {
    for (out, pixel) in row.chunks_exact_mut(channels).zip(pixels.chunks_exact(channels + 1)) {
        let alpha = u32::from(pixel[channels]);
        for (out, level) in out.iter_mut().zip(pixel) {
            *out = ((u32::from(*level) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
}

/// A decoder chosen by the content, not the name, and how the picture is to be turned.
fn decoder(path: &Path) -> ImageResult<(impl ImageDecoder, Orientation)> {
    let file = BufReader::new(File::open(path)?);
    let mut decoder = ImageReader::new(file).with_guessed_format()?.into_decoder()?;
    let orientation = decoder.orientation()?;
    Ok((decoder, orientation))
}

fn damaged(path: &Path, error: &ImageError) -> Error {
    let what = Error::failed(format!("'{}' cannot be read as a picture: {error}", path.display()));
    match error {
        ImageError::Unsupported(_) => {
            what.help("PNG, JPEG and WebP are read; convert it or take it out of the folder")
        }
        _ => what.help("the file is damaged or cut short: get it again or take it out of the folder"),
    }
}
