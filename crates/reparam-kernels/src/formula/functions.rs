//! The functions of a law as formulas.

use std::marker::PhantomData;

use super::Formula;
use crate::law::{
    Cdf, Circular, Divergence, Draw, Entropy, Explicit, Law, Level, Mode, Moments, Quantile, Tails, inward,
};
use crate::{Dual, Real, Scalar};

macro_rules! functions {
    ($($name:ident: $bound:ident, $a:literal, $what:literal, |$x:pat, $theta:ident| $value:expr;)+) => {$(
        #[doc = concat!($what, " of a law.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name<L>(PhantomData<L>);

        impl<L: $bound<P>, const P: usize> Formula<$a, P> for $name<L> {
            fn at<S: Scalar>($x: [S; $a], $theta: [S; P]) -> S {
                $value
            }
        }
    )+};
}

functions! {
    LogProbAtOf: Draw, 1, "The log-density at a coordinate", |[t], theta| L::log_prob_at(t, theta);
    CdfOf: Cdf, 1, "P(X ≤ x)", |[x], theta| L::cdf(L::within_period(x, theta), theta);
    SfOf: Cdf, 1, "P(X > x)", |[x], theta| L::sf(L::within_period(x, theta), theta);
    LogCdfOf: Cdf, 1, "ln P(X ≤ x)", |[x], theta| L::log_cdf(L::within_period(x, theta), theta);
    LogSfOf: Cdf, 1, "ln P(X > x)", |[x], theta| L::log_sf(L::within_period(x, theta), theta);
    QuantileOf: Quantile, 1, "The quantile (NaN at what is no probability)",
        |[u], theta| probability(u, |u| L::quantile(Level::lower(u), theta));
    UpperQuantileOf: Quantile, 1, "The quantile of the upper tail (NaN at what is no probability)",
        |[u], theta| probability(u, |u| L::quantile(Level::upper(u), theta));
    MeanOf: Moments, 0, "The mean", |[], theta| L::mean(theta);
    VarianceOf: Moments, 0, "The variance", |[], theta| L::variance(theta);
    CircularVarianceOf: Circular, 0, "The circular variance", |[], theta| L::circular_variance(theta);
    ModeOf: Mode, 0, "The mode", |[], theta| L::mode(theta);
    EntropyOf: Entropy, 0, "The entropy", |[], theta| L::entropy(theta);
}

/// A function of u, for u from 0 to 1.
fn probability<S: Scalar>(u: S, of: impl FnOnce(S) -> S) -> S {
    if (0.0..=1.0).contains(&u.value()) { of(u) } else { S::from(f64::NAN) }
}

/// The log-density of a law.
#[derive(Clone, Copy, Debug)]
pub struct LogProbOf<L>(PhantomData<L>);

impl<L: Law<P>, const P: usize> Formula<1, P> for LogProbOf<L> {
    const QUICK: bool = L::QUICK;

    fn at<S: Scalar>([x]: [S; 1], theta: [S; P]) -> S {
        L::log_prob(x, theta)
    }
    #[inline(always)]
    fn quick([x]: [f64; 1], theta: [f64; P]) -> (bool, Dual<1, P>) {
        L::quick_log_density(x, theta)
    }
}

/// The path of a law, from noise to its draw, rounded inward.
#[derive(Clone, Copy, Debug)]
pub struct PathOf<L>(PhantomData<L>);

impl<L: Explicit<P>, const P: usize> Formula<1, P> for PathOf<L> {
    fn at<S: Scalar>([noise]: [S; 1], theta: [S; P]) -> S {
        L::COORDINATE.value(L::path(noise, theta))
    }
    fn rounded<T: Real>(value: f64, theta: [f64; P]) -> T {
        inward::<L, T, P>(value, theta)
    }
}

/// The divergence of a law from the law `M`.
#[derive(Clone, Copy, Debug)]
pub struct KlOf<L, M>(PhantomData<(L, M)>);

impl<L: Divergence<P, M, R>, M: Law<R>, const P: usize, const R: usize> Formula<P, R> for KlOf<L, M> {
    fn at<S: Scalar>(q: [S; P], p: [S; R]) -> S {
        L::kl(q, p)
    }
}
