//! A divergence in closed form against draws.

use burn::tensor::Tensor;
use reparam_testing::{Moments, mean_interval};

use super::{Check, Mistake, figure};
use crate::{Distribution, Kl, Normal, Params, error::to_f64, noise::Rng, shape};

/// Whether `claimed`, `[batch]`, is KL(q ‖ p): the mean of log q(z) − log p(z) over `particles` draws of each row.
///
/// Fails what is right with probability `rate`, split over the rows, by the central limit theorem. Panics where `claimed`
/// has not one number for each row of `q`, or for fewer than 2 particles.
pub fn divergence<Q: Distribution<D> + Params, P: Distribution<D> + Params, const D: usize>(
    claimed: Tensor<1>,
    q: &Q,
    p: &P,
    particles: usize,
    rate: f64,
    rng: &mut Rng,
) -> Check {
    Check::of(Mistake::ScaleMistaken, held(claimed, q, p, particles, rate, rng))
}

/// The same where numbers log q(z) − log p(z) are at hand.
pub fn divergence_of(claimed: f64, log_ratios: &Moments, rate: f64) -> Check {
    Check::of(Mistake::ScaleMistaken, compare(claimed, log_ratios, rate, ""))
}

/// As [`divergence`], between normal distributions; where it fails, the way of reading the scales that explains it is
/// named.
pub fn normal_divergence<const D: usize>(
    claimed: Tensor<1>,
    q: &Normal<D>,
    p: &Normal<D>,
    particles: usize,
    rate: f64,
    rng: &mut Rng,
) -> Check {
    let outcome = held(claimed.clone(), q, p, particles, rate, rng).map_err(|detail| {
        let claimed = to_f64(claimed);
        let explains = |reading: &&Reading| {
            let read = |law: &Normal<D>| Normal::new(law.loc(), reading.scale(law.scale()));
            // The prior may have been written as constants, and so be read rightly.
            [read(p), p.clone()].iter().any(|p| {
                let kl = to_f64(read(q).kl(p));
                claimed.iter().zip(&kl).all(|(claimed, kl)| {
                    (claimed - kl).abs() <= 1e-3 * (claimed.abs() + kl.abs()) && kl.is_finite()
                })
            })
        };
        match READINGS.iter().find(explains) {
            Some(reading) => format!("{detail}; it is the divergence with {}", reading.words()),
            None => detail,
        }
    });
    Check::of(Mistake::ScaleMistaken, outcome)
}

/// What a standard deviation is taken for.
#[derive(Clone, Copy)]
enum Reading {
    AsLogVariance,
    AsVariance,
    Squared,
    LogVariance,
}

const READINGS: [Reading; 4] =
    [Reading::AsLogVariance, Reading::AsVariance, Reading::Squared, Reading::LogVariance];

impl Reading {
    /// The standard deviation that the mistake computes with.
    fn scale<const D: usize>(self, scale: Tensor<D>) -> Tensor<D> {
        match self {
            Self::AsLogVariance => (scale * 0.5).exp(),
            Self::AsVariance => scale.sqrt(),
            Self::Squared => scale.square(),
            Self::LogVariance => scale.log() * 2.0,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::AsLogVariance => "σ in the place of log σ²",
            Self::AsVariance => "σ in the place of σ², or log σ in that of log σ²",
            Self::Squared => "σ² in the place of σ, or log σ² in that of log σ",
            Self::LogVariance => "log σ² in the place of σ",
        }
    }
}

/// How the log-ratios of each row compare with what is claimed.
fn held<Q: Distribution<D> + Params, P: Distribution<D> + Params, const D: usize>(
    claimed: Tensor<1>,
    q: &Q,
    p: &P,
    particles: usize,
    rate: f64,
    rng: &mut Rng,
) -> Result<String, String> {
    assert!(particles >= 2, "checks::divergence: a standard error needs at least 2 particles");
    let rows = q.dims()[0];
    let claimed = to_f64(claimed);
    assert!(
        claimed.len() == rows,
        "checks::divergence: expected one number for each of {rows} rows, got {}",
        claimed.len()
    );
    let p = if p.dims()[0] == 1 { p.repeated(rows) } else { p.repeated(1) };
    let (q, p) = (q.repeated(particles).detached(), p.repeated(particles).detached());
    let z = q.sample(rng);
    let ratios = to_f64(shape::unfold_particles(q.log_prob(z.clone()) - p.log_prob(z), particles));
    let each = claimed.iter().enumerate().map(|(row, claimed)| {
        let ratios = Moments::of(|| ratios.iter().skip(row).step_by(rows).copied());
        let place = if rows == 1 { String::new() } else { format!(" in row {row}") };
        compare(*claimed, &ratios, rate / rows as f64, &place)
    });
    let all = each.collect::<Result<Vec<_>, _>>()?;
    let last = all.last().map_or("", String::as_str);
    Ok(if rows == 1 { last.to_owned() } else { format!("all {rows} rows agree: {last}") })
}

fn compare(claimed: f64, ratios: &Moments, rate: f64, place: &str) -> Result<String, String> {
    let detail = format!(
        "{} in closed form, {} ± {} by {} draws{place}",
        figure(claimed),
        figure(ratios.mean()),
        figure(ratios.standard_error()),
        ratios.count()
    );
    if mean_interval(ratios, rate).contains(claimed) { Ok(detail) } else { Err(detail) }
}
