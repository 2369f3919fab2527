//! Whether a network fits, asked before anything is allocated for it.

use super::ask;
use crate::config::Config;
use crate::error::Result;

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

/// Bytes for weights and activations, a lower estimate.
fn needed(config: &Config, width: usize, rows: usize) -> u64 {
    // Weights, their gradient, Adam's two moments and the best epoch's weights.
    const OF_WEIGHTS: u64 = 5;
    // What a layer gives, and its gradient.
    const OF_ACTIVATIONS: u64 = 2;
    let (hidden, latent) = (config.model.hidden.get(), *config.model.latent_dim.fixed().unwrap_or(&1));
    let batch = (*config.train.batch_size.fixed().unwrap_or(&1)).min(rows) as u64;
    let batch = batch.saturating_mul(config.objective.samples as u64);
    let widths = (hidden.iter().sum::<usize>() + latent + width) as u64;
    let activations = batch.saturating_mul(widths).saturating_mul(OF_ACTIVATIONS);
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
