//! Calls of functions that users write, held to one number per row.
//!
//! A result of another length would broadcast against the rows of everything around it, and so weigh the gradient wrongly
//! without a word.

use burn::tensor::Tensor;

use crate::Distribution;

/// f(q, z).
pub(crate) fn f_at<Q, const D: usize>(
    who: &str,
    f: impl FnOnce(&Q, Tensor<D>) -> Tensor<1>,
    q: &Q,
    z: Tensor<D>,
) -> Tensor<1> {
    let rows = z.dims()[0];
    per_row(who, "f", rows, f(q, z))
}

/// log p(x, z).
pub(crate) fn log_joint_at<const D: usize>(
    who: &str,
    log_joint: impl FnOnce(Tensor<D>) -> Tensor<1>,
    z: Tensor<D>,
) -> Tensor<1> {
    let rows = z.dims()[0];
    per_row(who, "log_joint", rows, log_joint(z))
}

/// log q(z).
pub(crate) fn log_prob_at<const D: usize>(who: &str, q: &impl Distribution<D>, z: Tensor<D>) -> Tensor<1> {
    let rows = z.dims()[0];
    per_row(who, "log_prob", rows, q.log_prob(z))
}

/// Panics unless `value`, what the function `what` gave to `who`, has one number for each of `rows` rows.
pub(crate) fn per_row(who: &str, what: &str, rows: usize, value: Tensor<1>) -> Tensor<1> {
    let [given] = value.dims();
    assert!(
        rows > 0,
        "{who}: the batch is empty: there is no row to average over; skip batches without rows"
    );
    assert!(
        given == rows,
        "{who}: {what} gave {given} numbers for {rows} rows; {what} must return one number per row it was given, \
         [particles · batch]: sum over the event axes (`shape::sum_event`), not over the batch"
    );
    value
}
