//! A distribution of one's own from its density and distribution function: ages at death after Gompertz and Makeham.
//!
//! The hazard at age x is accident + frailty · e^(ageing · x), so P(X > x) = exp(−accident x − frailty / ageing · (e^(ageing x) − 1)).
//! No closed form leads back from a probability to an age: `Implicit` draws by a root search, and gives the draw its
//! gradient −∂F/∂θ ÷ density. Exact: E[x] is the integral of P(X > x), by quadrature.

use burn::tensor::{DType, Device, Tensor};
use reparam::{
    Implicit, Rng, Scalar, Univariate,
    law::{Cdf, Domain, Law, Parameter, Support},
};
use reparam_testing::integrate;

mod table;
use table::Row;

/// The formulas, written once for numbers and for numbers with their derivatives.
#[derive(Clone, Copy, Debug)]
pub struct Makeham;

impl Law<3> for Makeham {
    const NAME: &'static str = "Makeham";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("accident", Domain::Positive),
        Parameter::new("frailty", Domain::Positive),
        Parameter::new("ageing", Domain::Positive),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let [accident, frailty, ageing] = theta;
        (accident + frailty * (ageing * x).exp()).ln() + Self::log_upper(x, theta)
    }
}

impl Cdf<3> for Makeham {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -Self::log_upper(x, theta).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_upper(x, theta).exp()
    }
    // The logarithm of the upper tail is the formula itself, exact where the tail underflows.
    fn log_upper<S: Scalar>(x: S, [accident, frailty, ageing]: [S; 3]) -> S {
        -(accident * x) - frailty / ageing * (ageing * x).exp_m1()
    }
}

/// Ages at death, `[batch, event…]`.
pub type Lifetime<const D: usize> = Univariate<Implicit<Makeham>, 3, D>;

/// A death by accident in 2,000 years, and a force of mortality that doubles every seven years.
pub const PARAMETERS: [f64; 3] = [5e-4, 4e-5, 0.1];

/// ∫ f(x, P(X > x)) dx over all ages.
fn over_ages(f: impl Fn(f64, f64) -> f64) -> f64 {
    integrate(|x| f(x, Makeham::upper(x, PARAMETERS)), 0.0, 200.0, 1e-11).value
}

/// The expectation of life and its derivatives, each of 20,000 draws beside its exact value.
pub fn estimates() -> Vec<Row> {
    let device = Device::flex().autodiff();
    let parameters =
        PARAMETERS.map(|p| Tensor::<2>::full([20_000, 1], p, (&device, DType::F64)).require_grad());
    let ages = Lifetime::from_parameters(parameters.clone()).rsample(&mut Rng::new(1));
    let gradients = ages.clone().sum().backward();
    let slope =
        |i: usize| parameters[i].grad(&gradients).expect("it was tracked").into_data().iter().collect();

    let [_, frailty, ageing] = PARAMETERS;
    let risen = |x: f64| (ageing * x).exp_m1() / ageing;
    let of_ageing = |x: f64| frailty / ageing * (x * (ageing * x).exp() - risen(x));
    vec![
        ("E[x]".into(), ages.into_data().iter().collect(), over_ages(|_, alive| alive)),
        ("∂/∂accident".into(), slope(0), over_ages(|x, alive| -x * alive)),
        ("∂/∂frailty".into(), slope(1), over_ages(|x, alive| -risen(x) * alive)),
        ("∂/∂ageing".into(), slope(2), over_ages(|x, alive| -of_ageing(x) * alive)),
    ]
}

fn main() {
    table::print(&estimates());
}
