//! The probability of success, however it is told, with that of failure and the logarithms of both.

use std::fmt::Debug;

use crate::Scalar;
use crate::law::Domain;
use crate::scalar::special::{log1pmx, logit};

/// How a law of trials is told the probability of success.
pub trait Success: Copy + Debug + Send + Sync + 'static {
    /// The name of the parameter.
    const NAME: &'static str;
    /// Any probability.
    const ANY: Domain;
    /// A probability above 0.
    const POSSIBLE: Domain;
    /// A probability below 1.
    const UNCERTAIN: Domain;

    /// A probability above 0 and below 1.
    const OPEN: Domain;

    /// ln p − ln(1 − p).
    fn logits<S: Scalar>(parameter: S) -> S;

    /// Success and failure.
    fn odds<S: Scalar>(parameter: S) -> Odds<S>;

    /// By how much the probability of success at `to` exceeds that at `from`, with full relative accuracy.
    fn difference<S: Scalar>(from: S, to: S) -> S;
}

/// By the probability.
#[derive(Clone, Copy, Debug)]
pub struct Probs;

/// By the log-odds ln p − ln(1 − p).
#[derive(Clone, Copy, Debug)]
pub struct Logits;

/// A probability from both sides.
#[derive(Clone, Copy, Debug)]
pub struct Odds<S> {
    /// p.
    pub success: S,
    /// 1 − p.
    pub failure: S,
    /// ln p.
    pub log_success: S,
    /// ln(1 − p).
    pub log_failure: S,
}

impl<S: Scalar> Odds<S> {
    /// The roles of success and failure exchanged.
    pub fn flipped(self) -> Self {
        Self {
            success: self.failure,
            failure: self.success,
            log_success: self.log_failure,
            log_failure: self.log_success,
        }
    }

    /// −p ln p − (1 − p) ln(1 − p).
    pub(super) fn entropy(self) -> S {
        let part = |p: S, log_p: S| if p.value() == 0.0 { S::from(0.0) } else { -p * log_p };
        part(self.success, self.log_success) + part(self.failure, self.log_failure)
    }

    /// The divergence of one trial from a trial with the odds `p`, whose probability of success is larger by `shift`.
    ///
    /// Σ x ln(x / y) + y − x over both outcomes: each term ≥ 0, and near equality x · (u − ln(1 + u)) with u the relative
    /// shift.
    pub(super) fn divergence(self, p: Self, shift: S) -> S {
        let term = |x: S, log_x: S, log_y: S, shift: S| {
            if x.value() == 0.0 {
                shift
            } else if shift.value().abs() <= 0.5 * x.value() {
                -x * log1pmx(shift / x)
            } else {
                x * (log_x - log_y) + shift
            }
        };
        term(self.success, self.log_success, p.log_success, shift)
            + term(self.failure, self.log_failure, p.log_failure, -shift)
    }
}

impl Success for Probs {
    const NAME: &'static str = "probs";
    const ANY: Domain = Domain::Probability;
    const POSSIBLE: Domain = Domain::PositiveProbability;
    const UNCERTAIN: Domain = Domain::UncertainProbability;
    const OPEN: Domain = Domain::OpenProbability;

    fn logits<S: Scalar>(p: S) -> S {
        logit(p)
    }
    fn odds<S: Scalar>(p: S) -> Odds<S> {
        Odds { success: p, failure: -p + 1.0, log_success: p.ln(), log_failure: (-p).ln_1p() }
    }
    fn difference<S: Scalar>(from: S, to: S) -> S {
        to - from
    }
}

impl Success for Logits {
    const NAME: &'static str = "logits";
    const ANY: Domain = Domain::Extended;
    const POSSIBLE: Domain = Domain::Real;
    const UNCERTAIN: Domain = Domain::Real;
    const OPEN: Domain = Domain::Real;

    fn logits<S: Scalar>(l: S) -> S {
        l
    }
    fn odds<S: Scalar>(l: S) -> Odds<S> {
        Odds {
            success: l.sigmoid(),
            failure: (-l).sigmoid(),
            log_success: -(-l).softplus(),
            log_failure: -l.softplus(),
        }
    }
    fn difference<S: Scalar>(from: S, to: S) -> S {
        let delta = to - from;
        if delta.value().abs() <= 1.0 {
            // p (1 − p) (e^δ − 1) / (1 + p (e^δ − 1)).
            let (p, growth) = (from.sigmoid(), delta.exp_m1());
            p * (-from).sigmoid() * growth / (p * growth + 1.0)
        } else if from.value() > 0.0 {
            (-from).sigmoid() - (-to).sigmoid()
        } else {
            to.sigmoid() - from.sigmoid()
        }
    }
}
