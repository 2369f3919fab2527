//! The elementary functions for one number at a time, outside of vectorised loops.
//!
//! The functions of [`elementary`](crate::elementary) are compiled for the instructions of the loop that inlines them.
//! Code that is not in such a loop calls these: one compiled body per set of instructions, chosen at run time, with the
//! same bits.

use crate::elementary;

macro_rules! singles {
    ($($name:ident: $formula:literal;)+) => {$(
        #[doc = concat!($formula, ": [`elementary::", stringify!($name), "`].")]
        pub fn $name(x: f64) -> f64 {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma")]
                fn fused(x: f64) -> f64 {
                    elementary::$name(x)
                }
                if is_x86_feature_detected!("fma") && is_x86_feature_detected!("avx2") {
                    // SAFETY: this processor has the instructions.
                    return unsafe { fused(x) };
                }
            }
            elementary::$name(x)
        }
    )+};
}

singles! {
    exp: "e^x";
    expm1: "e^x − 1";
    log: "ln x";
    log1p: "ln(1 + x)";
    tanh: "tanh x";
    softplus: "ln(1 + e^x)";
    sigmoid: "1 / (1 + e^(−x))";
    normal_quantile: "Φ⁻¹(x)";
}
