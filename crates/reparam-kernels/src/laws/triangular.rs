//! Triangular(low, high, peak): a density that rises in a straight line from low to peak and falls to high.

use std::f64::consts::LN_2;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};

/// The triangular law.
#[derive(Clone, Copy, Debug)]
pub struct Triangular;

impl Law<3> for Triangular {
    const NAME: &'static str = "Triangular";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("low", Domain::Real),
        Parameter::new("high", Domain::Real),
        Parameter::new("peak", Domain::Real),
    ];

    fn support([low, high, _]: [f64; 3]) -> Support {
        Support::Interval(low, high)
    }
    fn conflict([low, high, peak]: [f64; 3]) -> Option<&'static str> {
        let ordered = low < high && (low..=high).contains(&peak);
        (!ordered).then_some("low must be below high, and peak between them")
    }
    fn log_density<S: Scalar>(x: S, [low, high, peak]: [S; 3]) -> S {
        let height = -(high - low).ln() + LN_2;
        // At a peak that is an end of the support, the share of the other side is the whole.
        let (at, top) = (x.value(), peak.value());
        if at < top || (at == top && top > low.value()) {
            height + ((x - low) / (peak - low)).ln()
        } else {
            height + ((high - x) / (high - peak)).ln()
        }
    }
}

impl Explicit<3> for Triangular {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 3]) -> S {
        Self::quantile(Level::logit(noise), theta)
    }
}

explicit_draws!(Triangular, 3, Coordinate::Itself,
    noise at x, theta => Self::log_lower(x, theta) - Self::log_upper(x, theta));

impl Cdf<3> for Triangular {
    fn lower<S: Scalar>(x: S, [low, high, peak]: [S; 3]) -> S {
        if x.value() <= peak.value() {
            (x - low) / (high - low) * ((x - low) / (peak - low))
        } else {
            -Self::upper(x, [low, high, peak]) + 1.0
        }
    }
    fn upper<S: Scalar>(x: S, [low, high, peak]: [S; 3]) -> S {
        if x.value() > peak.value() {
            (high - x) / (high - low) * ((high - x) / (high - peak))
        } else {
            -Self::lower(x, [low, high, peak]) + 1.0
        }
    }
}

impl Quantile<3> for Triangular {
    fn quantile<S: Scalar>(level: Level<S>, [low, high, peak]: [S; 3]) -> S {
        let width = high - low;
        if level.lower.value() <= ((peak - low) / width).value() {
            low + (level.lower * width * (peak - low)).sqrt()
        } else {
            high - (level.upper * width * (high - peak)).sqrt()
        }
    }
}

impl Moments<3> for Triangular {
    fn mean<S: Scalar>([low, high, peak]: [S; 3]) -> S {
        (low + high + peak) / 3.0
    }
    fn variance<S: Scalar>([low, high, peak]: [S; 3]) -> S {
        let (left, right) = (peak - low, high - peak);
        (left.square() + left * right + right.square()) / 18.0
    }
}

impl Mode<3> for Triangular {
    fn mode<S: Scalar>([_, _, peak]: [S; 3]) -> S {
        peak
    }
}

impl Entropy<3> for Triangular {
    fn entropy<S: Scalar>([low, high, _]: [S; 3]) -> S {
        (high - low).ln() + (0.5 - LN_2)
    }
}
