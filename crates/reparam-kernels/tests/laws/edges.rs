//! Ends of the support that move with a parameter, found from the density and the draws alone.

use reparam_kernels::catalog::univariates;
use reparam_kernels::law::Level;

use crate::cases::{Case, cases};

/// Cases beside those of the table: densities that are flat or infinite at a moving end.
const MORE: &[(&str, &[f64])] = &[
    ("GeneralizedPareto", &[0.0, 1.0, -1.0]),
    ("GeneralizedPareto", &[3.0, 2.0, -1.5]),
    ("GeneralizedExtremeValue", &[0.0, 1.0, -1.0]),
    ("GeneralizedExtremeValue", &[3.0, 2.0, -1.5]),
    ("GeneralizedExtremeValue", &[3.0, 2.0, 1.5]),
    ("Triangular", &[0.0, 1.0, 0.0]),
    ("Triangular", &[0.0, 1.0, 1.0]),
];

/// How far an end moves with a parameter, by a central difference; 0 where it is infinite.
fn moves(case: &Case, place: usize, upper: bool) -> bool {
    let end = |step: f64| {
        let mut theta = case.theta.to_vec();
        theta[place] += step;
        let (low, high) = (case.law.support)(&theta).ends();
        if upper { high } else { low }
    };
    let at = case.theta[place].abs();
    let step = 1e-3 * if at == 0.0 { 1.0 } else { at };
    end(0.0).is_finite() && (end(step) - end(-step)).abs() > 1e-12 * step
}

/// Whether the density falls towards an end, from a distance of 2⁻²⁰ to one of 2⁻³⁰ of the last thousandth of the draws, or
/// is no number.
fn vanishes(case: &Case, upper: bool) -> bool {
    let (low, high) = (case.law.support)(case.theta).ends();
    let end = if upper { high } else { low };
    let level = Level::logit(if upper { 7.0 } else { -7.0 });
    let near = case.law.quantile.expect("a law with ends has quantiles")(level, case.theta);
    let density = |share: f64| case.log_prob(end + (near - end) * share);
    let [far, close] = [20, 30].map(|k| density(0.5_f64.powi(k)));
    close.exp() == 0.0 || close < far - 0.05
}

#[test]
fn an_edge_is_an_end_that_moves_where_the_density_does_not_vanish() {
    let more = MORE.iter().map(|(name, theta)| Case { law: univariates(name).next().unwrap(), theta });
    for case in cases().chain(more) {
        let edges = (case.law.moving_edges)(case.theta);
        for (place, parameter) in case.law.parameters.iter().enumerate() {
            let expected =
                [false, true].into_iter().any(|upper| moves(&case, place, upper) && !vanishes(&case, upper));
            let name = format!("{} {:?}, {}", case.law.name, case.theta, parameter.name);
            assert_eq!(edges[place], expected, "{name}");
        }
    }
}

/// Parameters of laws on the integers have no slope where they move an end.
#[test]
fn integers_have_no_edges() {
    for (name, theta) in [("DiscreteUniform", [1.0, 6.0]), ("Binomial", [4.0, 0.5])] {
        let law = univariates(name).next().unwrap();
        assert_eq!((law.moving_edges)(&theta), [false; 2], "{name}");
    }
}
