//! The special functions by name.

use reparam_kernels::{single, special as sf};
use reparam_lang::Value;

use super::law::Answer;
use super::unknown;

/// A special function and how it takes its arguments.
#[derive(Clone, Copy, Debug)]
pub struct Special {
    /// Its name.
    pub name: &'static str,
    /// The names of its arguments; `x` is the field of the line, the others are parameters.
    pub arguments: &'static [&'static str],
    value: Function,
}

#[derive(Clone, Copy, Debug)]
enum Function {
    One(fn(f64) -> f64),
    Two(fn(f64, f64) -> f64),
    Three(fn(f64, f64, f64) -> f64),
    OfVector(fn(&[f64]) -> f64),
    ToVector(fn(&[f64]) -> Vec<f64>),
}

use Function::{OfVector, One, Three, ToVector, Two};

const X: &[&str] = &["x"];
const A_B: &[&str] = &["a", "b"];
const A_X: &[&str] = &["a", "x"];
const A_B_X: &[&str] = &["a", "b", "x"];

const fn special(name: &'static str, arguments: &'static [&'static str], value: Function) -> Special {
    Special { name, arguments, value }
}

/// Every special function.
#[rustfmt::skip]
pub const SPECIAL: &[Special] = &[
    special("bessel_ratio", X, One(sf::bessel_ratio)),
    special("bessel_ratio_complement", X, One(sf::bessel_ratio_complement)),
    special("bessel_ratio_grad", X, One(sf::bessel_ratio_grad)),
    special("betainc", A_B_X, Three(sf::beta_i)),
    special("betaincc", A_B_X, Three(sf::beta_i_complement)),
    special("betainccinv", A_B_X, Three(|a, b, u| sf::beta_i_inv_complement(a, b, u).0)),
    special("betainc_grad_a", A_B_X, Three(|a, b, x| sf::beta_i_grad(a, b, x).0)),
    special("betainc_grad_b", A_B_X, Three(|a, b, x| sf::beta_i_grad(a, b, x).1)),
    special("betaincinv", A_B_X, Three(|a, b, u| sf::beta_i_inv(a, b, u).0)),
    special("binary_entropy_logit", X, One(sf::binary_entropy_logit)),
    special("digamma", X, One(sf::digamma)),
    special("erf", X, One(sf::erf)),
    special("erfc", X, One(sf::erfc)),
    special("erfcinv", X, One(sf::erfcinv)),
    special("erfcx", X, One(sf::erfcx)),
    special("erfinv", X, One(sf::erfinv)),
    special("gammainc", A_X, Two(sf::gamma_p)),
    special("gammaincc", A_X, Two(sf::gamma_q)),
    special("gammaincinv", A_X, Two(sf::gamma_p_inv)),
    special("gammainccinv", A_X, Two(sf::gamma_q_inv)),
    special("gammainc_grad_a", A_X, Two(sf::gamma_p_grad_a)),
    special("grad_logsumexp", X, ToVector(|x| {
        let mut gradient = vec![0.0; x.len()];
        sf::log_sum_exp_gradient(x, &mut gradient);
        gradient
    })),
    special("i0e", X, One(sf::i0e)),
    special("i1e", X, One(sf::i1e)),
    special("inverse_mills_ratio", X, One(sf::inverse_mills_ratio)),
    special("lbeta", A_B, Two(sf::lbeta)),
    special("lgamma", X, One(sf::lgamma)),
    special("lgamma1p", X, One(sf::lgamma1p)),
    special("lgamma_diff", A_B, Two(sf::lgamma_diff)),
    special("log1m_tanh2", X, One(sf::log1m_tanh2)),
    special("log1mexp", X, One(sf::log1mexp)),
    special("log1pmx", X, One(sf::log1pmx)),
    special("log_gammainc", A_X, Two(sf::log_gamma_p)),
    special("log_gammaincc", A_X, Two(sf::log_gamma_q)),
    special("log_i0", X, One(sf::log_i0)),
    special("log_ndtr", X, One(sf::log_normal_cdf)),
    special("log_sigmoid", X, One(sf::log_sigmoid)),
    special("logit", X, One(sf::logit)),
    special("logsubexp", A_B, Two(sf::log_sub_exp)),
    special("logsumexp", X, OfVector(sf::log_sum_exp)),
    special("multigammaln", &["a", "p"], Two(multigammaln)),
    special("ndtr", X, One(sf::normal_cdf)),
    special("ndtri", X, One(single::normal_quantile)),
    special("ndtri_exp", X, One(sf::normal_quantile_of_log)),
    special("owens_t", &["x", "a"], Two(sf::owens_t)),
    special("sigmoid", X, One(single::sigmoid)),
    special("softplus", X, One(single::softplus)),
    special("softplus_inv", X, One(sf::softplus_inverse)),
    special("tetragamma", X, One(sf::tetragamma)),
    special("trigamma", X, One(sf::trigamma)),
    special("xlog1py", &["x", "y"], Two(sf::xlog1py)),
    special("xlogy", &["x", "y"], Two(sf::xlogy)),
];

/// Of as many dimensions as a matrix in memory may have; not-a-number where p is no such number.
fn multigammaln(a: f64, p: f64) -> f64 {
    if p.fract() == 0.0 && (1.0..=65_536.0).contains(&p) { sf::multigammaln(a, p as usize) } else { f64::NAN }
}

impl Special {
    /// The function with this name.
    ///
    /// # Errors
    /// A name that is not known.
    pub fn find(name: &str) -> Result<&'static Self, String> {
        let known = || SPECIAL.iter().map(|special| special.name);
        SPECIAL
            .iter()
            .find(|special| special.name == name)
            .ok_or_else(|| unknown("special function", name, known()))
    }

    /// The value at these arguments.
    ///
    /// # Errors
    /// An argument that is missing, of another shape, or not known.
    pub fn evaluate(
        &self,
        parameters: &[(&str, Value<'_>)],
        x: Option<&Value<'_>>,
    ) -> Result<Answer, String> {
        if let Some((name, _)) = parameters.iter().find(|(name, _)| !self.arguments.contains(name)) {
            return Err(format!("{} takes {}, not `{name}`", self.name, self.arguments.join(", ")));
        }
        let argument = |place: usize| -> Result<&Value<'_>, String> {
            let name = self.arguments[place];
            let given = parameters.iter().find(|(given, _)| *given == name).map(|(_, value)| value);
            given.or(x.filter(|_| name == "x")).ok_or_else(|| format!("{} lacks `{name}`", self.name))
        };
        let number = |place: usize| match argument(place)? {
            Value::Number(x) => Ok(*x),
            _ => Err(format!("{}: {} must be a number", self.name, self.arguments[place])),
        };
        let vector = || match argument(0)? {
            Value::Vector(items) => Ok(items.as_slice()),
            _ => Err(format!("{}: x must be a list of numbers", self.name)),
        };
        Ok(match self.value {
            One(f) => Answer::Number(f(number(0)?)),
            Two(f) => Answer::Number(f(number(0)?, number(1)?)),
            Three(f) => Answer::Number(f(number(0)?, number(1)?, number(2)?)),
            OfVector(f) => Answer::Number(f(vector()?)),
            ToVector(f) => Answer::Vector(f(vector()?)),
        })
    }
}
