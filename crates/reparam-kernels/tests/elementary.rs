//! The elementary functions against true values of fifty digits, against double precision over all of `f32`, and at the
//! ends of their domains.
#![expect(clippy::float_cmp, reason = "what must be exact is compared exactly")]

use reparam_kernels::elementary::{
    Cos, CosWithSlope, MinusSin, Sin, SinWithSlope, cos, exp, expm1, log, log1p, normal_quantile, sigmoid,
    sigmoid_with_slope, sin, sin_cos, softplus, softplus_with_slope, tan, tanh, tanh_with_slope,
};
use reparam_kernels::{Real, slices};
use serde::Deserialize;

/// A function, an independent one in double precision, and the largest errors allowed in each type, in ulp.
struct Case {
    name: &'static str,
    single: fn(f32) -> f32,
    double: fn(f64) -> f64,
    oracle: fn(f64) -> f64,
    single_ulp: f64,
    double_ulp: f64,
}

macro_rules! case {
    ($function:ident, $oracle:expr, $single_ulp:expr, $double_ulp:expr) => {
        Case {
            name: stringify!($function),
            single: $function,
            double: $function,
            oracle: $oracle,
            single_ulp: $single_ulp,
            double_ulp: $double_ulp,
        }
    };
}

const CASES: [Case; 11] = [
    case!(exp, f64::exp, 0.8, 0.8),
    case!(expm1, f64::exp_m1, 1.6, 1.5),
    case!(log, f64::ln, 0.9, 0.8),
    case!(log1p, f64::ln_1p, 0.9, 0.8),
    case!(tanh, f64::tanh, 2.0, 1.9),
    case!(softplus, |x| x.max(0.0) + (-x.abs()).exp().ln_1p(), 1.8, 1.6),
    case!(sigmoid, |x| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }, 1.6, 1.6),
    // The reference values hold the double-precision form to the truth.
    case!(normal_quantile, normal_quantile, 3.3, 3.0),
    case!(sin, f64::sin, 0.9, 0.8),
    case!(cos, f64::cos, 0.9, 0.8),
    case!(tan, f64::tan, 2.3, 2.0),
];

#[derive(Deserialize)]
struct Reference {
    function: String,
    region: String,
    x: String,
    nearest: String,
    rest_ulp: f64,
}

fn double_error(got: f64, nearest: f64, rest_ulp: f64) -> f64 {
    let ulp = nearest.abs().next_up() - nearest.abs();
    ((got - nearest) / ulp - rest_ulp).abs()
}

fn single_error(got: f32, want: f64) -> f64 {
    let nearest = want as f32;
    if nearest.is_nan() || got.is_nan() {
        return if nearest.is_nan() && got.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if nearest.is_infinite() || got.is_infinite() {
        return if nearest.to_bits() == got.to_bits() { 0.0 } else { f64::INFINITY };
    }
    let ulp = nearest.abs().next_up() - nearest.abs();
    (f64::from(got) - want).abs() / f64::from(ulp)
}

#[test]
fn true_values() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/elementary.jsonl");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut compared = [0; CASES.len()];
    for line in text.lines() {
        let Reference { function, region, x, nearest, rest_ulp } =
            serde_json::from_str(line).expect("a reference");
        let index = CASES.iter().position(|case| case.name == function).expect("a known function");
        let case = &CASES[index];
        compared[index] += 1;
        let (x, nearest): (f64, f64) = (x.parse().expect("a number"), nearest.parse().expect("a number"));
        let error = double_error((case.double)(x), nearest, rest_ulp);
        assert!(error <= case.double_ulp, "{function}({x:e}), {region}: {error} ulp in f64");
        if f64::from(x as f32).to_bits() == x.to_bits() {
            let error = single_error((case.single)(x as f32), nearest);
            assert!(error <= case.single_ulp, "{function}({x:e}), {region}: {error} ulp in f32");
        }
    }
    assert!(compared.iter().all(|count| *count > 200), "reference values per function: {compared:?}");
}

/// A million numbers of every sign, exponent and kind of mantissa per function.
#[test]
fn all_of_f32() {
    for case in CASES {
        for bits in (0..=u32::MAX).step_by(4093) {
            let x = f32::from_bits(bits);
            let error = single_error((case.single)(x), (case.oracle)(f64::from(x)));
            assert!(error <= case.single_ulp, "{}({x:e}): {error} ulp", case.name);
        }
    }
}

/// f(x) and the expected value must be the same number, with the same sign of zero.
#[track_caller]
fn same<T: Real>(got: T, want: f64) {
    let got = got.to_f64();
    assert!(got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan(), "{got:e} instead of {want:e}");
}

fn ends_of_domains<T: Real>() {
    let x = T::from_f64;
    let inf = f64::INFINITY;
    for f in [exp, expm1, log, log1p, tanh, softplus, sigmoid, normal_quantile, sin, cos, tan] {
        same(f(T::NAN), f64::NAN);
    }
    for (f, at_minus, at_zero, at_minus_zero, at_plus) in [
        (exp as fn(T) -> T, 0.0, 1.0, 1.0, inf),
        (expm1, -1.0, 0.0, -0.0, inf),
        (log, f64::NAN, -inf, -inf, inf),
        (log1p, f64::NAN, 0.0, -0.0, inf),
        (tanh, -1.0, 0.0, -0.0, 1.0),
        (sigmoid, 0.0, 0.5, 0.5, 1.0),
        (softplus, 0.0, x(std::f64::consts::LN_2).to_f64(), x(std::f64::consts::LN_2).to_f64(), inf),
        (normal_quantile, f64::NAN, -inf, -inf, f64::NAN),
        (sin, f64::NAN, 0.0, -0.0, f64::NAN),
        (cos, f64::NAN, 1.0, 1.0, f64::NAN),
        (tan, f64::NAN, 0.0, -0.0, f64::NAN),
    ] {
        same(f(-T::INFINITY), at_minus);
        same(f(T::ZERO), at_zero);
        same(f(-T::ZERO), at_minus_zero);
        same(f(T::INFINITY), at_plus);
    }
    same(log(T::ONE), 0.0);
    same(log(-T::MIN_POSITIVE), f64::NAN);
    same(log1p(-T::ONE), -inf);
    same(log1p(-T::TWO), f64::NAN);
    same(normal_quantile(T::ONE), inf);
    same(normal_quantile(T::HALF), 0.0);
    same(normal_quantile(T::TWO), f64::NAN);
    same(normal_quantile(-T::MIN_POSITIVE), f64::NAN);
    same(exp(x(1e4)), inf);
    same(exp(x(-1e4)), 0.0);
    same(softplus(x(1e4)), 1e4);
    same(sigmoid(x(1e4)), 1.0);
    same(tanh(x(-1e4)), -1.0);
    for tiny in [f64::from_bits(1), 1e-310, 1e-300, 1e-45, 1e-40, 1e-30, 1e-12].map(x) {
        for tiny in [tiny, -tiny] {
            same(sin(tiny), tiny.to_f64());
            same(tan(tiny), tiny.to_f64());
            same(cos(tiny), 1.0);
        }
    }
}

#[test]
fn ends_of_domains_f32() {
    ends_of_domains::<f32>();
}

#[test]
fn ends_of_domains_f64() {
    ends_of_domains::<f64>();
}

/// Identities that hold bit for bit.
#[test]
fn symmetries() {
    for i in 1..1000 {
        let x = f64::from(i) * 0.02;
        assert_eq!(tanh(-x), -tanh(x));
        assert_eq!(sin_cos(-x), (-sin(x), cos(x)));
        let p = f64::from(i) / 1024.0;
        assert_eq!(normal_quantile(1.0 - p), -normal_quantile(p));
    }
}

/// A slice with far arguments among the near ones has the values of single calls.
fn far_arguments<T: Real>() {
    let near = (0..200).map(|i| f64::from(i) * 0.37 - 30.0);
    let far = [1e300, -1e30, 32768.0, 32768.1, 1073741824.0, 1073741825.0, f64::INFINITY, f64::NAN];
    let near: Vec<T> = near.map(T::from_f64).collect();
    let mixed = near.iter().copied().chain(far.map(T::from_f64)).collect();
    for input in [near, mixed] {
        let [mut value, mut slope, mut alone] = [(); 3].map(|()| vec![T::ZERO; input.len()]);
        slices::map_with_slope(&input, &mut value, &mut slope, CosWithSlope);
        slices::map(&input, &mut alone, Sin);
        for (i, x) in input.iter().enumerate() {
            same(value[i], cos(*x).to_f64());
            same(slope[i], -sin(*x).to_f64());
            same(alone[i], sin(*x).to_f64());
        }
        slices::map(&input, &mut alone, MinusSin);
        slices::map_with_slope(&input, &mut value, &mut slope, SinWithSlope);
        for (i, x) in input.iter().enumerate() {
            same(alone[i], -sin(*x).to_f64());
            same(value[i], sin(*x).to_f64());
            same(slope[i], cos(*x).to_f64());
        }
        let mut values = input.clone();
        slices::map_inplace(&mut values, Cos);
        assert!(values.iter().zip(&slope).all(|(a, b)| a == b || a.to_f64().is_nan()));
    }
}

#[test]
fn far_arguments_f32() {
    far_arguments::<f32>();
}

#[test]
fn far_arguments_f64() {
    far_arguments::<f64>();
}

/// A function with its slope, the slope by an independent formula in double precision, and the largest errors allowed.
struct Sloped {
    name: &'static str,
    single: fn(f32) -> (f32, f32),
    double: fn(f64) -> (f64, f64),
    value: fn(f64) -> f64,
    slope: fn(f64) -> f64,
    single_ulp: f64,
    double_ulp: f64,
}

/// e^(−|x|) / (1 + e^(−|x|))².
fn logistic_density(x: f64) -> f64 {
    let t = (-x.abs()).exp();
    t / ((1.0 + t) * (1.0 + t))
}

const SLOPED: [Sloped; 3] = [
    Sloped {
        name: "tanh",
        single: tanh_with_slope,
        double: tanh_with_slope,
        value: tanh,
        slope: |x| 4.0 * logistic_density(2.0 * x),
        single_ulp: 4.0,
        double_ulp: 6.0,
    },
    Sloped {
        name: "sigmoid",
        single: sigmoid_with_slope,
        double: sigmoid_with_slope,
        value: sigmoid,
        slope: logistic_density,
        single_ulp: 4.0,
        double_ulp: 6.0,
    },
    Sloped {
        name: "softplus",
        single: softplus_with_slope,
        double: softplus_with_slope,
        value: softplus,
        slope: sigmoid,
        single_ulp: 2.5,
        double_ulp: 2.5,
    },
];

#[test]
fn slopes_go_with_their_values() {
    for case in SLOPED {
        let (mut single, mut double) = (0.0_f64, 0.0_f64);
        for i in -400_000..400_000 {
            let x = f64::from(i) * 1e-4;
            let x32 = x as f32;
            let (value, slope) = (case.single)(x32);
            assert!(single_error(value, (case.value)(x32.into())) < 2.0, "{}({x32})", case.name);
            single = single.max(single_error(slope, (case.slope)(x32.into())));
            let (value, slope) = (case.double)(x);
            assert_eq!(value, (case.value)(x), "{}({x})", case.name);
            double = double.max(double_error(slope, (case.slope)(x), 0.0));
        }
        println!("{}: {single:.2} ulp in f32, {double:.2} in f64", case.name);
        assert!(single < case.single_ulp && double < case.double_ulp, "{}: {single} {double}", case.name);
        for x in [f64::INFINITY, -800.0, f64::NEG_INFINITY, 1e6] {
            let expected = if case.name == "softplus" && x > 0.0 { 1.0 } else { 0.0 };
            assert_eq!(((case.double)(x).1, (case.single)(x as f32).1), (expected, expected as f32));
        }
        assert!((case.single)(f32::NAN).1.is_nan() && (case.double)(f64::NAN).1.is_nan());
    }
}
