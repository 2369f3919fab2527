//! b(x): a baseline that a net predicts from what a row is about.

use burn::{
    optim::{GradientsParams, ModuleOptimizer},
    tensor::Tensor,
};

use crate::{Adam, Baseline, gradient::stop, nn::TanhNet, noise::Rng, shape};

/// The prediction of f by a net of one hidden tanh layer, from a context of each row: an image, a state.
///
/// The net takes one step of Adam on the squared error after each prediction, so this call's values enter only the next
/// call's baseline and the gradient stays unbiased.
///
/// Source: Mnih & Gregor, Neural Variational Inference and Learning in Belief Networks, 2014, section 2.3.
pub struct NetworkBaseline {
    net: Option<TanhNet>,
    width: usize,
    learning_rate: f64,
    optimizer: ModuleOptimizer,
    context: Option<Tensor<2>>,
    rng: Rng,
}

impl NetworkBaseline {
    /// With `width` hidden units and Adam's `learning_rate`; the net's first weights come from `rng`.
    pub fn new(width: usize, learning_rate: f64, rng: Rng) -> Self {
        let optimizer = Adam::default().init();
        Self { net: None, width, learning_rate, optimizer, context: None, rng }
    }

    /// Hands over the context `[batch, features]` of the rows to come, until the next one.
    pub fn given(&mut self, context: Tensor<2>) {
        self.context = Some(stop(context));
    }
}

impl Baseline for NetworkBaseline {
    /// Panics when no context, or that of another batch, was handed over.
    fn of(&mut self, values: &Tensor<1>, particles: usize) -> Tensor<1> {
        let rows = values.dims()[0] / particles;
        let Some(context) = self.context.clone().filter(|context| context.dims()[0] == rows) else {
            panic!(
                "NetworkBaseline: expected a context of {rows} rows, one per row of the batch, got {:?}; hand it over \
                 with `given` before the call",
                self.context.as_ref().map(Tensor::dims)
            )
        };
        let mut net = self
            .net
            .take()
            .unwrap_or_else(|| TanhNet::new(context.dims()[1], self.width, &context, &mut self.rng));
        let prediction = shape::tile(net.forward(context), particles);
        let error = (stop(values.clone()).cast(prediction.dtype()) - prediction.clone()).square().mean();
        if error.is_tracked() {
            let grads = GradientsParams::from_grads(error.backward(), &net);
            net = self.optimizer.step(self.learning_rate, net, grads);
        }
        self.net = Some(net);
        stop(prediction).cast(values.dtype())
    }
}
