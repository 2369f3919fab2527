//! One number for each row, which no other row changes.

use burn::tensor::Tensor;

use super::{Check, Mistake, SEED};
use crate::{Distribution, Params, error::to_f64, noise::Rng, rows};

/// Rows that are looked at together and one by one.
const ROWS: usize = 5;

/// Whether the log-density and `f` give one number for each row, and the same number where the row comes alone.
///
/// An (N, 1) that is broadcast against an (N) makes every row depend on all of them. `q` has batch 1; numbers agree to the
/// square root of the precision of the element type. There is no false alarm.
///
/// Panics for another batch.
pub fn shapes<Q: Distribution<D> + Params, const D: usize>(
    q: &Q,
    f: impl Fn(Tensor<D>) -> Tensor<1>,
) -> Check {
    assert!(q.dims()[0] == 1, "checks::shapes: expected a distribution of batch 1, got {}", q.dims()[0]);
    let many = q.repeated(ROWS);
    let z = many.sample(&mut Rng::new(SEED));
    let tolerance = rows::epsilon(&z).sqrt();
    let outcome = independent("the log-density", tolerance, &z, |z| {
        if z.dims()[0] == 1 { q.log_prob(z) } else { many.log_prob(z) }
    })
    .and_then(|()| independent("the function", tolerance, &z, f));
    let passed =
        || format!("log-density and function give {ROWS} rows one number each, the same as row by row");
    Check::of(Mistake::ShapeMismatch, outcome.map(|()| passed()))
}

fn independent<const D: usize>(
    what: &str,
    tolerance: f64,
    z: &Tensor<D>,
    f: impl Fn(Tensor<D>) -> Tensor<1>,
) -> Result<(), String> {
    let together = to_f64(f(z.clone()));
    if together.len() != ROWS {
        return Err(format!("{what} gives {} for {ROWS} rows", count(together.len())));
    }
    for (row, &together) in together.iter().enumerate() {
        let alone = to_f64(f(z.clone().narrow(0, row, 1)));
        let [alone] = alone[..] else {
            return Err(format!("{what} gives {} for 1 row", count(alone.len())));
        };
        let apart = (together - alone).abs();
        if apart > tolerance * (together.abs() + alone.abs()) || apart.is_nan() && !same(together, alone) {
            return Err(format!(
                "{what} gives row {row} {together:.6e} among {ROWS} rows and {alone:.6e} alone"
            ));
        }
    }
    Ok(())
}

/// Equal infinities, or both no number.
fn same(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}

fn count(numbers: usize) -> String {
    if numbers == 1 { "1 number".to_owned() } else { format!("{numbers} numbers") }
}
