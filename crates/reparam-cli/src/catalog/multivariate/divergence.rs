//! The closed-form divergences between distributions over vectors and matrices, read off their types.

use std::any::Any;
use std::marker::PhantomData;

use reparam::{
    Categorical, Dirichlet, Distribution, InverseWishart, Kl, LkjCholesky, LogisticNormal, LowRankNormal,
    MatrixNormal, Multinomial, MultivariateNormal, MultivariateStudentT, Normal, OneHotCategorical,
    PowerSpherical, UniformSphere, VonMisesFisher, Wishart,
};

use super::arguments::value;
use super::bound::Bound;
use crate::catalog::Law;
use reparam_lang::Value;

/// The divergence of two laws, if they are of the types that are meant.
type Pair = fn(&dyn Any, &dyn Any) -> Option<f64>;

/// A pair of types under the probe.
struct Probe<Q, P, const D: usize>(PhantomData<(Q, P)>);

/// What is found where there is no closed form.
trait Lacks {
    const KL: Option<Pair> = None;
}

impl<Q, P, const D: usize> Lacks for Probe<Q, P, D> {}

impl<Q, P, const D: usize> Probe<Q, P, D>
where
    Q: Distribution<D> + Kl<P> + reparam::Params + Send + Sync + 'static,
    P: Distribution<D> + reparam::Params + Send + Sync + 'static,
{
    const KL: Option<Pair> = Some(|q, p| {
        let (q, p) = (q.downcast_ref::<Bound<Q, D>>()?.law(), p.downcast_ref::<Bound<P, D>>()?.law());
        match value(q.kl(p)) {
            Value::Number(kl) => Some(kl),
            _ => None,
        }
    });
}

/// One pair.
struct Entry {
    q: &'static str,
    p: &'static str,
    kl: Option<Pair>,
}

/// Every type against every other of the same rank.
macro_rules! all_pairs {
    ($d:literal: $all:tt) => { all_pairs!(@each $d, $all, $all) };
    (@each $d:literal, [$($q:ident: $law:ty),+], $all:tt) => { &[$(all_pairs!(@row $d, $q: $law, $all)),+] };
    (@row $d:literal, $q:ident: $law:ty, [$($p:ident: $other:ty),+]) => {
        &[$(Entry { q: stringify!($q), p: stringify!($p), kl: Probe::<$law, $other, $d>::KL }),+]
    };
}

static VECTORS: &[&[Entry]] = all_pairs!(2: [
    Categorical: Categorical<2>,
    Dirichlet: Dirichlet,
    LogisticNormal: LogisticNormal<Normal<2>>,
    LogisticNormal: LogisticNormal<MultivariateNormal>,
    LowRankNormal: LowRankNormal,
    Multinomial: Multinomial<2>,
    MultivariateNormal: MultivariateNormal,
    MultivariateStudentT: MultivariateStudentT,
    OneHotCategorical: OneHotCategorical<2>,
    PowerSpherical: PowerSpherical,
    UniformSphere: UniformSphere,
    VonMisesFisher: VonMisesFisher
]);

static MATRICES: &[&[Entry]] = all_pairs!(3: [InverseWishart: InverseWishart, LkjCholesky: LkjCholesky, MatrixNormal: MatrixNormal, Wishart: Wishart]);

fn entries() -> impl Iterator<Item = &'static Entry> {
    VECTORS.iter().chain(MATRICES).copied().flatten().filter(|entry| entry.kl.is_some())
}

/// E_q[ln q − ln p] where there is a closed form, for draws of one size.
pub fn closed_form(q: &dyn Law, p: &dyn Law) -> Option<f64> {
    entries().find_map(|entry| (entry.kl?)(q.as_any(), p.as_any()))
}

/// The distributions to which `name` has a closed form.
pub fn targets(name: &str) -> impl Iterator<Item = &'static str> {
    entries().filter(move |entry| entry.q == name).map(|entry| entry.p)
}
