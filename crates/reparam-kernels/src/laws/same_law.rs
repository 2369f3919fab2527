//! Laws that are another law at other parameters.

use crate::Dual;

/// Slopes in the parameters of a law from those in the parameters of the law that it is, which `base` gives.
pub(super) fn pulled_back<const P: usize, const B: usize>(
    slopes: [f64; B],
    theta: [f64; P],
    base: impl FnOnce([Dual<0, P>; P]) -> [Dual<0, P>; B],
) -> [f64; P] {
    let (_, moving) = Dual::<0, P>::variables([], theta);
    let rows = base(moving);
    // What does not move carries nothing, also where the slope in it is infinite.
    let product = |slope: f64, partial: f64| if partial == 0.0 { 0.0 } else { slope * partial };
    std::array::from_fn(|i| rows.iter().zip(slopes).map(|(row, slope)| product(slope, row.second[i])).sum())
}

/// Writes draws, distribution function, quantile and moments of a law from those of the law that it is: `$parameters`
/// gives the parameters of that one. After a semicolon, further capabilities that both have.
macro_rules! same_law {
    ($law:ty, $p:literal => $base:ty, $b:literal, $parameters:expr $(; $($capability:ident),+)?) => {
        impl $crate::law::Draw<$p> for $law {
            const COORDINATE: $crate::law::Coordinate = <$base as $crate::law::Draw<$b>>::COORDINATE;
            fn draw(bits: &mut $crate::Element, theta: [f64; $p]) -> f64 {
                <$base as $crate::law::Draw<$b>>::draw(bits, $parameters(theta))
            }
            fn log_prob_at<S: $crate::Scalar>(t: S, theta: [S; $p]) -> S {
                <$base as $crate::law::Draw<$b>>::log_prob_at(t, $parameters(theta))
            }
        }
        impl $crate::law::Reparameterized<$p> for $law {
            fn slopes(t: f64, theta: [f64; $p]) -> [f64; $p] {
                let slopes = <$base as $crate::law::Reparameterized<$b>>::slopes(t, $parameters(theta));
                $crate::laws::same_law::pulled_back(slopes, theta, $parameters)
            }
        }
        impl $crate::law::Cdf<$p> for $law {
            fn lower<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                <$base as $crate::law::Cdf<$b>>::lower(x, $parameters(theta))
            }
            fn upper<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                <$base as $crate::law::Cdf<$b>>::upper(x, $parameters(theta))
            }
            fn log_lower<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                <$base as $crate::law::Cdf<$b>>::log_lower(x, $parameters(theta))
            }
            fn log_upper<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                <$base as $crate::law::Cdf<$b>>::log_upper(x, $parameters(theta))
            }
        }
        impl $crate::law::Quantile<$p> for $law {
            fn quantile<S: $crate::Scalar>(level: $crate::law::Level<S>, theta: [S; $p]) -> S {
                <$base as $crate::law::Quantile<$b>>::quantile(level, $parameters(theta))
            }
        }
        impl $crate::law::Moments<$p> for $law {
            fn mean<S: $crate::Scalar>(theta: [S; $p]) -> S {
                <$base as $crate::law::Moments<$b>>::mean($parameters(theta))
            }
            fn variance<S: $crate::Scalar>(theta: [S; $p]) -> S {
                <$base as $crate::law::Moments<$b>>::variance($parameters(theta))
            }
        }
        $($($crate::laws::same_law::same_capability!($capability, $law, $p => $base, $b, $parameters);)+)?
    };
}

/// Writes one further capability.
macro_rules! same_capability {
    (Mode, $law:ty, $p:literal => $base:ty, $b:literal, $parameters:expr) => {
        impl $crate::law::Mode<$p> for $law {
            fn mode<S: $crate::Scalar>(theta: [S; $p]) -> S {
                <$base as $crate::law::Mode<$b>>::mode($parameters(theta))
            }
        }
    };
    (Entropy, $law:ty, $p:literal => $base:ty, $b:literal, $parameters:expr) => {
        impl $crate::law::Entropy<$p> for $law {
            fn entropy<S: $crate::Scalar>(theta: [S; $p]) -> S {
                <$base as $crate::law::Entropy<$b>>::entropy($parameters(theta))
            }
        }
    };
    (Divergence, $law:ty, $p:literal => $base:ty, $b:literal, $parameters:expr) => {
        impl $crate::law::Divergence<$p, Self, $p> for $law {
            fn kl<S: $crate::Scalar>(q: [S; $p], p: [S; $p]) -> S {
                <$base as $crate::law::Divergence<$b, $base, $b>>::kl($parameters(q), $parameters(p))
            }
        }
    };
    (Explicit, $law:ty, $p:literal => $base:ty, $b:literal, $parameters:expr) => {
        impl $crate::law::Explicit<$p> for $law {
            const NOISE: $crate::law::Noise = <$base as $crate::law::Explicit<$b>>::NOISE;
            fn path<S: $crate::Scalar>(noise: S, theta: [S; $p]) -> S {
                <$base as $crate::law::Explicit<$b>>::path(noise, $parameters(theta))
            }
        }
    };
}

pub(super) use {same_capability, same_law};
