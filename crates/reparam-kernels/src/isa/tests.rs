//! All kernels give the same bits under every set of vector instructions of this processor.

use std::cell::Cell;

use super::Isa;
use crate::adam::{self, AdamStep};
use crate::elementary::{Cos, Exp, Expm1, Log, Log1p, NormalQuantile, Sigmoid, Sin, Softplus, Tan, Tanh};
use crate::law::Noise;
use crate::{Real, Rng, bernoulli, normal, rows, slices, sobol};

thread_local! {
    /// What [`Isa::widest`] answers on this thread.
    pub(super) static FORCED: Cell<Option<Isa>> = const { Cell::new(None) };
}

/// The bits of a number, and one pattern for every not-a-number.
fn bits<T: Real>(numbers: &[T]) -> Vec<u64> {
    numbers.iter().map(|x| x.to_f64()).map(|x| if x.is_nan() { 0 } else { x.to_bits() }).collect()
}

/// Every kernel over ordinary and over odd numbers, in widths that no vector divides.
fn everything<T: Real>() -> Vec<Vec<u64>> {
    const WIDTH: usize = 37;
    const ROWS: usize = 11;
    let mut rng = Rng::from_state(3, 1);
    let mut noise = [(); 6].map(|()| vec![T::ZERO; WIDTH * ROWS]);
    for noise in &mut noise {
        rng.fill_normal(noise);
    }
    let [a, b, mut c, mut d, mut e, _] = noise;
    let mut uniform = vec![T::ZERO; WIDTH * ROWS];
    rng.fill_uniform(&mut uniform);
    let mut quick = vec![0.0; 1 << 14];
    Rng::from_state(3, 5).fill_quick_normal(&mut quick);
    let mut points = vec![T::ZERO; WIDTH * ROWS];
    sobol::fill_noise(Noise::Normal, 3, ROWS, WIDTH, &mut points);
    let mut all = vec![bits(&a), bits(&uniform), bits(&quick), bits(&points)];

    let odd = [
        0.0, -0.0, 1e-320, 1e-40, -1e-40, 0.5, 1.0, -1.0, 88.0, 89.0, -87.5, -103.0, 709.0, -745.0, 1e30,
        1e300,
    ];
    let ends = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    let odd = odd.iter().chain(&ends).map(|x| T::from_f64(*x));
    let hundredfold = a.iter().map(|x| *x * T::from_f64(100.0));
    let input: Vec<T> =
        a.iter().copied().chain(uniform.iter().copied()).chain(hundredfold).chain(odd).collect();
    let mut out = vec![T::ZERO; input.len()];
    macro_rules! functions {
        ($($function:expr),+) => {$(
            slices::map(&input, &mut out, $function);
            all.push(bits(&out));
        )+};
    }
    functions!(Cos, Exp, Expm1, Log, Log1p, NormalQuantile, Sigmoid, Sin, Softplus, Tan, Tanh);

    let mut value = vec![T::ZERO; ROWS];
    let mut slope = uniform.clone();
    bernoulli::log_prob_with_slope(&a, &uniform, WIDTH, &mut value, &mut slope);
    all.extend([bits(&value), bits(&slope)]);
    let slopes = normal::Slopes { x: &mut c, loc: &mut d, scale: &mut e };
    normal::log_prob_with_slopes(&a, &b, &uniform, WIDTH, &mut value, slopes);
    all.extend([bits(&value), bits(&c), bits(&d), bits(&e)]);
    normal::kl_to_standard_with_slope(&a, &b, WIDTH, &mut value, &mut slope);
    all.extend([bits(&value), bits(&slope)]);
    let step = AdamStep::new(1e-3, 0.9, 0.999, 1e-8, 10);
    adam::step(&step, &mut c, &a, &mut d, &mut uniform);
    rows::scale_rows(&mut e, &value, WIDTH);
    all.extend([bits(&c), bits(&d), bits(&uniform), bits(&e)]);
    all
}

#[test]
fn same_bits_under_every_instruction_set() {
    let results: Vec<_> = Isa::available()
        .map(|isa| {
            FORCED.set(Some(isa));
            (isa, everything::<f32>(), everything::<f64>())
        })
        .collect();
    FORCED.set(None);
    let (_, single, double) = &results[0];
    for (isa, other_single, other_double) in &results[1..] {
        for (kernel, (a, b)) in
            single.iter().chain(double).zip(other_single.iter().chain(other_double)).enumerate()
        {
            let differing = a.iter().zip(b).position(|(a, b)| a != b);
            assert_eq!(differing, None, "kernel {kernel} differs between the baseline and {isa:?}");
        }
    }
}
