//! The logarithmic derivatives of Γ.

use std::f64::consts::PI;

use libm::{log, sincos};

use super::{horner, log1pmx};

/// From here on the asymptotic series are used.
const LARGE: f64 = 10.0;

/// B₂ₖ for k = 1, 2, …
const BERNOULLI: [f64; 9] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
    43867.0 / 798.0,
];

/// B₂ₖ / 2k.
const BERNOULLI_OVER_INDEX: [f64; 9] = {
    let mut c = BERNOULLI;
    let mut k = 0;
    while k < 9 {
        c[k] /= (2 * k + 2) as f64;
        k += 1;
    }
    c
};

/// B₂ₖ (2k + 1).
const BERNOULLI_TIMES_NEXT: [f64; 9] = {
    let mut c = BERNOULLI;
    let mut k = 0;
    while k < 9 {
        c[k] *= (2 * k + 3) as f64;
        k += 1;
    }
    c
};

/// ψ(x), the derivative of ln Γ(x).
///
/// Over the whole line; not-a-number at −1, −2, … and at −∞, ∓∞ at ±0. Full relative accuracy also near the positive zero
/// 1.4616…: largest relative error measured: 9e-16 for x > 0; below 0 in proportion to the condition.
///
/// DLMF 5.5.2, 5.5.4, 5.11.2; a rational approximation on [1, 2].
pub fn digamma(x: f64) -> f64 {
    if x < 0.0 {
        let (sin, cos) = sincos_pi(x);
        return if sin == 0.0 { f64::NAN } else { digamma(1.0 - x) - PI * cos / sin };
    }
    if x < 1.0 {
        return if x == 0.0 { -1.0 / x } else { digamma_from_one(x) - 1.0 / x };
    }
    if x <= 2.0 {
        return digamma_from_one(x - 1.0);
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < LARGE {
        sum += 1.0 / x;
        x += 1.0;
    }
    log(x) + (asymptotic_digamma(x) - sum)
}

/// ψ(1 + t) for 0 ≤ t ≤ 1.
pub(super) fn digamma_from_one(t: f64) -> f64 {
    // The zero less one: its nearest double, and what that lacks.
    const ZERO: f64 = 0.46163214496836236;
    const ZERO_LOW: f64 = -1.5522348162858677e-17;
    const NUMERATOR: [f64; 6] = [
        1.2503801375034054,
        1.7839114434837245,
        8.5972723408681692e-1,
        1.6872675383093444e-1,
        1.24479407214491e-2,
        2.269627308077176e-4,
    ];
    const DENOMINATOR: [f64; 7] = [
        1.0,
        2.1102420975383778,
        1.5282303473252489,
        4.8109015298209146e-1,
        6.65221980391661e-2,
        3.460396740696163e-3,
        4.0125250334577897e-5,
    ];
    ((t - ZERO) - ZERO_LOW) * (horner(t, &NUMERATOR) / horner(t, &DENOMINATOR))
}

/// ψ(x) − ln x for x ≥ 10.
fn asymptotic_digamma(x: f64) -> f64 {
    let r = 1.0 / x;
    -r * (0.5 + r * horner(r * r, &BERNOULLI_OVER_INDEX))
}

/// ψ(a) − ln a.
///
/// For a > 0; −∞ at 0 and not-a-number below. Negative, rises from −∞ to −1 / (2 a): what entropies and divergences of
/// gamma laws of large shape are made of. Largest relative error measured: 1e-15.
pub fn digamma_minus_log(a: f64) -> f64 {
    if a < 1.0 {
        return if a > 0.0 {
            digamma(a) - log(a)
        } else if a == 0.0 {
            -f64::INFINITY
        } else {
            f64::NAN
        };
    }
    let (mut a, mut sum) = (a, 0.0);
    while a < LARGE {
        // ψ(a + 1) − ψ(a) − ln(a + 1) + ln a, negated.
        sum += log1pmx(1.0 / a);
        a += 1.0;
    }
    sum + asymptotic_digamma(a)
}

/// ψ′(x), the trigamma function.
///
/// Over the whole line; +∞ at the poles. Largest relative error measured: 1e-15 for x > 0; below 0 in proportion to the
/// condition.
///
/// DLMF 5.15.5, 5.15.6, 5.15.8.
pub fn trigamma(x: f64) -> f64 {
    if x < 0.0 {
        let (sin, _) = sincos_pi(x);
        return if sin == 0.0 { f64::INFINITY } else { PI / sin * (PI / sin) - trigamma(1.0 - x) };
    }
    1.0 / x.abs() + trigamma_minus_recip(x)
}

/// ψ′(a) − 1 / a.
///
/// For a > 0; +∞ at 0 and not-a-number below. Positive, falls from +∞ to 1 / (2 a²). Largest relative error measured:
/// 1e-15.
pub fn trigamma_minus_recip(a: f64) -> f64 {
    if a <= 0.0 {
        return if a == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    let (mut a, mut sum) = (a, 0.0);
    while a < LARGE {
        // 1 / a² − 1 / a + 1 / (a + 1).
        sum += 1.0 / (a * a) / (a + 1.0);
        a += 1.0;
    }
    let r = 1.0 / a;
    sum + r * r * (0.5 + r * horner(r * r, &BERNOULLI))
}

/// ψ″(x), the tetragamma function.
///
/// Over the whole line; ∓∞ at ±0 and not-a-number at the other poles. Largest relative error measured: 1e-15 for x > 0;
/// below 0 in proportion to the condition.
///
/// DLMF 5.15.5, 5.15.6, 5.15.9.
pub fn tetragamma(x: f64) -> f64 {
    if x < 0.0 {
        let (sin, cos) = sincos_pi(x);
        let c = PI / sin;
        return if sin == 0.0 { f64::NAN } else { tetragamma(1.0 - x) - 2.0 * c * c * c * cos };
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < LARGE {
        sum -= 2.0 / x / x / x;
        x += 1.0;
    }
    let r = 1.0 / x;
    sum - r * r * (1.0 + r + r * r * horner(r * r, &BERNOULLI_TIMES_NEXT))
}

/// sin πt and cos πt, where t is what x exceeds the nearest integer by.
fn sincos_pi(x: f64) -> (f64, f64) {
    sincos(PI * (x - x.round()))
}
