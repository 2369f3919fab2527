//! Products with a logarithm that vanish where their first factor does.

use crate::elementary::{log, log1p};

/// x log y, and 0 where x = 0.
///
/// For y ≥ 0; not-a-number where either argument is. Relative error below 2 ulp.
pub fn xlogy(x: f64, y: f64) -> f64 {
    if x == 0.0 && !y.is_nan() { 0.0 } else { x * log(y) }
}

/// x log(1 + y), and 0 where x = 0.
///
/// For y ≥ −1; not-a-number where either argument is. Relative error below 2 ulp.
pub fn xlog1py(x: f64, y: f64) -> f64 {
    if x == 0.0 && !y.is_nan() { 0.0 } else { x * log1p(y) }
}
