//! Single pictures as bytes.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use image::error::{DecodingError, ImageFormatHint};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, RgbImage,
};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::whole;
use crate::error::{Error, Result};

/// The most pixels that a picture may have: 8192 × 8192.
const MOST_PIXELS: u64 = 1 << 26;

/// What the header of a picture says.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, told to the user")]
pub(super) struct Picture {
    pub(super) path: PathBuf,
    /// Height and width, after any turn that the camera asked for.
    pub(super) size: (usize, usize),
    pub(super) coloured: bool,
    /// Whether there is an alpha channel.
    pub(super) transparent: bool,
    /// Whether channels have more than 8 bits.
    pub(super) deep: bool,
    /// Whether more pictures follow in the file.
    pub(super) more: bool,
    /// Pixels, and bytes of each as they are decoded.
    pixels: (u64, u64),
}

impl Picture {
    /// Reads the header, and looks for the end of the file.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let (format, decoder, orientation) = decoder(path).map_err(|error| damaged(path, &error))?;
        let ended = File::open(path).and_then(|mut file| whole::check(&mut file, format));
        let whole = ended.map_err(|error| damaged(path, &ImageError::IoError(error)))?;
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
            more: whole.more,
            pixels: (u64::from(height) * u64::from(width), colour.bytes_per_pixel().into()),
        })
    }

    /// The memory that it takes to decode it to this size, beside what becomes of it.
    pub(super) fn bytes(&self, size: (usize, usize)) -> u64 {
        // The decoder's own copy, and four channels of a byte; a JPEG's coefficients are of the same order.
        const CHANNELS: u64 = 4;
        // A picture that is resized passes through four single-precision channels of its height or the new one's.
        const RESIZED: u64 = 16;
        let (pixels, each) = self.pixels;
        let between = if size == self.size { 0 } else { RESIZED * (size.0 * self.size.1) as u64 };
        (2 * each + CHANNELS) * pixels + between
    }

    /// Decodes into `row`, `height × width × channels` bytes; transparent parts are laid on white.
    pub(super) fn decode_into(&self, row: &mut [u8], size: (usize, usize), channels: usize) -> Result<()> {
        let decode = || -> ImageResult<DynamicImage> {
            let (format, decoder, orientation) = decoder(&self.path)?;
            let mut image = match format {
                ImageFormat::Jpeg => strict_jpeg(&self.path)?,
                _ => DynamicImage::from_decoder(decoder)?,
            };
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
fn decoder(path: &Path) -> ImageResult<(ImageFormat, impl ImageDecoder, Orientation)> {
    let file = BufReader::new(File::open(path)?);
    let reader = ImageReader::new(file).with_guessed_format()?;
    let unknown = || ImageError::Unsupported(ImageFormatHint::Unknown.into());
    let format = reader.format().ok_or_else(unknown)?;
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    Ok((format, decoder, orientation))
}

/// A JPEG whose scans can be decoded: the decoder's own default paints grey what follows a code that cannot be.
fn strict_jpeg(path: &Path) -> ImageResult<DynamicImage> {
    let bytes = std::fs::read(path)?;
    let fault = |error| ImageError::Decoding(DecodingError::new(ImageFormat::Jpeg.into(), error));
    let whatever_size = DecoderOptions::default().set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder =
        JpegDecoder::new_with_options(ZCursor::new(&bytes), whatever_size.set_strict_mode(false));
    // Headers of cameras and editors take liberties that lose nothing.
    decoder.decode_headers().map_err(fault)?;
    let grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let colours = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(decoder.options().set_strict_mode(true).jpeg_set_out_colorspace(colours));
    let pixels = decoder.decode().map_err(fault)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let (width, height) = (width as u32, height as u32);
    let image = if grey {
        GrayImage::from_raw(width, height, pixels).map(DynamicImage::from)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
    };
    image.ok_or_else(|| ImageError::Decoding(DecodingError::from_format_hint(ImageFormat::Jpeg.into())))
}

fn damaged(path: &Path, error: &ImageError) -> Error {
    let what = Error::failed(format!("'{}' cannot be read as a picture: {error}", path.display()));
    match error {
        ImageError::Unsupported(_) => {
            what.help("PNG, JPEG, WebP, BMP, GIF and TIFF are read; convert it or take it out of the folder")
        }
        _ => what.help("the file is damaged or cut short: get it again or take it out of the folder"),
    }
}
