//! The fused Adam step against the algorithm as printed in the paper.

use reparam_kernels::Rng;
use reparam_kernels::adam::{AdamStep, step};

#[test]
fn ten_steps_equal_the_published_algorithm() {
    let (learning_rate, beta1, beta2, epsilon) = (1e-2_f64, 0.9_f64, 0.999_f64, 1e-8);
    let n = 101;
    let mut rng = Rng::new(5);
    let mut param = vec![0.0_f32; n];
    rng.fill_normal(&mut param);
    let (mut m, mut v, mut grad) = (vec![0.0_f32; n], vec![0.0_f32; n], vec![0.0_f32; n]);
    let mut want: Vec<[f64; 3]> = param.iter().map(|p| [f64::from(*p), 0.0, 0.0]).collect();
    for t in 1..=10 {
        rng.fill_normal(&mut grad);
        let (correction1, correction2) = (1.0 - beta1.powf(t as f64), 1.0 - beta2.powf(t as f64));
        let shared = AdamStep::<f32>::new(learning_rate, beta1, beta2, epsilon, t);
        step(&shared, &mut param, &grad, &mut m, &mut v);
        for ([p, m, v], g) in want.iter_mut().zip(&grad) {
            let g = f64::from(*g);
            *m = beta1 * *m + (1.0 - beta1) * g;
            *v = beta2 * *v + (1.0 - beta2) * g * g;
            *p -= learning_rate * (*m / correction1) / ((*v / correction2).sqrt() + epsilon);
        }
    }
    for (i, [p, m_want, v_want]) in want.into_iter().enumerate() {
        assert!((f64::from(param[i]) - p).abs() < 2e-6, "parameter {i}: {} instead of {p}", param[i]);
        assert!((f64::from(m[i]) - m_want).abs() < 1e-6, "m {i}: {} instead of {m_want}", m[i]);
        assert!((f64::from(v[i]) / v_want - 1.0).abs() < 1e-6, "v {i}: {} instead of {v_want}", v[i]);
    }
}

/// From m = v = 0 the first step has size α in the direction of the gradient's sign, whatever its length.
#[test]
fn first_step() {
    let shared = AdamStep::<f64>::new(0.5, 0.9, 0.999, 0.0, 1);
    let (mut param, grad) = ([1.0, 1.0, 1.0], [3.0, -1e-6, 1e6]);
    step(&shared, &mut param, &grad, &mut [0.0; 3], &mut [0.0; 3]);
    for (p, want) in param.iter().zip([0.5_f64, 1.5, 0.5]) {
        assert!((p - want).abs() < 1e-12, "{p} instead of {want}");
    }
}

#[test]
#[should_panic(expected = "adam::step: the slices must have equal lengths")]
fn lengths_must_agree() {
    let shared = AdamStep::<f32>::new(1.0, 0.9, 0.9, 0.0, 1);
    step(&shared, &mut [0.0; 2], &[0.0; 3], &mut [0.0; 2], &mut [0.0; 2]);
}
