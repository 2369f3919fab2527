//! Whether a picture's file has its end.
//!
//! Decoders fill what is missing of a file that was cut short with grey, or with nothing, and say no word of it.

use std::io::{self, Read, Seek, SeekFrom};

use image::ImageFormat;

/// What was found in a file that has its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Whole {
    /// Whether more pictures follow the first.
    pub(super) more: bool,
}

/// Walks over the parts of a file to its end; an error of the kind `UnexpectedEof` where it has none.
pub(super) fn check(file: &mut (impl Read + Seek), format: ImageFormat) -> io::Result<Whole> {
    file.rewind()?;
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut file = Walk { file: io::BufReader::new(file), length, place: 0 };
    match format {
        ImageFormat::Png => png(&mut file),
        ImageFormat::Jpeg => jpeg(&mut file),
        ImageFormat::Gif => gif(&mut file),
        ImageFormat::WebP => webp(&mut file),
        ImageFormat::Tiff => tiff(&mut file),
        _ => Ok(Whole::default()),
    }
}

/// A file read forwards, whose parts may claim to be longer than it is.
struct Walk<R> {
    file: io::BufReader<R>,
    length: u64,
    place: u64,
}

impl<R: Read + Seek> Walk<R> {
    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        self.place += N as u64;
        Ok(bytes)
    }

    fn byte(&mut self) -> io::Result<u8> {
        self.bytes::<1>().map(|[byte]| byte)
    }

    fn skip(&mut self, count: u64) -> io::Result<()> {
        self.place = self.place.saturating_add(count);
        if self.place > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.file.seek_relative(count as i64)
    }
}

/// Chunks of length, name, content and checksum up to `IEND` (PNG, third edition, section 5).
fn png(file: &mut Walk<impl Read + Seek>) -> io::Result<Whole> {
    file.skip(8)?;
    loop {
        let length = u32::from_be_bytes(file.bytes()?);
        let name: [u8; 4] = file.bytes()?;
        file.skip(u64::from(length) + 4)?;
        if name == *b"IEND" {
            return Ok(Whole::default());
        }
    }
}

/// Marker segments and scans up to the end of the image (ITU-T T.81, annex B).
fn jpeg(file: &mut Walk<impl Read + Seek>) -> io::Result<Whole> {
    file.skip(2)?;
    loop {
        while file.byte()? != 0xff {}
        let mut marker = 0xff;
        while marker == 0xff {
            marker = file.byte()?;
        }
        match marker {
            0xd9 => return Ok(Whole::default()),
            // A stuffed byte, a restart, or a marker without content: bytes of a scan follow, or the next marker.
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            _ => {
                let length = u16::from_be_bytes(file.bytes()?);
                file.skip(u64::from(length).saturating_sub(2))?;
            }
        }
    }
}

/// Blocks up to the trailer (GIF89a, appendix A).
fn gif(file: &mut Walk<impl Read + Seek>) -> io::Result<Whole> {
    let colours = |packed: u8| if packed & 0x80 == 0 { 0 } else { 3 << (1 + (packed & 7)) };
    let header: [u8; 13] = file.bytes()?;
    file.skip(colours(header[10]))?;
    let mut pictures = 0;
    loop {
        match file.byte()? {
            0x3b => return Ok(Whole { more: pictures > 1 }),
            0x21 => file.skip(1)?,
            0x2c => {
                pictures += 1;
                let description: [u8; 9] = file.bytes()?;
                file.skip(colours(description[8]) + 1)?;
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        loop {
            match file.byte()? {
                0 => break,
                length => file.skip(length.into())?,
            }
        }
    }
}

/// One RIFF chunk that says how long it is.
fn webp(file: &mut Walk<impl Read + Seek>) -> io::Result<Whole> {
    let [.., a, b, c, d]: [u8; 8] = file.bytes()?;
    file.skip(u32::from_le_bytes([a, b, c, d]).into())?;
    Ok(Whole::default())
}

/// Whether another directory follows the first (TIFF 6.0, section 2). The decoder itself notices strips that are cut.
fn tiff(file: &mut Walk<impl Read + Seek>) -> io::Result<Whole> {
    let order: [u8; 4] = file.bytes()?;
    let little = order[0] == b'I';
    let word = |bytes: [u8; 4]| if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
    let first = word(file.bytes()?);
    file.skip(u64::from(first).saturating_sub(8))?;
    let count: [u8; 2] = file.bytes()?;
    let count = if little { u16::from_le_bytes(count) } else { u16::from_be_bytes(count) };
    file.skip(12 * u64::from(count))?;
    Ok(Whole { more: word(file.bytes()?) != 0 })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, RgbImage};

    use super::check;

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let picture =
            RgbImage::from_fn(40, 30, |x, y| image::Rgb([(x * 6) as u8, (y * 8) as u8, (x * y) as u8]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_cut_is_noticed() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = encoded(format);
            assert!(check(&mut Cursor::new(&whole), format).is_ok(), "{format:?}");
            for length in 0..whole.len() {
                assert!(
                    check(&mut Cursor::new(&whole[..length]), format).is_err(),
                    "{format:?}, {length} bytes"
                );
            }
            // Programs append what they like.
            let longer = [&whole[..], b"more"].concat();
            assert!(check(&mut Cursor::new(&longer), format).is_ok(), "{format:?}");
        }
    }

    #[test]
    fn a_picture_inside_the_picture_is_not_its_end() {
        let whole = encoded(ImageFormat::Jpeg);
        let segment = [&b"\xff\xe1"[..], &(whole.len() as u16 + 2).to_be_bytes(), &whole].concat();
        let nested = [&whole[..2], &segment, &whole[2..]].concat();
        assert!(check(&mut Cursor::new(&nested), ImageFormat::Jpeg).is_ok());
        assert!(check(&mut Cursor::new(&nested[..nested.len() - 2]), ImageFormat::Jpeg).is_err());
    }
}
