//! Gauss–Legendre quadrature, for integrals without a closed form that keeps its digits.

use crate::Function;
use crate::isa::Isa;

/// The e at which an integrand that starts at 1 and falls like e^(−e) may be cut off, even times e².
pub(crate) const NEGLIGIBLE: f64 = 44.0;

/// ∫ f from `low` to `high` by 32 points.
///
/// Every term counts with a positive weight, so for an integrand of one sign the relative error is that of its values.
/// The rule itself is exact to 1e-16 for e^(−44 s) and e^(−44 s²) on s in [0, 1], times a function that is smooth there.
pub(crate) fn integrate(f: impl Function<f64, f64>, low: f64, high: f64) -> f64 {
    Isa::widest().run(Rule(f), (0.5 * (low + high), 0.5 * (high - low)))
}

/// The rule on an interval with this middle and this half width.
#[derive(Clone, Copy)]
struct Rule<F>(F);

impl<F: Function<f64, f64>> Function<(f64, f64), f64> for Rule<F> {
    #[inline(always)]
    fn at(self, (middle, half): (f64, f64)) -> f64 {
        // The values first, in a loop without a sum, which becomes vector code.
        let mut values = [0.0; NODES.len()];
        for ((value, node), weight) in values.iter_mut().zip(NODES).zip(WEIGHTS) {
            let step = half * node;
            *value = weight * (self.0.at(middle - step) + self.0.at(middle + step));
        }
        half * values.iter().sum::<f64>()
    }
}

/// The points and weights of the rule on an interval, for integrands that are no plain numbers.
pub(crate) fn points(low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
    NODES
        .into_iter()
        .zip(WEIGHTS)
        .flat_map(move |(node, weight)| [-node, node].map(|at| (half.mul_add(at, middle), half * weight)))
}

const NODES: [f64; 16] = [
    0.04830766568773832,
    0.1444719615827965,
    0.23928736225213706,
    0.33186860228212767,
    0.42135127613063533,
    0.5068999089322294,
    0.5877157572407623,
    0.6630442669302152,
    0.7321821187402897,
    0.7944837959679424,
    0.84936761373257,
    0.8963211557660521,
    0.9349060759377397,
    0.9647622555875064,
    0.9856115115452684,
    0.9972638618494816,
];

const WEIGHTS: [f64; 16] = [
    0.0965400885147278,
    0.09563872007927486,
    0.09384439908080457,
    0.09117387869576389,
    0.08765209300440381,
    0.08331192422694675,
    0.07819389578707031,
    0.0723457941088485,
    0.06582222277636185,
    0.058684093478535544,
    0.050998059262376175,
    0.04283589802222668,
    0.03427386291302143,
    0.02539206530926206,
    0.01627439473090567,
    0.007018610009470096,
];

#[cfg(test)]
mod tests {
    use super::{NEGLIGIBLE, integrate};
    use crate::elementary::{exp, expm1};

    #[test]
    fn polynomials_up_to_degree_63_are_exact() {
        for degree in [0, 1, 2, 31, 62, 63] {
            let integral = integrate(|x: f64| x.powi(degree), 0.0, 2.0);
            let exact = 2f64.powi(degree + 1) / f64::from(degree + 1);
            assert!((integral / exact - 1.0).abs() < 2e-15, "degree {degree}: {integral:e}, true {exact:e}");
        }
    }

    #[test]
    fn an_integrand_that_decays_to_nothing() {
        let integral = integrate(|s: f64| exp(-NEGLIGIBLE * s), 0.0, 1.0);
        let exact = -expm1(-NEGLIGIBLE) / NEGLIGIBLE;
        assert!((integral / exact - 1.0).abs() < 1e-15, "{integral:e}, true {exact:e}");
    }
}
