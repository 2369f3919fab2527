//! Dagum(scale, concentration, alpha): distribution function (1 + (x / scale)^(−concentration))^(−alpha).
//!
//! Type III of I. W. Burr (1942); the law of incomes of C. Dagum, "A new model of personal income distribution",
//! Économie appliquée 30 (1977).

use super::Burr;
use super::burr::from_growth;
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Support,
    explicit_draws,
};
use crate::scalar::special::{ln_gamma_1p, ln_gamma_curvature, ln_gamma_rise, ln_ratio, pow, product};

/// The Dagum law: scale² / x is a Burr number.
///
/// SciPy's `burr(c, d, scale)` is that of concentration c and alpha d; many books write a and p. Log-logistic for
/// alpha 1.
#[derive(Clone, Copy, Debug)]
pub struct Dagum;

/// The parameters of the reciprocal of a draw at unit scale: only the ratio of x to the scale counts, so x and the
/// scale change places.
fn swapped<S: Scalar>(x: S, [scale, concentration, alpha]: [S; 3]) -> (S, [S; 3]) {
    (scale, [x, concentration, alpha])
}

impl Dagum {
    /// The log-density in x where ln(x / scale) = u; no two terms cancel on either side of the scale.
    fn log_density_over<S: Scalar>(u: S, [scale, concentration, alpha]: [S; 3]) -> S {
        let power = concentration * u;
        let shape = if u.value() > 0.0 {
            -u - power.softplus() - alpha * (-power).softplus()
        } else {
            product(concentration * alpha - 1.0, u) - (alpha + 1.0) * power.softplus()
        };
        shape + concentration.ln() + alpha.ln() - scale.ln()
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 3]) -> S {
        Self::log_density_over(t - theta[0].ln(), theta)
    }
}

impl Law<3> for Dagum {
    const NAME: &'static str = "Dagum";
    const PARAMETERS: [Parameter; 3] = Burr::PARAMETERS;

    fn support(_: [f64; 3]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_density_over(ln_ratio(x, theta[0]), theta)
    }
}

impl Explicit<3> for Dagum {
    const NOISE: Noise = Burr::NOISE;
    fn path<S: Scalar>(noise: S, [scale, concentration, alpha]: [S; 3]) -> S {
        scale.ln() - Burr::path(noise, [S::from(1.0), concentration, alpha])
    }
}

explicit_draws!(Dagum, 3, Coordinate::Log,
    noise at t, [scale, concentration, alpha] =>
        alpha * crate::single::softplus(concentration * (crate::single::log(scale) - t)),
    density at coordinate: Self::log_density_at);

impl Cdf<3> for Dagum {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let (x, theta) = swapped(x, theta);
        Burr::upper(x, theta)
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let (x, theta) = swapped(x, theta);
        Burr::lower(x, theta)
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let (x, theta) = swapped(x, theta);
        Burr::log_upper(x, theta)
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let (x, theta) = swapped(x, theta);
        Burr::log_lower(x, theta)
    }
}

impl Quantile<3> for Dagum {
    fn quantile<S: Scalar>(level: Level<S>, [scale, concentration, alpha]: [S; 3]) -> S {
        scale * from_growth(-level.log_lower() / alpha, -concentration.recip())
    }
}

impl Moments<3> for Dagum {
    /// scale · Γ(1 − h) Γ(alpha + h) / Γ(alpha) with h = 1 / concentration; infinite for concentrations up to 1.
    fn mean<S: Scalar>([scale, concentration, alpha]: [S; 3]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        let h = concentration.recip();
        scale * (ln_gamma_below_one(concentration) + ln_gamma_rise(alpha, h)).exp()
    }
    /// scale² Γ(1 − 2h) Γ(alpha + 2h) / Γ(alpha) − mean²; infinite for concentrations up to 2.
    fn variance<S: Scalar>(theta: [S; 3]) -> S {
        if theta[1].value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        let h = theta[1].recip();
        let curvature = ln_gamma_curvature((theta[1] - 2.0) / theta[1], h) + ln_gamma_curvature(theta[2], h);
        Self::mean(theta).square() * (h.square() * curvature).exp_m1()
    }
}

/// ln Γ(1 − 1/c) for c > 1, which grows towards 1 without losing digits.
fn ln_gamma_below_one<S: Scalar>(c: S) -> S {
    if c.value() > 2.0 {
        return ln_gamma_1p(-c.recip());
    }
    let rest = (c - 1.0) / c;
    ln_gamma_1p(rest) - rest.ln()
}

impl Mode<3> for Dagum {
    /// scale ((alpha c − 1) / (c + 1))^(1/c); 0 for alpha · c ≤ 1.
    fn mode<S: Scalar>([scale, concentration, alpha]: [S; 3]) -> S {
        let rise = alpha * concentration - 1.0;
        if rise.value() <= 0.0 {
            return S::from(0.0);
        }
        scale * pow(rise / (concentration + 1.0), concentration.recip())
    }
}

impl Entropy<3> for Dagum {
    /// That of the Burr law of the reciprocal, and twice the mean of ln x.
    fn entropy<S: Scalar>([scale, concentration, alpha]: [S; 3]) -> S {
        let twin = Burr::entropy([S::from(1.0), concentration, alpha]);
        twin + scale.ln() + Burr::mean_fall(alpha) * 2.0 / concentration
    }
}
