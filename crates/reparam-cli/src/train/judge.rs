//! How a run judges itself: by the held-out bound, when it stands still, and whether the code carries anything.

use super::course::Course;
use crate::error::Result;
use crate::measure::Bound;
use crate::run::metrics::EpochMetrics;
use crate::seeds::{Site, stream};

/// Steps within which a latent that carries nothing yet is no collapse: the decoder's biases are learned first.
const SETTLED: u64 = 300;
/// Draws for the bound on the held-out rows, all together, where there are fewer rows; and at most so many for each.
const DRAWS: usize = 256;
const MOST_SAMPLES: usize = 32;

impl Course<'_> {
    /// The bound that chooses the epoch: on held-out rows, else on the training rows.
    pub(super) fn watch(&self) -> Bound {
        let split = &self.plan.split;
        let watched = if split.watched.is_empty() { &split.training } else { &split.watched };
        // Few rows get more draws each, so that no epoch wins by its noise.
        let samples = (DRAWS / watched.len()).clamp(1, MOST_SAMPLES);
        let site = &mut stream(self.plan.config.train.seed, Site::HeldOut);
        self.plan.rows().bound(&self.learner.measured(), watched, samples, site)
    }

    /// Where the bound has not become better for long, and steps may still become smaller: back to the best weights.
    pub(super) fn anneal(&mut self) -> Result<()> {
        if !self.stale() || self.state.anneals >= *self.plan.config.train.anneal.get() {
            return Ok(());
        }
        if let Some(best) = &self.best {
            self.learner.go_back(&self.plan.config, best)?;
        }
        self.state.anneals += 1;
        self.state.annealed = self.state.epoch;
        Ok(())
    }

    /// Whether the last epochs, as many as there is patience for, brought no better bound.
    pub(super) fn stale(&self) -> bool {
        let patience = *self.plan.config.train.patience.get();
        let since = self.state.best.map_or(0, |best| best.epoch).max(self.state.annealed);
        let warm = self.state.epoch > self.plan.config.objective.kl_warmup;
        patience > 0 && self.state.epoch - since >= patience && warm
    }

    /// Names a posterior collapse once, when it is there, with what helps.
    pub(super) fn collapse(&self, metrics: &EpochMetrics) -> Option<String> {
        let objective = &self.plan.config.objective;
        let early = metrics.steps < SETTLED && metrics.epoch < *self.plan.config.train.epochs.get();
        let warming = metrics.epoch <= objective.kl_warmup;
        let unwatched = self.state.collapse.is_some() || objective.beta == 0.0;
        if metrics.active_units > 0 || early || warming || unwatched {
            return None;
        }
        let cure = if objective.kl_warmup == 0 { "--kl-warmup 10" } else { "--free-bits 0.25" };
        Some(format!(
            "posterior collapse in epoch {}: no latent dimension carries information (KL {:.3} nats per row); \
             try {cure}, or a smaller --beta",
            metrics.epoch, metrics.kl
        ))
    }
}
