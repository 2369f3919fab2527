//! Exact identities: a linear network is one Gaussian, and a row has one score.

use burn::tensor::Device;

use super::*;
use crate::config::{self, Auto, Config, Likelihood, Start};
use crate::data::{Layout, Values};
use crate::gaussian::{Gaussian, Mixture};
use crate::model::{self, LinearStart};

/// `a`, `b` near 2 a, and `c` near a − b.
fn table(rows: usize) -> Dataset {
    let mut noise = vec![0.0f64; 3 * rows];
    Rng::new(3).fill_normal(&mut noise);
    let row = |e: &[f64]| {
        let (a, b) = (e[0], 2.0 * e[0] + 0.5 * e[1]);
        [a, b, a - b + 0.3 * e[2]]
    };
    Dataset {
        name: "t".into(),
        columns: ["a", "b", "c"].map(String::from).to_vec(),
        values: Values::F64(noise.chunks_exact(3).flat_map(row).collect()),
        labels: None,
        layout: Layout::Table,
        test_from: None,
        kept: None,
        notes: Vec::new(),
    }
}

fn config(latent: usize) -> config::Model {
    let mut model = Config::default().model;
    model.latent_dim = Auto::Fixed(latent);
    model.hidden = Auto::Fixed(vec![8]);
    model.likelihood = Auto::Fixed(Likelihood::Gaussian);
    model.start = Auto::Fixed(Start::Linear);
    model.components = Auto::Fixed(1);
    model
}

struct Case {
    dataset: Dataset,
    preprocess: Preprocess,
    standardised: Vec<f64>,
    net: Net,
}

impl Case {
    fn new(rows: usize, latent: usize) -> Self {
        let dataset = table(rows);
        let all: Vec<u32> = (0..rows as u32).collect();
        let preprocess = Preprocess::fit(&dataset, &all, Likelihood::Gaussian).unwrap();
        let standardised: Vec<f64> = preprocess.inputs(&dataset, &all).into_iter().map(f64::from).collect();
        let start = LinearStart::fit(&standardised, 3, latent, 0.01);
        let net = model::begin(&config(latent), &start, &Device::flex(), &mut Rng::new(1));
        Self { dataset, preprocess, standardised, net }
    }

    fn rows(&self) -> Rows<'_> {
        Rows { dataset: &self.dataset, preprocess: &self.preprocess, binarize: Binarize::None }
    }
}

#[test]
fn a_network_at_its_linear_start_is_one_gaussian_and_its_bound_is_tight() {
    // So many rows that nothing is shrunk. A code of more dimensions than columns changes nothing.
    for latent in [3, 5] {
        let case = Case::new(700, latent);
        let truth = Gaussian::fit(&case.standardised, 3).unwrap().log_density(&case.standardised);
        let all: Vec<u32> = (0..700).collect();
        let evidence = case.rows().evidence(&case.net, &all, 4, &Rng::new(9));
        for ((log_p, elbo), truth) in evidence.log_p.iter().zip(&evidence.elbo).zip(&truth) {
            assert!((log_p - truth).abs() < 1e-3 && (elbo - truth).abs() < 1e-3, "{log_p} {elbo} {truth}");
        }
    }
}

#[test]
fn a_column_given_the_others_is_what_regression_says() {
    let case = Case::new(700, 3);
    let all: Vec<u32> = (0..700).collect();
    let columns = case.rows().columns(&case.net, &all, &Rng::new(9));
    let gaussian = Gaussian::fit(&case.standardised, 3).unwrap();
    let variances = gaussian.conditional_variances();
    for j in 0..3 {
        // −log p(x_j | the others) = log p(the others) − log p(x): the difference to a row whose x_j is the mean.
        let mean_score: f64 =
            columns.scores.iter().skip(j).step_by(3).map(|&s| f64::from(s)).sum::<f64>() / 700.0;
        let entropy = 0.5 * (std::f64::consts::TAU * std::f64::consts::E * variances[j]).ln();
        assert!((mean_score - entropy).abs() < 2e-3, "{j}: {mean_score} {entropy}");
        // What is expected makes the row the likeliest of those that differ in x_j.
        for row in [0, 17, 400] {
            let mut moved = case.standardised[3 * row..][..3].to_vec();
            moved[j] = f64::from(columns.expected[3 * row + j]);
            let best = gaussian.log_density(&moved)[0];
            for step in [-0.02, 0.02] {
                moved[j] += step;
                assert!(gaussian.log_density(&moved)[0] < best);
                moved[j] -= step;
            }
        }
    }
}

#[test]
fn a_row_has_one_score_to_the_last_bit() {
    let case = Case::new(200, 2);
    let all: Vec<u32> = (0..200).collect();
    let site = Rng::new(4);
    for particles in [1, 128, 5000] {
        let together = case.rows().evidence(&case.net, &all, particles, &site).log_p;
        let turned: Vec<u32> = all.iter().rev().copied().collect();
        let mut turned = case.rows().evidence(&case.net, &turned, particles, &site).log_p;
        turned.reverse();
        assert_eq!(together, turned);
        for row in [0, 63, 64, 199] {
            assert_eq!(
                case.rows().evidence(&case.net, &[row], particles, &site).log_p,
                [together[row as usize]]
            );
        }
    }
    let other = case.rows().evidence(&case.net, &[0], 128, &Rng::new(5)).log_p;
    assert_ne!(other, case.rows().evidence(&case.net, &[0], 128, &site).log_p, "another seed, other draws");
}

#[test]
fn the_bound_never_exceeds_what_it_bounds() {
    let case = Case::new(200, 1);
    let all: Vec<u32> = (0..200).collect();
    for particles in [1, 2, 128] {
        let evidence = case.rows().evidence(&case.net, &all, particles, &Rng::new(2));
        assert!(evidence.elbo.iter().zip(&evidence.log_p).all(|(elbo, log_p)| elbo <= log_p));
    }
}

#[test]
fn rows_further_out_score_higher_and_never_infinitely() {
    let mut case = Case::new(700, 3);
    let far: Vec<f64> =
        [5.0, 1e3, 1e5, 1e7, 1e12, 1e100, 1e300].iter().flat_map(|&x| [0.0, x, 0.0]).collect();
    case.dataset.values = Values::F64(far);
    let log_p = case.rows().evidence(&case.net, &[0, 1, 2, 3, 4, 5, 6], 128, &Rng::new(2)).log_p;
    assert!(log_p.iter().all(|log_p| log_p.is_finite()), "{log_p:?}");
    assert!(log_p.is_sorted_by(|near, far| near > far), "{log_p:?}");
}

#[test]
fn a_network_at_its_mixed_start_is_the_mixture() {
    // Two groups, narrow in other directions.
    let mut noise = vec![0.0f64; 3 * 600];
    Rng::new(8).fill_normal(&mut noise);
    let group = |(row, e): (usize, &[f64])| match row % 3 {
        0 => [4.0 + 0.3 * e[0], 1.5 * e[1], e[0] + 0.4 * e[2]],
        _ => [-1.0 + e[0], 0.5 * e[0] + 0.2 * e[1], 3.0 + 0.6 * e[2]],
    };
    let mut case = Case::new(600, 3);
    case.dataset.values = Values::F64(noise.chunks_exact(3).enumerate().flat_map(group).collect());
    let all: Vec<u32> = (0..600).collect();
    case.preprocess = Preprocess::fit(&case.dataset, &all, Likelihood::Gaussian).unwrap();
    let rows: Vec<f64> = case.preprocess.inputs(&case.dataset, &all).into_iter().map(f64::from).collect();
    let mixture = Mixture::by_bic(&rows, 3, None, 1e-4, &Rng::new(0)).expect("two groups");
    assert_eq!(mixture.weights.len(), 2);
    let truth = mixture.log_density(&rows, 3).unwrap().iter().sum::<f64>() / 600.0;
    let one = Gaussian::fit(&rows, 3).unwrap().log_density(&rows).iter().sum::<f64>() / 600.0;
    assert!(truth > one + 0.5, "{truth} {one}");
    let start = LinearStart::mixed(&mixture, 3, 0.01);
    let mut config = config(3);
    config.components = Auto::Fixed(2);
    case.net = model::begin(&config, &start, &Device::flex(), &mut Rng::new(1));
    let evidence = case.rows().evidence(&case.net, &all, 256, &Rng::new(9));
    let mean = |values: &[f64]| values.iter().sum::<f64>() / 600.0;
    assert!((mean(&evidence.log_p) - truth).abs() < 0.02, "{} {truth}", mean(&evidence.log_p));
    assert!(mean(&evidence.elbo) > truth - 0.3, "{} {truth}", mean(&evidence.elbo));
    // The bound of the pair of component and code lies below that of the code alone.
    let bound = case.rows().bound(&case.net, &all, 64, &mut Rng::new(9)).elbo();
    assert!(mean(&bound) <= mean(&evidence.elbo) + 0.05 && mean(&bound) > truth - 0.5, "{}", mean(&bound));
    // Draws come from the same law: their mean log-density is that of the rows, within six standard errors.
    let mut rng = Rng::new(11);
    let law = case.net.generate(4000, &mut rng);
    let drawn: Vec<f64> = numbers(law.sample(&mut rng));
    let densities: Vec<f64> = mixture.log_density(&drawn, 3).unwrap();
    let estimate = Estimate::of(&densities);
    let own: Vec<f64> = mixture.log_density(&rows, 3).unwrap();
    let spread = estimate.se.unwrap().hypot(Estimate::of(&own).se.unwrap());
    assert!((estimate.mean - truth).abs() < 6.0 * spread, "{estimate:?} {truth}");
}
