//! The elementary functions for one number at a time, outside of vectorised loops.
//!
//! The functions of [`elementary`] are compiled for the instructions of the loop that inlines them.
//! Code that is not in such a loop calls these: one compiled body per set of instructions, chosen at run time, with the
//! same bits.

use crate::{Function, elementary};

/// `body` at one argument, with fused multiply-adds where the processor has them.
#[inline]
pub(crate) fn run<A, B>(body: impl Function<A, B>, argument: A) -> B {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2,fma")]
        fn fused<A, B>(body: impl Function<A, B>, argument: A) -> B {
            body.at(argument)
        }
        if is_x86_feature_detected!("fma") && is_x86_feature_detected!("avx2") {
            // SAFETY: this processor has the instructions.
            return unsafe { fused(body, argument) };
        }
    }
    body.at(argument)
}

macro_rules! singles {
    ($($name:ident $function:ident: $formula:literal;)+) => {$(
        #[doc = concat!($formula, ": [`elementary::", stringify!($name), "`].")]
        pub fn $name(x: f64) -> f64 {
            run(elementary::$function, x)
        }
    )+};
}

singles! {
    exp Exp: "e^x";
    expm1 Expm1: "e^x − 1";
    log Log: "ln x";
    log1p Log1p: "ln(1 + x)";
    tanh Tanh: "tanh x";
    softplus Softplus: "ln(1 + e^x)";
    sigmoid Sigmoid: "1 / (1 + e^(−x))";
    normal_quantile NormalQuantile: "Φ⁻¹(x)";
}
