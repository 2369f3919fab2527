//! Exact samplers that laws share.

mod gamma;
mod rejection;
mod von_mises;
mod waiting;

pub(crate) use gamma::{log_attempt_ratio, log_standard_gamma};
pub(crate) use rejection::{Hat, log_concave_rejection, transformed_rejection};
pub(crate) use von_mises::von_mises;
pub(crate) use waiting::events_before;

/// Tries after which a rejection sampler gives up.
///
/// Each accepts with probability above ⅕ at valid parameters, so only a not-a-number ever comes this far.
pub(crate) const TRIES: usize = 1000;
