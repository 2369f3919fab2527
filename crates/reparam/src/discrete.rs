//! What estimators for discrete draws ask of a distribution: that its values can be listed, or that they can be softened.

use burn::tensor::{Tensor, TensorData};

use crate::{Distribution, Moments, Params, noise::Rng};

/// The most values that are listed.
const MOST: usize = 1 << 16;

/// A distribution whose support is a short list.
#[diagnostic::on_unimplemented(
    message = "the values of `{Self}` cannot be listed",
    label = "this distribution has no finite support",
    note = "`Enumerate` and `SumAndSample` are for `Bernoulli`, `Categorical`, `OneHotCategorical`, `Binomial` and \
            `DiscreteUniform`; use `ScoreFunction` for other discrete distributions, `Pathwise` for continuous ones"
)]
pub trait Enumerable<const D: usize>: Distribution<D> {
    /// Every value that some row can take, `[values, event…]`; a row may give some of them the probability 0.
    ///
    /// Panics when there are more than 65,536.
    fn support(&self) -> Tensor<D>;
}

/// A discrete distribution that is the hard threshold b = H(z) of scores z = l + ε, for logits l and noise ε.
///
/// Scores keep the gradient that b loses. Each element of the score z̃ ~ z | b depends on its own logit alone, so one
/// slope per element says how.
///
/// Source: Maddison, Mnih & Teh, The Concrete Distribution, 2017; Tucker et al., REBAR, 2017, appendix C.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no continuous relaxation",
    label = "this distribution cannot be softened",
    note = "`GumbelSoftmax`, `StraightThrough`, `Rebar` and `Relax` are for `Bernoulli` and `OneHotCategorical` (write a \
            `Categorical` as one-hot vectors); use `ScoreFunction` for other discrete distributions, `Pathwise` for \
            continuous ones"
)]
pub trait Relaxable<const D: usize>: Distribution<D> + Moments<D> {
    /// The logits l with their gradient, `[batch, event…]`: log-odds, or log-probabilities.
    fn scores(&self) -> Tensor<D>;

    /// The noise ε of the scores: logistic, or Gumbel.
    fn score_noise(&self, rng: &mut Rng) -> Tensor<D>;

    /// H(z): the value that scores z stand for.
    fn harden(z: Tensor<D>) -> Tensor<D>;

    /// The point between the values that scores z stand for at a positive temperature; H(z) as that goes to 0.
    fn soften(z: Tensor<D>, temperature: f64) -> Tensor<D>;

    /// dz̃/dl of the scores z̃ ~ z | H(z) that have the value `z`, for the same noise: in [0, 1], without gradient.
    fn conditional_slope(&self, z: Tensor<D>) -> Tensor<D>;

    /// A slope in the logits, without the part that no change of the parameters can follow, given the
    /// [`mean`](Moments::mean).
    ///
    /// Log-odds move freely; log-probabilities move so that the probabilities still sum to one.
    fn tangent(probs: Tensor<D>, slope: Tensor<D>) -> Tensor<D>;
}

/// Every way to give each of `places` one of `choices`, in rows of `places`: row-major, the last place running fastest.
///
/// Panics, naming the distribution, when there are too many.
pub(crate) fn assignments(name: &str, choices: usize, places: usize) -> Vec<usize> {
    let count = u32::try_from(places).ok().and_then(|places| choices.checked_pow(places));
    let Some(count) = count.filter(|&count| count <= MOST) else {
        panic!(
            "{name}: {choices} values for each of {places} elements are too many to list; at most {MOST} combinations \
             are, use `DisArm` or `ScoreFunction` with `LeaveOneOut` instead"
        )
    };
    let digit = |value: usize, place: usize| value / choices.pow((places - 1 - place) as u32) % choices;
    (0..count).flat_map(|value| (0..places).map(move |place| digit(value, place))).collect()
}

/// Every combination of `levels` over the elements of an event, `[values, event…]`, like `param` of `[batch, event…]`.
pub(crate) fn combinations<const D: usize>(name: &str, levels: &[f64], param: &Tensor<D>) -> Tensor<D> {
    let mut dims = param.dims();
    let places = dims[1..].iter().product();
    let values: Vec<f64> = assignments(name, levels.len(), places).into_iter().map(|i| levels[i]).collect();
    dims[0] = levels.len().pow(places as u32);
    Tensor::from_data(TensorData::new(values, dims), (&param.device(), param.dtype()))
}

/// The integers from `low` to `high`, one more than are ever listed where there are more.
pub(crate) fn integers(low: f64, high: f64) -> Vec<f64> {
    (0..=MOST).map(|i| low + i as f64).take_while(|&x| x <= high).collect()
}

/// Each value for every row, value by value: `[values, event…]` → `[values · batch, event…]`.
pub(crate) fn for_rows<const D: usize>(support: Tensor<D>, batch: usize) -> Tensor<D> {
    let mut dims = support.dims();
    let (values, width) = (dims[0], dims[1..].iter().product());
    dims[0] *= batch;
    support.reshape([values, 1, width]).expand([values, batch, width]).reshape(dims)
}

/// The log-mass of each value of the support for each row, `[values, batch]`, without gradient.
pub(crate) fn log_masses<Q: Distribution<D> + Params, const D: usize>(
    q: &Q,
    support: &Tensor<D>,
) -> Tensor<2> {
    let (values, batch) = (support.dims()[0], q.dims()[0]);
    q.detached().repeated(values).log_prob(for_rows(support.clone(), batch)).reshape([values, batch])
}
