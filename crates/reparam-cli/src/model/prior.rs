//! The law of the code: a standard normal, or a mixture of normals where the rows fall into groups.

use burn::module::{Module, Param};
use burn::tensor::{Device, Tensor, TensorData, activation};
use reparam::prelude::*;
use reparam::{Normal, ParamMap, Rng, StandardNormal};

/// ½ log(2π).
const HALF_LOG_TAU: f64 = 0.918_938_533_204_672_7;

/// The law of the code, as a module.
#[derive(Module, Debug)]
pub enum Prior {
    /// Normal(0, 1) in each dimension.
    Normal(StandardNormal),
    /// Normals with covariances of their own.
    Mixture(MixturePrior),
}

/// Σ_k w_k Normal(μ_k, (P_kᵀ P_k)⁻¹) with weights from logits, and P_k lower triangular with an exponential diagonal.
#[derive(Module, Debug)]
pub struct MixturePrior {
    logits: Param<Tensor<1>>,
    means: Param<Tensor<2>>,
    /// Below the diagonal P_k, on it the logarithms of P_k's.
    factors: Param<Tensor<3>>,
}

/// The components of a mixture as numbers.
#[derive(Clone, Debug)]
pub struct Components {
    /// log w_k.
    pub logits: Vec<f32>,
    /// `components × latent`.
    pub means: Vec<f32>,
    /// `components × latent × latent`, as in the module.
    pub factors: Vec<f32>,
}

impl MixturePrior {
    /// From its components, in `latent` dimensions.
    pub fn new(components: Components, latent: usize, device: &Device) -> Self {
        let count = components.logits.len();
        let tensor = |values: Vec<f32>, shape: &[usize]| TensorData::new(values, shape.to_vec());
        let Components { logits, means, factors } = components;
        Self {
            logits: Param::from_tensor(Tensor::from_data(tensor(logits, &[count]), device)),
            means: Param::from_tensor(Tensor::from_data(tensor(means, &[count, latent]), device)),
            factors: Param::from_tensor(Tensor::from_data(tensor(factors, &[count, latent, latent]), device)),
        }
    }
}

/// The law itself.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum PriorLaw {
    /// See [`Prior::Normal`].
    Normal(Normal<2>),
    /// See [`Prior::Mixture`].
    Mixture(MixtureLaw),
}

/// A mixture of normals over rows of `latent` numbers.
#[derive(Clone, Debug)]
pub struct MixtureLaw {
    /// `[components]`.
    log_weights: Tensor<1>,
    /// `[components, latent]`.
    means: Tensor<2>,
    /// P_k, `[components, latent, latent]`.
    factors: Tensor<3>,
    /// The logarithms of its diagonal, `[components, latent]`.
    log_diagonals: Tensor<2>,
    batch: usize,
}

impl Family<()> for Prior {
    type Dist = PriorLaw;

    fn given(&self, (): ()) -> PriorLaw {
        match self {
            Self::Normal(normal) => PriorLaw::Normal(normal.given(())),
            Self::Mixture(mixture) => PriorLaw::Mixture(mixture.law()),
        }
    }
}

impl MixturePrior {
    fn law(&self) -> MixtureLaw {
        let raw = self.factors.val();
        let [_, latent, _] = raw.dims();
        let eye = Tensor::<2>::eye(latent, &raw.device()).unsqueeze::<3>();
        let logs = raw.clone() * eye.clone();
        let factors = raw.tril(-1) + logs.clone().exp() * eye;
        MixtureLaw {
            log_weights: activation::log_softmax(self.logits.val(), 0),
            means: self.means.val(),
            factors,
            log_diagonals: logs.sum_dim(2).squeeze_dim(2),
            batch: 1,
        }
    }
}

impl MixtureLaw {
    /// P_k (x − μ_k), `[components, rows, latent]`.
    fn whitened(&self, x: Tensor<2>) -> Tensor<3> {
        let off = x.unsqueeze_dim::<3>(0) - self.means.clone().unsqueeze_dim::<3>(1);
        off.matmul(self.factors.clone().transpose())
    }

    /// log Σ_k exp(of_k) over `[components, rows]`, `[rows]`.
    fn total(of: Tensor<2>) -> Tensor<1> {
        let most = of.clone().detach().max_dim(0);
        ((of - most.clone()).exp().sum_dim(0).log() + most).squeeze_dim(0)
    }

    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        let [_, latent] = x.dims();
        let squares: Tensor<2> = self.whitened(x).square().sum_dim(2).squeeze_dim(2);
        let [components] = self.log_weights.dims();
        let peak = self.log_weights.clone().reshape([components, 1]) + self.log_diagonals.clone().sum_dim(1)
            - latent as f64 * HALF_LOG_TAU;
        Self::total(peak - squares * 0.5)
    }

    /// The share of each latent dimension in a bound on KL(q ‖ p): with q(k) ∝ w_k exp(−KL(q ‖ p_k)) beside q(z), the
    /// divergence of both from the mixture's pair of k and z, −log Σ_k w_k exp(−KL(q ‖ p_k)). It is tight where q is
    /// narrow beside the components.
    ///
    /// Source: Hershey & Olsen, Approximating the Kullback Leibler Divergence Between Gaussian Mixture Models, 2007.
    fn kl_each(&self, q: &Normal<2>) -> Tensor<2> {
        let [_, latent] = q.dims();
        let [components] = self.log_weights.dims();
        let variance = q.scale().square().unsqueeze_dim::<3>(0);
        let spread = variance * self.factors.clone().square().sum_dim(1);
        let logs = (q.log_scale() * 2.0).unsqueeze_dim::<3>(0)
            + (self.log_diagonals.clone() * 2.0).unsqueeze_dim::<3>(1);
        // `[components, rows, latent]`.
        let each = (spread + self.whitened(q.loc()).square() - logs - 1.0) * 0.5;
        let of: Tensor<2> = each.clone().sum_dim(2).squeeze_dim(2);
        let log_weights = self.log_weights.clone().reshape([components, 1]);
        let joint = log_weights - of.clone();
        let bound = -Self::total(joint.clone());
        let shares = activation::softmax(joint, 0);
        let known = (shares.clone() * of).sum_dim(0).squeeze_dim::<1>(0);
        let [rows] = known.dims();
        let chosen = ((bound - known) / latent as f64).reshape([rows, 1]);
        let each: Tensor<2> = (each * shares.unsqueeze_dim::<3>(2)).sum_dim(0).squeeze_dim(0);
        each + chosen
    }

    /// A component by its weight, then μ_k + P_k⁻¹ ε.
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let numbers = |values: TensorData| values.iter::<f64>().collect::<Vec<f64>>();
        let log_weights = numbers(self.log_weights.clone().into_data());
        let means = numbers(self.means.clone().into_data());
        let factors = numbers(self.factors.clone().into_data());
        let latent = means.len() / log_weights.len();
        let mut uniform = vec![0.0f64; self.batch];
        let mut drawn = vec![0.0f64; self.batch * latent];
        rng.fill_uniform(&mut uniform);
        rng.fill_normal(&mut drawn);
        for (z, u) in drawn.chunks_exact_mut(latent).zip(uniform) {
            let mut left = u;
            let place = log_weights.iter().position(|log_weight| {
                left -= log_weight.exp();
                left <= 0.0
            });
            let k = place.unwrap_or(log_weights.len() - 1);
            let factor = &factors[k * latent * latent..][..latent * latent];
            for i in 0..latent {
                let known: f64 = (0..i).map(|j| factor[i * latent + j] * z[j]).sum();
                z[i] = (z[i] - known) / factor[i * latent + i];
            }
            z.iter_mut().zip(&means[k * latent..]).for_each(|(z, mean)| *z += mean);
        }
        Tensor::from_data(
            TensorData::new(drawn, [self.batch, latent]),
            (&self.means.device(), self.means.dtype()),
        )
    }
}

impl Params for PriorLaw {
    fn map(&self, f: &impl ParamMap) -> Self {
        match self {
            Self::Normal(normal) => Self::Normal(normal.map(f)),
            Self::Mixture(law) => Self::Mixture(MixtureLaw {
                log_weights: f.apply(law.log_weights.clone()),
                means: f.apply(law.means.clone()),
                factors: f.apply(law.factors.clone()),
                log_diagonals: f.apply(law.log_diagonals.clone()),
                batch: law.batch,
            }),
        }
    }

    /// All rows of a mixture share its components: nothing is copied.
    fn repeated(&self, particles: usize) -> Self {
        match self {
            Self::Normal(normal) => Self::Normal(normal.repeated(particles)),
            Self::Mixture(law) => Self::Mixture(MixtureLaw { batch: law.batch * particles, ..law.clone() }),
        }
    }
}

impl Distribution<2> for PriorLaw {
    fn dims(&self) -> [usize; 2] {
        match self {
            Self::Normal(normal) => normal.dims(),
            Self::Mixture(law) => [law.batch, law.means.dims()[1]],
        }
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        match self {
            Self::Normal(normal) => normal.sample(rng),
            Self::Mixture(law) => law.sample(rng),
        }
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        match self {
            Self::Normal(normal) => normal.log_prob(x),
            Self::Mixture(law) => law.log_prob(x),
        }
    }
}

impl Kl<PriorLaw> for Normal<2> {
    fn kl(&self, p: &PriorLaw) -> Tensor<1> {
        reparam::shape::sum_event(self.kl_each(p))
    }
}

impl KlEach<PriorLaw, 2> for Normal<2> {
    fn kl_each(&self, p: &PriorLaw) -> Tensor<2> {
        match p {
            PriorLaw::Normal(normal) => KlEach::<Normal<2>, 2>::kl_each(self, normal),
            PriorLaw::Mixture(law) => law.kl_each(self),
        }
    }
}
