//! The slope of the logarithm of a gamma draw in its shape, in vectors, to single precision.

use crate::elementary::{digamma_deficit, exp, log};
use crate::lanes::{LANES, Lanes};

/// Shapes are raised by this many unit steps before the polynomial takes over.
const STEPS: usize = 8;
/// ln(x / A) that the polynomial covers. Below, the steps down make its value irrelevant.
const LOG_RATIO: (f64, f64) = (-3.2, 1.8);

/// d ln x / da at fixed distribution function for draws x of Gamma(a, 1), from a and ln x; and whether each is one that
/// this method covers.
///
/// From L(A) at A = a + 8, by L(a) = (x L(a + 1) + ψ(a + 1) − ln x) / a, which follows from
/// P(a, x) = P(a + 1, x) + xᵃ e⁻ˣ / Γ(a + 1). The steps magnify what is wrong with L(A) where x is far above a: those
/// draws, a few in a thousand, are left to the exact function. Largest relative error measured elsewhere: 3e-7 over a from
/// 1e-6 to 1e9.
#[inline(always)]
pub(super) fn log_slopes(a: &Lanes, log_x: &Lanes, slope: &mut Lanes, covered: &mut [bool; LANES]) {
    for i in 0..LANES {
        let (a, log_x) = (a[i], log_x[i]);
        let x = exp(log_x);
        covered[i] = x <= 1.25 * a + 4.5;

        let raised = a + STEPS as f64;
        let log_raised = log(raised);
        let mut digamma = log_raised - digamma_deficit(raised.recip());
        let mut l = polynomial(log_x - log_raised, raised.recip()) / raised;
        for step in (0..STEPS).rev() {
            let inverse = (a + step as f64).recip();
            l = (x * l + (digamma - log_x)) * inverse;
            digamma -= inverse;
        }
        slope[i] = l;
    }
}

/// A · L(A) as a function of m = ln(x / A) and t = 1 / A.
#[inline(always)]
fn polynomial(m: f64, t: f64) -> f64 {
    let (low, high) = LOG_RATIO;
    let m = if m > low { m } else { low };
    let m = if m < high { m } else { high };
    let m = (m - 0.5 * (low + high)) * (2.0 / (high - low));
    let t = t * (2.0 * STEPS as f64) - 1.0;
    let mut sum = 0.0;
    for row in COEFFICIENTS.iter().rev() {
        let mut inner = row[row.len() - 1];
        for c in row[..row.len() - 1].iter().rev() {
            inner = f64::mul_add(inner, t, *c);
        }
        sum = f64::mul_add(sum, m, inner);
    }
    sum
}

/// In powers of the scaled m (rows) and t (columns), by `reference/derive_gamma_slope.py`.
const COEFFICIENTS: [[f64; 6]; 14] = [
    [
        1.404806327346682717,
        0.01434938504646705172,
        0.00004279191272532821834,
        -3.982050280807879398e-6,
        -5.368085162104512894e-9,
        6.343957106605597225e-9,
    ],
    [
        -1.551021777635342558,
        -0.01394725382902157027,
        0.00009511458378119008947,
        5.22813383198111317e-6,
        -1.747153661345508954e-7,
        -7.274834975751354385e-9,
    ],
    [
        0.4964519880111442324,
        0.0002577596113557129393,
        -0.0001529081328130669569,
        1.399266771051391865e-6,
        2.391946555361330512e-7,
        -8.447980104557083769e-9,
    ],
    [
        0.06082033080926666592,
        0.003486749306394418387,
        -5.6056557941848336e-7,
        -4.683640909106396202e-6,
        5.267242002955608255e-8,
        1.487258461586250276e-8,
    ],
    [
        -0.04528900614861862955,
        0.00006337865949516152468,
        0.00007043828308849315384,
        1.329407020407360122e-7,
        -2.131153927620032285e-7,
        2.745988296290947033e-9,
    ],
    [
        -0.01301217110855374022,
        -0.0009230280130015108665,
        -3.86294591219987784e-6,
        2.517633066584664834e-6,
        1.057887416951352679e-8,
        -1.300312671634399028e-8,
    ],
    [
        0.005499562643748393007,
        -0.00007370422969397465833,
        -0.00002593570579142169929,
        -2.749315035287173388e-7,
        1.231868031232283249e-7,
        6.614817725775163171e-10,
    ],
    [
        0.002560074256459820958,
        0.0002214781130795533017,
        1.033214757083034766e-6,
        -1.077179585021124481e-6,
        -1.782946774767818593e-8,
        7.912902378570502758e-9,
    ],
    [
        -0.0006226422578313513018,
        0.00003332012768940453197,
        8.125667733478447716e-6,
        1.279825269293983643e-7,
        -5.47783799576430976e-8,
        -1.081615603690686122e-9,
    ],
    [
        -0.0004650215063188161702,
        -0.00004771623004074636046,
        2.529484583335150773e-8,
        3.897664924716989728e-7,
        9.614223943220256122e-9,
        -3.740080171023840995e-9,
    ],
    [
        0.00005635200728788718555,
        -9.688168244148292551e-6,
        -2.018867565171951082e-6,
        -3.509559410161143679e-8,
        1.767847474986829659e-8,
        5.148957718449316233e-10,
    ],
    [
        0.00007434599552778410322,
        8.667488410966162583e-6,
        -1.01841757867001293e-7,
        -1.093325117207783174e-7,
        -3.121228969930266093e-9,
        1.268807287881727257e-9,
    ],
    [
        -2.910156787734476321e-6,
        1.479111719685828035e-6,
        2.881592251073192755e-7,
        4.874576541262793011e-9,
        -2.99717949641417839e-9,
        -1.025546017599881841e-10,
    ],
    [
        -7.867500806056234406e-6,
        -9.899061428897832036e-7,
        2.517143591062326026e-8,
        1.698607152469988153e-8,
        5.043548965995856029e-10,
        -2.224360146644943918e-10,
    ],
];
