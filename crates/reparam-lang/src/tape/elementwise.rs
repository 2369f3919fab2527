//! Functions of one number, with their slopes.

// Only what is inlined into the dispatched loop is compiled for its vector instructions.
#![allow(clippy::inline_always)]

use reparam_kernels::elementary::{
    Cos, CosWithSlope, MinusSin, Sin, SinWithSlope, Tan, exp, expm1, log, log1p, sigmoid, sigmoid_with_slope,
    softplus, softplus_with_slope, tanh, tanh_with_slope,
};
use reparam_kernels::{Function, Real, slices, special};

/// A number that an expression is computed in: `f32` or `f64`.
pub trait Number: Real + Sweeps {}
impl<T: Real + Sweeps> Number for T {}

/// The functions on columns.
pub trait Sweeps: Sized {
    /// `y[i]` = f(`x[i]`).
    fn value(function: Elementwise, x: &[Self], y: &mut [Self]);
    /// `slope[i]` = f′(`x[i]`), where `y[i]` = f(`x[i]`).
    fn slope(function: Elementwise, x: &[Self], y: &[Self], slope: &mut [Self]);
    /// Both, with what they share computed once.
    fn both(function: Elementwise, x: &[Self], y: &mut [Self], slope: &mut [Self]);
}

/// `out[i]` = expression in `input[i]`, or function of `input[i]`.
macro_rules! sweep {
    ($t:ty, $input:expr, $out:expr, of => $function:expr) => {
        slices::map($input, $out, $function)
    };
    ($t:ty, $input:expr, $out:expr, $x:ident => $body:expr) => {{
        #[derive(Clone, Copy)]
        struct Body;
        impl Function<$t, $t> for Body {
            #[inline(always)]
            #[allow(unused_variables)]
            fn at(self, $x: $t) -> $t {
                $body
            }
        }
        slices::map($input, $out, Body);
    }};
}

/// The column that a slope is written in: the argument `x` or the value `y`, whichever it needs less work from.
macro_rules! argument {
    (x, $x:expr, $y:expr) => {
        $x
    };
    (of, $x:expr, $y:expr) => {
        $x
    };
    (y, $x:expr, $y:expr) => {
        $y
    };
}

/// Value and slope by one expression, or one after the other.
macro_rules! together {
    ($t:ty, $function:expr, $x:expr, $y:expr, $slope:expr,) => {{
        Self::value($function, $x, $y);
        Self::slope($function, $x, $y, $slope);
    }};
    ($t:ty, $function:expr, $x:expr, $y:expr, $slope:expr, of => $both:expr) => {
        slices::map_with_slope($x, $y, $slope, $both)
    };
    ($t:ty, $function:expr, $x:expr, $y:expr, $slope:expr, $of:ident => $both:expr) => {{
        #[derive(Clone, Copy)]
        struct Body;
        impl Function<$t, ($t, $t)> for Body {
            #[inline(always)]
            fn at(self, $of: $t) -> ($t, $t) {
                $both
            }
        }
        slices::map_with_slope($x, $y, $slope, Body);
    }};
}

/// A line is a function: its name, what it is, its value, its slope, and both where they share work, each by an expression
/// or by a function of the slice driver. Each is compiled for both types of numbers.
macro_rules! elementwise {
    ($($name:ident $text:literal $summary:literal: $x:ident => $value:expr; $of:ident => $slope:expr
        $(, both $at:ident => $both:expr)?;)+) => {
        /// A function of one number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Elementwise { $(#[doc = $summary] $name),+ }

        impl Elementwise {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// How it is called.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// What it is.
            pub(crate) const fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary),+ }
            }
        }

        elementwise!(@for f32 $($name $x $value; $of $slope; $($at $both)?;)+);
        elementwise!(@for f64 $($name $x $value; $of $slope; $($at $both)?;)+);
    };
    (@for $t:ident $($name:ident $x:ident $value:expr; $of:ident $slope:expr; $($at:ident $both:expr)?;)+) => {
        impl Sweeps for $t {
            fn value(function: Elementwise, x: &[Self], y: &mut [Self]) {
                match function { $(Elementwise::$name => sweep!($t, x, y, $x => $value)),+ }
            }
            fn slope(function: Elementwise, x: &[Self], y: &[Self], slope: &mut [Self]) {
                match function {
                    $(Elementwise::$name => sweep!($t, argument!($of, x, y), slope, $of => $slope)),+
                }
            }
            fn both(function: Elementwise, x: &[Self], y: &mut [Self], slope: &mut [Self]) {
                match function {
                    $(Elementwise::$name => together!($t, function, x, y, slope, $($at => $both)?)),+
                }
            }
        }
    };
}

/// Functions that are computed in double precision for either type.
macro_rules! through_double {
    ($($name:ident = $function:path;)+) => {$(
        #[inline(always)]
        fn $name<T: Real>(x: T) -> T {
            T::from_f64($function(x.to_f64()))
        }
    )+};
}

through_double! {
    asin = libm::asin;
    acos = libm::acos;
    atan = libm::atan;
    sinh = libm::sinh;
    cosh = libm::cosh;
    asinh = libm::asinh;
    acosh = libm::acosh;
    atanh = libm::atanh;
    log2 = libm::log2;
    log10 = libm::log10;
    erf = special::erf;
    erfc = special::erfc;
    lgamma = special::lgamma;
    digamma = special::digamma;
    trigamma = special::trigamma;
    slope_of_asinh = asinh_slope;
    slope_of_log2 = log2_slope;
    slope_of_log10 = log10_slope;
    slope_of_erf = erf_slope;
}

fn asinh_slope(x: f64) -> f64 {
    1.0 / libm::hypot(x, 1.0)
}

fn log2_slope(x: f64) -> f64 {
    1.0 / (x * std::f64::consts::LN_2)
}

fn log10_slope(x: f64) -> f64 {
    1.0 / (x * std::f64::consts::LN_10)
}

fn erf_slope(x: f64) -> f64 {
    std::f64::consts::FRAC_2_SQRT_PI * exp(-x * x)
}

elementwise! {
    Sin "sin" "sine": of => Sin; of => Cos, both of => SinWithSlope;
    Cos "cos" "cosine": of => Cos; of => MinusSin, both of => CosWithSlope;
    Tan "tan" "tangent": of => Tan; y => 1.0 + y * y;
    Asin "asin" "inverse sine, of [-1, 1]": x => asin(x); x => 1.0 / ((1.0 - x) * (1.0 + x)).sqrt();
    Acos "acos" "inverse cosine, of [-1, 1]": x => acos(x); x => -1.0 / ((1.0 - x) * (1.0 + x)).sqrt();
    Atan "atan" "inverse tangent": x => atan(x); x => 1.0 / (1.0 + x * x);
    Sinh "sinh" "hyperbolic sine": x => sinh(x); x => cosh(x);
    Cosh "cosh" "hyperbolic cosine": x => cosh(x); x => sinh(x);
    Tanh "tanh" "hyperbolic tangent": x => tanh(x); x => tanh_with_slope(x).1, both x => tanh_with_slope(x);
    Asinh "asinh" "inverse hyperbolic sine": x => asinh(x); x => slope_of_asinh(x);
    Acosh "acosh" "inverse hyperbolic cosine, of [1, inf)": x => acosh(x);
        x => 1.0 / ((x - 1.0).sqrt() * (x + 1.0).sqrt());
    Atanh "atanh" "inverse hyperbolic tangent, of (-1, 1)": x => atanh(x); x => 1.0 / ((1.0 - x) * (1.0 + x));
    Exp "exp" "e^x": x => exp(x); y => y;
    Expm1 "expm1" "e^x - 1": x => expm1(x); x => exp(x);
    Log "log" "natural logarithm": x => log(x); x => 1.0 / x;
    Log1p "log1p" "log(1 + x)": x => log1p(x); x => 1.0 / (1.0 + x);
    Log2 "log2" "logarithm to base 2": x => log2(x); x => slope_of_log2(x);
    Log10 "log10" "logarithm to base 10": x => log10(x); x => slope_of_log10(x);
    Sqrt "sqrt" "square root": x => x.sqrt(); y => 0.5 / y;
    Sigmoid "sigmoid" "1 / (1 + e^-x)": x => sigmoid(x); x => sigmoid_with_slope(x).1,
        both x => sigmoid_with_slope(x);
    LogSigmoid "log_sigmoid" "log of the sigmoid": x => -softplus(-x); x => sigmoid(-x), both x => {
        let (value, slope) = softplus_with_slope(-x);
        (-value, slope)
    };
    Logit "logit" "log(x / (1 - x)), of [0, 1]": x => log(x) - log1p(-x); x => 1.0 / (x * (1.0 - x));
    Softplus "softplus" "log(1 + e^x)": x => softplus(x); x => sigmoid(x),
        both x => softplus_with_slope(x);
    Erf "erf" "error function": x => erf(x); x => slope_of_erf(x);
    Erfc "erfc" "1 - erf(x), exact where that rounds to 0": x => erfc(x);
        x => -slope_of_erf(x);
    Lgamma "lgamma" "log of |gamma(x)|": x => lgamma(x); x => digamma(x);
    Digamma "digamma" "slope of lgamma": x => digamma(x); x => trigamma(x);
    Abs "abs" "absolute value; slope 0 at 0": x => x.abs(); x => sign(x);
    Sign "sign" "-1, 0 or 1; slope 0": x => sign(x); x => 0.0;
    Relu "relu" "x where positive, else 0; slope 0 at 0": x => if x < 0.0 { 0.0 } else { x };
        x => if x > 0.0 { 1.0 } else { 0.0 };
    Floor "floor" "largest integer up to x; slope 0": x => x.floor(); x => 0.0;
    Ceil "ceil" "smallest integer from x; slope 0": x => x.ceil(); x => 0.0;
    Round "round" "nearest integer, halves away from 0; slope 0": x => x.round(); x => 0.0;
}

#[inline(always)]
fn sign<T: Real>(x: T) -> T {
    // Zeros keep their sign, and not-a-number stays what it is.
    if x > T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        -T::ONE
    } else {
        x
    }
}
