//! The functions of a law by name.

use super::Univariate;
use crate::law::Level;

impl Univariate {
    /// The value of a function by its name: `log_prob, prob, cdf, sf, log_cdf, log_sf, icdf, isf, mean, variance, std,
    /// circular_variance, mode, entropy, log_norm`; `log_prob_pre`, the log-density of the draw whose coordinate is x; `dz_d<parameter>`, the slope of a draw at fixed distribution function; `dlogz_d<parameter>`, that
    /// of its logarithm, at x = ln z; `icdf_grad_<parameter>`, that of the quantile at level x; `log_prob_grad_x` and
    /// `log_prob_grad_<parameter>`.
    ///
    /// An angle on another turn stands for that of the support.
    ///
    /// `None` where the law has no such function, or one of x is asked for without x.
    pub fn evaluate(&self, function: &str, theta: &[f64], x: Option<f64>) -> Option<f64> {
        match (function, x) {
            ("mean", _) => Some(self.mean?(theta)),
            ("variance", _) => Some(self.variance?(theta)),
            ("circular_variance", _) => Some(self.circular_variance?(theta)),
            ("std", _) => Some(self.variance?(theta).sqrt()),
            ("mode", _) => Some(self.mode?(theta)),
            ("entropy", _) => Some(self.entropy?(theta)),
            ("log_norm", _) => Some(self.log_norm?(theta)),
            (_, Some(x)) => self.evaluate_at(function, theta, x),
            (_, None) => None,
        }
    }

    fn evaluate_at(&self, function: &str, theta: &[f64], x: f64) -> Option<f64> {
        let within = || (self.within_period)(x, theta);
        match function {
            "log_prob" => Some((self.log_prob)(x, theta)),
            "prob" => Some((self.log_prob)(x, theta).exp()),
            "log_prob_grad_x" | "grad_log_prob_x" => Some((self.log_prob_slopes)(x, theta)[0]),
            "log_prob_pre" => Some((self.sampler?.log_prob_at)(x, theta)),
            "cdf" => Some(self.cdf?(within(), theta)),
            "sf" => Some(self.sf?(within(), theta)),
            "log_cdf" => Some(self.log_cdf?(within(), theta)),
            "log_sf" => Some(self.log_sf?(within(), theta)),
            "icdf" => Some(self.quantile?(Level::lower(x), theta)),
            "isf" => Some(self.quantile?(Level::upper(x), theta)),
            _ => self.slope(function, theta, x),
        }
    }

    fn slope(&self, function: &str, theta: &[f64], x: f64) -> Option<f64> {
        let (kind, parameter) = ["dz_d", "dlogz_d", "icdf_grad_", "log_prob_grad_"]
            .iter()
            .find_map(|kind| function.strip_prefix(kind).map(|name| (*kind, name)))?;
        let index = self.parameters.iter().position(|known| known.name == parameter)?;
        match kind {
            "log_prob_grad_" => Some((self.log_prob_slopes)(x, theta)[1 + index]),
            "icdf_grad_" => Some(self.quantile_slopes?(Level::lower(x), theta)[index]),
            "dz_d" => {
                let coordinate = self.sampler?.coordinate;
                let t = coordinate.of((self.within_period)(x, theta));
                Some(self.slopes?(t, theta)[index] * coordinate.slope(t))
            }
            // The law of the logarithm: only where draws are made as logarithms can z underflow.
            _ => match self.sampler?.coordinate {
                crate::law::Coordinate::Log => Some(self.slopes?(x, theta)[index]),
                _ => None,
            },
        }
    }
}
