//! ln(1 + e^x).

use super::{exp, horner};
use crate::Real;

/// The coefficients of (ln(1 + t) − t) / t² on [0, 1].
pub trait Table: Sized + 'static {
    /// Lowest degree first.
    const POLYNOMIAL: &'static [Self];
}

impl Table for f32 {
    const POLYNOMIAL: &'static [Self] = &[
        -0.499999951,
        0.333329301,
        -0.249913472,
        0.199143259,
        -0.161859433,
        0.125876261,
        -0.0846777641,
        0.0432814454,
        -0.0142187429,
        2.18627765e-3,
    ];
}
impl Table for f64 {
    const POLYNOMIAL: &'static [Self] = &[
        -0.4999999999999999,
        0.33333333333327374,
        -0.249999999993688,
        0.19999999971532632,
        -0.16666665949124936,
        0.14285702741978621,
        -0.12499871792760203,
        0.11110076289335655,
        -0.09993707711353326,
        0.090613184131458907,
        -0.082235409117807759,
        0.073657753781232124,
        -0.063539865963774849,
        0.050991291424915972,
        -0.0365348962486381,
        0.022366218294942655,
        -0.011167073635008775,
        4.3092518500114902e-3,
        -1.1948567478357457e-3,
        2.1055095033547075e-4,
        -1.7636995556353765e-5,
    ];
}

/// ln(1 + e^x) = max(x, 0) + ln(1 + e^(−|x|)).
///
/// The relative accuracy holds in both tails: e^x far below 0 (subnormal where e^x is), x far above.
/// Largest error measured: 1.79 ulp in `f32`, 1.45 in `f64`, near 0; 1.0 below −20.
#[inline(always)]
pub fn softplus<T: Real>(x: T) -> T {
    positive_part(x) + log1p_of_fraction(exp(-x.abs()))
}

/// ln(1 + e^x) and its derivative, the logistic function.
///
/// Largest error of the derivative measured: 2.3 ulp in `f32`, 2.0 in `f64`.
#[inline(always)]
pub fn softplus_with_slope<T: Real>(x: T) -> (T, T) {
    let t = exp(-x.abs());
    let w = t / (T::ONE + t);
    (positive_part(x) + log1p_of_fraction(t), if x < T::ZERO { w } else { T::ONE - w })
}

/// max(x, 0).
#[inline(always)]
pub(crate) fn positive_part<T: Real>(x: T) -> T {
    if x > T::ZERO { x } else { T::ZERO }
}

/// ln(1 + t) for t in [0, 1], without a division.
#[inline(always)]
pub(crate) fn log1p_of_fraction<T: Real>(t: T) -> T {
    (t * t).mul_add(horner(t, <T as Table>::POLYNOMIAL), t)
}
