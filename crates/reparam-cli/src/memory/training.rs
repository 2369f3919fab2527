//! Whether a network fits, asked before anything is allocated for it.

use super::ask;
use crate::config::{Config, HeldOut};
use crate::error::Result;
use crate::measure::PARTICLES;
use crate::model::Calibration;

/// Numbers of a network with one input and one output layer around `hidden`, from `input` to `output`.
fn dense(input: usize, hidden: &[usize], output: usize) -> u64 {
    let inputs = std::iter::once(&input).chain(hidden);
    let layers = inputs.zip(hidden.iter().chain([&output]));
    layers.fold(0, |sum, (from, to)| sum.saturating_add((*from as u64 + 1).saturating_mul(*to as u64)))
}

/// The weights of encoder and decoder for rows of `width` numbers, not counting what a likelihood adds.
pub fn weights(config: &Config, width: usize) -> u64 {
    let (hidden, latent) = (config.model.hidden.get(), *config.model.latent_dim.fixed().unwrap_or(&1));
    let mirrored: Vec<usize> = hidden.iter().rev().copied().collect();
    dense(width, hidden, 2 * latent).saturating_add(dense(latent, &mirrored, width))
}

/// Refuses a network that would need more memory to be trained than there is.
///
/// # Errors
///
/// Says how much training would need, how much there is, and which flags count.
pub fn check(config: &Config, width: usize, rows: usize) -> Result<()> {
    ask("training", needed(config, width, rows))
        .map_err(|error| error.help("lower --hidden, --latent-dim, --batch-size or --samples"))
}

/// Bytes for weights and activations: of a training step, or of the scores of held-out rows after it.
fn needed(config: &Config, width: usize, rows: usize) -> u64 {
    // Weights, their gradient, Adam's two moments and the best epoch's weights.
    const OF_WEIGHTS: u64 = 5;
    let hidden: u64 = config.model.hidden.get().iter().map(|&width| width as u64).sum();
    let (width64, latent) = (width as u64, *config.model.latent_dim.fixed().unwrap_or(&1) as u64);
    // What a layer is given and gives; of the likelihood the row beside it and its logarithm; in a step a gradient too.
    let decoder = 3 * latent + 2 * hidden + 4 * width64;
    let [encoding, decoding] = [width64 + 3 * (hidden + latent), decoder + hidden + width64];
    let batch = (*config.train.batch_size.fixed().unwrap_or(&1)).min(rows) as u64;
    let drawn = batch.saturating_mul(config.objective.samples as u64);
    let step = batch.saturating_mul(encoding).saturating_add(drawn.saturating_mul(decoding));
    let scored = if config.data.held_out == HeldOut::Fraction(0.0) { 0 } else { rows as u64 };
    let particles = (PARTICLES as u64).min(scored.saturating_mul(Calibration::PARTICLES.into()));
    let activations = step.max(particles.saturating_mul(decoder));
    weights(config, width).saturating_mul(OF_WEIGHTS).saturating_add(activations).saturating_mul(4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Setting;

    fn config(settings: &[(&str, &str)]) -> Config {
        let settings: Vec<Setting> = settings.iter().map(|(key, text)| Setting::flag(key, text)).collect();
        Config::default().with(&settings).unwrap()
    }

    #[test]
    fn weights_are_counted() {
        // 784-400-20: 784·400 + 400 + 2·(400·20 + 20) and 20·400 + 400 + 400·784 + 784.
        assert_eq!(dense(784, &[400], 40) + dense(20, &[400], 784), 314_000 + 16_040 + 8_400 + 314_384);
        assert_eq!(dense(3, &[], 2), 8);
    }

    #[test]
    fn slips_of_the_finger_are_refused_and_usual_sizes_are_not() {
        let usual = config(&[("model.hidden", "400"), ("model.latent_dim", "20")]);
        assert!(check(&usual, 784, 60_000).is_ok());
        for (key, text) in [("model.hidden", "65536,65536,65536,65536"), ("objective.samples", "65536")] {
            let wide = config(&[("model.hidden", "65536"), ("train.batch_size", "60000"), (key, text)]);
            let error = check(&wide, 784, 60_000).unwrap_err();
            assert!(error.message.contains("B of memory") && error.help.unwrap().contains("--hidden"));
        }
    }
}
