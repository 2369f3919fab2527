//! Whether the score ∇ log q may stand for the gradient of an expectation.

use crate::Distribution;

/// Panics, naming `what`, unless E\[f ∇ log q\] = ∇E\[f\] in all parameters that carry a gradient.
pub(crate) fn assert_scores<const D: usize>(what: &str, q: &impl Distribution<D>) {
    if let Some(parameter) = q.moving_edge() {
        panic!(
            "{what}: an end of the support moves with `{parameter}`, so E[f ∇ log q] is not ∇ E[f]; use the path of \
             the draw, or detach `{parameter}`"
        );
    }
}

/// Panics, naming `what`, unless E\[∇ log q\] = 0 in all parameters that carry a gradient: what leaves a turn at one end
/// enters at the other.
pub(crate) fn assert_mean_score_vanishes<const D: usize>(what: &str, q: &impl Distribution<D>) {
    if q.is_turn() {
        return;
    }
    if let Some(parameter) = q.moving_edge() {
        panic!(
            "{what}: an end of the support moves with `{parameter}`, so E[∇ log q], which is left out, is not 0; use \
             `ClosedForm` or `MonteCarlo` as the entropy, or detach `{parameter}`"
        );
    }
}
