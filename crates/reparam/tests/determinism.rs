//! One seed, one result: bit for bit, whatever the chunking, the batch split or the number of threads.

mod common;

use burn::{
    module::{Module, ModuleVisitor, Param},
    optim::GradientsParams,
    tensor::{DType, Tensor},
};
use common::device;
use reparam::{
    Adam, BernoulliNet, FullRank, Normal, NormalNet, Rng, StandardNormal, Vae,
    nn::Activation,
    noise,
    prelude::*,
    testing::{parts, tensor, values},
};

/// The bits of a tensor of either precision.
fn bits<const D: usize>(x: Tensor<D>) -> Vec<u64> {
    values(x).into_iter().map(f64::to_bits).collect()
}

#[test]
fn one_seed_one_draw() {
    let q = Normal::<2>::new(tensor(&[0.3; 6], [3, 2]), tensor(&[1.2; 6], [3, 2]));
    let draw = |seed| bits(q.rsample(&mut Rng::new(seed)));
    assert_eq!(draw(5), draw(5));
    assert_ne!(draw(5), draw(6));
    let mut rng = Rng::new(5);
    let first = q.rsample(&mut rng);
    let resumed = &mut Rng::from_state(rng.seed(), rng.counter());
    assert_ne!(bits(first), bits(q.rsample(&mut rng)), "the generator moves on");
    rng = Rng::new(5);
    q.rsample(&mut rng);
    assert_eq!(bits(q.rsample(&mut rng)), bits(q.rsample(resumed)), "seed and counter are the whole state");
}

/// Rows drawn in two parts are the rows drawn at once.
#[test]
fn splitting_a_batch_does_not_change_the_noise() {
    for dtype in [DType::F32, DType::F64] {
        let like = |rows: usize| Tensor::<2>::zeros([rows, 8], (&device(), dtype));
        for draw in [noise::normal::<2>, noise::uniform::<2>] {
            let whole = bits(draw(&like(1000), &mut Rng::new(9)));
            let mut rng = Rng::new(9);
            let parts = [400, 1, 599].map(|rows| bits(draw(&like(rows), &mut rng))).concat();
            assert_eq!(whole, parts, "{dtype:?}");
        }
    }
}

/// Splits by site are streams of their own, the same from the same parent.
#[test]
fn sites_have_their_own_noise() {
    let like = tensor(&[0.0; 64], [64, 1]);
    let draw = |site| bits(noise::uniform(&like, &mut Rng::new(3).split(site)));
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}

/// Runs `f` on a pool of that many threads.
fn on_threads<T: Send>(threads: usize, f: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(f)
}

/// Gathers the bits of a module's parameters.
struct Bits(Vec<u64>);

impl ModuleVisitor for Bits {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.extend(bits(param.val()));
    }
}

/// Trains the autoencoder 784-400-20 for a few steps: the bits of every parameter, and of the losses.
fn train(activation: Activation, samples: usize) -> Vec<u64> {
    let (device, mut rng) = (device(), Rng::new(17));
    let mut vae = Vae::new(
        NormalNet::new(784, &[400], 20, activation, &device, &mut rng),
        StandardNormal::new(20, &device),
        BernoulliNet::new(20, &[400], 784, activation, &device, &mut rng),
    );
    let mut optimizer = Adam::default().init();
    let mut trace = Vec::new();
    for _ in 0..3 {
        let x = noise::uniform(&Tensor::<2>::zeros([128, 784], &device), &mut rng);
        let loss = vae.terms(x, samples, &mut rng).loss(1.0, 0.01);
        trace.extend(bits(loss.clone()));
        let grads = GradientsParams::from_grads(loss.backward(), &vae);
        vae = optimizer.step(1e-3, vae, grads);
    }
    let x = noise::uniform(&Tensor::<2>::zeros([100, 784], &device), &mut rng);
    trace.extend(bits(vae.log_evidence(x.clone(), 10, &mut rng)));
    trace.extend(bits(vae.posterior(x).loc()));
    let mut visitor = Bits(trace);
    vae.visit(&mut visitor);
    assert!(visitor.0.len() > 2 * 784 * 400);
    visitor.0
}

#[test]
fn a_training_does_not_depend_on_the_number_of_threads() {
    let one = on_threads(1, || train(Activation::Relu, 1));
    for threads in [1, 2, 3] {
        let other = on_threads(threads, || train(Activation::Relu, 1));
        let differing = one.iter().zip(&other).filter(|(a, b)| a != b).count();
        assert_eq!((one.len(), differing), (other.len(), 0), "{threads} threads");
    }
    // Two draws per row and other activations take other operations.
    for activation in [Activation::Tanh, Activation::Silu] {
        let [one, two] = [1, 2].map(|threads| on_threads(threads, || train(activation, 2)));
        assert!(one == two, "{activation:?}");
    }
}

#[test]
fn a_full_covariance_does_not_depend_on_the_number_of_threads() {
    let fit = || {
        let target = parts::<2>(tensor(&[0.3, -1.0, 2.0, 0.5, 0.7, 1.1], [6]));
        let target = Normal::new(target[0].clone().cast(DType::F32), target[1].clone().cast(DType::F32));
        let (mut family, mut rng) = (FullRank::new(3, &device()), Rng::new(2));
        let mut optimizer = Adam::default().init();
        for _ in 0..5 {
            let q = family.given(());
            let z = q.repeated(5000).rsample(&mut rng);
            let loss = (q.repeated(5000).log_prob(z.clone()) - target.log_prob(z)).mean();
            let grads = GradientsParams::from_grads(loss.backward(), &family);
            family = optimizer.step(1e-2, family, grads);
        }
        [bits(family.given(()).loc()), bits(family.given(()).factor().reshape([1, 9]))].concat()
    };
    assert_eq!(on_threads(1, fit), on_threads(2, fit));
}
