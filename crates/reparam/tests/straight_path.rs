//! Families around a linear path: what they start as, and how they end far out.

use burn::tensor::{Device, Tensor};
use reparam::nn::{Activation, StraightPath};
use reparam::prelude::*;
use reparam::{GaussianNet, NormalNet, Rng};

fn path(device: &Device) -> StraightPath {
    // (a, b) ↦ (a + 3 b + 0.5, 2 a − b, 4 b − 1).
    StraightPath::new(vec![1.0, 2.0, 0.0, 3.0, -1.0, 4.0], &[0.5, 0.0, -1.0], device)
}

fn numbers(x: Tensor<2>) -> Vec<f32> {
    x.into_data().iter::<f32>().collect()
}

#[test]
fn a_net_starts_as_its_path() {
    let device = Device::flex();
    let x = Tensor::<2>::from_floats([[1.0, 2.0], [-40.0, 100.0]], &device);
    let expected = [7.5, 0.0, 7.0, 260.5, -180.0, 399.0];
    let rng = &mut Rng::new(0);
    let encoder = NormalNet::around(path(&device), &[0.0, -2.0, 1.0], &[16], Activation::Relu, &device, rng);
    let q = encoder.given(x.clone());
    assert_eq!(numbers(q.loc()), expected);
    let variances = numbers(q.scale().square());
    for (variance, log) in variances.iter().zip([0.0f32, -2.0, 1.0, 0.0, -2.0, 1.0]) {
        assert!((variance - log.exp()).abs() < 1e-5);
    }
    let scale = [0.5, 2.0, 0.001];
    let decoder = GaussianNet::around(path(&device), &scale, &[16], Activation::Tanh, 0.01, &device, rng);
    let law = decoder.given(x);
    assert_eq!(numbers(law.mean()), expected);
    let scales = numbers(law.scale());
    assert!((scales[0] - 0.5).abs() < 1e-6 && (scales[1] - 2.0).abs() < 1e-6);
    assert!(scales[2] > 0.01 && scales[2] < 0.0101, "just above the floor: {}", scales[2]);
}

#[test]
#[should_panic(expected = "5 weights are no rows of 3 numbers")]
fn weights_and_biases_go_together() {
    let _ = StraightPath::new(vec![0.0; 5], &[0.0; 3], &Device::flex());
}
