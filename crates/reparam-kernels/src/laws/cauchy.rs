//! Cauchy(loc, scale): density 1 / (π scale (1 + z²)) with z = (x − loc) / scale.

use std::f64::consts::PI;

use crate::law::{
    Cdf, Domain, Draw, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Reparameterized, Support, path_with_slopes,
};
use crate::scalar::special::{
    arccot, cot_pi, ln_1p_square, located, log_distance, standard_value, standardised,
};
use crate::{Element, Scalar, single};

/// The Cauchy law, without mean or variance.
#[derive(Clone, Copy, Debug)]
pub struct Cauchy;

impl Law<2> for Cauchy {
    const NAME: &'static str = "Cauchy";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        let [at, start, width] = [x, loc, scale].map(Scalar::value);
        let z = standard_value(at, start, width);
        // Far away the ratio itself may overflow, and its logarithm does not.
        let fall = if z.is_finite() { ln_1p_square(z) } else { 2.0 * log_distance(at, start, width) };
        S::chain([x, loc, scale], -fall - single::log(width) - PI.ln(), || {
            let inverse = z.recip();
            let (in_x, in_log_scale) = if z.abs() < 1.0 {
                (-2.0 * z / (1.0 + z * z) / width, (z - 1.0) * (z + 1.0) / (1.0 + z * z))
            } else {
                let share = 1.0 + inverse * inverse;
                (-2.0 / (at - start) / share, (1.0 - inverse) * (1.0 + inverse) / share)
            };
            [in_x, -in_x, in_log_scale / width]
        })
    }
}

impl Explicit<2> for Cauchy {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        Self::quantile(Level::logit(noise), theta)
    }
}

impl Draw<2> for Cauchy {
    fn draw(bits: &mut Element, theta: [f64; 2]) -> f64 {
        Self::path(bits.noise(Self::NOISE), theta)
    }
}

impl Reparameterized<2> for Cauchy {
    fn slopes(x: f64, [loc, scale]: [f64; 2]) -> [f64; 2] {
        [1.0, standard_value(x, loc, scale)]
    }
    fn draw_with_slopes(bits: &mut Element, theta: [f64; 2]) -> (f64, [f64; 2]) {
        path_with_slopes::<Self, 2>(bits.noise(Self::NOISE), theta)
    }
}

/// ln P(Z > z): far away, where the ratio itself may overflow, by the logarithm of the distance.
fn log_tail<S: Scalar>(x: S, loc: S, scale: S, z: S) -> S {
    if z.value() > 1e100 {
        -log_distance(x, loc, scale) - PI.ln()
    } else if z.value() < 0.0 {
        (-arccot(-z) / PI).ln_1p()
    } else {
        (arccot(z) / PI).ln()
    }
}

impl Cdf<2> for Cauchy {
    fn log_lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        log_tail(x, loc, scale, -standardised(x, loc, scale))
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        log_tail(x, loc, scale, standardised(x, loc, scale))
    }
    fn lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        arccot(-standardised(x, loc, scale)) / PI
    }
    fn upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        arccot(standardised(x, loc, scale)) / PI
    }
}

impl Quantile<2> for Cauchy {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        let tail = cot_pi(level.lower.min(level.upper));
        located(loc, scale, if level.is_low() { -tail } else { tail })
    }
}

impl Moments<2> for Cauchy {
    fn mean<S: Scalar>(_: [S; 2]) -> S {
        S::from(f64::NAN)
    }
    fn variance<S: Scalar>(_: [S; 2]) -> S {
        S::from(f64::NAN)
    }
}

impl Mode<2> for Cauchy {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Cauchy {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + (4.0 * PI).ln()
    }
}
