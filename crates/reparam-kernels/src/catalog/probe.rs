//! Reading off the traits of a concrete type what it can do.
//!
//! A constant of an inherent implementation with a bound wins over the trait constant of the same name where the bound
//! holds; where it does not, the trait's `None` is found.

use std::marker::PhantomData;

use super::entry::{
    EndsOfTheta, OfLevel, OfTheta, OfX, Own, Paths, Sampler, SlopesAtLevel, SlopesAtX, Univariate,
};
use crate::draws::draw_with_slopes;
use crate::law::{
    Cdf, Circular, Divergence, Draw, Ends, Entropy, Explicit, Law, Level, LogNorm, Mode, Moments, Noise,
    Quantile, Reformed, Reparameterized, Tails, moving_edges,
};
use crate::{Dual, Element};

/// A type under the probe.
pub struct Probe<L, const P: usize>(PhantomData<L>);

/// The parameters of a slice.
fn array<const P: usize>(theta: &[f64]) -> [f64; P] {
    theta.try_into().unwrap_or_else(|_| panic!("a law of {P} parameters was given {}", theta.len()))
}

/// What is found where a type lacks a capability.
#[allow(dead_code, reason = "a capability that every law has")]
pub trait Lacks {
    const CDF: Option<OfX> = None;
    const SF: Option<OfX> = None;
    const LOG_CDF: Option<OfX> = None;
    const LOG_SF: Option<OfX> = None;
    const QUANTILE: Option<OfLevel> = None;
    const QUANTILE_SLOPES: Option<SlopesAtLevel> = None;
    const MEAN: Option<OfTheta> = None;
    const VARIANCE: Option<OfTheta> = None;
    const CIRCULAR_VARIANCE: Option<OfTheta> = None;
    const MODE: Option<OfTheta> = None;
    const ENTROPY: Option<OfTheta> = None;
    const LOG_NORM: Option<OfTheta> = None;
    const SAMPLER: Option<Sampler> = None;
    const SLOPES: Option<SlopesAtX> = None;
    const PATHS: Option<Paths> = None;
    const NOISE: Option<Noise> = None;
    const ENDS: Option<EndsOfTheta> = None;
    const OWN: Option<Own> = None;
}

impl<L, const P: usize> Lacks for Probe<L, P> {}

impl<L: Law<P>, const P: usize> Probe<L, P> {
    pub const LAW: Univariate = Univariate {
        name: L::NAME,
        parameters: &L::PARAMETERS,
        check: |theta| L::check(array(theta)),
        period: L::PERIOD,
        within_period: |x, theta| L::within_period(x, array(theta)),
        support: |theta| L::support(array(theta)),
        moving_edges: |theta| moving_edges::<L, P>(array(theta)).to_vec(),
        log_prob: |x, theta| L::log_prob(x, array(theta)),
        log_prob_slopes: |x, theta| {
            let ([x], theta) = Dual::<1, P>::variables([x], array(theta));
            let density = L::log_prob(x, theta);
            density.first.into_iter().chain(density.second).collect()
        },
        cdf: None,
        sf: None,
        log_cdf: None,
        log_sf: None,
        quantile: None,
        quantile_slopes: None,
        mean: None,
        variance: None,
        circular_variance: None,
        mode: None,
        entropy: None,
        log_norm: None,
        sampler: None,
        slopes: None,
        paths: None,
        noise: None,
        ends: None,
        own: None,
    };
}

impl<L: Cdf<P>, const P: usize> Probe<L, P> {
    pub const CDF: Option<OfX> = Some(|x, theta| L::cdf(x, array(theta)));
    pub const SF: Option<OfX> = Some(|x, theta| L::sf(x, array(theta)));
    pub const LOG_CDF: Option<OfX> = Some(|x, theta| L::log_cdf(x, array(theta)));
    pub const LOG_SF: Option<OfX> = Some(|x, theta| L::log_sf(x, array(theta)));
}

impl<L: Quantile<P>, const P: usize> Probe<L, P> {
    pub const QUANTILE: Option<OfLevel> = Some(|level, theta| L::quantile(level, array(theta)));
    pub const QUANTILE_SLOPES: Option<SlopesAtLevel> = Some(|level, theta| {
        let (_, theta) = Dual::<0, P>::variables([], array(theta));
        let level = Level { lower: Dual::from(level.lower), upper: Dual::from(level.upper) };
        L::quantile(level, theta).second.to_vec()
    });
}

impl<L: Moments<P>, const P: usize> Probe<L, P> {
    pub const MEAN: Option<OfTheta> = Some(|theta| L::mean(array(theta)));
    pub const VARIANCE: Option<OfTheta> = Some(|theta| L::variance(array(theta)));
}

impl<L: Circular<P>, const P: usize> Probe<L, P> {
    pub const CIRCULAR_VARIANCE: Option<OfTheta> = Some(|theta| L::circular_variance(array(theta)));
}

impl<L: Mode<P>, const P: usize> Probe<L, P> {
    pub const MODE: Option<OfTheta> = Some(|theta| L::mode(array(theta)));
}

impl<L: Entropy<P>, const P: usize> Probe<L, P> {
    pub const ENTROPY: Option<OfTheta> = Some(|theta| L::entropy(array(theta)));
}

impl<L: LogNorm<P>, const P: usize> Probe<L, P> {
    pub const LOG_NORM: Option<OfTheta> = Some(|theta| L::log_norm(array(theta)));
}

impl<L: Draw<P>, const P: usize> Probe<L, P> {
    pub const SAMPLER: Option<Sampler> = Some(Sampler {
        coordinate: L::COORDINATE,
        draw: |bits: &mut Element, theta| L::draw(bits, array(theta)),
        log_prob_at: |t, theta| L::log_prob_at(t, array(theta)),
    });
}

impl<L: Reparameterized<P>, const P: usize> Probe<L, P> {
    pub const SLOPES: Option<SlopesAtX> = Some(|t, theta| L::slopes(t, array(theta)).to_vec());
    pub const PATHS: Option<Paths> = Some(Paths {
        single: draw_with_slopes::<L, f32, P>,
        double: draw_with_slopes::<L, f64, P>,
        family: L::BULK,
    });
}

impl<L: Explicit<P>, const P: usize> Probe<L, P> {
    pub const NOISE: Option<Noise> = Some(L::NOISE);
}

impl<L: Ends<P>, const P: usize> Probe<L, P> {
    pub const ENDS: Option<EndsOfTheta> = Some(|theta| L::ends(array(theta)));
}

impl<L: Reformed<P>, const P: usize> Probe<L, P> {
    pub const OWN: Option<Own> = Some(Own { parameters: L::OWN, theta: |theta| L::own(array(theta)) });
}

/// The divergence of two laws as a function of slices.
pub fn kl<L: Divergence<P, M, R>, M: Law<R>, const P: usize, const R: usize>(q: &[f64], p: &[f64]) -> f64 {
    L::kl(array(q), array(p))
}

/// Its slopes.
pub fn kl_slopes<L: Divergence<P, M, R>, M: Law<R>, const P: usize, const R: usize>(
    q: &[f64],
    p: &[f64],
) -> Vec<f64> {
    let (q, p) = Dual::<P, R>::variables(array(q), array(p));
    let kl = L::kl(q, p);
    kl.first.into_iter().chain(kl.second).collect()
}

macro_rules! table_of_laws {
    ($($law:ty: $p:literal,)+) => {
        /// Every univariate law.
        pub static UNIVARIATES: &[Univariate] = {
            #[allow(unused_imports, reason = "found where a law lacks a capability")]
            use crate::catalog::probe::{Lacks as _, Probe};
            &[$(Univariate {
                cdf: Probe::<$law, $p>::CDF,
                sf: Probe::<$law, $p>::SF,
                log_cdf: Probe::<$law, $p>::LOG_CDF,
                log_sf: Probe::<$law, $p>::LOG_SF,
                quantile: Probe::<$law, $p>::QUANTILE,
                quantile_slopes: Probe::<$law, $p>::QUANTILE_SLOPES,
                mean: Probe::<$law, $p>::MEAN,
                variance: Probe::<$law, $p>::VARIANCE,
                circular_variance: Probe::<$law, $p>::CIRCULAR_VARIANCE,
                mode: Probe::<$law, $p>::MODE,
                entropy: Probe::<$law, $p>::ENTROPY,
                log_norm: Probe::<$law, $p>::LOG_NORM,
                sampler: Probe::<$law, $p>::SAMPLER,
                slopes: Probe::<$law, $p>::SLOPES,
                paths: Probe::<$law, $p>::PATHS,
                noise: Probe::<$law, $p>::NOISE,
                ends: Probe::<$law, $p>::ENDS,
                own: Probe::<$law, $p>::OWN,
                ..Probe::<$law, $p>::LAW
            }),+]
        };
    };
}

macro_rules! table_of_divergences {
    ($($q:ty: $a:literal => $p:ty: $b:literal,)+) => {
        /// Every closed-form divergence between univariate laws.
        pub static DIVERGENCES: &[Divergence] = &[$(Divergence {
            q: (<$q as crate::law::Law<$a>>::NAME, &<$q as crate::law::Law<$a>>::PARAMETERS),
            p: (<$p as crate::law::Law<$b>>::NAME, &<$p as crate::law::Law<$b>>::PARAMETERS),
            kl: crate::catalog::probe::kl::<$q, $p, $a, $b>,
            kl_slopes: crate::catalog::probe::kl_slopes::<$q, $p, $a, $b>,
        }),+];
    };
}

pub(crate) use {table_of_divergences, table_of_laws};
