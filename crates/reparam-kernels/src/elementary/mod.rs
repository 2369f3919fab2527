//! Elementary functions as branch-free scalar code, which the compiler vectorises inside the slice driver.
//!
//! Sine, cosine and tangent are a call for huge arguments; the driver makes it after its loop.
//!
//! Each is one formula for `f32` and `f64` over polynomial tables of our own (`reference/derive_coefficients.py`), right
//! on the whole line: infinities, not-a-number, subnormal numbers, overflow. On a processor without a fused
//! multiply-add the results are the same and slow.
//!
//! The errors stated are the largest found over every 61st `f32`, and for `f64` over 4,000 random points in each region
//! of `reference/generate_elementary.py`; the tests hold them on a sample.

mod exp;
mod gamma;
mod log;
mod log1p;
mod normal_quantile;
mod sigmoid;
mod sin_cos;
mod softplus;
mod tanh;

pub use exp::{exp, expm1};
pub use log::log;
pub use log1p::log1p;
pub use normal_quantile::normal_quantile;
pub use sigmoid::{sigmoid, sigmoid_with_slope};
pub use sin_cos::{cos, sin, sin_cos, tan};
pub use softplus::{softplus, softplus_with_slope};
pub use tanh::{tanh, tanh_with_slope};

pub(crate) use gamma::{digamma, digamma_deficit, ln_gamma_and_digamma};
pub(crate) use normal_quantile::normal_upper_quantile;
pub(crate) use softplus::{log1p_of_fraction, positive_part};

use crate::{Function, Real};

macro_rules! functions {
    ($($name:ident = $function:path, $formula:literal;)+) => {$(
        #[doc = concat!("The function ", $formula, " for the [slice driver](crate::slices): [`", stringify!($function), "`].")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl<T: Real> Function<T, T> for $name {
            #[inline(always)]
            fn at(self, x: T) -> T {
                $function(x)
            }
        }
    )+};
}

functions! {
    Exp = exp, "e^x";
    Expm1 = expm1, "e^x − 1";
    Log = log, "ln x";
    Log1p = log1p, "ln(1 + x)";
    Tanh = tanh, "tanh x";
    Softplus = softplus, "ln(1 + e^x)";
    Sigmoid = sigmoid, "1 / (1 + e^(−x))";
    NormalQuantile = normal_quantile, "Φ⁻¹(x)";
}

/// Functions of (sin x, cos x), which is vector code for all but huge arguments.
macro_rules! circular {
    ($($name:ident -> $out:ty = ($sin:pat, $cos:pat) => $value:expr, $formula:literal;)+) => {$(
        #[doc = concat!("The function ", $formula, " for the [slice driver](crate::slices), from [`sin_cos`].")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl<T: Real> Function<T, $out> for $name {
            #[inline(always)]
            fn at(self, x: T) -> $out {
                let ($sin, $cos) = sin_cos(x);
                $value
            }
            #[inline(always)]
            fn is_near(self, x: &T) -> bool {
                sin_cos::is_near(*x)
            }
            #[inline(always)]
            fn near(self, x: T) -> $out {
                let ($sin, $cos) = sin_cos::near_sin_cos(x);
                $value
            }
        }
    )+};
}

circular! {
    Sin -> T = (sin, _) => sin, "sin x";
    Cos -> T = (_, cos) => cos, "cos x";
    MinusSin -> T = (sin, _) => -sin, "−sin x";
    Tan -> T = (sin, cos) => sin / cos, "tan x";
    SinWithSlope -> (T, T) = (sin, cos) => (sin, cos), "(sin x, cos x)";
    CosWithSlope -> (T, T) = (sin, cos) => (cos, -sin), "(cos x, −sin x)";
}

/// The coefficient tables that every [`Real`] has.
pub trait Tables:
    exp::Table + log::Table + softplus::Table + normal_quantile::Table + sin_cos::Table
{
}
impl<T: exp::Table + log::Table + softplus::Table + normal_quantile::Table + sin_cos::Table> Tables for T {}

/// Σ cᵢ xⁱ.
#[inline(always)]
pub(crate) fn horner<T: Real>(x: T, coefficients: &'static [T]) -> T {
    let mut sum = coefficients[coefficients.len() - 1];
    for c in coefficients[..coefficients.len() - 1].iter().rev() {
        sum = sum.mul_add(x, *c);
    }
    sum
}
