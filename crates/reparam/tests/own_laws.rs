//! Laws made of others: from a distribution function alone, truncated, mixed.

mod common;

use burn::tensor::Tensor;
use common::assert_close;
use reparam::{
    Censored, Gumbel, Implicit, Laplace, MixtureSameFamily, Rng, Truncated, Univariate, law, laws,
    prelude::*,
    testing::{Case, Support, gradient, parts, tensor, values},
};

/// With the law's own distribution function.
fn case<L: law::Draw<P> + law::Cdf<P>, const P: usize>(
    name: &str,
    params: [f64; P],
    support: [f64; 2],
) -> Case<Univariate<L, P, 2>, 2> {
    let case = Case::new(name, params, |p| Univariate::<L, P, 2>::from_parameters(parts(p)));
    let q: Univariate<L, P, 2> = case.distribution();
    case.support(Support::Interval(support[0], support[1]))
        .cdf(move |_, x| values(Cdf::cdf(&q, tensor(&[x], [1, 1])))[0])
}

/// A law with closed forms, and the same law through its distribution function alone.
#[test]
fn implicit_draws_and_slopes_are_those_of_the_path() {
    for theta in [[0.3, 1.2], [-1e-200, 1e-220], [1e200, 1e190], [5.0, 1e-9]] {
        let [loc, scale] = theta.map(|x| tensor::<2>(&[x], [1, 1]));
        let through_cdf =
            Univariate::<Implicit<laws::Laplace>, 2, 2>::from_parameters([loc.clone(), scale.clone()]);
        let closed = Laplace::new(loc, scale);
        for u in [1e-300, 1e-9, 0.3, 0.5, 0.8] {
            let u = tensor(&[u], [1, 1]);
            let close = |got: Tensor<2>, expected: Tensor<2>| {
                let (got, expected) = (values(got)[0], values(expected)[0]);
                let allowed = 1e-12 * theta[1] + 1e-15 * expected.abs();
                assert!((got - expected).abs() <= allowed, "{theta:?}: {got:e}, expected {expected:e}");
            };
            close(through_cdf.quantile(u.clone()), closed.quantile(u.clone()));
            close(through_cdf.upper_quantile(u.clone()), closed.upper_quantile(u));
        }
    }
    for x in [-30.0, -0.4, 0.31, 2.0, 50.0] {
        let theta = [0.3, 1.2];
        let slopes = <Implicit<laws::Laplace> as law::Reparameterized<2>>::slopes(x, theta);
        assert_close(slopes[0], 1.0, 1e-13);
        assert_close(slopes[1], (x - 0.3) / 1.2, 1e-13);
    }
}

#[test]
fn implicit_laws() {
    let laplace = case::<Implicit<laws::Laplace>, 2>("Implicit Laplace", [0.3, 1.2], [-40.0, 40.0]);
    let found = laws!(laplace);
    for capability in ["Reparameterized", "Moments", "Entropy"] {
        assert!(found.contains(&capability), "{found:?}");
    }
    assert!(
        laws!(case::<Implicit<laws::Gumbel>, 2>("Implicit Gumbel", [0.3, 1.2], [-8.0, 60.0]))
            .contains(&"Moments")
    );
}

#[test]
fn truncated_laws() {
    for (low, high) in [(-1.0, 2.0), (0.5, 4.0), (-3.0, 0.1), (6.0, 8.0)] {
        // With ends that do not move: a density jumps where they pass a draw.
        let held = Case::<_, 2>::new(format!("Gumbel on [{low}, {high}]"), [0.3, 1.2], move |p| {
            let [loc, scale] = parts::<2>(p);
            let [low, high] = [low, high].map(|x| Tensor::zeros_like(&loc) + x);
            Univariate::<Truncated<laws::Gumbel>, 4, 2>::from_parameters([loc, scale, low, high])
        });
        let q = held.distribution();
        let held = held
            .support(Support::Interval(low, high))
            .cdf(move |_, x| values(Cdf::cdf(&q, tensor(&[x], [1, 1])))[0]);
        held.distribution_laws();
        held.factorized_laws();
        held.draws_agree();
        held.path_slopes();
        case::<Truncated<laws::Gumbel>, 4>("Gumbel, all four", [0.3, 1.2, low, high], [low, high])
            .path_slopes();
    }
}

/// ∂ log f(x)/∂low = f(low) and ∂ log f(x)/∂high = −f(high).
#[test]
fn slopes_of_a_truncated_density_in_its_ends() {
    for theta in [[0.3, 1.2, -1.0, 2.0], [0.3, 1.2, 6.0, 8.0], [0.3, 1.2, -9.0, -7.5]] {
        let density = |x: f64| values(truncated(theta).log_prob(tensor(&[x], [1, 1])))[0].exp();
        let middle = 0.5 * (theta[2] + theta[3]);
        let slopes = gradient(&theta, |p| {
            Univariate::<Truncated<laws::Laplace>, 4, 2>::from_parameters(parts(p))
                .log_prob(tensor(&[middle], [1, 1]))
        });
        assert_close(slopes[2], density(theta[2]), 1e-13);
        assert_close(slopes[3], -density(theta[3]), 1e-13);
    }
}

fn truncated(theta: [f64; 4]) -> Univariate<Truncated<laws::Laplace>, 4, 2> {
    Univariate::from_parameters(theta.map(|x| tensor(&[x], [1, 1])))
}

/// Beyond loc a Laplace law is exponential, so truncated to [a, b] it is the same at any a, where every probability has
/// long underflowed: x − a = −log(1 − u (1 − e^{−(b − a)})).
#[test]
fn truncation_far_in_a_tail() {
    for a in [3.0, 40.0, 700.0, 1e4] {
        for (sign, low, high) in [(1.0, a, a + 1.0), (-1.0, -a - 1.0, -a)] {
            let q = truncated([0.0, 1.0, low, high]);
            for u in [1e-6, 0.2, 0.5, 0.9] {
                let level = tensor(&[u], [1, 1]);
                let x = if sign > 0.0 { q.quantile(level) } else { q.upper_quantile(level) };
                let exact = -(-u * (1.0 - (-1.0f64).exp())).ln_1p();
                assert_close(sign * values(x)[0] - a, exact, 1e-15 * a.max(1.0) * 10.0);
            }
            let x = tensor(&[sign * (a + 0.25)], [1, 1]);
            let exact = -0.25 - (-(-1.0f64).exp()).ln_1p();
            assert_close(values(q.log_prob(x))[0], exact, 1e-15 * a * 10.0);
            let draws = values(q.repeated(5000).sample(&mut Rng::new(2)));
            assert!(draws.iter().all(|&x| x > low && x < high));
        }
    }
}

/// At its lower end a draw moves as the end does, at its upper end as that does; a shift of all moves it by the shift.
#[test]
fn slopes_of_a_truncated_draw() {
    use law::Reparameterized as _;
    for theta in [[0.3, 1.2, -1.0, 2.0], [0.0, 1.0, 40.0, 41.0], [5.0, 0.5, -1e9, 4.0]] {
        let [loc, _, low, high] = theta;
        let slopes = |x: f64| Truncated::<laws::Gumbel>::slopes(x, theta);
        for x in [low.max(-3.0) + 0.1, high - 0.5] {
            let [in_loc, in_scale, in_low, in_high] = slopes(x);
            assert_close(in_loc + in_low + in_high, 1.0, 1e-12);
            // And a change of all units moves it in proportion.
            let moved = loc * in_loc
                + theta[1] * in_scale
                + high * in_high
                + if in_low == 0.0 { 0.0 } else { low * in_low };
            assert_close(moved, x, 1e-12);
        }
        assert_close(slopes(high)[3], 1.0, 1e-12);
    }
}

#[test]
fn checked_truncation() {
    let said = truncated([0.0, 1.0, 2.0, 2.0]).checked().unwrap_err().to_string();
    assert!(said.contains("low < high"), "{said}");
    let open = truncated([0.0, 1.0, f64::NEG_INFINITY, 2.0]).checked();
    assert!(open.is_ok());
    assert_eq!(values(open.unwrap().log_prob(tensor(&[2.5], [1, 1])))[0], f64::NEG_INFINITY);
}

fn censored(theta: [f64; 4]) -> Univariate<Censored<laws::Laplace>, 4, 2> {
    Univariate::from_parameters(theta.map(|x| tensor(&[x], [1, 1])))
}

/// On the ends the mass beyond them, between them the law; the distribution function has its jumps.
#[test]
fn censored_masses() {
    let (theta, [low, high]) = ([0.3, 1.2, -1.0, 2.0], [-1.0, 2.0]);
    let (q, law) = (censored(theta), Laplace::new(tensor::<2>(&[0.3], [1, 1]), tensor(&[1.2], [1, 1])));
    let at = |x: f64| tensor::<2>(&[x], [1, 1]);
    let of = |x: f64| values(q.log_prob(at(x)))[0];
    let below = 0.5 * ((low - 0.3) / 1.2_f64).exp();
    let above = 0.5 * (-(high - 0.3) / 1.2_f64).exp();
    assert_close(of(low), below.ln(), 1e-14);
    assert_close(of(high), above.ln(), 1e-14);
    assert_close(of(0.7), values(law.log_prob(at(0.7)))[0], 1e-15);
    assert_eq!([of(low - 0.1), of(high + 0.1)], [f64::NEG_INFINITY; 2]);
    for (x, cdf) in [(low - 1e-9, 0.0), (low, below), (high, 1.0), (3.0, 1.0)] {
        assert_close(values(q.cdf(at(x)))[0], cdf, 1e-15);
        assert_close(values(q.sf(at(x)))[0], 1.0 - cdf, 1e-15);
    }
    assert_eq!(values(q.quantile(at(0.9 * below)))[0], low);
    assert_eq!(values(q.upper_quantile(at(0.9 * above)))[0], high);
    // An end at an end of the support has no mass, and what is not cut off is the law.
    let exponential =
        |x: f64| <Censored<laws::Exponential> as law::Law<3>>::log_prob(x, [1.5, 0.0, f64::INFINITY]);
    assert_close(exponential(0.0), 1.5_f64.ln(), 1e-15);
    assert_close(exponential(2.0), 1.5_f64.ln() - 3.0, 1e-15);
}

/// E\[X\] moves with loc by P(low < X < high), with each end by the mass on it; a false alarm of 1e-9 is 6.2 deviations.
#[test]
fn censored_draws_and_their_slopes() {
    const DRAWS: usize = 40_000;
    let theta = [0.3, 1.2, -1.0, 2.0];
    let below = 0.5 * (-1.3 / 1.2_f64).exp();
    let above = 0.5 * (-1.7 / 1.2_f64).exp();
    let draws = values(censored(theta).repeated(DRAWS).sample(&mut Rng::new(3)));
    let slopes = gradient(&theta, |p| {
        let q = Univariate::<Censored<laws::Laplace>, 4, 2>::from_parameters(parts(p));
        q.repeated(DRAWS).rsample(&mut Rng::new(3)).mean()
    });
    let share = |x: f64| draws.iter().filter(|z| **z == x).count() as f64 / DRAWS as f64;
    for (got, p) in [
        (share(-1.0), below),
        (share(2.0), above),
        (slopes[0], 1.0 - below - above),
        (slopes[2], below),
        (slopes[3], above),
    ] {
        assert!((got - p).abs() <= 6.2 * (p * (1.0 - p) / DRAWS as f64).sqrt(), "{got}, expected {p}");
    }
    // In single precision the ends are drawn as well.
    let theta = theta.map(|x| tensor::<2>(&[x], [1, 1]).cast(burn::tensor::DType::F32));
    let single = Univariate::<Censored<laws::Laplace>, 4, 2>::from_parameters(theta).repeated(2000);
    let draws = single.sample(&mut Rng::new(4));
    let count = |x: f64| values(draws.clone()).into_iter().filter(|z| *z == x).count();
    assert!(count(-1.0) > 100 && count(2.0) > 100);
    assert!(values(single.log_prob(draws.clone())).iter().all(|p| p.is_finite()));
}

fn mixture(p: Tensor<1>) -> MixtureSameFamily<Gumbel<2>, 2> {
    let [logits, loc, scale] = parts(p);
    MixtureSameFamily::new(logits, Gumbel::new(loc, scale))
}

#[test]
fn mixture_laws() {
    let params = [0.3, -0.5, 0.9, 0.3, -2.0, 4.0, 1.2, 0.6, 0.9];
    let case = Case::<_, 2>::new("mixture of Gumbels", params, mixture);
    let q = mixture(tensor(&params, [9]));
    let case =
        case.support(Support::Interval(-8.0, 60.0)).cdf(move |_, x| values(q.cdf(tensor(&[x], [1, 1])))[0]);
    case.distribution_laws();
    case.factorized_laws();
    case.moments_laws();
    case.draws_agree();
    case.log_prob_slopes_in_x();
    // Weights, locations and scales all move the draws.
    case.path_slopes_of_moments();
}

#[test]
fn mixture_of_one_is_its_component() {
    let [loc, scale] = [tensor::<2>(&[0.3, 9.0], [1, 2]), tensor(&[1.2, 1.0], [1, 2])];
    let q = MixtureSameFamily::new(tensor(&[0.7, f64::NEG_INFINITY], [1, 2]), Laplace::new(loc, scale));
    let one = Laplace::new(tensor::<2>(&[0.3], [1, 1]), tensor(&[1.2], [1, 1]));
    for x in [-800.0, -1.0, 0.5, 900.0] {
        let x = tensor(&[x], [1, 1]);
        assert_close(values(q.log_prob(x.clone()))[0], values(one.log_prob(x.clone()))[0], 1e-15);
        assert_close(values(q.log_cdf(x.clone()))[0], values(one.log_cdf(x.clone()))[0], 1e-15);
        assert_close(values(q.log_sf(x.clone()))[0], values(one.log_sf(x))[0], 1e-15);
    }
    assert_close(values(q.mean())[0], 0.3, 1e-15);
    assert_close(values(q.variance())[0], 2.0 * 1.44, 1e-15);
}
