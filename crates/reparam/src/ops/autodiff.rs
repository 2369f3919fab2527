//! The backward passes: each forward keeps the slope it computed on the way.

use burn::backend::{
    Autodiff, AutodiffBackend, Backend, TensorMetadata,
    autodiff::{
        checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
        grads::Gradients,
        ops::{Backward, Ops, OpsKind},
    },
    tensor::FloatTensor,
};

use super::{AdamScalars, ReparamOps};

impl<B: Backend + ReparamOps, C: CheckpointStrategy> ReparamOps for Autodiff<B, C> {
    fn bernoulli_log_prob(logits: FloatTensor<Self>, x: FloatTensor<Self>) -> FloatTensor<Self> {
        let guards = [logits.node(), x.node()];
        let (logits, x) = (logits.into_primitive(), x.into_primitive());
        match BernoulliLogProb.prepare::<C>(guards).compute_bound().stateful() {
            OpsKind::Tracked(prep) => {
                let (value, slope) = B::bernoulli_log_prob_with_slope(logits.clone(), x);
                prep.finish((slope, logits), value)
            }
            OpsKind::UnTracked(prep) => prep.finish(B::bernoulli_log_prob(logits, x)),
        }
    }

    fn adam_step(
        param: FloatTensor<Self>,
        grad: FloatTensor<Self>,
        moment1: FloatTensor<Self>,
        moment2: FloatTensor<Self>,
        scalars: AdamScalars,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        // An optimizer's step is not itself differentiated: its results start a new graph.
        let (param, moment1, moment2) = B::adam_step(
            param.into_primitive(),
            grad.into_primitive(),
            moment1.into_primitive(),
            moment2.into_primitive(),
            scalars,
        );
        (Self::from_inner(param), Self::from_inner(moment1), Self::from_inner(moment2))
    }
}

/// d/d logits = x − sigmoid(logits), kept from the forward; d/dx = logits.
#[derive(Debug)]
struct BernoulliLogProb;

impl<B: Backend + ReparamOps> Backward<B, 2> for BernoulliLogProb {
    type State = (FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _: &mut Checkpointer) {
        let (slope, logits) = ops.state;
        let [logits_node, x_node] = ops.parents;
        let grad = grads.consume::<B>(&ops.node);
        debug_assert_eq!(grad.shape()[0], slope.shape()[0]);
        if let Some(node) = x_node {
            grads.register::<B>(node.id, B::scale_rows(logits, grad.clone()));
        }
        if let Some(node) = logits_node {
            grads.register::<B>(node.id, B::scale_rows(slope, grad));
        }
    }
}
