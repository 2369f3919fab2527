//! ∇ E_q[f(b)] = E[(f(b) − c(z)) ∇log q(b) + (1 − dz̃/dl) c'(z)], c(z) = η f(soft(z)) + r(z): a net learns the control
//! variate.

use burn::{
    module::{Module, Param},
    optim::{GradientsParams, ModuleOptimizer},
    tensor::Tensor,
};

use super::control::{Parts, Scored, Softened, Trial};
use crate::{
    Adam, Estimator, Params, Relaxable,
    evaluate::{f_at, log_prob_at},
    gradient::{along, moving_zero, stop},
    nn::TanhNet,
    noise::Rng,
    shape,
};

/// The RELAX estimator: unbiased for any f; without a temperature f needs to be defined at the values of q only.
///
/// η and the net r of one hidden tanh layer are trained, by Adam, to give the gradients of earlier calls the least
/// variance, so they depend on nothing that this call draws. With a temperature, a gradient is seen when the loss that
/// came of the estimate is differentiated; without a backward pass nothing is learned. f is evaluated three times per
/// particle with a temperature, as by [`Rebar`](crate::Rebar) and with its demands on f, and once without.
///
/// Source: Grathwohl, Choi, Wu, Roeder & Duvenaud, Backpropagation through the Void, 2018, with one noise for z and z̃.
pub struct Relax<const D: usize> {
    particles: usize,
    temperature: Option<f64>,
    width: usize,
    learning_rate: f64,
    optimizer: ModuleOptimizer,
    control: Option<Control>,
    last: Option<Trial<D>>,
}

/// What is learned.
#[derive(Module, Debug)]
struct Control {
    scale: Param<Tensor<1>>,
    net: TanhNet,
}

impl Control {
    /// η = 1 and a net for scores like `z`.
    fn new<const D: usize>(width: usize, z: &Tensor<D>, rng: &mut Rng) -> Self {
        Self {
            scale: Param::from_tensor(Tensor::ones([1], (&z.device(), z.dtype()))),
            net: TanhNet::new(z.dims()[1..].iter().product(), width, z, rng),
        }
    }

    /// r(z) and ∂r/∂z. A class that is masked, with the score −∞, is 0 to the net.
    fn net_at<const D: usize>(&self, z: &Tensor<D>) -> (Tensor<1>, Tensor<D>) {
        let dims = z.dims();
        let finite = z.clone().mask_fill(z.clone().is_inf(), 0.0);
        let (value, slope) = self.net.forward_with_slope(finite.reshape([dims[0] as i64, -1]));
        (value, slope.reshape(dims))
    }

    /// The mean squared gradient in the logits that this control variate would have given.
    fn second_moment<Q: Relaxable<D>, const D: usize>(&self, trial: &Trial<D>) -> Option<Tensor<1>> {
        let Parts { plain, control, score } = trial.parts::<Q>()?;
        let dims = score.dims();
        let (value, slope) = self.net_at(&trial.scored.z);
        let net = Q::tangent(trial.probs.clone(), slope * trial.scored.residue.clone())
            - shape::per_row(value, dims) * score;
        let scale = self.scale.val().reshape([1; D]).expand(dims);
        Some(shape::sum_event((plain + scale * control + net).square()).mean())
    }
}

impl<const D: usize> Relax<D> {
    /// With `width` hidden units and Adam's `learning_rate`; `temperature` softens the draws of f, `None` leaves the control
    /// variate to the net.
    ///
    /// Panics for a temperature that is not > 0.
    pub fn new(particles: usize, temperature: Option<f64>, width: usize, learning_rate: f64) -> Self {
        assert!(temperature.is_none_or(|t| t > 0.0), "Relax: temperature must be > 0, got {temperature:?}");
        let optimizer = Adam::default().init();
        Self { particles, temperature, width, learning_rate, optimizer, control: None, last: None }
    }

    /// One step of Adam on what the last call left.
    fn learn<Q: Relaxable<D>>(&mut self, mut control: Control) -> Control {
        let moment = self.last.take().and_then(|trial| control.second_moment::<Q, D>(&trial));
        if let Some(moment) = moment.filter(Tensor::is_tracked) {
            let grads = GradientsParams::from_grads(moment.backward(), &control);
            control = self.optimizer.step(self.learning_rate, control, grads);
        }
        control
    }
}

impl<const D: usize, Q: Relaxable<D> + Params> Estimator<Q, D> for Relax<D> {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let fixed = q.detached();
        let scored = Scored::draw(&q, rng);
        let control = match self.control.take() {
            Some(control) => self.learn::<Q>(control),
            None => Control::new(self.width, &scored.z, rng),
        };
        let value = f_at("Relax", &f, &q, scored.hard.clone());
        let (net, slope) = control.net_at(&scored.z);
        let mut advantage = stop(value.clone() - net);
        let mut moving = shape::sum_event(along(slope * scored.residue.clone(), q.scores()));
        let softened =
            self.temperature.map(|t| Softened::new(&q, &scored, t, |z| f_at("Relax", &f, &fixed, z)));
        if let Some(softened) = &softened {
            let scale = stop(control.scale.val());
            advantage = advantage - softened.value.clone() * scale.clone();
            moving = moving + softened.moving.clone() * scale;
        }
        moving = moving + advantage * moving_zero(log_prob_at("Relax", &q, scored.hard.clone()));
        self.control = Some(control);
        self.last = Some(Trial::new(&q, scored, &value, softened));
        shape::mean_particles(value + moving, self.particles)
    }
}
