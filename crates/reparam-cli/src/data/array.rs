//! Arrays with a shape, and the table or pictures that they mean.

use std::io::{self, Read};

use super::draft::{Draft, plain_names};
use super::element::{Element, rounded_note};
use super::{Layout, ReadOptions, Values};
use crate::error::{Error, Result};
use crate::memory;

/// The most numbers read at a time.
const CHUNK: usize = 8192;

/// Numbers in C order with a shape; the first axis counts the rows.
#[derive(Debug)]
pub(super) struct Array {
    pub(super) shape: Vec<usize>,
    pub(super) values: Values,
    /// Integers that double precision cannot hold.
    pub(super) rounded: usize,
}

impl Array {
    /// Reads the numbers of an array of the given shape, in C or Fortran order.
    ///
    /// Memory grows with the bytes that are there, never with what a header claims.
    pub(super) fn read(
        name: &str,
        reader: &mut dyn Read,
        element: Element,
        shape: Vec<usize>,
        fortran: bool,
    ) -> Result<Self> {
        let count = count(&shape)
            .and_then(|count| count.checked_mul(element.size).map(|_| count))
            .ok_or_else(|| Error::failed(format!("{name}: the shape {shape:?} is too large")))?;
        // A number takes a byte at least, whatever its type in the file: more than this is needed before the end.
        memory::ask(format!("{name}: an array of shape {shape:?}"), count as u64)?;
        let mut values = Values::default();
        let (mut left, mut rounded) = (count, 0);
        let mut buffer = vec![0; CHUNK * element.size];
        while left > 0 {
            let wanted = left.min(CHUNK);
            let bytes = &mut buffer[..wanted * element.size];
            let got = fill(reader, bytes).map_err(|error| super::input::read_error(name, &error))?;
            if got < bytes.len() {
                let held = (count - left) * element.size + got;
                return Err(wrong_size(name, &shape, element, &format!("only {held}")));
            }
            values.make_room(name, wanted)?;
            rounded += element.decode(bytes, &mut values);
            left -= wanted;
        }
        if fill(reader, &mut [0]).map_err(|error| super::input::read_error(name, &error))? > 0 {
            return Err(wrong_size(name, &shape, element, "more"));
        }
        let values = if fortran && shape.len() > 1 { to_c_order(&values, &shape) } else { values };
        Ok(Self { shape, values, rounded })
    }

    /// The table or the pictures: one axis is one column, two are a table, three or four are pictures.
    pub(super) fn into_draft(self, name: &str, stem: String, options: &ReadOptions) -> Result<Draft> {
        let Self { shape, values, rounded } = self;
        let draft = match shape[..] {
            [_] => Draft::table(stem, plain_names(1), values),
            [_, width] => {
                if width > 0 && values.is_empty() {
                    return Err(Error::failed(format!("{name}: no rows of data (shape {shape:?})")));
                }
                Draft::table(stem, plain_names(width), values)
            }
            [_, height, width] => pictures(stem, [height, width, 1], values, options),
            [_, height, width, channels @ (1 | 3)] => {
                pictures(stem, [height, width, channels], values, options)
            }
            [_, 1 | 3, _, _] => {
                return Err(Error::failed(format!(
                    "{name}: shape {shape:?} has its channels before its pixels"
                ))
                .help("save it with the channels last: x.transpose(0, 2, 3, 1)"));
            }
            _ => {
                return Err(Error::failed(format!(
                    "{name}: shape {shape:?} is neither rows × columns nor rows × height × width (× 1 or 3)"
                ))
                .help("reshape the array to rows × columns"));
            }
        };
        Ok(match rounded_note(rounded) {
            Some(line) => draft.note(line),
            None => draft,
        })
    }

    /// Adds the rows of another array of the same row shape.
    pub(super) fn append(&mut self, name: &str, other: Self) -> Result<()> {
        if self.shape[1..] != other.shape[1..] {
            let (ours, theirs) = (&self.shape, &other.shape);
            return Err(Error::failed(format!(
                "{name}: shape {theirs:?} does not go with the first file's {ours:?}"
            )));
        }
        self.shape[0] += other.shape[0];
        self.rounded += other.rounded;
        self.values.append(&other.values);
        Ok(())
    }

    /// One label per row, as text.
    pub(super) fn into_labels(self, name: &str) -> Result<super::Labels> {
        match self.shape[..] {
            [_] | [_, 1] => Ok((0..self.values.len()).map(|row| self.values.at(row).to_string()).collect()),
            _ => Err(Error::failed(format!(
                "{name}: labels have shape {:?}; one per row is expected",
                self.shape
            ))),
        }
    }
}

/// The number of elements, unless it overflows.
fn count(shape: &[usize]) -> Option<usize> {
    // A zero anywhere would hide an overflow of the others.
    shape.iter().try_fold(1usize, |product, size| product.checked_mul((*size).max(1)))?;
    Some(shape.iter().product())
}

fn wrong_size(name: &str, shape: &[usize], element: Element, held: &str) -> Error {
    let expected = shape.iter().product::<usize>() * element.size;
    Error::failed(format!(
        "{name}: shape {shape:?} of {}-byte numbers needs {expected} bytes, but the file holds {held}",
        element.size
    ))
    .help("the file is damaged or cut short: get it again")
}

/// Reads until `bytes` are full or the stream ends; how many were read.
pub(super) fn fill(reader: &mut dyn Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < bytes.len() {
        match reader.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Turns "first axis fastest" into "last axis fastest".
fn to_c_order(values: &Values, shape: &[usize]) -> Values {
    fn turn<T: Copy>(values: &[T], shape: &[usize]) -> Vec<T> {
        let mut strides = Vec::with_capacity(shape.len());
        let mut stride = 1;
        for size in shape {
            strides.push(stride);
            stride *= size;
        }
        let mut index = vec![0; shape.len()];
        let mut place = 0;
        let mut turned = Vec::with_capacity(values.len());
        for _ in 0..values.len() {
            turned.push(values[place]);
            for axis in (0..shape.len()).rev() {
                index[axis] += 1;
                place += strides[axis];
                if index[axis] < shape[axis] {
                    break;
                }
                place -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        turned
    }
    match values {
        Values::U8(v) => Values::U8(turn(v, shape)),
        Values::F32(v) => Values::F32(turn(v, shape)),
        Values::F64(v) => Values::F64(turn(v, shape)),
    }
}

/// Pictures, where the numbers can be grey levels; plain columns otherwise.
fn pictures(
    stem: String,
    [height, width, channels]: [usize; 3],
    values: Values,
    options: &ReadOptions,
) -> Draft {
    let shape = format!("{height}×{width}×{channels}");
    match white_of(&values, options) {
        Some(maximum) => {
            let layout = Layout::Image { height, width, channels, maximum };
            Draft::images(stem, layout, values).note(format!("pictures of {shape}, white is {maximum}"))
        }
        None => Draft::table(stem, plain_names(height * width * channels), values).note(format!(
            "numbers below 0 or beyond 65535 are no grey levels: {shape} is read as plain columns"
        )),
    }
}

/// The smallest usual value of white that no number exceeds.
fn white_of(values: &Values, options: &ReadOptions) -> Option<u32> {
    let numbers = || (0..values.len()).map(|index| values.at(index)).filter(|number| number.is_finite());
    let (low, high) = numbers().fold((0.0, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
    let white = [1, 16, 255, 65535].into_iter().find(|white| low >= 0.0 && high <= f64::from(*white))?;
    match options.expected.as_ref().map(|expected| expected.layout) {
        // A few rows may all be dark, and the model knows its white; but fractions up to 1 are of another scale.
        Some(Layout::Image { maximum, .. }) if white < maximum && numbers().all(|x| x.fract() == 0.0) => {
            Some(maximum)
        }
        _ => Some(white),
    }
}

#[cfg(test)]
mod tests {
    use super::Array;
    use crate::data::element::{Class, Element};
    use crate::data::{Layout, ReadOptions, Values};

    fn read(bytes: &[u8], shape: &[usize], fortran: bool) -> crate::error::Result<Array> {
        let element = Element::new(Class::Unsigned, 1, false).unwrap();
        Array::read("a", &mut &bytes[..], element, shape.to_vec(), fortran)
    }

    #[test]
    fn fortran_order_is_turned() {
        let Values::U8(c) = read(&[0, 3, 1, 4, 2, 5], &[2, 3], true).unwrap().values else { panic!() };
        assert_eq!(c, [0, 1, 2, 3, 4, 5]);
        // a[i, j, k] = 100 i + 10 j + k, first axis fastest.
        let fortran = [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121];
        let Values::U8(c) = read(&fortran, &[2, 3, 2], true).unwrap().values else { panic!() };
        assert_eq!(c, [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
    }

    #[test]
    fn a_shape_that_does_not_fit_the_bytes_is_refused() {
        assert!(
            read(&[1; 5], &[2, 3], false)
                .unwrap_err()
                .message
                .contains("needs 6 bytes, but the file holds only 5")
        );
        assert!(read(&[1; 7], &[2, 3], false).unwrap_err().message.contains("holds more"));
        assert!(read(&[], &[usize::MAX, 0, usize::MAX], false).unwrap_err().message.contains("too large"));
        assert!(read(&[], &[usize::MAX], false).is_err());
    }

    #[test]
    fn shapes_mean_columns_or_pictures() {
        let draft = |bytes: &[u8], shape: &[usize]| {
            read(bytes, shape, false).unwrap().into_draft("a", "a".into(), &ReadOptions::default())
        };
        assert_eq!(draft(&[1, 2], &[2]).unwrap().dataset.columns, ["x0"]);
        assert_eq!(draft(&[1, 2], &[1, 2]).unwrap().dataset.columns, ["x0", "x1"]);
        let image = draft(&[0, 1, 2, 200], &[1, 2, 2]).unwrap().dataset;
        assert_eq!(image.layout, Layout::Image { height: 2, width: 2, channels: 1, maximum: 255 });
        assert_eq!(image.columns[3], "pixel_3");
        assert!(draft(&[0; 12], &[1, 3, 2, 2]).unwrap_err().help.unwrap().contains("transpose"));
        assert!(draft(&[0; 2], &[1, 1, 1, 1, 2]).is_err());
        assert!(draft(&[], &[0, 3]).unwrap_err().message.contains("no rows"));
    }
}
