//! The backward passes: each forward keeps the slope it computed on the way.

use std::sync::Arc;

use burn::backend::{
    Autodiff, AutodiffBackend, Backend, TensorMetadata,
    autodiff::{
        checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
        grads::Gradients,
        ops::{Backward, Ops, OpsKind},
    },
    tensor::FloatTensor,
};

use super::{AdamScalars, Host, Inputs, Kernel, ReparamOps, Tap};

impl<B: Backend + ReparamOps, C: CheckpointStrategy> Host for Autodiff<B, C> {}

impl<B: Backend + ReparamOps, C: CheckpointStrategy> ReparamOps for Autodiff<B, C> {
    fn elementwise(kernel: Arc<dyn Kernel>, inputs: Inputs<Self>) -> FloatTensor<Self> {
        run::<B, C>(kernel, inputs, Way::Elementwise)
    }

    fn shares(kernel: Arc<dyn Kernel>, inputs: Inputs<Self>) -> FloatTensor<Self> {
        run::<B, C>(kernel, inputs, Way::Shares)
    }

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

    fn watch(tensor: FloatTensor<Self>, tap: Tap) -> FloatTensor<Self> {
        let guard = [tensor.node()];
        let inner = tensor.into_primitive();
        match Watch.prepare::<C>(guard).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish(tap, inner),
            OpsKind::UnTracked(prep) => prep.finish(inner),
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

/// What comes back goes on as it is, and is kept.
#[derive(Debug)]
struct Watch;

impl<B: Backend> Backward<B, 1> for Watch {
    type State = Tap;

    fn backward(self, ops: Ops<Tap, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let grad = grads.consume::<B>(&ops.node);
        ops.state.keep::<B>(grad.clone());
        let [parent] = ops.parents;
        if let Some(node) = parent {
            grads.register::<B>(node.id, grad);
        }
    }
}

/// What a kernel's slopes are slopes of.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The value.
    Elementwise,
    /// The logarithms of the weights whose shares the value is.
    Shares,
}

fn run<B: Backend + ReparamOps, C: CheckpointStrategy>(
    kernel: Arc<dyn Kernel>,
    inputs: Inputs<Autodiff<B, C>>,
    way: Way,
) -> FloatTensor<Autodiff<B, C>> {
    let inputs: Vec<FloatTensor<Autodiff<B, C>>> = inputs.into();
    match inputs.len() {
        1 => run_tracked::<B, C, 1>(kernel, inputs, way),
        2 => run_tracked::<B, C, 2>(kernel, inputs, way),
        3 => run_tracked::<B, C, 3>(kernel, inputs, way),
        4 => run_tracked::<B, C, 4>(kernel, inputs, way),
        5 => run_tracked::<B, C, 5>(kernel, inputs, way),
        6 => run_tracked::<B, C, 6>(kernel, inputs, way),
        7 => run_tracked::<B, C, 7>(kernel, inputs, way),
        _ => run_tracked::<B, C, 8>(kernel, inputs, way),
    }
}

/// Runs the kernel with the slopes in those inputs that carry a gradient.
fn run_tracked<B: Backend + ReparamOps, C: CheckpointStrategy, const N: usize>(
    kernel: Arc<dyn Kernel>,
    inputs: Vec<FloatTensor<Autodiff<B, C>>>,
    way: Way,
) -> FloatTensor<Autodiff<B, C>> {
    let guards = std::array::from_fn(|i| inputs[i].node());
    let shift = kernel.shift();
    let wanted: [bool; N] = std::array::from_fn(|i| inputs[i].is_tracked() && shift != Some(i));
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the type of the tensors has no public name"
    )]
    let inputs: Vec<FloatTensor<B>> = inputs.into_iter().map(|input| input.into_primitive()).collect();
    match (OfKernel::<N>).prepare::<C>(guards).compute_bound().stateful() {
        OpsKind::Tracked(prep) => {
            let mut outputs = B::run(&*kernel, inputs, &wanted).into_iter();
            let value = outputs.next().expect("the value comes first");
            let slopes = wanted.map(|wanted| if wanted { outputs.next() } else { None }).to_vec();
            let shares = match way {
                Way::Elementwise => None,
                Way::Shares => Some(value.clone()),
            };
            prep.finish((slopes, shares), value)
        }
        OpsKind::UnTracked(prep) => prep.finish(B::run(&*kernel, inputs, &[]).remove(0)),
    }
}

/// The gradient of a kernel: what comes back, through the shares if these are the value, times the slopes that were kept
/// from the forward; an input without one shifts the value and gets what comes back as it is.
#[derive(Debug)]
struct OfKernel<const N: usize>;

impl<B: Backend + ReparamOps, const N: usize> Backward<B, N> for OfKernel<N> {
    type State = (Vec<Option<FloatTensor<B>>>, Option<FloatTensor<B>>);

    fn backward(self, ops: Ops<Self::State, N>, grads: &mut Gradients, _: &mut Checkpointer) {
        let (slopes, shares) = ops.state;
        let grad = grads.consume::<B>(&ops.node);
        let grad = match shares {
            Some(shares) => B::shares_backward(shares, grad),
            None => grad,
        };
        for (parent, slope) in ops.parents.into_iter().zip(slopes) {
            let Some(node) = parent else { continue };
            let grad = grad.clone();
            grads.register::<B>(node.id, slope.map_or(grad.clone(), |slope| B::float_mul(slope, grad)));
        }
    }
}
