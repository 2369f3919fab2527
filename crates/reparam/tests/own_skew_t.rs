//! A user's own distribution, made by a bijection of a draw that has no path: it passes the laws.

use burn::tensor::Tensor;
use reparam::{
    Beta, Rng, laws,
    prelude::*,
    shape::sum_event,
    testing::{Case, Support, parts},
};

/// The skew t of Jones & Faddy, A skew extension of the t-distribution, 2003: √(a + b) (2 B − 1) / (2 √(B (1 − B))) for B of
/// Beta(a, b), in the logit t of B: √(a + b) sinh(t/2).
struct SkewT {
    a: Tensor<2>,
    b: Tensor<2>,
}

reparam::params!(SkewT { a, b });

impl SkewT {
    fn root(&self) -> Tensor<2> {
        (self.a.clone() + self.b.clone()).sqrt()
    }

    fn sinh(x: Tensor<2>) -> Tensor<2> {
        (x.clone().exp() - (-x).exp()) * 0.5
    }
}

impl Distribution<2> for SkewT {
    fn dims(&self) -> [usize; 2] {
        self.a.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        reparam::gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        let u = x / self.root();
        let root = (u.clone().square() + 1.0).sqrt();
        let t = (u + root.clone()).log() * 2.0;
        // dt/dx = 2 / (√(a + b) cosh(t/2)), and the density of t is B(1 − B) that of B.
        let beta = Beta::new(self.a.clone(), self.b.clone());
        let stretched = -reparam::math::softplus(t.clone()) - reparam::math::softplus(-t.clone());
        beta.log_prob_twin(t) + sum_event(stretched - (self.root() * root * 0.5).log())
    }
}

impl Reparameterized<2> for SkewT {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        let t = Beta::new(self.a.clone(), self.b.clone()).rsample_twin(rng);
        self.root() * Self::sinh(t * 0.5)
    }
}

#[test]
fn a_skew_t_of_heavy_tails_passes() {
    for params in [[2.5, 4.0], [0.8, 3.0], [1.0, 1.0]] {
        let case = Case::new(format!("SkewT{params:?}"), params, |params: Tensor<1>| {
            let [a, b] = parts(params);
            SkewT { a, b }
        });
        let case = case.support(Support::Interval(f64::NEG_INFINITY, f64::INFINITY));
        assert_eq!(laws!(case), ["Distribution", "Reparameterized"]);
    }
}

/// A slope that is forgotten is found: a draw by rejection that moves with one of two parameters.
#[test]
#[should_panic(expected = "slope along the path less that by the score")]
fn a_path_that_forgets_a_slope_does_not() {
    struct Forgetful(SkewT);
    impl Params for Forgetful {
        fn map(&self, f: &impl reparam::ParamMap) -> Self {
            Self(self.0.map(f))
        }
    }
    impl Distribution<2> for Forgetful {
        fn dims(&self) -> [usize; 2] {
            self.0.dims()
        }
        fn sample(&self, rng: &mut Rng) -> Tensor<2> {
            self.0.sample(rng)
        }
        fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
            self.0.log_prob(x)
        }
    }
    impl Reparameterized<2> for Forgetful {
        fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
            let t = Beta::new(self.0.a.clone(), reparam::gradient::stop(self.0.b.clone())).rsample_twin(rng);
            self.0.root() * SkewT::sinh(t * 0.5)
        }
    }
    let case = Case::new("Forgetful", [2.5, 4.0], |params: Tensor<1>| {
        let [a, b] = parts(params);
        Forgetful(SkewT { a, b })
    });
    laws!(case);
}
