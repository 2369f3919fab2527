//! How each density fades towards the ends of its support, read off its formula.

use super::{
    AsymmetricLaplace, Beta, BetaBinomial, BetaPrime, Burr, Cauchy, Chi2, ContinuousBernoulli, Dagum,
    Exponential, ExponentiallyModifiedNormal, FisherSnedecor, Frechet, Gamma, GeneralizedExtremeValue,
    GeneralizedGamma, GeneralizedNormal, GeneralizedPareto, Geometric, Gompertz, Gumbel, HalfCauchy,
    HalfNormal, HalfStudentT, HurdleNegativeBinomial, HurdlePoisson, Hypergeometric, InverseGamma,
    InverseGaussian, JohnsonSU, Kumaraswamy, Laplace, Levy, LogLogistic, LogNormal, LogUniform, Logistic,
    LogitNormal, LogitRelaxedBernoulli, Lomax, Maxwell, Nakagami, NegativeBinomial, NoncentralChi2, Normal,
    Pareto, Poisson, Rayleigh, RelaxedBernoulli, Rice, Skellam, SkewNormal, StudentT, Success, TanhNormal,
    Triangular, TruncatedNormal, Uniform, VonMises, Weibull, ZeroInflatedNegativeBinomial,
    ZeroInflatedPoisson, Zipf,
};
use crate::law::Decay::{Double, Exponential as Falls, Logarithmic, Power};
use crate::law::{Decay, Ends};

macro_rules! ends {
    ($($law:ty: $p:literal, $theta:pat => $ends:expr;)+) => {$(
        impl Ends<$p> for $law {
            fn ends($theta: [f64; $p]) -> [Decay; 2] {
                $ends
            }
        }
    )+};
}

/// A density that neither vanishes nor grows at a finite end.
const STEP: Decay = Power(1.0);

/// exp(−rate · y^power) and a further y^factor.
const fn falls(rate: f64, power: f64, factor: f64) -> Decay {
    Falls { rate, power, factor }
}

/// Towards ∞, exp(−rate · x) x^(shape − 1).
const fn gamma(shape: f64, rate: f64) -> Decay {
    falls(rate, 1.0, shape - 1.0)
}

ends! {
    AsymmetricLaplace: 3, [_, scale, asymmetry] =>
        [Decay::exponential((scale * asymmetry).recip()), Decay::exponential(asymmetry / scale)];
    Beta: 2, [a, b] => [Power(a), Power(b)];
    BetaPrime: 2, [a, b] => [Power(a), Power(b)];
    Burr: 3, [_, shape, alpha] => [Power(shape), Power(shape * alpha)];
    Cauchy: 2, _ => [Power(1.0); 2];
    Chi2: 1, [df] => [Power(0.5 * df), gamma(0.5 * df, 0.5)];
    Dagum: 3, [_, shape, alpha] => [Power(shape * alpha), Power(shape)];
    Exponential: 1, [rate] => [STEP, Decay::exponential(rate)];
    ExponentiallyModifiedNormal: 3, [_, scale, rate] =>
        [falls(0.5 / (scale * scale), 2.0, -1.0), Decay::exponential(rate)];
    FisherSnedecor: 2, [above, below] => [Power(0.5 * above), Power(0.5 * below)];
    Frechet: 2, [scale, shape] => [falls(scale.powf(shape), shape, shape - 1.0), Power(shape)];
    Gamma: 2, [shape, rate] => [Power(shape), gamma(shape, rate)];
    GeneralizedExtremeValue: 3, [_, scale, shape] => extreme(scale, shape);
    GeneralizedGamma: 3, [shape, scale, power] =>
        [Power(shape * power), falls(scale.powf(-power), power, shape * power - 1.0)];
    GeneralizedNormal: 3, [_, scale, power] => [falls(scale.powf(-power), power, 0.0); 2];
    GeneralizedPareto: 3, [_, scale, shape] => {
        let high = if shape == 0.0 { Decay::exponential(scale.recip()) } else { Power(shape.abs().recip()) };
        [STEP, high]
    };
    Gompertz: 2, [_, rate] => [STEP, Double(rate)];
    Gumbel: 2, [_, scale] => extreme(scale, 0.0);
    HalfCauchy: 1, _ => [STEP, Power(1.0)];
    HalfNormal: 1, [scale] => [STEP, Decay::normal(scale)];
    HalfStudentT: 2, [df, _] => [STEP, Power(df)];
    InverseGamma: 2, [shape, rate] => [gamma(shape, rate), Power(shape)];
    InverseGaussian: 2, [loc, shape] =>
        [falls(0.5 * shape, 1.0, -0.5), falls(0.5 * shape / (loc * loc), 1.0, -1.5)];
    JohnsonSU: 4, _ => [Logarithmic; 2];
    Kumaraswamy: 2, [a, b] => [Power(a), Power(b)];
    Laplace: 2, [_, scale] => [Decay::exponential(scale.recip()); 2];
    Levy: 2, [_, scale] => [gamma(0.5, 0.5 * scale), Power(0.5)];
    LogLogistic: 2, [_, shape] => [Power(shape); 2];
    LogNormal: 2, _ => [Logarithmic; 2];
    LogUniform: 2, _ => [STEP; 2];
    Logistic: 2, [_, scale] => [Decay::exponential(scale.recip()); 2];
    LogitNormal: 2, _ => [Logarithmic; 2];
    LogitRelaxedBernoulli: 2, [temperature, _] => [Decay::exponential(temperature); 2];
    Lomax: 2, [_, alpha] => [STEP, Power(alpha)];
    Maxwell: 1, [scale] => [Power(3.0), falls(0.5 / (scale * scale), 2.0, 2.0)];
    Nakagami: 2, [shape, scale] =>
        [Power(2.0 * shape), falls(shape / (scale * scale), 2.0, 2.0 * shape - 1.0)];
    NoncentralChi2: 2, [df, noncentrality] => {
        // e^√(noncentrality · x) before the exponential is more than any power.
        let high = if noncentrality > 0.0 { falls(0.5, 1.0, f64::INFINITY) } else { gamma(0.5 * df, 0.5) };
        [Power(0.5 * df), high]
    };
    Normal: 2, [_, scale] => [Decay::normal(scale); 2];
    Pareto: 2, [_, alpha] => [STEP, Power(alpha)];
    Rayleigh: 1, [scale] => [Power(2.0), falls(0.5 / (scale * scale), 2.0, 1.0)];
    RelaxedBernoulli: 2, [temperature, _] => [Power(temperature); 2];
    Rice: 2, [_, scale] => [Power(2.0), falls(0.5 / (scale * scale), 2.0, 0.5)];
    SkewNormal: 3, [_, scale, skewness] => {
        // ln Φ(skewness · z) fades as −(skewness · z)² / 2 on the thin side, with 1 / |skewness · z| before it.
        let thin = falls(0.5 * (1.0 + skewness * skewness) / (scale * scale), 2.0, -1.0);
        match skewness {
            0.0 => [Decay::normal(scale); 2],
            positive if positive > 0.0 => [thin, Decay::normal(scale)],
            _ => [Decay::normal(scale), thin],
        }
    };
    StudentT: 3, [df, _, _] => [Power(df); 2];
    TanhNormal: 2, _ => [Logarithmic; 2];
    Triangular: 3, [low, high, peak] => [low, high].map(|end| if peak == end { STEP } else { Power(2.0) });
    TruncatedNormal: 4, [_, scale, low, high] =>
        [low, high].map(|end| if end.is_finite() { STEP } else { Decay::normal(scale) });
    Uniform: 2, _ => [STEP; 2];
    VonMises: 2, _ => [STEP; 2];
    Weibull: 2, [scale, shape] => [Power(shape), falls(scale.powf(-shape), shape, shape - 1.0)];

    BetaBinomial: 3, _ => [STEP; 2];
    Hypergeometric: 3, _ => [STEP; 2];
    super::Logarithmic: 1, [probs] => [STEP, falls(-probs.ln(), 1.0, -1.0)];
    Skellam: 2, _ => [COUNTS; 2];
    Zipf: 2, [exponent, total_count] =>
        [STEP, if total_count.is_finite() { STEP } else { Power(exponent - 1.0) }];
    Poisson: 1, _ => [STEP, COUNTS];
    ZeroInflatedPoisson: 2, _ => [STEP, COUNTS];
    HurdlePoisson: 2, _ => [STEP, COUNTS];
    ZeroInflatedNegativeBinomial: 3, [total_count, probs, _] => [STEP, gamma(total_count, -probs.ln())];
    HurdleNegativeBinomial: 3, [total_count, probs, _] => [STEP, gamma(total_count, -probs.ln())];
}

/// 1 / k!.
const COUNTS: Decay = falls(f64::INFINITY, 1.0, 0.0);

/// Generalized extreme values of this shape, Gumbel's for 0.
fn extreme(scale: f64, shape: f64) -> [Decay; 2] {
    let steep = |shape: f64| {
        let power = shape.recip();
        falls((shape / scale).powf(power), power, power - 1.0)
    };
    if shape > 0.0 {
        // One over the distance from the end is y, and 1 + ξ z is ξ / (scale · y).
        let power = shape.recip();
        [falls((scale / shape).powf(power), power, power - 1.0), Power(power)]
    } else if shape < 0.0 {
        [steep(-shape), Power((-shape).recip())]
    } else {
        [Double(scale.recip()), Decay::exponential(scale.recip())]
    }
}

impl<F: Success> Ends<1> for ContinuousBernoulli<F> {
    fn ends(_: [f64; 1]) -> [Decay; 2] {
        [STEP; 2]
    }
}

impl<F: Success> Ends<1> for Geometric<F> {
    fn ends([success]: [f64; 1]) -> [Decay; 2] {
        [STEP, Decay::exponential(-F::odds(success).log_failure)]
    }
}

impl<F: Success> Ends<2> for NegativeBinomial<F> {
    fn ends([total_count, success]: [f64; 2]) -> [Decay; 2] {
        [STEP, gamma(total_count, -F::odds(success).log_success)]
    }
}
