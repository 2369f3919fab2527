//! RelaxedBernoulli(temperature, logits): the logistic function of (logits + logistic noise) / temperature; and the law of
//! its log-odds. By C. J. Maddison, A. Mnih and Y. W. Teh, "The concrete distribution", ICLR 2017.

use super::Logistic;
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{logit, product};

const PARAMETERS: [Parameter; 2] =
    [Parameter::new("temperature", Domain::Positive), Parameter::new("logits", Domain::Real)];

/// The law of the log-odds of a relaxed Bernoulli variable: logistic, with mean logits / temperature.
#[derive(Clone, Copy, Debug)]
pub struct LogitRelaxedBernoulli;

/// The location and scale of the log-odds.
fn logistic<S: Scalar>([temperature, logits]: [S; 2]) -> [S; 2] {
    [logits / temperature, temperature.recip()]
}

/// The standard logistic number that leads to log-odds y.
fn noise<S: Scalar>(y: S, [temperature, logits]: [S; 2]) -> S {
    temperature * y - logits
}

impl Law<2> for LogitRelaxedBernoulli {
    const NAME: &'static str = "LogitRelaxedBernoulli";
    const PARAMETERS: [Parameter; 2] = PARAMETERS;

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(y: S, theta: [S; 2]) -> S {
        let z = noise(y, theta);
        theta[0].ln() - z.softplus() - (-z).softplus()
    }
}

impl Explicit<2> for LogitRelaxedBernoulli {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, [temperature, logits]: [S; 2]) -> S {
        (logits + noise) / temperature
    }
}

explicit_draws!(LogitRelaxedBernoulli, 2, Coordinate::Itself, noise at y, theta => noise(y, theta));

impl Cdf<2> for LogitRelaxedBernoulli {
    fn lower<S: Scalar>(y: S, theta: [S; 2]) -> S {
        noise(y, theta).sigmoid()
    }
    fn upper<S: Scalar>(y: S, theta: [S; 2]) -> S {
        (-noise(y, theta)).sigmoid()
    }
    fn log_lower<S: Scalar>(y: S, theta: [S; 2]) -> S {
        -(-noise(y, theta)).softplus()
    }
    fn log_upper<S: Scalar>(y: S, theta: [S; 2]) -> S {
        -noise(y, theta).softplus()
    }
}

impl Quantile<2> for LogitRelaxedBernoulli {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        Self::path(level.log_odds(), theta)
    }
}

impl Moments<2> for LogitRelaxedBernoulli {
    fn mean<S: Scalar>(theta: [S; 2]) -> S {
        Logistic::mean(logistic(theta))
    }
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        Logistic::variance(logistic(theta))
    }
}

impl Mode<2> for LogitRelaxedBernoulli {
    fn mode<S: Scalar>(theta: [S; 2]) -> S {
        Logistic::mode(logistic(theta))
    }
}

impl Entropy<2> for LogitRelaxedBernoulli {
    fn entropy<S: Scalar>(theta: [S; 2]) -> S {
        Logistic::entropy(logistic(theta))
    }
}

/// The relaxed Bernoulli law on (0, 1), which becomes Bernoulli as the temperature falls to 0.
#[derive(Clone, Copy, Debug)]
pub struct RelaxedBernoulli;

impl RelaxedBernoulli {
    /// The log-density in x where ln x − ln(1 − x) = t.
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        // The law is that of −t with −logits.
        let (t, [temperature, logits]) =
            if t.value() < 0.0 { (-t, [theta[0], -theta[1]]) } else { (t, theta) };
        let z = noise(t, [temperature, logits]);
        // t − |z|, which has a limit at the ends for temperature 1.
        let (rise, distance) =
            if z.value() < 0.0 { (t + z, -z) } else { (product(-temperature + 1.0, t) + logits, z) };
        rise + ((-t).softplus() - (-distance).softplus()) * 2.0 + temperature.ln()
    }
}

impl Law<2> for RelaxedBernoulli {
    const NAME: &'static str = "RelaxedBernoulli";
    const PARAMETERS: [Parameter; 2] = PARAMETERS;

    fn support(_: [f64; 2]) -> Support {
        Support::UNIT
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_density_at(logit(x), theta)
    }
}

impl Explicit<2> for RelaxedBernoulli {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        LogitRelaxedBernoulli::path(noise, theta)
    }
}

explicit_draws!(RelaxedBernoulli, 2, Coordinate::Logit, noise at t, theta => noise(t, theta),
    density at coordinate: Self::log_density_at);

impl Cdf<2> for RelaxedBernoulli {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        LogitRelaxedBernoulli::lower(logit(x), theta)
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        LogitRelaxedBernoulli::upper(logit(x), theta)
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        LogitRelaxedBernoulli::log_lower(logit(x), theta)
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        LogitRelaxedBernoulli::log_upper(logit(x), theta)
    }
}

impl Quantile<2> for RelaxedBernoulli {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        LogitRelaxedBernoulli::quantile(level, theta).sigmoid()
    }
}
