//! A law by other parameters than its own.

use std::fmt::Debug;
use std::marker::PhantomData;

use super::{
    Cdf, Coordinate, Decay, Draw, Ends, Entropy, Explicit, Law, Level, LogNorm, Mode, Moments, Noise,
    Parameter, Quantile, Reparameterized, Support,
};
use crate::{Dual, Element, Scalar};

/// Another way to give a law: `P` parameters that say what its own `Q` are.
pub trait Form<const P: usize, const Q: usize>: Copy + Debug + Send + Sync + 'static {
    /// The law.
    type Law: Law<Q>;
    /// The parameters that are given, in the order of the array.
    const PARAMETERS: [Parameter; P];

    /// The law's own parameters. A formula for any [`Scalar`]: all slopes are then those in the parameters given.
    fn own<S: Scalar>(given: [S; P]) -> [S; Q];
}

/// The law that is given by the form `F`.
#[derive(Clone, Copy, Debug)]
pub struct By<F, const Q: usize>(PhantomData<F>);

impl<F: Form<P, Q>, const P: usize, const Q: usize> Law<P> for By<F, Q> {
    const NAME: &'static str = F::Law::NAME;
    const PARAMETERS: [Parameter; P] = F::PARAMETERS;
    const PERIOD: Option<f64> = F::Law::PERIOD;
    const HAS_ATOMS: bool = F::Law::HAS_ATOMS;

    fn support(theta: [f64; P]) -> Support {
        F::Law::support(F::own(theta))
    }
    fn vanishes(theta: [f64; P]) -> [bool; 2] {
        F::Law::vanishes(F::own(theta))
    }
    fn conflict(theta: [f64; P]) -> Option<&'static str> {
        F::Law::check(F::own(theta))
            .is_err()
            .then_some("these parameters are too far apart for double precision")
    }
    fn log_density<S: Scalar>(x: S, theta: [S; P]) -> S {
        F::Law::log_density(x, F::own(theta))
    }
    fn log_prob<S: Scalar>(x: S, theta: [S; P]) -> S {
        F::Law::log_prob(x, F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Draw<Q>>, const P: usize, const Q: usize> Draw<P> for By<F, Q> {
    const COORDINATE: Coordinate = <F::Law as Draw<Q>>::COORDINATE;

    fn draw(bits: &mut Element, theta: [f64; P]) -> f64 {
        F::Law::draw(bits, F::own(theta))
    }
    fn log_prob_at<S: Scalar>(t: S, theta: [S; P]) -> S {
        F::Law::log_prob_at(t, F::own(theta))
    }
}

/// Slopes in the parameters given, from those in the law's own.
fn chained<F: Form<P, Q>, const P: usize, const Q: usize>(theta: [f64; P], slopes: [f64; Q]) -> [f64; P] {
    let (_, moving) = Dual::<0, P>::variables([], theta);
    Dual::chain(F::own(moving), 0.0, || slopes).second
}

impl<F: Form<P, Q, Law: Reparameterized<Q>>, const P: usize, const Q: usize> Reparameterized<P> for By<F, Q> {
    fn slopes(t: f64, theta: [f64; P]) -> [f64; P] {
        chained::<F, P, Q>(theta, F::Law::slopes(t, F::own(theta)))
    }
    fn draw_with_slopes(bits: &mut Element, theta: [f64; P]) -> (f64, [f64; P]) {
        let (t, slopes) = F::Law::draw_with_slopes(bits, F::own(theta));
        (t, chained::<F, P, Q>(theta, slopes))
    }
}

impl<F: Form<P, Q, Law: Explicit<Q>>, const P: usize, const Q: usize> Explicit<P> for By<F, Q> {
    const NOISE: Noise = <F::Law as Explicit<Q>>::NOISE;

    fn path<S: Scalar>(noise: S, theta: [S; P]) -> S {
        F::Law::path(noise, F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Cdf<Q>>, const P: usize, const Q: usize> Cdf<P> for By<F, Q> {
    fn lower<S: Scalar>(x: S, theta: [S; P]) -> S {
        F::Law::lower(x, F::own(theta))
    }
    fn upper<S: Scalar>(x: S, theta: [S; P]) -> S {
        F::Law::upper(x, F::own(theta))
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; P]) -> S {
        F::Law::log_lower(x, F::own(theta))
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; P]) -> S {
        F::Law::log_upper(x, F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Quantile<Q>>, const P: usize, const Q: usize> Quantile<P> for By<F, Q> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; P]) -> S {
        F::Law::quantile(level, F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Moments<Q>>, const P: usize, const Q: usize> Moments<P> for By<F, Q> {
    fn mean<S: Scalar>(theta: [S; P]) -> S {
        F::Law::mean(F::own(theta))
    }
    fn variance<S: Scalar>(theta: [S; P]) -> S {
        F::Law::variance(F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Mode<Q>>, const P: usize, const Q: usize> Mode<P> for By<F, Q> {
    fn mode<S: Scalar>(theta: [S; P]) -> S {
        F::Law::mode(F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Entropy<Q>>, const P: usize, const Q: usize> Entropy<P> for By<F, Q> {
    fn entropy<S: Scalar>(theta: [S; P]) -> S {
        F::Law::entropy(F::own(theta))
    }
}

impl<F: Form<P, Q, Law: LogNorm<Q>>, const P: usize, const Q: usize> LogNorm<P> for By<F, Q> {
    fn log_norm<S: Scalar>(theta: [S; P]) -> S {
        F::Law::log_norm(F::own(theta))
    }
}

impl<F: Form<P, Q, Law: Ends<Q>>, const P: usize, const Q: usize> Ends<P> for By<F, Q> {
    fn ends(theta: [f64; P]) -> [Decay; 2] {
        F::Law::ends(F::own(theta))
    }
}

/// A law that is given by parameters of another form of it.
pub trait Reformed<const P: usize>: Law<P> {
    /// The parameters of the law itself.
    const OWN: &'static [Parameter];

    /// What they are.
    fn own(theta: [f64; P]) -> Vec<f64>;
}

impl<F: Form<P, Q>, const P: usize, const Q: usize> Reformed<P> for By<F, Q> {
    const OWN: &'static [Parameter] = &F::Law::PARAMETERS;

    fn own(theta: [f64; P]) -> Vec<f64> {
        F::own(theta).to_vec()
    }
}
