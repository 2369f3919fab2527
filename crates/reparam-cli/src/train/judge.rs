//! How a run judges itself: by the held-out bound, when it stands still, and whether the code carries anything.

use burn::tensor::Device;

use super::course::Course;
use super::finish::CALIBRATION_ROWS;
use crate::config::Config;
use crate::error::Result;
use crate::measure::{Bound, Estimate};
use crate::model::{self, Calibration, Net};
use crate::run::metrics::EpochMetrics;
use crate::seeds::{Site, stream};
use crate::split::evenly_spaced;

/// Steps within which a latent that carries nothing yet is no collapse: the decoder's biases are learned first.
const SETTLED: u64 = 300;
/// Draws for the bound on the held-out rows, all together, where there are fewer rows; and at most so many for each.
const DRAWS: usize = 256;
const MOST_SAMPLES: usize = 32;
impl Course<'_> {
    /// The bound that chooses the epoch: on held-out rows, else on the training rows.
    pub(super) fn watch(&self) -> Bound {
        self.watch_of(&self.learner.measured())
    }

    fn watch_of(&self, net: &Net) -> Bound {
        let split = &self.plan.split;
        let watched = if split.watched.is_empty() { &split.training } else { &split.watched };
        // Few rows get more draws each, so that no epoch wins by its noise.
        let samples = (DRAWS / watched.len()).clamp(1, MOST_SAMPLES);
        let site = &mut stream(self.plan.config.train.seed, Site::HeldOut);
        self.plan.rows().bound(net, watched, samples, site)
    }

    /// The bound of each watched row at the linear start; none where the start was drawn, where no rows are held out,
    /// or where another objective than the bound is asked for, which the start does not serve.
    pub(super) fn bound_of_start(&self) -> Option<Vec<f64>> {
        let objective = &self.plan.config.objective;
        let bound = objective.beta == 1.0 && objective.free_bits == 0.0;
        let net = if bound && !self.plan.split.watched.is_empty() { self.linear_net() } else { None };
        let rows = self.watch_of(&net?).elbo();
        rows.iter().all(|elbo| elbo.is_finite()).then_some(rows)
    }

    /// The network at the linear start.
    fn linear_net(&self) -> Option<Net> {
        let Config { model, train, .. } = &self.plan.config;
        let start = self.plan.linear_start()?;
        Some(model::begin(model, &start(), &Device::flex(), &mut stream(train.seed, Site::Weights)))
    }

    /// The network at the linear start and its bound, where it makes the watched rows likelier than `net` does by more than
    /// a standard error. Its bound says little where the code is a mixture, of which one normal is no good posterior: an
    /// epoch may better that and be worse in log p(x).
    pub(super) fn likelier_start(&self, net: &Net) -> Option<(Net, f64)> {
        let elbo = Estimate::of(self.start.as_ref()?).mean;
        let start = self.linear_net()?;
        let watched = evenly_spaced(&self.plan.split.watched, CALIBRATION_ROWS);
        let site = stream(self.plan.config.train.seed, Site::HeldOut);
        let log_p = |net: &Net| {
            self.plan.rows().evidence(net, &watched, Calibration::PARTICLES as usize, &site).log_p
        };
        let gains: Vec<f64> =
            log_p(&start).iter().zip(log_p(net)).map(|(start, learned)| start - learned).collect();
        let Estimate { mean, se } = Estimate::of(&gains);
        se.is_some_and(|se| mean > se).then_some((start, elbo))
    }

    /// Whether an epoch of this bound is the best so far. Without held-out rows nothing tells a better epoch from a
    /// luckier one, and the last is taken. A linear start gives way only to what is better beyond chance: of many epochs
    /// one is always better on a few rows, and a net that has learned these by heart is worse on all others.
    pub(super) fn better(&self, bound: &Bound, elbo: f64) -> bool {
        let Some(best) = self.state.best.filter(|_| !self.plan.split.watched.is_empty()) else { return true };
        match &self.start {
            Some(start) if best.epoch == 0 => {
                let gains: Vec<f64> = bound.elbo().iter().zip(start).map(|(now, then)| now - then).collect();
                let Estimate { mean, se } = Estimate::of(&gains);
                se.is_some_and(|se| mean > beyond_chance(gains.len()) * se)
            }
            _ => elbo > best.elbo,
        }
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

/// Standard errors by which an epoch must be better than a linear start, row by row, on `rows` held-out rows: about the
/// upper half percent of Student's t with `rows` − 1 degrees of freedom, within a tenth of it. Fewer than ten rows tell
/// nothing of the rare ones for which a network is far off.
fn beyond_chance(rows: usize) -> f64 {
    if rows < 10 { f64::INFINITY } else { 2.6 * (1.0 + 6.0 / (rows as f64 - 1.0).powf(1.5)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_must_agree_more() {
        // The upper half percent of Student's t with 9, 14, 29 and many degrees of freedom.
        for (rows, t) in [(10, 3.25), (15, 2.98), (30, 2.76), (100_000, 2.58)] {
            assert!((beyond_chance(rows) / t - 1.0f64).abs() < 0.1, "{rows}");
        }
        assert_eq!(beyond_chance(9), f64::INFINITY);
    }
}
