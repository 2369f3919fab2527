//! The fused densities and their slopes against the plain formulas in double precision.

#![expect(clippy::float_cmp, reason = "what must be exact is compared exactly")]

use reparam_kernels::{Real, Rng, bernoulli, normal, rows};

const WIDTHS: [usize; 5] = [1, 15, 16, 37, 784];
const ROWS: usize = 3;

fn numbers<T: Real>(rng: &mut Rng, n: usize, factor: f64) -> Vec<T> {
    let mut out = vec![T::ZERO; n];
    rng.fill_normal(&mut out);
    out.iter().map(|x| T::from_f64(x.to_f64() * factor)).collect()
}

/// The error allowed is a few roundings of the sum of the absolute terms.
#[track_caller]
fn close<T: Real>(got: T, want: f64, size: f64) {
    let tolerance = 8.0 * T::EPSILON.to_f64() * size;
    assert!((got.to_f64() - want).abs() <= tolerance, "{got} instead of {want} (tolerance {tolerance:e})");
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn bernoulli_formula<T: Real>() {
    let mut rng = Rng::new(11);
    for width in WIDTHS {
        let n = width * ROWS;
        let logits: Vec<T> = numbers(&mut rng, n, 8.0);
        let mut x = vec![T::ZERO; n];
        rng.fill_uniform(&mut x);
        // Grey levels, and the two ends.
        for (i, x) in x.iter_mut().enumerate() {
            *x = [*x, T::ZERO, T::ONE][i % 3];
        }
        let (mut value, mut again, mut slope) = (vec![T::ZERO; ROWS], vec![T::ZERO; ROWS], vec![T::ZERO; n]);
        bernoulli::log_prob(&logits, &x, width, &mut value);
        bernoulli::log_prob_with_slope(&logits, &x, width, &mut again, &mut slope);
        assert_eq!(value, again);
        for (r, value) in value.into_iter().enumerate() {
            let (mut sum, mut size) = (0.0, 0.0);
            for j in r * width..(r + 1) * width {
                let (l, x) = (logits[j].to_f64(), x[j].to_f64());
                let term = x * l - softplus(l);
                (sum, size) = (sum + term, size + term.abs() + (x * l).abs());
                close(slope[j], x - 1.0 / (1.0 + (-l).exp()), 1.0);
            }
            close(value, sum, size);
        }
    }
}

#[test]
fn bernoulli() {
    bernoulli_formula::<f32>();
    bernoulli_formula::<f64>();
}

/// Where x is 0 or 1 the log-probability keeps its relative accuracy however sure the logit is.
#[test]
fn bernoulli_far_tails() {
    for (l, x, want) in [
        (80.0, 1.0, -(-80.0_f64).exp()),
        (-80.0, 0.0, -(-80.0_f64).exp()),
        (80.0, 0.0, -80.0),
        (-80.0, 1.0, -80.0),
        (1e30, 1.0, 0.0),
        (-1e30, 1.0, -1e30),
    ] {
        let (mut value, mut slope) = ([0.0_f64], [0.0]);
        bernoulli::log_prob_with_slope(&[l], &[x], 1, &mut value, &mut slope);
        assert!(
            (value[0] - want).abs() <= 1e-15 * want.abs(),
            "logit {l}, x {x}: {} instead of {want}",
            value[0]
        );
    }
}

fn normal_formula<T: Real>() {
    let mut rng = Rng::new(12);
    for width in WIDTHS {
        let n = width * ROWS;
        let (x, loc): (Vec<T>, Vec<T>) = (numbers(&mut rng, n, 3.0), numbers(&mut rng, n, 1.0));
        let mut scale = vec![T::ZERO; n];
        rng.fill_uniform(&mut scale);
        let (mut value, mut again) = (vec![T::ZERO; ROWS], vec![T::ZERO; ROWS]);
        let mut slopes = [(); 3].map(|()| vec![T::ZERO; n]);
        let [dx, dloc, dscale] = &mut slopes;
        normal::log_prob(&x, &loc, &scale, width, &mut value);
        let into = normal::Slopes { x: dx, loc: dloc, scale: dscale };
        normal::log_prob_with_slopes(&x, &loc, &scale, width, &mut again, into);
        assert_eq!(value, again);
        for (r, value) in value.into_iter().enumerate() {
            let (mut sum, mut size) = (0.0, 0.0);
            for j in r * width..(r + 1) * width {
                let (x, loc, scale) = (x[j].to_f64(), loc[j].to_f64(), scale[j].to_f64());
                let u = (x - loc) / scale;
                let (square, constant) = (u * u / 2.0, scale.ln() + 0.9189385332046727);
                (sum, size) = (sum - square - constant, size + square + constant.abs() + 1.0);
                close(slopes[0][j], -u / scale, (u / scale).abs());
                close(slopes[1][j], u / scale, (u / scale).abs());
                close(slopes[2][j], (u * u - 1.0) / scale, (u * u + 1.0) / scale);
            }
            close(value, sum, size);
        }
    }
}

#[test]
fn normal() {
    normal_formula::<f32>();
    normal_formula::<f64>();
}

fn divergence_formula<T: Real>() {
    let mut rng = Rng::new(13);
    for width in WIDTHS {
        let n = width * ROWS;
        let (loc, log_variance): (Vec<T>, Vec<T>) = (numbers(&mut rng, n, 1.0), numbers(&mut rng, n, 2.0));
        let (mut value, mut again, mut slope) = (vec![T::ZERO; ROWS], vec![T::ZERO; ROWS], vec![T::ZERO; n]);
        normal::kl_to_standard(&loc, &log_variance, width, &mut value);
        normal::kl_to_standard_with_slope(&loc, &log_variance, width, &mut again, &mut slope);
        assert_eq!(value, again);
        for (r, value) in value.into_iter().enumerate() {
            let (mut sum, mut size) = (0.0, 0.0);
            for j in r * width..(r + 1) * width {
                let (loc, s) = (loc[j].to_f64(), log_variance[j].to_f64());
                sum += 0.5 * (loc * loc + s.exp() - 1.0 - s);
                size += 0.5 * (loc * loc + s.exp() + 1.0 + s.abs());
                close(slope[j], 0.5 * s.exp_m1(), 0.5 * s.exp_m1().abs());
            }
            close(value, sum, size);
        }
    }
}

#[test]
fn divergence_from_standard() {
    divergence_formula::<f32>();
    divergence_formula::<f64>();
    let mut value = [1.0_f32];
    normal::kl_to_standard(&[0.0; 20], &[0.0; 20], 20, &mut value);
    assert_eq!(value, [0.0]);
}

#[test]
fn rows_scaled() {
    let mut matrix = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    rows::scale_rows(&mut matrix, &[10.0, -1.0], 3);
    assert_eq!(matrix, [10.0, 20.0, 30.0, -4.0, -5.0, -6.0]);
}

#[test]
fn rows_of_no_numbers_sum_to_zero() {
    let mut value = [7.0_f32; 2];
    bernoulli::log_prob(&[], &[], 0, &mut value);
    assert_eq!(value, [0.0; 2]);
}

#[test]
#[should_panic(expected = "`logits` must have 2 x 3 numbers (one row for each of `value`), not 5")]
fn wrong_width() {
    bernoulli::log_prob(&[0.0_f32; 5], &[0.0; 5], 3, &mut [0.0; 2]);
}

#[test]
#[should_panic(expected = "equal lengths, not [(\"x\", 6), (\"loc\", 5), (\"scale\", 6)]")]
fn wrong_length() {
    normal::log_prob(&[0.0_f32; 6], &[0.0; 5], &[1.0; 6], 3, &mut [0.0; 2]);
}
