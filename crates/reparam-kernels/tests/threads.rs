//! The number of threads changes no bit.
#![cfg(feature = "rayon")]

use reparam_kernels::adam::{AdamStep, step};
use reparam_kernels::elementary::Softplus;
use reparam_kernels::law::Noise;
use reparam_kernels::{Rng, bernoulli, normal, rows, slices, sobol};

/// Every kernel over slices long enough to be cut.
fn everything() -> Vec<Vec<f32>> {
    const WIDTH: usize = 333;
    const ROWS: usize = 1001;
    let mut rng = Rng::from_state(21, 3);
    let mut noise = [(); 4].map(|()| vec![0.0; WIDTH * ROWS]);
    for noise in &mut noise {
        rng.fill_normal(noise);
    }
    let [a, b, mut c, mut d] = noise;
    let mut uniform = vec![0.0; WIDTH * ROWS];
    rng.fill_uniform(&mut uniform);
    let mut quick = vec![0.0; WIDTH * ROWS];
    rng.fill_quick_normal(&mut quick);
    let mut points = vec![0.0; 13 * WIDTH * ROWS];
    sobol::fill_noise(Noise::Normal, 5, 13, WIDTH, &mut points);
    let (mut likelihood, mut density, mut divergence) = (vec![0.0; ROWS], vec![0.0; ROWS], vec![0.0; ROWS]);
    let (mut slope, mut out) = (a.clone(), a.clone());
    bernoulli::log_prob_with_slope(&a, &uniform, WIDTH, &mut likelihood, &mut slope);
    normal::log_prob(&a, &b, &uniform, WIDTH, &mut density);
    normal::kl_to_standard(&a, &b, WIDTH, &mut divergence);
    slices::map(&a, &mut out, Softplus);
    slices::map_inplace(&mut c, Softplus);
    rows::scale_rows(&mut out, &likelihood, WIDTH);
    let shared = AdamStep::new(1e-3, 0.9, 0.999, 1e-8, 10);
    step(&shared, &mut c, &a, &mut d, &mut uniform);
    vec![quick, points, a, b, c, d, uniform, likelihood, density, divergence, slope, out]
}

#[test]
fn same_bits_for_one_two_and_five_threads() {
    let on = |threads: usize| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a thread pool")
            .install(everything)
    };
    let one = on(1);
    assert!(one == on(2));
    assert!(one == on(5));
}
