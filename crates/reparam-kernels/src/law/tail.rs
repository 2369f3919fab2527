//! The distribution function and its companions where only their values are known: the slopes follow from the draw's.

use crate::{Scalar, single};

/// One of the forms of a distribution function F.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tail {
    /// F.
    Lower,
    /// 1 − F.
    Upper,
    /// ln F.
    LogLower,
    /// ln(1 − F).
    LogUpper,
}

/// Writes [`Cdf`](super::Cdf) for a law by one function of the form that is asked for, the point and the parameters.
macro_rules! cdf_by_tail {
    ($law:ty, $p:literal, $value:expr) => {
        impl $crate::law::Cdf<$p> for $law {
            fn lower<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $value($crate::law::Tail::Lower, x, theta)
            }
            fn upper<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $value($crate::law::Tail::Upper, x, theta)
            }
            fn log_lower<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $value($crate::law::Tail::LogLower, x, theta)
            }
            fn log_upper<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $value($crate::law::Tail::LogUpper, x, theta)
            }
        }
    };
}
pub(crate) use cdf_by_tail;

/// A point of a law without parameters of location and scale: its log-density, and how it moves against the quantile.
pub(crate) struct Motion<const N: usize> {
    /// The logarithm of the density.
    pub(crate) log_density: f64,
    /// The slopes of x − q in x and the parameters, with the quantile q at the level of x: 1 and −∂x/∂θ.
    pub(crate) slopes: [f64; N],
}

impl Tail {
    /// The form for the other side of the point.
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Lower => Self::Upper,
            Self::Upper => Self::Lower,
            Self::LogLower => Self::LogUpper,
            Self::LogUpper => Self::LogLower,
        }
    }

    /// This function of `arguments`, x and the parameters, from its value.
    ///
    /// dF = f · d(x − q): the density and the slopes of a draw are all that it takes, with full relative accuracy.
    pub(crate) fn lift<S: Scalar, const N: usize>(
        self,
        arguments: [S; N],
        value: f64,
        motion: impl FnOnce() -> Motion<N>,
    ) -> S {
        S::chain(arguments, value, || {
            let Motion { log_density, slopes } = motion();
            let rate = match self {
                Self::Lower => single::exp(log_density),
                Self::Upper => -single::exp(log_density),
                Self::LogLower => single::exp(log_density - value),
                Self::LogUpper => -single::exp(log_density - value),
            };
            slopes.map(|slope| if slope == 0.0 || rate == 0.0 { 0.0 } else { rate * slope })
        })
    }
}

/// The quantile q at a level known by its smaller tail, F or 1 − F as `upper` says, from its value: the first argument is
/// that tail, the others are the parameters.
///
/// dq = ∂x/∂θ dθ ± dp / f.
pub(crate) fn lift_quantile<S: Scalar, const N: usize>(
    arguments: [S; N],
    upper: bool,
    value: f64,
    motion: impl FnOnce() -> Motion<N>,
) -> S {
    S::chain(arguments, value, || {
        let Motion { log_density, mut slopes } = motion();
        slopes = slopes.map(|slope| -slope);
        slopes[0] = single::exp(-log_density) * if upper { -1.0 } else { 1.0 };
        slopes
    })
}
