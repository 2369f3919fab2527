//! Functions of a variable whose expectation every distribution is tried with.

use burn::tensor::Device;
use reparam::{Distribution, Rng};
use reparam_lang::Shape;

use crate::estimate::{Joint, Site};
use std::rc::Rc;

/// Draws from which tails are judged.
const DRAWS: usize = 10_000;
/// E\[f⁴\] / E\[f²\]² up to which the mean of these draws is close to normal; a heavier tail grows with the draws.
const HEAVIEST: f64 = 100.0;

/// The functions whose means have an interval, and those that are left out.
pub fn standard(site: &Rc<Site>) -> (Vec<String>, Vec<String>) {
    let z = Joint::new(std::slice::from_ref(site), &Device::flex().autodiff());
    let many = reparam::Params::repeated(&z, DRAWS);
    let draws: Vec<f64> = many.sample(&mut Rng::new(0)).into_data().iter::<f64>().collect();
    let tail = |power: i32| {
        let sums: Vec<f64> =
            draws.chunks(site.width()).map(|draw| draw.iter().map(|z| z.powi(power)).sum::<f64>()).collect();
        let moment = |n: i32| sums.iter().map(|x| x.powi(n)).sum::<f64>() / DRAWS as f64;
        let ratio = moment(4) / moment(2).powi(2);
        // All zero is as light as can be.
        if moment(2) == 0.0 { 0.0 } else { ratio }
    };
    let whole = |inner: &str| match site.shape {
        Shape::Scalar => inner.to_owned(),
        _ => format!("sum({inner})"),
    };
    let (light, heavy): (Vec<_>, Vec<_>) =
        [("z", 1), ("z^2", 2)].into_iter().partition(|(_, power)| tail(*power) <= HEAVIEST);
    let texts = |all: Vec<(&str, i32)>| all.into_iter().map(|(text, _)| whole(text)).collect::<Vec<_>>();
    let mut kept = texts(light);
    kept.push(whole("tanh(z)"));
    (kept, texts(heavy))
}
