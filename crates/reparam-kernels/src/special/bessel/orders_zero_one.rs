//! The modified Bessel functions of the first kind of orders 0 and 1.
//!
//! Up to x = 8 a polynomial in (x/2)², all of whose terms are positive; above, √x e^(−x) I(x) is a polynomial in 1/x. The
//! coefficients are our own.

use crate::elementary::{exp, log, log1p};
use crate::special::polynomial::polynomial;

/// Where the expansions in 1/x begin.
pub(super) const FAR: f64 = 8.0;

/// The variable of the expansions in 1/x, in [−1, 1].
pub(super) fn far_variable(x: f64) -> f64 {
    2.0 * FAR / x - 1.0
}

/// I₀(x) − 1 for 0 ≤ x ≤ 8.
pub(super) fn i0_rise(x: f64) -> f64 {
    let a = 0.25 * x * x;
    a * polynomial(a, &I0_NEAR)
}

/// I₁(x) for 0 ≤ x ≤ 8.
pub(super) fn i1_near(x: f64) -> f64 {
    0.5 * x * polynomial(0.25 * x * x, &I1_NEAR)
}

/// The modified Bessel function of order 0, scaled.
///
/// e^(−|x|) I₀(x), on the whole line, even: ~ 1/√(2π x) for large x.
///
/// Largest relative error measured: 4e-16.
pub fn i0e(x: f64) -> f64 {
    let x = x.abs();
    if x <= FAR { exp(-x) * (1.0 + i0_rise(x)) } else { polynomial(far_variable(x), &I0_FAR) / x.sqrt() }
}

/// The modified Bessel function of order 1, scaled.
///
/// e^(−|x|) I₁(x), on the whole line, odd: ~ x/2 near 0, 1/√(2π x) for large x.
///
/// Largest relative error measured: 4e-16.
pub fn i1e(x: f64) -> f64 {
    let size = x.abs();
    let value = if size <= FAR {
        exp(-size) * i1_near(size)
    } else {
        polynomial(far_variable(size), &I1_FAR) / size.sqrt()
    };
    value.copysign(x)
}

/// The logarithm of the modified Bessel function of order 0.
///
/// log I₀(x), on the whole line, even: ~ x²/4 near 0, |x| − ½ log(2π |x|) for large |x|.
///
/// Largest relative error measured: 2e-16.
pub fn log_i0(x: f64) -> f64 {
    let x = x.abs();
    if x <= FAR {
        log1p(i0_rise(x))
    } else if x < f64::INFINITY {
        x + log(i0e(x))
    } else {
        x
    }
}

/// (I₀(x) − 1) / a in a = (x/2)², to x = 8.
const I0_NEAR: [f64; 15] = [
    1.0,
    0.24999999999999978,
    0.02777777777777876,
    0.0017361111111093047,
    6.94444444461813e-05,
    1.9290123446740302e-06,
    3.9367599270566226e-08,
    6.151186347213467e-10,
    7.594076278142541e-12,
    7.593825457868694e-14,
    6.278265696233405e-16,
    4.343826738538556e-18,
    2.6460556344031166e-20,
    1.1140578626577648e-22,
    9.320957982657394e-25,
];

/// I₁(x) / (x/2) in a = (x/2)², to x = 8.
const I1_NEAR: [f64; 16] = [
    1.0,
    0.5000000000000001,
    0.08333333333333304,
    0.006944444444445074,
    0.00034722222222152976,
    1.1574074074534407e-05,
    2.755731920391342e-07,
    4.920949921842687e-09,
    6.83465128891456e-11,
    7.594078640571914e-13,
    6.90345857780368e-15,
    5.23199686931082e-17,
    3.3409822775005573e-19,
    1.891097971873532e-21,
    7.411929630086269e-24,
    5.834719583156168e-26,
];

/// √x e^(−x) I₀(x) in 16/x − 1, from x = 8.
const I0_FAR: [f64; 25] = [
    0.4021765094450081,
    0.0033605519836678614,
    0.0001362160743919305,
    1.1143033790932038e-05,
    1.4838475658279249e-06,
    2.9735985885673923e-07,
    8.872219737904054e-08,
    3.932584334552952e-08,
    2.1548377974791598e-08,
    7.554691881248808e-09,
    -6.747657956107524e-09,
    -1.340891754008974e-08,
    -5.404771567579958e-09,
    7.552583062123384e-09,
    7.430464650325426e-09,
    -3.505966530879332e-09,
    -5.95356943826489e-09,
    1.5200816953924232e-09,
    3.6379546359011143e-09,
    -5.715843864202709e-10,
    -1.618980683624682e-09,
    1.5279202694981569e-10,
    4.577087631643623e-10,
    -2.0260604287413626e-11,
    -6.067631570603006e-11,
];

/// √x e^(−x) I₁(x) in 16/x − 1, from x = 8.
const I1_FAR: [f64; 25] = [
    0.38939845902587233,
    -0.009749577193235737,
    -0.00021923576383388928,
    -1.5038547200567216e-05,
    -1.8349101326980946e-06,
    -3.483855761044295e-07,
    -1.0001288294864884e-07,
    -4.312917729178349e-08,
    -2.337392820814264e-08,
    -8.427766093735185e-09,
    6.734464815301592e-09,
    1.4034238782067183e-08,
    5.974437608040264e-09,
    -7.64239413436356e-09,
    -7.888351507862078e-09,
    3.4262341490077958e-09,
    6.242741219786445e-09,
    -1.4387250533041013e-09,
    -3.794670896208339e-09,
    5.295625441161261e-10,
    1.6848984479705146e-09,
    -1.4011625179770627e-10,
    -4.758818838703853e-10,
    1.8515118828852956e-11,
    6.305965197150057e-11,
];
