//! The estimator that costs least here, found by trying.

use std::time::Instant;

use burn::tensor::Tensor;
use reparam_testing::Moments;

use crate::{Distribution, Estimator, Params, leaves::Leaves, noise::Rng};

/// An estimator behind a pointer.
trait Dynamic<Q, const D: usize> {
    fn expectation(&mut self, q: &Q, f: &dyn Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1>;
    fn is_biased(&self) -> bool;
}

impl<Q, E: Estimator<Q, D>, const D: usize> Dynamic<Q, D> for E {
    fn expectation(&mut self, q: &Q, f: &dyn Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        Estimator::expectation(self, q, f, rng)
    }
    fn is_biased(&self) -> bool {
        Estimator::is_biased(self)
    }
}

/// Tries its candidates at the first call and keeps the one with the least variance × time.
///
/// The pilot calls every candidate some times, with draws of its own, and sums the variance of the gradient over all
/// parameters and rows. A biased candidate is never picked unless [`allow_biased`](Self::allow_biased) says so. Unbiased if
/// the candidates are: the choice uses none of the draws that follow.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use reparam::{Auto, NoBaseline, Normal, Pathwise, Rng, ScoreFunction, prelude::*, shape::sum_event};
///
/// let device = Device::flex().autodiff();
/// let loc = Tensor::<2>::from_floats([[0.3]], &device).require_grad();
/// let q = Normal::new(loc.clone(), loc.clone().ones_like());
/// let mut auto = Auto::new()
///     .candidate("score", ScoreFunction { particles: 8, baseline: NoBaseline })
///     .candidate("pathwise", Pathwise { particles: 8 });
/// let loss = auto.expectation(&q, |_, z| sum_event((z - 5.0).square()), &mut Rng::new(0));
/// assert_eq!(auto.choice(), Some("pathwise"));
/// println!("{}", auto.reason().unwrap());
/// ```
pub struct Auto<Q, const D: usize> {
    candidates: Vec<Candidate<Q, D>>,
    calls: usize,
    allow_biased: bool,
    chosen: Option<(usize, String)>,
}

struct Candidate<Q, const D: usize> {
    name: &'static str,
    estimator: Box<dyn Dynamic<Q, D>>,
}

/// Calls of each candidate, unless said otherwise: the variance is known to about a third.
const CALLS: usize = 24;

impl<Q, const D: usize> Default for Auto<Q, D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Q, const D: usize> Auto<Q, D> {
    /// No candidates yet.
    pub fn new() -> Self {
        Self { candidates: Vec::new(), calls: CALLS, allow_biased: false, chosen: None }
    }

    /// One candidate more.
    #[must_use]
    pub fn candidate(mut self, name: &'static str, estimator: impl Estimator<Q, D> + 'static) -> Self {
        self.candidates.push(Candidate { name, estimator: Box::new(estimator) });
        self
    }

    /// How often the pilot calls each candidate; at least 2.
    #[must_use]
    pub fn calls(self, calls: usize) -> Self {
        Self { calls: calls.max(2), ..self }
    }

    /// Lets biased candidates be picked.
    #[must_use]
    pub fn allow_biased(self) -> Self {
        Self { allow_biased: true, ..self }
    }

    /// The name of the candidate that was picked.
    pub fn choice(&self) -> Option<&'static str> {
        self.chosen.as_ref().map(|(place, _)| self.candidates[*place].name)
    }

    /// Why it was picked, with the numbers of the pilot.
    pub fn reason(&self) -> Option<&str> {
        self.chosen.as_ref().map(|(_, reason)| reason.as_str())
    }
}

impl<Q: Params, const D: usize> Auto<Q, D> {
    /// Variance × seconds of each candidate that may be picked.
    fn pilot(&mut self, q: &Q, f: &dyn Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &Rng) -> (usize, String) {
        let (calls, allow_biased) = (self.calls, self.allow_biased);
        let allowed = |candidate: &Candidate<Q, D>| allow_biased || !candidate.estimator.is_biased();
        let mut costs: Vec<(usize, f64)> = Vec::new();
        for (place, candidate) in self.candidates.iter_mut().enumerate().filter(|(_, own)| allowed(own)) {
            let mut stream = rng.split(place as u64);
            let started = Instant::now();
            let gradients: Vec<Vec<f64>> =
                (0..calls).map(|_| gradient(candidate.estimator.as_mut(), q, f, &mut stream)).collect();
            let seconds = started.elapsed().as_secs_f64() / calls as f64;
            let variance = |j: usize| Moments::of(|| gradients.iter().map(|gradient| gradient[j])).variance();
            let variance: f64 = (0..gradients[0].len()).map(variance).sum();
            costs.push((place, variance * seconds));
        }
        costs.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, least) =
            *costs.first().expect("Auto: no candidate is unbiased; add one, or allow_biased()");
        let name = |place: usize| self.candidates[place].name;
        let others: Vec<String> = costs[1..]
            .iter()
            .map(|(place, cost)| format!("{} {cost:.2e} ({:.1} times as much)", name(*place), cost / least))
            .collect();
        let others = if others.is_empty() {
            "the only candidate".to_owned()
        } else {
            format!("against {}", others.join(", "))
        };
        (best, format!("{}: variance × seconds {least:.2e}, {others}, over {calls} calls each", name(best)))
    }
}

/// The gradient of one call in all parameters of q.
fn gradient<Q: Params, const D: usize>(
    estimator: &mut dyn Dynamic<Q, D>,
    q: &Q,
    f: &dyn Fn(&Q, Tensor<D>) -> Tensor<1>,
    rng: &mut Rng,
) -> Vec<f64> {
    let leaves = Leaves::default();
    let q = q.map(&leaves);
    leaves.gradients(estimator.expectation(&q, f, rng)).concat()
}

impl<Q: Distribution<D> + Params, const D: usize> Estimator<Q, D> for Auto<Q, D> {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        if self.chosen.is_none() {
            self.chosen = Some(self.pilot(q, &f, rng));
        }
        let place = self.chosen.as_ref().map_or(0, |(place, _)| *place);
        self.candidates[place].estimator.expectation(q, &f, rng)
    }
    fn is_biased(&self) -> bool {
        self.chosen.as_ref().is_some_and(|(place, _)| self.candidates[*place].estimator.is_biased())
    }
}
