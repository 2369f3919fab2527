//! A growing list of numbers that stays in the narrowest type that holds them all exactly.

use super::Values;
use crate::error::Result;
use crate::memory;
use crate::wording::thousands;

/// From this many bytes on it is asked whether they are there.
const MUCH: u64 = 32 << 20;

impl Values {
    /// Adds one number, widening the type where it must; a missing number is NaN.
    pub(super) fn push(&mut self, number: f64) {
        if let Self::U8(values) = self {
            if let Some(byte) = as_byte(number) {
                return values.push(byte);
            }
            self.widen(number);
        }
        if let Self::F32(values) = self {
            if is_single(number) {
                return values.push(number as f32);
            }
            self.widen(number);
        }
        if let Self::F64(values) = self {
            values.push(number);
        }
    }

    /// Makes room for `count` more numbers, asking for the memory first where it is much.
    ///
    /// # Errors
    ///
    /// Where it is not there; `source` is what is read.
    pub(super) fn make_room(&mut self, source: &str, count: usize) -> Result<()> {
        fn grow<T>(values: &mut Vec<T>, source: &str, count: usize) -> Result<()> {
            let wanted = values.len().saturating_add(count);
            if wanted <= values.capacity() {
                return Ok(());
            }
            let room = wanted.max(values.len().saturating_mul(2));
            let bytes = memory::bytes::<T>(&[room]);
            if bytes >= MUCH {
                let so_far = format!("{source}: a table of {} numbers and more", thousands(values.len()));
                memory::ask(so_far, bytes)
                    .map_err(|error| error.help("give fewer rows, or leave out columns"))?;
            }
            values.reserve_exact(room - values.len());
            Ok(())
        }
        match self {
            Self::U8(v) => grow(v, source, count),
            Self::F32(v) => grow(v, source, count),
            Self::F64(v) => grow(v, source, count),
        }
    }

    /// Adds all numbers of another list.
    pub(super) fn append(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::U8(ours), Self::U8(theirs)) => ours.extend_from_slice(theirs),
            _ => (0..other.len()).for_each(|index| self.push(other.at(index))),
        }
    }

    /// Takes the next type that holds `number` exactly.
    fn widen(&mut self, number: f64) {
        *self = match std::mem::take(self) {
            Self::U8(bytes) if is_single(number) => Self::F32(bytes.into_iter().map(f32::from).collect()),
            Self::U8(bytes) => Self::F64(bytes.into_iter().map(f64::from).collect()),
            Self::F32(singles) => Self::F64(singles.into_iter().map(f64::from).collect()),
            doubles @ Self::F64(_) => doubles,
        }
    }

    /// The numbers of the given rows.
    pub(super) fn take_rows(&self, rows: &[usize], width: usize) -> Self {
        fn take<T: Copy>(values: &[T], rows: &[usize], width: usize) -> Vec<T> {
            rows.iter().flat_map(|row| &values[row * width..(row + 1) * width]).copied().collect()
        }
        match self {
            Self::U8(v) => Self::U8(take(v, rows, width)),
            Self::F32(v) => Self::F32(take(v, rows, width)),
            Self::F64(v) => Self::F64(take(v, rows, width)),
        }
    }

    /// Each row's numbers at `places`, in that order.
    pub(super) fn take_columns(&self, places: &[usize], width: usize) -> Self {
        fn take<T: Copy>(values: &[T], places: &[usize], width: usize) -> Vec<T> {
            values.chunks_exact(width).flat_map(|row| places.iter().map(|place| row[*place])).collect()
        }
        match self {
            Self::U8(v) => Self::U8(take(v, places, width)),
            Self::F32(v) => Self::F32(take(v, places, width)),
            Self::F64(v) => Self::F64(take(v, places, width)),
        }
    }
}

impl Default for Values {
    fn default() -> Self {
        Self::U8(Vec::new())
    }
}

/// `number` as a byte, where nothing is lost; minus zero would lose its sign.
fn as_byte(number: f64) -> Option<u8> {
    let byte = number as u8;
    (f64::from(byte).to_bits() == number.to_bits()).then_some(byte)
}

/// Whether single precision holds `number` exactly.
fn is_single(number: f64) -> bool {
    number.is_nan() || f64::from(number as f32).to_bits() == number.to_bits()
}

#[cfg(test)]
mod tests {
    use super::Values;

    fn collect(numbers: &[f64]) -> Values {
        let mut values = Values::default();
        for number in numbers {
            values.push(*number);
        }
        values
    }

    #[test]
    fn the_type_is_the_narrowest_that_is_exact() {
        assert!(matches!(collect(&[0.0, 255.0]), Values::U8(_)));
        assert!(matches!(collect(&[0.0, 256.0]), Values::F32(_)));
        assert!(matches!(collect(&[1.0, -0.0]), Values::F32(_)));
        assert!(matches!(collect(&[1.0, f64::NAN, 0.5]), Values::F32(_)));
        assert!(matches!(collect(&[1.0, 16_777_217.0]), Values::F64(_)));
        assert!(matches!(collect(&[1.0, 0.5, 0.1]), Values::F64(_)));
    }

    #[test]
    fn widening_keeps_every_number() {
        let numbers = [3.0, 0.5, -0.0, 0.1, 1e308, 7.0];
        let values = collect(&numbers);
        for (index, number) in numbers.iter().enumerate() {
            assert_eq!(values.at(index).to_bits(), number.to_bits());
        }
    }

    #[test]
    fn rows_and_columns_are_taken_in_order() {
        let values = collect(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let Values::U8(rows) = values.take_rows(&[1], 3) else { panic!("bytes stay bytes") };
        assert_eq!(rows, [4, 5, 6]);
        let Values::U8(columns) = values.take_columns(&[2, 0], 3) else { panic!("bytes stay bytes") };
        assert_eq!(columns, [3, 1, 6, 4]);
    }
}
