//! The laws find the faults that they are there for: a normal with one thing wrong at a time.

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use burn::tensor::Tensor;
use common::normal_cdf;
use reparam::{
    Kl, Moments, Normal, ParamMap, Params, Rng, Transform, laws,
    prelude::*,
    testing::{Case, Support, log_determinant_is_jacobian, parts, round_trip, tensor},
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    Normalisation,
    Scale,
    GradientOfSample,
    DetachedPath,
    DetachedDensity,
    Mean,
    Variance,
    NoiseOfItsOwn,
    Elements,
    Entropy,
    Divergence,
    CancellingDivergence,
    Shape,
}

/// A normal with a fault.
struct Faulty {
    right: Normal<2>,
    fault: Fault,
}

impl Faulty {
    fn has(&self, fault: Fault) -> f64 {
        f64::from(u8::from(self.fault == fault))
    }
}

impl Params for Faulty {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { right: self.right.map(f), fault: self.fault }
    }
}

impl Distribution<2> for Faulty {
    fn dims(&self) -> [usize; 2] {
        self.right.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let draw = self.rsample(rng);
        if self.fault == Fault::GradientOfSample { draw } else { draw.detach() }
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        if self.fault == Fault::Shape {
            return self.right.log_prob(x).sum();
        }
        let right = if self.fault == Fault::DetachedDensity { &self.right.detached() } else { &self.right };
        right.log_prob(x) + 1e-8 * self.has(Fault::Normalisation)
    }
}

impl Factorized<2> for Faulty {
    fn log_prob_each(&self, x: Tensor<2>) -> Tensor<2> {
        self.right.log_prob_each(x) * (1.0 + 1e-10 * self.has(Fault::Elements))
    }
}

impl Reparameterized<2> for Faulty {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        let noise = self.noise(rng);
        if self.fault == Fault::NoiseOfItsOwn { self.path(noise * -1.0) } else { self.path(noise) }
    }
}

impl Explicit<2> for Faulty {
    fn noise_law(&self) -> reparam::noise::Noise {
        self.right.noise_law()
    }
    fn noise_like(&self) -> Tensor<2> {
        self.right.noise_like()
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        let z = self.right.path(noise * (1.0 + 0.1 * self.has(Fault::Scale)));
        if self.fault == Fault::DetachedPath { z.detach() + self.right.loc() * 0.0 } else { z }
    }
}

impl Moments<2> for Faulty {
    fn mean(&self) -> Tensor<2> {
        self.right.mean() + 0.1 * self.has(Fault::Mean)
    }
    fn variance(&self) -> Tensor<2> {
        self.right.variance() * (1.0 + 0.1 * self.has(Fault::Variance))
    }
}

impl Entropy for Faulty {
    fn entropy(&self) -> Tensor<1> {
        self.right.entropy() + 1e-7 * self.has(Fault::Entropy)
    }
}

impl Kl<Self> for Faulty {
    fn kl(&self, p: &Self) -> Tensor<1> {
        if self.fault != Fault::CancellingDivergence {
            return self.right.kl(&p.right) + 1e-30 * self.has(Fault::Divergence);
        }
        let ratio = (self.right.scale() / p.right.scale()).square();
        let shift = (self.right.loc() - p.right.loc()) / p.right.scale();
        ((ratio.clone() - ratio.log() + shift.square() - 1.0) * 0.5).reshape([self.dims()[0]])
    }
}

/// What the laws say of a normal with this fault; nothing where they hold.
fn found(fault: Fault) -> Option<String> {
    let case = Case::<_, 2>::new(format!("{fault:?}"), [0.3, 1.2], move |params| {
        let [loc, scale] = parts(params);
        Faulty { right: Normal::new(loc, scale), fault }
    });
    let case = case.support(Support::Interval(-14.0, 15.0)).cdf(|_, x| normal_cdf((x - 0.3) / 1.2));
    let fault = catch_unwind(AssertUnwindSafe(|| laws!(case))).err()?;
    Some(fault.downcast_ref::<String>().expect("a message").clone())
}

#[test]
fn every_fault_is_named() {
    assert_eq!(found(Fault::None), None);
    for (fault, law) in [
        (Fault::Shape, "shape of the log-density"),
        (Fault::Normalisation, "the density integrates to 1.00000001"),
        (Fault::GradientOfSample, "a draw of `sample` carries a gradient"),
        (Fault::DetachedDensity, "log_prob: slope in parameter 0 is 0e0"),
        (Fault::Scale, "draws of element 0 against the cdf"),
        (Fault::NoiseOfItsOwn, "`rsample` is not the path of the noise"),
        (Fault::DetachedPath, "rsample: slope along the path less that by the score, in parameter 0"),
        (Fault::Mean, "mean of the draws"),
        (Fault::Variance, "variance of the draws"),
        (Fault::Elements, "log_prob_each sums to log_prob"),
        (Fault::Entropy, "entropy: element 0"),
        (Fault::Divergence, "KL(q ‖ q) = [1e-30]"),
        (Fault::CancellingDivergence, "expected a hundredth"),
    ] {
        let said = found(fault).unwrap_or_else(|| panic!("{fault:?} is not found"));
        assert!(said.contains(&format!("{fault:?}: ")) && said.contains(law), "{said}");
    }
}

/// eˣ with a log-determinant of 2x.
struct Doubled;

impl Transform<2> for Doubled {
    fn forward(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let (y, log_determinant) = reparam::Exp.forward(x);
        (y, log_determinant * 2.0)
    }
    fn inverse(&self, y: Tensor<2>) -> (Tensor<2>, Tensor<1>) {
        let (x, log_determinant) = reparam::Exp.inverse(y);
        (x, log_determinant * 2.0)
    }
}

#[test]
#[should_panic(expected = "Doubled: log-determinant: element 0 is")]
fn a_wrong_log_determinant_is_found() {
    round_trip("Doubled", &Doubled, tensor(&[0.3, 0.5], [1, 2]), 1e-14);
    log_determinant_is_jacobian("Doubled", &Doubled, &[0.3, 0.5]);
}
