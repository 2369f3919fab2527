//! Drawing 2²⁰ numbers and back-propagating their sum, distribution by distribution.
//!
//! `cargo bench -p reparam --bench sampling -- [log2 of the elements, default 20] [threads, default 2]` prints one JSON
//! object per workload: `ms` is the median of 7 runs after 2 others. Parameters are tensors of as many elements that
//! require gradients, as in the peers' timings.

use std::time::Instant;

use burn::tensor::{Device, Tensor};
use reparam::{
    Beta, Dirichlet, Gamma, Gumbel, Laplace, Normal, RelaxedOneHotCategorical, Rng, StudentT, noise,
    prelude::*,
};

/// The allocator of the command, since that is what users run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 7;

/// Numbers in a row of a distribution over classes.
const CLASSES: usize = 10;

struct Bench {
    n: usize,
    device: Device,
    rng: Rng,
    only: Option<String>,
}

impl Bench {
    /// A parameter with one value everywhere, which requires its gradient.
    fn parameter(&self, value: f64) -> Tensor<1> {
        Tensor::full([self.n], value, &self.device).require_grad()
    }

    /// As many numbers in rows of [`CLASSES`].
    fn rows(&self, value: f64) -> Tensor<2> {
        Tensor::full([self.n / CLASSES, CLASSES], value, &self.device).require_grad()
    }

    /// Times `work`, which returns something to keep.
    fn report<R>(&mut self, workload: &str, mut work: impl FnMut(&mut Rng) -> R) {
        if self.only.as_deref().is_some_and(|only| !workload.contains(only)) {
            return;
        }
        let mut times: Vec<f64> = (0..RUNS + 2)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(work(&mut self.rng));
                start.elapsed().as_secs_f64() * 1e3
            })
            .skip(2)
            .collect();
        times.sort_by(f64::total_cmp);
        let (ms, n) = (times[RUNS / 2], self.n);
        let each = ms * 1e6 / n as f64;
        println!(
            r#"{{"peer": "reparam", "workload": "{workload}", "n": {n}, "ms": {ms:.3}, "ns_per_element": {each:.3}}}"#
        );
    }

    /// Times a draw and the way back from its sum.
    fn draw<Q: Reparameterized<1>, const P: usize>(
        &mut self,
        workload: &str,
        values: [f64; P],
        build: impl Fn([Tensor<1>; P]) -> Q,
    ) {
        let parameters = values.map(|value| self.parameter(value));
        self.report(workload, |rng| build(parameters.clone()).rsample(rng).sum().backward());
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let mut numbers = arguments.iter().filter_map(|arg| arg.parse().ok());
    let n = 1 << numbers.next().unwrap_or(20_usize);
    let threads = numbers.next().unwrap_or(2);
    let only = arguments.iter().find(|arg| arg.parse::<usize>().is_err()).cloned();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads for a pool");
    pool.install(|| {
        run(Bench { n, device: Device::flex().autodiff(), rng: Rng::new(0), only });
    });
}

fn run(mut bench: Bench) {
    let device = bench.device.clone();
    let plain = Tensor::<1>::zeros([bench.n], &device.clone().inner());
    bench.report("normal-noise", |rng| noise::normal(&plain, rng));
    bench.draw("normal", [0.3, 1.2], |[loc, scale]| Normal::new(loc, scale));
    bench.draw("laplace", [0.3, 1.2], |[loc, scale]| Laplace::new(loc, scale));
    bench.draw("gumbel", [0.3, 1.2], |[loc, scale]| Gumbel::new(loc, scale));
    bench.draw("gamma", [2.5, 1.2], |[concentration, rate]| Gamma::new(concentration, rate));
    bench.draw("gamma-small", [0.1, 1.2], |[concentration, rate]| Gamma::new(concentration, rate));
    bench.draw("beta", [2.5, 1.2], |[above, below]| Beta::new(above, below));
    bench.draw("student-t", [4.0, 0.0, 1.0], |[df, loc, scale]| StudentT::new(df, loc, scale));

    let concentration = bench.rows(1.5);
    let rows = |bench: &mut Bench, workload: &str, work: &dyn Fn(&mut Rng)| {
        let n = bench.n;
        bench.n = n / CLASSES * CLASSES;
        bench.report(workload, work);
        bench.n = n;
    };
    rows(&mut bench, "dirichlet-10", &|rng| {
        Dirichlet::new(concentration.clone()).rsample(rng).sum().backward();
    });
    let logits = bench.rows(0.1);
    let temperature = Tensor::from_floats([[0.5]], &device);
    rows(&mut bench, "gumbel-softmax-10", &|rng| {
        let relaxed = RelaxedOneHotCategorical::new(temperature.clone(), logits.clone());
        relaxed.rsample(rng).sum().backward();
    });

    let [loc, scale] = [0.3, 1.2].map(|value| bench.parameter(value));
    let x = noise::uniform(&plain, &mut bench.rng);
    let x = Tensor::from_inner(x);
    bench.report("normal-log-prob", |_| {
        Normal::new(loc.clone(), scale.clone()).log_prob(x.clone()).sum().backward();
    });
    let away = x.clone() + 0.1;
    bench.report("gamma-log-prob", |_| {
        Gamma::new(loc.clone(), scale.clone()).log_prob(away.clone()).sum().backward();
    });
    let [zero, one] = [0.0, 1.0].map(|value| Tensor::full([bench.n], value, &device));
    bench.report("normal-kl", |_| {
        let prior = Normal::new(zero.clone(), one.clone());
        Normal::new(loc.clone(), scale.clone()).kl(&prior).sum().backward();
    });
}
