//! The LKJ law of d × d correlation matrices, density ∝ |R|^(c−1), over their Cholesky factors L.
//!
//! Density ∏ L_ii^(d − i + 2c − 2) / Z, i from 2 to d.
//!
//! Source: D. Lewandowski, D. Kurowicka & H. Joe, "Generating random correlation matrices based on vines and extended onion
//! method", Journal of Multivariate Analysis 100 (2009).

use super::gamma::log_gamma_draw;
use crate::special::{digamma_rise, lgamma_diff};
use crate::{Rng, single};

/// ln π.
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// A factor by the onion: row i, counted from 0, is √y u and √(1 − y), u a uniform direction in i dimensions and y of
/// Beta(i/2, c + (d − 1 − i)/2), as the ratio of two gamma draws in logarithms; with its slopes in c and the logarithms of its
/// diagonal with theirs.
pub fn draw(
    rng: &mut Rng,
    concentration: f64,
    d: usize,
    [lower, slopes]: [&mut [f64]; 2],
    [log_diagonal, log_slopes]: [&mut [f64]; 2],
) {
    lower[0] = 1.0;
    for i in 1..d {
        let row = i * d;
        let direction = &mut lower[row..row + i];
        for x in direction.iter_mut() {
            *x = rng.element().normal();
        }
        let length = direction.iter().fold(0.0, |sum: f64, x| sum.hypot(*x));
        let (log_up, _) = log_gamma_draw(&mut rng.element(), 0.5 * i as f64);
        let (log_down, slope) = log_gamma_draw(&mut rng.element(), concentration + 0.5 * (d - 1 - i) as f64);
        let logit = log_up - log_down;
        // √y moves by −½ √y (1 − y) and ln √(1 − y) by ½ y, times the slope of the lower gamma draw.
        let root = single::exp(-0.5 * single::softplus(-logit));
        for (x, moved) in direction.iter_mut().zip(&mut slopes[row..row + i]) {
            *x *= root / length;
            *moved = -0.5 * *x * single::sigmoid(-logit) * slope;
        }
        log_diagonal[i] = -0.5 * single::softplus(logit);
        log_slopes[i] = 0.5 * single::sigmoid(logit) * slope;
        lower[row + i] = single::exp(log_diagonal[i]);
        slopes[row + i] = lower[row + i] * log_slopes[i];
    }
}

/// The log-density at the factor whose diagonal has these logarithms, and its slopes in them and in c.
pub fn log_prob(log_diagonal: &[f64], concentration: f64, [in_log, in_c]: [&mut [f64]; 2]) -> f64 {
    let d = log_diagonal.len();
    let order = |i: usize| (d - 1 - i) as f64 + 2.0 * (concentration - 1.0);
    in_log.iter_mut().enumerate().skip(1).for_each(|(i, slope)| *slope = order(i));
    let rest = d as f64 - 1.0;
    // h = j/2 and the b = c + (d − 1)/2 − h that it leads to c + (d − 1)/2 from: formed upwards from c, which may vanish
    // beside the rest.
    let halves = || (1..d).map(|j| (0.5 * j as f64, concentration + 0.5 * (d - 1 - j) as f64));
    if let [slope] = in_c {
        let normaliser: f64 = halves().map(|(h, b)| digamma_rise(b, h)).sum();
        *slope = 2.0 * log_diagonal[1..].iter().sum::<f64>() + normaliser;
    }
    let normaliser =
        0.25 * rest * (rest + 1.0) * LN_PI - halves().map(|(h, b)| lgamma_diff(h, b)).sum::<f64>();
    let powers = log_diagonal.iter().enumerate().skip(1).filter(|(i, _)| order(*i) != 0.0);
    powers.map(|(i, log)| order(i) * log).sum::<f64>() - normaliser
}
