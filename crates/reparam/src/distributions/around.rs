//! Unit vectors that turn around a mean direction: what von Mises–Fisher and power spherical draws share.

use burn::tensor::Tensor;

use crate::{noise, noise::Rng, ops, rows};

/// Each row divided by its length.
pub(super) fn direction(x: Tensor<2>) -> Tensor<2> {
    let [batch, d] = x.dims();
    // First by its largest element, so that no square overflows or vanishes.
    let largest = crate::gradient::stop(x.clone().abs().max_dim(1)).expand([batch, d]);
    let x = x / largest;
    let length = x.clone().square().sum_dim(1).sqrt().expand([batch, d]);
    x / length
}

/// A unit vector with the cosine t to each row of `loc`: t loc + √(1 − t²) v, where v is a normal vector without its part
/// along loc, divided by its length.
///
/// `cosine` gives, for each concentration, y = ln((1 + t)/(1 − t)) and dy/dk. The path moves smoothly with loc everywhere,
/// which a reflection of a fixed axis onto loc does not where the two agree.
pub(super) fn turn(
    loc: &Tensor<2>,
    concentration: &Tensor<1>,
    rng: &mut Rng,
    cosine: impl Fn(&mut Rng, f64) -> (f64, f64),
) -> Tensor<2> {
    let [batch, d] = loc.dims();
    let noise = noise::normal(loc, rng);
    let along = (noise.clone() * loc.clone()).sum_dim(1).expand([batch, d]);
    let across = direction(noise - along * loc.clone());

    let draws = rows::read(concentration).into_iter().map(|k| cosine(rng, k)).collect::<Vec<_>>();
    // With y, t = tanh(y/2) and √(1 − t²) = 1/cosh(y/2).
    let part = |value: fn(f64) -> f64, slope: fn(f64) -> f64| {
        let values = draws.iter().map(|&(y, _)| value(0.5 * y)).collect();
        let slopes = draws.iter().map(|&(y, moved)| slope(0.5 * y) * moved).collect();
        let moving = ops::zero_with_slopes(concentration.clone(), slopes);
        (rows::upload(values, [batch], concentration) + moving).reshape([batch, 1]).expand([batch, d])
    };
    let t = part(f64::tanh, |x| 0.5 / x.cosh().powi(2));
    let rest = part(|x| x.cosh().recip(), |x| -0.5 * x.tanh() / x.cosh());
    loc.clone() * t + across * rest
}

/// The variance of each element, from that across loc and that along it, `[batch]`.
pub(super) fn variance(loc: &Tensor<2>, across: Tensor<1>, along: Tensor<1>) -> Tensor<2> {
    let dims = loc.dims();
    let column = |x: Tensor<1>| x.reshape([dims[0], 1]).expand(dims);
    let square = loc.clone().square();
    column(across) * (-square.clone() + 1.0) + column(along) * square
}

/// A function of one number per row, and its slope.
pub(super) fn scalar(k: &Tensor<1>, f: impl Fn(f64) -> (f64, f64)) -> Tensor<1> {
    let batch = k.dims()[0];
    rows::map([k.clone().reshape([batch, 1])], |[k], [slopes]| {
        let (value, slope) = f(k[0]);
        slopes.fill(slope);
        value
    })
}
