//! Dirichlet draws over rows: the shares of gamma draws that are made in vectors.

use super::gamma::{log_slopes, log_standard};
use super::{From, Slope, Work, advance};
use crate::lanes::{LANES, load, store};
use crate::law::finite;
use crate::shares::{check, chunk, share};
use crate::slices::{Rows, drive};
use crate::{Function, Real, Rng};

/// Rows of shares, and the slopes of the logarithms of the gamma draws behind them in their concentrations: with
/// m = slope · da, d ln zᵢ = mᵢ − Σ zⱼ mⱼ. Empty slopes are ones that nobody wants.
///
/// Element i takes element i of the generator's stream, which moves on by the length of `out`. Shares are rounded inward.
///
/// # Panics
/// When the lengths differ or are not a multiple of `width`.
pub fn dirichlet<T: Real>(rng: &mut Rng, concentration: &[T], width: usize, out: &mut [T], slopes: &mut [T]) {
    let given = [("concentration", concentration.len())];
    check("draws::dirichlet", width, out.len(), &given, [slopes.len()]);
    let items = advance(rng, out.len());
    if out.is_empty() {
        return;
    }
    let slopes = Rows { items: Slope(slopes), width };
    let (from, concentration) = (Rows { items, width }, Rows { items: concentration, width });
    drive(Draws, Work((slopes, from, concentration, Rows { items: out, width })));
}

#[derive(Clone, Copy)]
struct Draws;

type Arguments<'a, T> = Work<(Rows<Slope<'a, T>>, Rows<From>, Rows<&'a [T]>, Rows<&'a mut [T]>)>;

impl<T: Real> Function<Arguments<'_, T>, ()> for Draws {
    #[inline(always)]
    fn at(self, Work((slopes, from, concentration, Rows { items: out, width })): Arguments<'_, T>) {
        let (slopes, from, concentration) = (slopes.items.0, from.items, concentration.items);
        let mut log_weights = vec![0.0; chunk(width)];
        for start in (0..out.len()).step_by(log_weights.len()) {
            let end = out.len().min(start + log_weights.len());
            for block in (start..end).step_by(LANES) {
                let count = LANES.min(end - block);
                let a = load(concentration, block);
                let log_z = log_standard(from, block, count, &a);
                if !slopes.is_empty() {
                    let slope = log_slopes::<T>(&a, &log_z, count);
                    store(&mut slopes[..end], block, &slope.map(finite));
                }
                log_weights[block - start..][..count].copy_from_slice(&log_z[..count]);
            }
            share(&mut log_weights[..end - start], width, &mut out[start..end]);
        }
    }
}
