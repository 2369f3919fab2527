use super::*;

/// Correlations 0.9 between neighbours.
fn chain(width: usize) -> Vec<f64> {
    (0..width * width).map(|at| 0.9f64.powi((at / width).abs_diff(at % width) as i32)).collect()
}

#[test]
fn density_and_conditional_variances_in_closed_form() {
    // det = 1 − 0.81, Σ⁻¹ = [1, −0.9; −0.9, 1] / 0.19; at (1, 2): ½ (1 − 3.6 + 4) / 0.19 = 3.684…
    let gaussian = Gaussian::new(vec![0.0; 2], &chain(2)).unwrap();
    let expected = -std::f64::consts::TAU.ln() - 0.5 * 0.19f64.ln() - 0.5 * 1.4 / 0.19;
    assert!((gaussian.log_density(&[1.0, 2.0])[0] - expected).abs() < 1e-13);
    for variance in gaussian.conditional_variances() {
        assert!((variance - 0.19).abs() < 1e-14);
    }
    assert!(Gaussian::new(vec![0.0; 2], &[1.0, 1.0, 1.0, 1.0]).is_none(), "a line has no density");
}

#[test]
fn eigenvectors_make_the_matrix_again() {
    let (width, matrix) = (7, chain(7));
    let Eigen { values, vectors } = Eigen::of(matrix.clone(), width);
    assert!(values.is_sorted_by(|a, b| a >= b));
    for i in 0..width {
        for j in 0..width {
            let again: f64 =
                (0..width).map(|k| values[k] * vectors[k * width + i] * vectors[k * width + j]).sum();
            assert!((again - matrix[i * width + j]).abs() < 1e-14);
        }
    }
}

#[test]
fn few_rows_are_shrunk_and_many_are_not() {
    let mut rng = reparam::Rng::new(5);
    let mut rows = |count: usize| {
        let mut noise = vec![0.0f64; count * 8];
        rng.fill_normal(&mut noise);
        noise
    };
    let few = rows(12);
    let (mean, covariance) = moments(&few, 8);
    let fresh = rows(2000);
    let likelihood = |covariance: &[f64]| -> f64 {
        let gaussian = Gaussian::new(mean.clone(), covariance).unwrap();
        gaussian.log_density(&fresh).iter().sum::<f64>() / 2000.0
    };
    assert!(likelihood(&shrunk(&few, 8)) > likelihood(&covariance) + 1.0);
    let many = rows(2000);
    assert_eq!(shrunk(&many, 8), moments(&many, 8).1);
}
