//! Numbers as bytes: the element types of NPY and IDX files.

use super::Values;

/// A type of number and its byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) class: Class,
    /// Bytes per number.
    pub(super) size: usize,
    pub(super) big_endian: bool,
}

/// What the bytes of a number mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Bool,
    Signed,
    Unsigned,
    Float,
}

/// Integers up to here are exact in double precision.
pub(super) const EXACT: u64 = 1 << 53;

impl Element {
    /// A type that can be read, or nothing.
    pub(super) fn new(class: Class, size: usize, big_endian: bool) -> Option<Self> {
        let known = match class {
            Class::Bool => size == 1,
            Class::Signed | Class::Unsigned => matches!(size, 1 | 2 | 4 | 8),
            Class::Float => matches!(size, 2 | 4 | 8),
        };
        known.then_some(Self { class, size, big_endian })
    }

    /// Appends the numbers in `bytes`, a whole number of them; the result counts the integers that were rounded.
    pub(super) fn decode(self, bytes: &[u8], into: &mut Values) -> usize {
        if let (Class::Unsigned, 1, Values::U8(values)) = (self.class, self.size, &mut *into) {
            values.extend_from_slice(bytes);
            return 0;
        }
        let mut rounded = 0;
        for number in bytes.chunks_exact(self.size) {
            // All sizes as eight bytes, the least significant first.
            let mut little = [0; 8];
            little[..self.size].copy_from_slice(number);
            if self.big_endian {
                little[..self.size].reverse();
            }
            let (number, exact) = self.number(little);
            rounded += usize::from(!exact);
            into.push(number);
        }
        rounded
    }

    /// The number, and whether double precision holds it exactly.
    fn number(self, little: [u8; 8]) -> (f64, bool) {
        let unsigned = u64::from_le_bytes(little);
        match (self.class, self.size) {
            (Class::Bool, _) => (f64::from(u8::from(unsigned != 0)), true),
            (Class::Unsigned, _) => (unsigned as f64, is_exact(unsigned)),
            (Class::Signed, size) => {
                // Moves the sign bit to the top and back down again, which copies it.
                let unused = 64 - 8 * size as u32;
                let signed = (unsigned << unused) as i64 >> unused;
                (signed as f64, is_exact(signed.unsigned_abs()))
            }
            (Class::Float, 2) => (half(unsigned as u16), true),
            (Class::Float, 4) => (f32::from_bits(unsigned as u32).into(), true),
            (Class::Float, _) => (f64::from_bits(unsigned), true),
        }
    }
}

/// Whether double precision holds an integer of this size exactly.
pub(super) fn is_exact(size: u64) -> bool {
    size <= EXACT || size.trailing_zeros() >= 64 - size.leading_zeros() - 53
}

/// A half-precision number: 1 sign bit, 5 exponent bits biased by 15, 10 fraction bits (IEEE 754-2019).
fn half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 0x1f);
    let fraction = f64::from(bits & 0x3ff);
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    }
}

/// The line for the user about integers that double precision cannot hold.
pub(super) fn rounded_note(count: usize) -> Option<String> {
    (count > 0).then(|| format!("integers beyond 2^53, rounded to double precision: {count}"))
}

#[cfg(test)]
mod tests {
    use super::{Class, Element, half, is_exact};
    use crate::data::Values;

    fn decode(class: Class, size: usize, big_endian: bool, bytes: &[u8]) -> (Vec<f64>, usize) {
        let mut values = Values::default();
        let rounded = Element::new(class, size, big_endian).unwrap().decode(bytes, &mut values);
        ((0..values.len()).map(|index| values.at(index)).collect(), rounded)
    }

    #[test]
    fn every_type_and_byte_order_decodes() {
        assert_eq!(decode(Class::Bool, 1, false, &[0, 1, 2]).0, [0.0, 1.0, 1.0]);
        assert_eq!(decode(Class::Signed, 1, false, &[0x80, 0x7f]).0, [-128.0, 127.0]);
        assert_eq!(decode(Class::Signed, 2, true, &(-2i16).to_be_bytes()).0, [-2.0]);
        assert_eq!(decode(Class::Unsigned, 2, true, &[1, 0]).0, [256.0]);
        assert_eq!(decode(Class::Signed, 4, false, &i32::MIN.to_le_bytes()).0, [-2147483648.0]);
        assert_eq!(decode(Class::Float, 4, true, &1.5f32.to_be_bytes()).0, [1.5]);
        assert_eq!(decode(Class::Float, 8, false, &0.1f64.to_le_bytes()).0, [0.1]);
        assert!(Element::new(Class::Float, 16, false).is_none());
    }

    #[test]
    fn halves_match_their_definition() {
        for (bits, number) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0001, 5.960464477539063e-8),
            (0x0400, 6.103515625e-5),
            (0x3555, 0.333251953125),
            (0xfc00, f64::NEG_INFINITY),
        ] {
            assert_eq!(half(bits).to_bits(), f64::to_bits(number));
        }
        assert!(half(0x7e00).is_nan());
        assert!(half(0x8000).is_sign_negative());
    }

    #[test]
    fn rounded_integers_are_counted() {
        assert!(
            is_exact(1 << 53) && is_exact(u64::MAX - 2047) && !is_exact((1 << 53) + 1) && !is_exact(u64::MAX)
        );
        let numbers = [(1i64 << 53) + 1, 1 << 60, -(1 << 53) - 1, 7];
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        assert_eq!(decode(Class::Signed, 8, false, &bytes).1, 2);
    }
}
