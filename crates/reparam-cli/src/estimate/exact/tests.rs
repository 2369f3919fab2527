//! Answers that are known in closed form, and slopes against differences of values.

use crate::estimate::{Exact, Integrand, Site, exact};

fn answer(expression: &str, law: &str) -> Result<Exact, String> {
    let sites = Site::all(&[("z".to_owned(), law.to_owned())]).unwrap();
    let parsed = reparam_lang::parse(expression).unwrap();
    exact(&Integrand::new(&parsed, &sites).unwrap(), &sites)
}

#[track_caller]
fn assert_near(found: &[f64], truth: &[f64]) {
    assert_eq!(found.len(), truth.len());
    for (found, truth) in found.iter().zip(truth) {
        assert!((found - truth).abs() <= 1e-10 * (1.0 + truth.abs()), "{found} {truth}");
    }
}

/// The slope in each number, which is this element of that parameter, against a central difference of the value.
#[track_caller]
fn assert_slopes(expression: &str, numbers: &[f64], places: &[[usize; 2]], law: impl Fn(&[f64]) -> String) {
    const STEP: f64 = 1e-5;
    let found = answer(expression, &law(numbers)).unwrap();
    for (i, [parameter, element]) in places.iter().enumerate() {
        let moved = |step: f64| {
            let mut numbers = numbers.to_vec();
            numbers[i] += step;
            answer(expression, &law(&numbers)).unwrap().value
        };
        let truth = (moved(STEP) - moved(-STEP)) / (2.0 * STEP);
        let slope = found.gradient[0][*parameter][*element];
        // The step leaves 10⁻¹⁰ of the third derivative, the rounding of the values 10⁻⁹.
        assert!((slope - truth).abs() < 1e-7 * (1.0 + truth.abs()), "{expression}, {i}: {slope} {truth}");
    }
}

/// E\[z₀ z₂²\] = m₀ (m₂² + Σ₂₂) + 2 m₂ Σ₀₂ for any normal, so G = m₀ in Σ₂₂ and m₂ in Σ₀₂ and Σ₂₀, and 2 G L in L.
#[test]
fn moments_of_a_normal() {
    let law = "MultivariateNormal([0.5, 9, -1.5], [[1, 0, 0], [0.4, 0.8, 0], [-0.3, 0.6, 1.2]])";
    let found = answer("z[0]*z[2]^2", law).unwrap();
    let (m0, m2, s02, s22) = (0.5, -1.5, -0.3, 0.09 + 0.36 + 1.44);
    assert_near(&[found.value], &[m0 * (m2 * m2 + s22) + 2.0 * m2 * s02]);
    assert_near(&found.gradient[0][0], &[m2 * m2 + s22, 0.0, 2.0 * m0 * m2 + 2.0 * s02]);
    let last = [2.0 * (m2 + m0 * -0.3), 2.0 * m0 * 0.6, 2.0 * m0 * 1.2];
    let first = 2.0 * m2 * -0.3;
    assert_near(&found.gradient[0][1], &[&[first, 0.0, 0.0, 0.0, 0.0, 0.0], &last[..]].concat());

    let law = "MultivariateNormal([0.5, -1.5], covariance_matrix=[[1, -0.3], [-0.3, 1.89]])";
    let found = answer("z[0]*z[1]^2", law).unwrap();
    assert_near(&[found.value], &[m0 * (m2 * m2 + s22) + 2.0 * m2 * s02]);
    assert_near(&found.gradient[0][1], &[0.0, 0.0, 2.0 * m2, m0]);
}

#[test]
fn slopes_in_what_a_covariance_is_made_of() {
    let f = "z[0]*tanh(z[2]) + cos(z[1])";
    let triangle =
        |x: &[f64]| format!("[[{}, 0, 0], [{}, {}, 0], [{}, {}, {}]]", x[0], x[1], x[2], x[3], x[4], x[5]);
    let symmetric = |x: &[f64]| {
        format!("[[{0}, {1}, {3}], [{1}, {2}, {4}], [{3}, {4}, {5}]]", x[0], x[1], x[2], x[3], x[4], x[5])
    };
    let lower = [0, 3, 4, 6, 7, 8].map(|element| [1, element]);
    let numbers = [1.0, 0.4, 1.5, -0.3, 0.6, 1.2];
    assert_slopes(f, &numbers, &lower, |x| format!("MultivariateNormal([0.5, 1, -1], {})", triangle(x)));
    for form in ["covariance_matrix", "precision_matrix"] {
        let law = |x: &[f64]| format!("MultivariateNormal([0.5, 1, -1], {form}={})", symmetric(x));
        assert_slopes(f, &numbers, &lower, law);
    }
    let places = [[0, 0], [1, 1], [1, 4], [2, 0], [2, 2]];
    assert_slopes(f, &[0.3, -0.4, 0.7, 1.1, 0.6], &places, |x| {
        let [loc, w1, w4, d0, d2] = [x[0], x[1], x[2], x[3], x[4]];
        format!("LowRankNormal([{loc}, 1, -1], [[1, {w1}], [0.2, 0.5], [{w4}, -0.1]], [{d0}, 1, {d2}])")
    });
}

/// Var z₀ = a (A − a) / (A² (A + 1)); E\[z₀ z₁ z₂\] = a b c / (A (A + 1) (A + 2)).
#[test]
fn moments_of_a_dirichlet() {
    let (a, all) = (1.0, 6.5);
    let found = answer("z[0]^2", "Dirichlet([1, 2, 3, 0.5])").unwrap();
    assert_near(&[found.value], &[a * (a + 1.0) / (all * (all + 1.0))]);
    let mean = answer("z[3]", "Dirichlet([1, 2, 3, 0.5])").unwrap();
    assert_near(&[mean.value], &[0.5 / all]);
    let other = -0.5 / (all * all);
    assert_near(&mean.gradient[0][0], &[other, other, other, (all - 0.5) / (all * all)]);
    let whole = answer("prod(z)", "Dirichlet([1, 2, 3])").unwrap();
    assert_near(&[whole.value], &[6.0 / (6.0 * 7.0 * 8.0)]);
    let certain = answer("(z[0] + z[1])^3", "Dirichlet([0.7, 2])").unwrap();
    assert_near(&[&[certain.value], &certain.gradient[0][0][..]].concat(), &[1.0, 0.0, 0.0]);
}

#[test]
fn slopes_in_concentrations() {
    let places = [[0, 0], [0, 1], [0, 2], [0, 3]];
    for f in ["z[0]*cos(z[2])", "sqrt(z[3])*z[1] + z[0]"] {
        assert_slopes(f, &[1.2, 2.0, 3.0, 0.8], &places, |a| format!("Dirichlet({a:?})"));
    }
    assert_slopes("z[1]*exp(z[0] - z[2])", &[1.2, 2.0, 3.0], &places[..3], |a| format!("Dirichlet({a:?})"));
}

/// E\[z²\] = Σ w (m² + s²); its slope in a probability is that of the component less all of it.
#[test]
fn moments_of_a_mixture() {
    let found = answer("z^2", "MixtureSameFamily([0.3, 0.7], Normal([-1, 2], [0.5, 1]))").unwrap();
    let (first, second) = (1.25, 5.0);
    let value = 0.3 * first + 0.7 * second;
    assert_near(&[found.value], &[value]);
    assert_near(&found.gradient[0][0], &[first - value, second - value]);
    assert_near(&found.gradient[0][1], &[0.3 * -2.0, 0.7 * 4.0]);
    assert_near(&found.gradient[0][2], &[0.3, 0.7 * 2.0]);
}

#[test]
fn slopes_in_what_a_mixture_is_made_of() {
    let numbers = [0.2, -0.4, 1.0, 2.5];
    let places = [[0, 0], [0, 1], [1, 0], [1, 1]];
    // A number that is summed over, one with two ends that move, an angle that takes its turn along.
    for (f, family) in [
        ("cos(z)", "Poisson([{2}, {3}])"),
        ("cos(z)", "Uniform([{2}, {3}], 4)"),
        ("z^2", "VonMises([{2}, {3}], 2)"),
    ] {
        assert_slopes(f, &numbers, &places, |x| {
            let family = family.replace("{2}", &x[2].to_string()).replace("{3}", &x[3].to_string());
            format!("MixtureSameFamily(logits=[{}, {}], components={family})", x[0], x[1])
        });
    }
    // One number for both components.
    let shared = |x: &[f64]| format!("MixtureSameFamily([0.4, 0.6], Normal([0, 1], {}))", x[0]);
    assert_slopes("exp(z/2)", &[0.8], &[[2, 0]], shared);
}

/// E\[x₀ x₁\] of n draws is n (n − 1) p₀ p₁, the sum of the probabilities taken out.
#[test]
fn counts_are_listed() {
    let found = answer("z[0]*z[1]", "Multinomial(4, [0.2, 0.3, 0.5])").unwrap();
    let value = 12.0 * 0.06;
    assert_near(&[found.value], &[value]);
    let slopes = [value / 0.2 - 2.0 * value, value / 0.3 - 2.0 * value, -2.0 * value];
    assert_near(&found.gradient[0][0], &slopes);
    let found = answer("z[0]", "DirichletMultinomial(5, [1, 2, 3])").unwrap();
    assert_near(&[found.value], &[5.0 / 6.0]);
}

/// Wherever it is, also between the nodes of a rule.
#[test]
fn a_jump_is_found() {
    for place in 0..40 {
        let x = -2.0 + 0.1 * f64::from(place);
        let found = answer(&format!("z > {x:?}"), "Normal(0.99999, 1)").unwrap();
        let truth = reparam_kernels::special::normal_cdf(0.99999 - x);
        assert!((found.value - truth).abs() < 1e-7, "{x}: {} {truth}", found.value);
    }
}

/// P(z > 1) of a mixture moves with a mean m at the rate w φ((1 − m) / s) / s.
#[test]
fn a_jump_in_a_mixture() {
    let law = "MixtureSameFamily(logits=[0.2, -0.4], components=Normal([1.3, 2.5], [1, 2]))";
    let found = answer("where(z > 1, 1, 0)", law).unwrap();
    let weight = 1.0 / (1.0 + (-0.6f64).exp());
    for (slope, (w, m, s)) in found.gradient[0][1].iter().zip([(weight, 1.3, 1.0), (1.0 - weight, 2.5, 2.0)])
    {
        let x: f64 = (1.0 - m) / s;
        let truth = w * (-0.5 * x * x).exp() / (s * std::f64::consts::TAU.sqrt());
        assert!((slope - truth).abs() < 1e-7, "{slope} {truth}");
    }
}

/// z₀ − z₁ has the variance s² = (L₀₀ − L₁₀)² + L₁₁² and, with the mean m, E|z₀ − z₁| = √(2/π) s at m = 0 and
/// P(z₀ > z₁) = Φ(m / s).
#[test]
fn a_kink_and_a_jump_along_a_line() {
    let law = |loc: f64| format!("MultivariateNormal([{loc}, 0], [[1, 0], [0.5, 1.2]])");
    let s = (0.25f64 + 1.44).sqrt();
    let near = |found: f64, truth: f64| assert!((found - truth).abs() < 1e-8, "{found} {truth}");
    let found = answer("abs(z[0] - z[1])", &law(0.0)).unwrap();
    let each = (2.0 / std::f64::consts::PI).sqrt();
    near(found.value, each * s);
    let truth = [0.5, 0.0, -0.5, 1.2].map(|part| each * part / s);
    found.gradient[0][1].iter().zip(truth).for_each(|(found, truth)| near(*found, truth));
    found.gradient[0][0].iter().for_each(|found| near(*found, 0.0));

    let found = answer("z[0] > z[1]", &law(0.7)).unwrap();
    near(found.value, reparam_kernels::special::normal_cdf(0.7 / s));
    let density = (-0.5 * (0.7 / s).powi(2)).exp() / (s * std::f64::consts::TAU.sqrt());
    near(found.gradient[0][0][0], density);
    near(found.gradient[0][0][1], -density);
}

#[test]
fn reasons_for_no_answer() {
    let refused = [
        (
            "exp(-dot(z, z))",
            "MultivariateNormal([0, 0, 0], [[1, 0, 0], [0, 1, 0], [0, 0, 1]])",
            "3 continuous",
        ),
        ("z[0]*z[1]*z[2]", "Dirichlet([1, 2, 3, 4])", "3 continuous"),
        ("z[0]", "UniformSphere(3)", "z has neither independent elements nor a short list"),
        ("z", "MixtureSameFamily([0, 1], Normal([0, 1], 1))", "a component of weight 0"),
        ("z > 1", "MixtureSameFamily([0.5, 0.5], Uniform([0, 1], [2, 3]))", "the ends of z move"),
        ("1/z", "MixtureSameFamily([0.5, 0.5], Normal([0, 1], 1))", "does not converge"),
        ("1/(z[0] - z[1])", "MultivariateNormal([0, 0], [[1, 0], [0, 1]])", "does not converge"),
        ("floor(5*norm(z))", "MultivariateNormal([0, 0], [[1, 0], [0, 1]])", "takes too long"),
        ("z[0]*z[1]", "Multinomial(5000, [0.2, 0.3, 0.5])", "nor a short list of values"),
    ];
    for (expression, law, reason) in refused {
        let found = answer(expression, law).unwrap_err();
        assert!(found.contains(reason), "{expression}, {law}: {found}");
    }
}
