//! Blocks of elements that go through each stage of a kernel together, in vectors.

use crate::Real;

/// The elements of a block.
pub(crate) const LANES: usize = 64;

/// One number for each element.
pub(crate) type Lanes = [f64; LANES];

/// The numbers from `start` on in double precision, and ones beyond the end of the slice.
#[inline(always)]
pub(crate) fn load<T: Real>(values: &[T], start: usize) -> Lanes {
    let mut lanes = [1.0; LANES];
    if let Some(whole) = values[start..].first_chunk::<LANES>() {
        for (lane, value) in lanes.iter_mut().zip(whole) {
            *lane = value.to_f64();
        }
    } else {
        for (lane, value) in lanes.iter_mut().zip(&values[start..]) {
            *lane = value.to_f64();
        }
    }
    lanes
}

/// Writes as many of the numbers as the slice has from `start` on; an empty slice takes none.
#[inline(always)]
pub(crate) fn store<T: Real>(slice: &mut [T], start: usize, lanes: &[T; LANES]) {
    if slice.is_empty() {
        return;
    }
    let rest = &mut slice[start..];
    let count = rest.len().min(LANES);
    rest[..count].copy_from_slice(&lanes[..count]);
}
