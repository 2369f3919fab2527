//! Laws whose draw is an explicit function of noise.

use super::{Noise, Reparameterized};
use crate::{Dual, Scalar};

/// The trick in the open.
pub trait Explicit<const P: usize>: Reparameterized<P> {
    /// What the path starts from.
    const NOISE: Noise;

    /// The draw, as its coordinate, that this noise stands for.
    fn path<S: Scalar>(noise: S, theta: [S; P]) -> S;
}

/// The coordinate of a path and its slopes in the parameters.
pub fn path_with_slopes<L: Explicit<P>, const P: usize>(noise: f64, theta: [f64; P]) -> (f64, [f64; P]) {
    let (_, moving) = Dual::<0, P>::variables([], theta);
    let t = L::path(Dual::from(noise), moving);
    (t.value, t.second)
}

/// Writes [`Draw`](super::Draw) and [`Reparameterized`] for a law with a path: the slopes of a draw are those of its
/// path, and those at a given coordinate follow from the noise that leads there. A third clause names the generic function
/// of coordinate and parameters that is the density of a draw.
macro_rules! explicit_draws {
    ($law:ty, $p:literal, $coordinate:expr, noise at $t:ident, $theta:pat => $inverse:expr
        $(, density at coordinate: $density:expr)?) => {
        impl $crate::law::Draw<$p> for $law {
            const COORDINATE: $crate::law::Coordinate = $coordinate;
            fn draw(bits: &mut $crate::Element, theta: [f64; $p]) -> f64 {
                use $crate::law::Explicit;
                Self::path(bits.noise(Self::NOISE), theta)
            }
            $(fn log_prob_at<S: $crate::Scalar>(t: S, theta: [S; $p]) -> S {
                $density(t, theta)
            })?
        }
        impl $crate::law::Reparameterized<$p> for $law {
            fn slopes($t: f64, theta: [f64; $p]) -> [f64; $p] {
                let $theta = theta;
                $crate::law::path_with_slopes::<Self, $p>($inverse, theta).1
            }
            fn draw_with_slopes(bits: &mut $crate::Element, theta: [f64; $p]) -> (f64, [f64; $p]) {
                use $crate::law::Explicit;
                $crate::law::path_with_slopes::<Self, $p>(bits.noise(Self::NOISE), theta)
            }
        }
    };
}
pub(crate) use explicit_draws;

/// Writes [`Explicit`], [`Draw`](super::Draw) and [`Reparameterized`] for a law of loc + scale · noise.
macro_rules! location_scale_draws {
    ($law:ty, $noise:expr) => {
        impl $crate::law::Explicit<2> for $law {
            const NOISE: $crate::law::Noise = $noise;
            fn path<S: $crate::Scalar>(noise: S, [loc, scale]: [S; 2]) -> S {
                $crate::scalar::special::located(loc, scale, noise)
            }
        }
        impl $crate::law::Draw<2> for $law {
            const BULK: Option<$crate::law::Bulk> = Some($crate::law::Bulk::LocationScale($noise));
            fn draw(bits: &mut $crate::Element, [loc, scale]: [f64; 2]) -> f64 {
                loc + scale * bits.noise($noise)
            }
        }
        impl $crate::law::Reparameterized<2> for $law {
            fn slopes(x: f64, [loc, scale]: [f64; 2]) -> [f64; 2] {
                [1.0, $crate::scalar::special::standard_value(x, loc, scale)]
            }
        }
    };
}
pub(crate) use location_scale_draws;
