//! HalfStudentT(df, scale): the absolute value of StudentT(df, 0, scale).
//!
//! (x / scale)² is FisherSnedecor(1, df), the odds of Beta(½, df / 2) times df: what the half near 0 needs, where the
//! distribution function of Student's t is next to ½.

use std::f64::consts::LN_2;

use super::beta::standard;
use super::{FisherSnedecor, StudentT};
use crate::law::{
    Coordinate, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Reparameterized,
    Support, Tail, cdf_by_tail,
};
use crate::scalar::special::{ln_gamma_curvature, ln_gamma_rise, ln_ratio};
use crate::{Element, Scalar, single};

/// Half of Student's t law: half-Cauchy for df 1, half-normal in the limit.
///
/// TensorFlow Probability and PyMC (ν, σ) have the same two parameters; Stan writes a `student_t` with a bound of 0.
#[derive(Clone, Copy, Debug)]
pub struct HalfStudentT;

/// ln(x² / scale² / df) and its exponential.
fn odds<S: Scalar>(x: S, df: S, scale: S) -> (f64, S) {
    let ratio = x.value() / scale.value();
    (ratio / df.value() * ratio, ln_ratio(x, scale) * 2.0 - df.ln())
}

impl HalfStudentT {
    fn tail<S: Scalar>(tail: Tail, x: S, [df, scale]: [S; 2]) -> S {
        let (odds, t) = odds(x, df, scale);
        standard::tail_of_odds(tail, odds, t, S::from(0.5), df * 0.5)
    }
}

impl Law<2> for HalfStudentT {
    const NAME: &'static str = "HalfStudentT";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("df", Domain::Positive), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [df, scale]: [S; 2]) -> S {
        StudentT::log_density(x, [df, S::from(0.0), scale]) + LN_2
    }
}

impl Draw<2> for HalfStudentT {
    const COORDINATE: Coordinate = Coordinate::Log;

    fn draw(bits: &mut Element, [df, scale]: [f64; 2]) -> f64 {
        single::log(scale) + 0.5 * FisherSnedecor::draw(bits, [1.0, df])
    }
    fn log_prob_at<S: Scalar>(t: S, [df, scale]: [S; 2]) -> S {
        let log_odds = (t - scale.ln()) * 2.0 - df.ln();
        standard::log_density_of_logit(log_odds, S::from(0.5), df * 0.5) + LN_2 - t
    }
}

impl Reparameterized<2> for HalfStudentT {
    fn slopes(t: f64, [df, scale]: [f64; 2]) -> [f64; 2] {
        let [_, in_df] = FisherSnedecor::slopes(2.0 * (t - single::log(scale)), [1.0, df]);
        [0.5 * in_df, scale.recip()]
    }
}

cdf_by_tail!(HalfStudentT, 2, HalfStudentT::tail);

impl Quantile<2> for HalfStudentT {
    fn quantile<S: Scalar>(level: Level<S>, [df, scale]: [S; 2]) -> S {
        let t = standard::logit_quantile(level, S::from(0.5), df * 0.5);
        scale * ((t + df.ln()) * 0.5).exp()
    }
}

impl Moments<2> for HalfStudentT {
    /// scale √(df / π) Γ((df − 1) / 2) / Γ(df / 2); infinite up to df = 1.
    fn mean<S: Scalar>([df, scale]: [S; 2]) -> S {
        if df.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        let half = S::from(0.5);
        let log_ratio = -ln_gamma_rise((df - 1.0) * 0.5, half);
        scale * (log_ratio + (df / std::f64::consts::PI).ln() * 0.5).exp()
    }
    /// scale² df / (df − 2) − mean²; infinite up to df = 2.
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        if theta[0].value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        // E[x²] / E[x]², with the normal number's part ln(π/2) and that of the root of the gamma number.
        let curvature = ln_gamma_curvature((theta[0] - 2.0) * 0.5, S::from(0.5)) * 0.25;
        Self::mean(theta).square() * (curvature + std::f64::consts::FRAC_PI_2.ln()).exp_m1()
    }
}

impl Mode<2> for HalfStudentT {
    fn mode<S: Scalar>(_: [S; 2]) -> S {
        S::from(0.0)
    }
}

impl Entropy<2> for HalfStudentT {
    /// That of the whole law less ln 2.
    fn entropy<S: Scalar>([df, scale]: [S; 2]) -> S {
        StudentT::entropy([df, S::from(0.0), scale]) - LN_2
    }
}
