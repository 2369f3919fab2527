//! What a formula is written for: a plain number, or a number with its derivatives.

pub mod special;

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::single;
use crate::special as special_functions;
use crate::special::log1mexp;

/// A number that the formulas of the laws compute with: `f64`, or a [`Dual`](crate::Dual).
///
/// A formula that is generic over this trait gives its value and, from the same source, its partial derivatives in
/// every argument. Branches look at [`value`](Self::value).
pub trait Scalar:
    Copy
    + Debug
    + From<f64>
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// The number without its derivatives.
    fn value(self) -> f64;

    /// A function of `arguments` from its value and its partial derivatives, which are asked for only where needed.
    ///
    /// A partial derivative may be infinite where its argument does not move.
    fn chain<const N: usize>(arguments: [Self; N], value: f64, slopes: impl FnOnce() -> [f64; N]) -> Self;

    /// e^x.
    fn exp(self) -> Self {
        let y = single::exp(self.value());
        Self::chain([self], y, || [y])
    }
    /// e^x − 1.
    fn exp_m1(self) -> Self {
        let x = self.value();
        Self::chain([self], single::expm1(x), || [single::exp(x)])
    }
    /// ln x.
    fn ln(self) -> Self {
        let x = self.value();
        Self::chain([self], single::log(x), || [x.recip()])
    }
    /// ln(1 + x).
    fn ln_1p(self) -> Self {
        let x = self.value();
        Self::chain([self], single::log1p(x), || [(1.0 + x).recip()])
    }
    /// ln(1 − e^x), for x ≤ 0.
    fn ln_1m_exp(self) -> Self {
        let x = self.value();
        Self::chain([self], log1mexp(-x), || [-single::expm1(-x).recip()])
    }
    /// √x.
    fn sqrt(self) -> Self {
        let y = self.value().sqrt();
        Self::chain([self], y, || [0.5 / y])
    }
    /// x².
    fn square(self) -> Self {
        self * self
    }
    /// 1 / x.
    fn recip(self) -> Self {
        let y = self.value().recip();
        Self::chain([self], y, || [-y * y])
    }
    /// |x|, with slope 0 at 0.
    fn abs(self) -> Self {
        let x = self.value();
        Self::chain([self], x.abs(), || [if x == 0.0 { 0.0 } else { x.signum() }])
    }
    /// tanh x.
    fn tanh(self) -> Self {
        let x = self.value();
        Self::chain([self], single::tanh(x), || {
            let tail = single::exp(-2.0 * x.abs());
            [4.0 * tail / ((1.0 + tail) * (1.0 + tail))]
        })
    }
    /// 1 / (1 + e^(−x)).
    fn sigmoid(self) -> Self {
        let x = self.value();
        let y = single::sigmoid(x);
        Self::chain([self], y, || [y * single::sigmoid(-x)])
    }
    /// ln(1 + e^x).
    fn softplus(self) -> Self {
        let x = self.value();
        Self::chain([self], single::softplus(x), || [single::sigmoid(x)])
    }
    /// sinh x.
    fn sinh(self) -> Self {
        let x = self.value();
        Self::chain([self], libm::sinh(x), || [libm::cosh(x)])
    }
    /// arsinh x.
    fn asinh(self) -> Self {
        let x = self.value();
        Self::chain([self], libm::asinh(x), || [libm::hypot(1.0, x).recip()])
    }
    /// artanh x.
    fn atanh(self) -> Self {
        let x = self.value();
        let value = 0.5 * (single::log1p(x) - single::log1p(-x));
        Self::chain([self], value, || [((1.0 - x) * (1.0 + x)).recip()])
    }
    /// sin x.
    fn sin(self) -> Self {
        let x = self.value();
        Self::chain([self], libm::sin(x), || [libm::cos(x)])
    }
    /// cos x.
    fn cos(self) -> Self {
        let x = self.value();
        Self::chain([self], libm::cos(x), || [-libm::sin(x)])
    }
    /// ln |Γ(x)|.
    fn log_gamma(self) -> Self {
        let x = self.value();
        Self::chain([self], special_functions::lgamma(x), || [special_functions::digamma(x)])
    }
    /// ψ(x) = Γ′(x) / Γ(x).
    fn digamma(self) -> Self {
        special::digamma(self)
    }
    /// Φ(x), the standard normal distribution function, with full relative accuracy in the lower tail.
    fn normal_cdf(self) -> Self {
        special::normal_cdf(self)
    }
    /// ln Φ(x), finite where Φ(x) underflows.
    fn ln_normal_cdf(self) -> Self {
        special::log_normal_cdf(self)
    }
    /// The x with Φ(x) = p, for p from 0 to 1.
    fn normal_quantile(self) -> Self {
        if self.value() <= 0.5 {
            special::normal_quantile(self)
        } else {
            -special::normal_quantile(-self + 1.0)
        }
    }
    /// P(a, x), the distribution function of Gamma(a, 1) at x ≥ 0, for a > 0.
    fn incomplete_gamma(self, a: Self) -> Self {
        let (x, shape) = (self.value(), a.value());
        Self::chain([self, a], special_functions::gamma_p(shape, x), || {
            let density = single::exp(special_functions::gamma_log_density(shape, x));
            [density, special_functions::gamma_p_grad_a(shape, x)]
        })
    }
    /// I_x(a, b), the distribution function of Beta(a, b) at x from 0 to 1, for a, b > 0.
    fn incomplete_beta(self, a: Self, b: Self) -> Self {
        let [x, first, second] = [self, a, b].map(Self::value);
        Self::chain([self, a, b], special_functions::beta_i(first, second, x), || {
            let density = single::exp(special_functions::beta_log_density(first, second, x, 1.0 - x));
            let (in_a, in_b) = special_functions::beta_i_grad(first, second, x);
            [density, in_a, in_b]
        })
    }
    /// The smaller of both; the first where they are equal.
    fn min(self, other: Self) -> Self {
        if other.value() < self.value() { other } else { self }
    }
    /// The larger of both; the first where they are equal.
    fn max(self, other: Self) -> Self {
        if other.value() > self.value() { other } else { self }
    }
}

impl Scalar for f64 {
    #[inline(always)]
    fn value(self) -> f64 {
        self
    }
    #[inline(always)]
    fn chain<const N: usize>(_: [Self; N], value: f64, _: impl FnOnce() -> [f64; N]) -> Self {
        value
    }
}
