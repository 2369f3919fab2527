//! Functions of one number, with their slopes.

// Only what is inlined into the dispatched loop is compiled for its vector instructions.
#![allow(clippy::inline_always)]

use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10};

use reparam_kernels::elementary::{exp, expm1, log, log1p, sigmoid, softplus, tanh};
use reparam_kernels::{Function, slices, special};

/// `out[i]` = expression in `input[i]`.
macro_rules! sweep {
    ($input:expr, $out:expr, $x:ident => $body:expr) => {{
        #[derive(Clone, Copy)]
        struct Body;
        impl Function<f64, f64> for Body {
            #[inline(always)]
            #[allow(unused_variables)]
            fn at(self, $x: f64) -> f64 {
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
    (y, $x:expr, $y:expr) => {
        $y
    };
}

macro_rules! elementwise {
    ($($name:ident $text:literal $summary:literal: $x:ident => $value:expr; $of:ident => $slope:expr;)+) => {
        /// A function of one number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Elementwise { $(#[doc = $summary] $name),+ }

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

            /// `y[i]` = f(`x[i]`).
            pub(super) fn value(self, x: &[f64], y: &mut [f64]) {
                match self { $(Self::$name => sweep!(x, y, $x => $value)),+ }
            }

            /// `slope[i]` = f′(`x[i]`), where `y[i]` = f(`x[i]`).
            pub(super) fn slope(self, x: &[f64], y: &[f64], slope: &mut [f64]) {
                match self { $(Self::$name => sweep!(argument!($of, x, y), slope, $of => $slope)),+ }
            }
        }
    };
}

elementwise! {
    Sin "sin" "sine": x => libm::sin(x); x => libm::cos(x);
    Cos "cos" "cosine": x => libm::cos(x); x => -libm::sin(x);
    Tan "tan" "tangent": x => libm::tan(x); y => 1.0 + y * y;
    Asin "asin" "inverse sine, of [-1, 1]": x => libm::asin(x); x => 1.0 / ((1.0 - x) * (1.0 + x)).sqrt();
    Acos "acos" "inverse cosine, of [-1, 1]": x => libm::acos(x); x => -1.0 / ((1.0 - x) * (1.0 + x)).sqrt();
    Atan "atan" "inverse tangent": x => libm::atan(x); x => 1.0 / (1.0 + x * x);
    Sinh "sinh" "hyperbolic sine": x => libm::sinh(x); x => libm::cosh(x);
    Cosh "cosh" "hyperbolic cosine": x => libm::cosh(x); x => libm::sinh(x);
    Tanh "tanh" "hyperbolic tangent": x => tanh(x); x => {
        // 4 e^(−2|x|) / (1 + e^(−2|x|))² keeps its digits where 1 − y² has none.
        let t = exp(-2.0 * x.abs());
        4.0 * t / ((1.0 + t) * (1.0 + t))
    };
    Asinh "asinh" "inverse hyperbolic sine": x => libm::asinh(x); x => 1.0 / libm::hypot(x, 1.0);
    Acosh "acosh" "inverse hyperbolic cosine, of [1, inf)": x => libm::acosh(x);
        x => 1.0 / ((x - 1.0).sqrt() * (x + 1.0).sqrt());
    Atanh "atanh" "inverse hyperbolic tangent, of (-1, 1)": x => libm::atanh(x); x => 1.0 / ((1.0 - x) * (1.0 + x));
    Exp "exp" "e^x": x => exp(x); y => y;
    Expm1 "expm1" "e^x - 1": x => expm1(x); x => exp(x);
    Log "log" "natural logarithm": x => log(x); x => 1.0 / x;
    Log1p "log1p" "log(1 + x)": x => log1p(x); x => 1.0 / (1.0 + x);
    Log2 "log2" "logarithm to base 2": x => libm::log2(x); x => 1.0 / (x * LN_2);
    Log10 "log10" "logarithm to base 10": x => libm::log10(x); x => 1.0 / (x * LN_10);
    Sqrt "sqrt" "square root": x => x.sqrt(); y => 0.5 / y;
    Sigmoid "sigmoid" "1 / (1 + e^-x)": x => sigmoid(x); x => {
        let t = exp(-x.abs());
        t / ((1.0 + t) * (1.0 + t))
    };
    LogSigmoid "log_sigmoid" "log of the sigmoid": x => -softplus(-x); x => sigmoid(-x);
    Logit "logit" "log(x / (1 - x)), of [0, 1]": x => log(x) - log1p(-x); x => 1.0 / (x * (1.0 - x));
    Softplus "softplus" "log(1 + e^x)": x => softplus(x); x => sigmoid(x);
    Erf "erf" "error function": x => special::erf(x); x => FRAC_2_SQRT_PI * exp(-x * x);
    Erfc "erfc" "1 - erf(x), exact where that rounds to 0": x => special::erfc(x);
        x => -FRAC_2_SQRT_PI * exp(-x * x);
    Lgamma "lgamma" "log of |gamma(x)|": x => special::lgamma(x); x => special::digamma(x);
    Digamma "digamma" "slope of lgamma": x => special::digamma(x); x => special::trigamma(x);
    Abs "abs" "absolute value; slope 0 at 0": x => x.abs(); x => sign(x);
    Sign "sign" "-1, 0 or 1; slope 0": x => sign(x); x => 0.0;
    Relu "relu" "x where positive, else 0; slope 0 at 0": x => if x < 0.0 { 0.0 } else { x };
        x => if x > 0.0 { 1.0 } else { 0.0 };
    Floor "floor" "largest integer up to x; slope 0": x => x.floor(); x => 0.0;
    Ceil "ceil" "smallest integer from x; slope 0": x => x.ceil(); x => 0.0;
    Round "round" "nearest integer, halves away from 0; slope 0": x => x.round(); x => 0.0;
}

#[inline(always)]
fn sign(x: f64) -> f64 {
    // Zeros keep their sign, and not-a-number stays what it is.
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        x
    }
}
