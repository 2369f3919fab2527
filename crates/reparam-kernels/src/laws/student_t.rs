//! StudentT(df, loc, scale): loc + scale · n / √(c / df) with a standard normal number n and a χ² number c of df degrees of
//! freedom.

mod standard;

use crate::law::{
    Bulk, Domain, Draw, Entropy, Law, Level, LogNorm, Mode, Moments, Parameter, Quantile, Reparameterized,
    Support, Tail, cdf_by_tail, finite,
};
use crate::sample::log_standard_gamma;
use crate::scalar::special::{located, log_distance, standardised};
use crate::special::student_t_draw_slope_df;
use crate::{Element, Scalar, single};

/// Student's t law.
#[derive(Clone, Copy, Debug)]
pub struct StudentT;

impl StudentT {
    fn tail<S: Scalar>(tail: Tail, x: S, [df, loc, scale]: [S; 3]) -> S {
        let z = standardised(x, loc, scale);
        if z.value().is_infinite() && x.value().is_finite() {
            return standard::far_tail(tail, z.value() > 0.0, log_distance(x, loc, scale), df);
        }
        standard::tail(tail, z, df)
    }

    /// A draw for loc = 0 and scale = 1, at most the largest number.
    pub(crate) fn standard_draw(bits: &mut Element, df: f64) -> f64 {
        let normal = bits.normal();
        let log_width = 0.5 * (single::log(0.5 * df) - log_standard_gamma(bits, 0.5 * df));
        finite(normal * single::exp(log_width))
    }
}

impl Law<3> for StudentT {
    const NAME: &'static str = "StudentT";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("df", Domain::Positive),
        Parameter::new("loc", Domain::Real).or(0.0),
        Parameter::new("scale", Domain::Positive).or(1.0),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [df, loc, scale]: [S; 3]) -> S {
        standard::located_log_density(x, [loc, scale], df)
    }
}

impl Draw<3> for StudentT {
    const BULK: Option<Bulk> = Some(Bulk::StudentT);

    fn draw(bits: &mut Element, [df, loc, scale]: [f64; 3]) -> f64 {
        finite(loc + scale * Self::standard_draw(bits, df))
    }
}

impl Reparameterized<3> for StudentT {
    fn slopes(x: f64, [df, loc, scale]: [f64; 3]) -> [f64; 3] {
        let z = standardised(x, loc, scale);
        [scale * student_t_draw_slope_df(df, z), 1.0, z]
    }
    fn draw_with_slopes(bits: &mut Element, [df, loc, scale]: [f64; 3]) -> (f64, [f64; 3]) {
        let z = Self::standard_draw(bits, df);
        (finite(loc + scale * z), [scale * student_t_draw_slope_df(df, z), 1.0, z])
    }
}

cdf_by_tail!(StudentT, 3, StudentT::tail);

impl Quantile<3> for StudentT {
    fn quantile<S: Scalar>(level: Level<S>, [df, loc, scale]: [S; 3]) -> S {
        located(loc, scale, standard::quantile(level, df))
    }
}

impl Moments<3> for StudentT {
    /// loc; undefined up to df = 1.
    fn mean<S: Scalar>([df, loc, _]: [S; 3]) -> S {
        if df.value() > 1.0 { loc } else { S::from(f64::NAN) }
    }
    /// scale² df / (df − 2); undefined up to df = 1, infinite from there to 2.
    fn variance<S: Scalar>([df, _, scale]: [S; 3]) -> S {
        if df.value() <= 1.0 {
            S::from(f64::NAN)
        } else if df.value() <= 2.0 {
            S::from(f64::INFINITY)
        } else {
            scale.square() * (df / (df - 2.0))
        }
    }
}

impl Mode<3> for StudentT {
    fn mode<S: Scalar>([_, loc, _]: [S; 3]) -> S {
        loc
    }
}

impl Entropy<3> for StudentT {
    /// (df + 1) / 2 · (ψ((df + 1) / 2) − ψ(df / 2)), less the log-density at loc.
    fn entropy<S: Scalar>([df, _, scale]: [S; 3]) -> S {
        (df + 1.0) * standard::digamma_step(df) * 0.5 - Self::log_norm([df, S::from(0.0), scale])
    }
}

impl LogNorm<3> for StudentT {
    /// The log-density at loc.
    fn log_norm<S: Scalar>([df, _, scale]: [S; 3]) -> S {
        standard::log_norm(df) - scale.ln()
    }
}
