//! Multinomial and Dirichlet-multinomial: laws, sums over every outcome, identities.

mod common;

use burn::tensor::Tensor;
use common::assert_close;
use reparam::{
    BetaBinomial, Binomial, Categorical, DirichletMultinomial, Multinomial, Rng, laws,
    prelude::*,
    testing::{Case, gradient, tensor, values},
};

const MASK: f64 = f64::NEG_INFINITY;

fn row(values: &[f64]) -> Tensor<2> {
    tensor(values, [1, values.len()])
}

/// Every triple of counts with this sum, a row each.
fn triples(total: i32) -> Tensor<2> {
    let rows: Vec<f64> = (0..=total)
        .flat_map(|a| (0..=total - a).flat_map(move |b| [a, b, total - a - b].map(f64::from)))
        .collect();
    let count = rows.len() / 3;
    tensor(&rows, [count, 3])
}

#[test]
fn multinomial_laws() {
    let case = Case::<_, 2>::new("Multinomial(7)", [0.3, -1.0, 0.9], |l| {
        Multinomial::new(row(&[7.0]).cast(l.dtype()), l.reshape([1, 3]))
    });
    assert_eq!(laws!(case), ["Distribution", "Moments", "Kl"]);
    let batch = [0.3, -1.0, 0.9, 0.0, 2.0, -2.0];
    let case = Case::<_, 2>::new("Multinomial [2, 3]", batch, |l| {
        Multinomial::new(tensor(&[40.0, 3.0], [2, 1]).cast(l.dtype()), l.reshape([2, 3]))
    });
    assert_eq!(laws!(case), ["Distribution", "Moments", "Kl"]);
}

#[test]
fn dirichlet_multinomial_laws() {
    for concentration in [[0.3, 2.0, 1.1], [30.0, 4.0, 0.7]] {
        let case =
            Case::<_, 2>::new(format!("DirichletMultinomial(9, {concentration:?})"), concentration, |a| {
                DirichletMultinomial::new(row(&[9.0]).cast(a.dtype()), a.reshape([1, 3]))
            });
        assert_eq!(laws!(case), ["Distribution", "Moments"]);
    }
}

#[test]
fn masses_sum_to_one() {
    for total in [0, 1, 5, 20] {
        let count = row(&[f64::from(total)]);
        for logits in [[0.3, -1.0, 0.9], [0.0, MASK, 2.0], [50.0, 0.0, -800.0]] {
            let q = Multinomial::new(count.clone(), row(&logits));
            let masses = values(q.log_prob(triples(total)).exp());
            assert_close(masses.iter().sum(), 1.0, 1e-13);
        }
        let q = DirichletMultinomial::new(count, row(&[0.3, 1e-3, 40.0]));
        assert_close(values(q.log_prob(triples(total)).exp()).iter().sum(), 1.0, 1e-12);
    }
}

#[test]
fn special_cases() {
    // Two classes are a binomial count, and a single trial is a class.
    let two = Multinomial::new(row(&[1e6]), row(&[0.4, -0.3]));
    let binomial = Binomial::new(row(&[1e6]), row(&[0.7]));
    for x in [0.0, 1.0, 4e5, 668_188.0, 1e6] {
        let [a, b] = [two.log_prob(row(&[x, 1e6 - x])), binomial.log_prob(row(&[x]))].map(|p| values(p)[0]);
        assert_close(a / b, 1.0, 1e-12);
    }
    let logits = [0.3, MASK, -0.2, -900.0];
    let one = Multinomial::new(row(&[1.0]), row(&logits));
    for k in 0..4 {
        let unit: Vec<f64> = (0..4).map(|j| f64::from(u8::from(j == k))).collect();
        let expected = values(Categorical::new(row(&logits)).log_prob(row(&[f64::from(k)])))[0];
        let got = values(one.log_prob(row(&unit)))[0];
        assert!(got == expected || (got / expected - 1.0).abs() < 1e-14, "{got} {expected}");
    }
    let pair = DirichletMultinomial::new(row(&[30.0]), row(&[0.7, 2.0]));
    let beta = BetaBinomial::new(row(&[30.0]), row(&[0.7]), row(&[2.0]));
    for x in [0.0, 4.0, 30.0] {
        assert_eq!(values(pair.log_prob(row(&[x, 30.0 - x]))), values(beta.log_prob(row(&[x]))));
    }
    let certain = DirichletMultinomial::new(row(&[3.0]), row(&[0.7]));
    assert_eq!(values(certain.log_prob(row(&[3.0])))[0], 0.0);
    assert_eq!(values(certain.sample(&mut Rng::new(0)))[0], 3.0);
}

#[test]
fn what_cannot_be_counted_has_no_mass() {
    let multinomial = Multinomial::new(row(&[4.0]), row(&[0.3, MASK, 0.1]));
    let dirichlet = DirichletMultinomial::new(row(&[4.0]), row(&[0.3, 1.0, 0.1]));
    for x in [[1.0, 0.0, 2.0], [5.0, 0.0, -1.0], [2.5, 0.0, 1.5], [-1.0, 0.0, 5.0]] {
        assert_eq!(values(multinomial.log_prob(row(&x)))[0], MASK, "{x:?}");
        assert_eq!(values(dirichlet.log_prob(row(&x)))[0], MASK, "{x:?}");
    }
    assert_eq!(values(multinomial.log_prob(row(&[1.0, 1.0, 2.0])))[0], MASK);
    let draws = values(multinomial.repeated(500).sample(&mut Rng::new(1)));
    assert!(draws.chunks(3).all(|x| x[1] == 0.0 && x[0] + x[2] == 4.0 && x[0] >= 0.0 && x[2] >= 0.0));
    let slopes = gradient(&[0.3, MASK, 0.1], |l| {
        Multinomial::new(row(&[4.0]), l.reshape([1, 3])).log_prob(row(&[1.0, 0.0, 3.0]))
    });
    assert!(slopes.iter().all(|slope| slope.is_finite()), "{slopes:?}");
    let said = Multinomial::new(row(&[1.5]), row(&[0.0, 0.0])).checked().unwrap_err().to_string();
    assert_eq!(said, "Multinomial: total_count must be an integer of at least 0, got 1.5 at index [0, 0]");
}
