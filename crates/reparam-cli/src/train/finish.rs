//! After the last epoch: the model file, its calibration, the report, and what to try next.

use burn::tensor::Device;

use super::course::{Course, Ended};
use super::report;
use crate::atomic;
use crate::config::Likelihood;
use crate::data::Layout;
use crate::error::Result;
use crate::gaussian::{Gaussian, Mixture};
use crate::model::{Calibration, HeldOutDensity, SavedModel, Training, build, with_parameters};
use crate::seeds::{Site, stream};
use crate::split::evenly_spaced;
use crate::wording::{counted, shell_word};

/// Held-out rows that p-values are read from; more make a finer p-value and a longer finish.
pub(super) const CALIBRATION_ROWS: usize = 2000;
/// Columns of a table up to which it is held against one normal with a full covariance.
const WIDEST: usize = 256;
/// What is added to the variances of the mixture that it is held against, as scikit-learn does by default.
const RIDGE: f64 = 1e-6;
/// The last part of the epochs: a run whose best is there when they are over was still learning.
const LAST_PART: usize = 20;

impl Course<'_> {
    /// Writes what the run came to. An interrupted run gets its model, so that it can be looked at; calibration and
    /// report wait for the end.
    ///
    /// # Errors
    ///
    /// Where a file cannot be written.
    pub fn finish(&mut self, ended: &Ended) -> Result<()> {
        self.end_progress();
        let mut model = self.model()?;
        let Ended::Done(reason) = ended else {
            return model.write(&self.folder.model());
        };
        if model.training.epoch > 0
            && let Some((start, elbo)) = self.likelier_start(&model.net)
        {
            model.net = start;
            model.training = Training { epoch: 0, held_out_elbo: Some(elbo), ..model.training };
        }
        self.measure(&mut model);
        model.write(&self.folder.model())?;
        let page = report::page(self, &model)?.to_html()?;
        atomic::write(&self.folder.report(), |file| file.write_all(page.as_bytes()))?;

        let path = self.folder.path();
        let started = self.state.best.is_some();
        let whence = match (model.training.epoch, self.state.steps) {
            (0, 0) if started && self.plan.split.doubted > 0 => "the linear model of the other rows".into(),
            (0, 0) => "untrained".into(),
            (0, _) if started => "the linear model that it started at, which no epoch bettered".into(),
            (0, steps) => format!("that of step {steps}, within the first epoch"),
            (epoch, _) => format!("that of epoch {epoch}"),
        };
        self.say(&format!("done: {reason}; the model is {whence}, in {}", path.display()))?;
        if let Some(held_out) = &model.training.held_out {
            self.say(&format!("held-out log p(x): {}", held_out.in_words()))?;
        }
        if let Some(line) = self.still_improving(&shell_word(path)).filter(|_| model.training.epoch > 0) {
            self.say(&line)?;
        }
        self.say(&format!("report: {}", self.folder.report().display()))?;
        let (run, output) = (shell_word(path), self.suggested_output());
        self.say(&format!("next: reparam generate {run} -n 64 -o {output}"))
    }

    /// Where the epochs were over before the bound had stopped rising: how to go on.
    fn still_improving(&self, run: &str) -> Option<String> {
        let (epochs, best) = (self.state.epoch, self.state.best?.epoch);
        let over = epochs > 0 && epochs >= *self.plan.config.train.epochs.get();
        let late = epochs - best < epochs.div_ceil(LAST_PART);
        (over && late && !self.plan.split.watched.is_empty()).then(|| {
            format!(
                "still improving after {}: reparam train --resume {run} --epochs {} goes on",
                counted(epochs, "epoch"),
                2 * epochs
            )
        })
    }

    fn suggested_output(&self) -> &'static str {
        if self.plan.preprocess.layout == Layout::Table { "new.csv" } else { "new.png" }
    }

    /// The network of the best epoch; within the first, as it stands.
    fn model(&self) -> Result<SavedModel> {
        let newest = self.learner.parameters();
        let best = self.best.as_ref().filter(|_| self.state.best.is_some()).unwrap_or(&newest);
        let plan = self.plan;
        let site = &mut stream(plan.config.train.seed, Site::Weights);
        let net = build(&plan.config.model, plan.preprocess.width(), &Device::flex(), site);
        let held_out = !plan.split.held_out.is_empty();
        Ok(SavedModel {
            net: with_parameters(net, best)?,
            config: plan.config.clone(),
            preprocess: plan.preprocess.clone(),
            training: Training {
                epoch: self.state.best.map_or(0, |best| best.epoch),
                held_out_elbo: self.state.best.filter(|_| held_out).map(|best| best.elbo),
                data: plan.fingerprint.clone(),
                rows: plan.split.training.len(),
                held_out_rows: plan.split.held_out.len(),
                held_out: None,
            },
            calibration: None,
        })
    }

    /// The held-out rows that are measured: evenly spaced ones where there are many.
    fn chosen(&self) -> Vec<u32> {
        evenly_spaced(&self.plan.split.held_out, CALIBRATION_ROWS)
    }

    /// What the held-out rows score, and how likely one fitted normal finds them.
    fn measure(&self, model: &mut SavedModel) {
        let chosen = self.chosen();
        if chosen.is_empty() {
            return;
        }
        let rows = self.plan.rows();
        let site = stream(self.plan.config.train.seed, Site::Calibration);
        let evidence = rows.evidence(&model.net, &chosen, Calibration::PARTICLES as usize, &site);
        let mut scores: Vec<f32> = evidence.log_p.iter().map(|log_p| -log_p as f32).collect();
        scores.sort_unstable_by(f32::total_cmp);
        model.training.held_out = Some(HeldOutDensity::of(&evidence.log_p, &self.baselines(&chosen)));

        let by_column = rows.columns(&model.net, &chosen, &site).scores;
        let width = self.plan.preprocess.width();
        let mut means = vec![0.0f64; width];
        for row in by_column.chunks_exact(width) {
            means
                .iter_mut()
                .zip(row)
                .for_each(|(mean, score)| *mean += f64::from(*score) / chosen.len() as f64);
        }
        let column_means = means.into_iter().map(|mean| mean as f32).collect();
        model.calibration = Some(Calibration { scores, column_means });
    }

    /// log p(x) of the chosen rows under one normal and under a mixture by BIC, fitted to the training rows, each with its
    /// number of normals; of tables of real numbers, narrow enough for a covariance.
    fn baselines(&self, chosen: &[u32]) -> Vec<(usize, Vec<f64>)> {
        let plan = self.plan;
        let width = plan.preprocess.width();
        let real = *plan.config.model.likelihood.get() == Likelihood::Gaussian;
        if !real || plan.preprocess.layout != Layout::Table || width > WIDEST {
            return Vec::new();
        }
        let chosen = plan.standardised(chosen);
        let one = Gaussian::fit(&plan.standardised(&plan.split.training), width);
        let rng = stream(plan.config.train.seed, Site::Mixture);
        let several = plan.for_mixtures().and_then(|rows| Mixture::of_least_bic(&rows, width, RIDGE, &rng));
        let several = several.filter(|mixture| mixture.weights.len() > 1);
        let of_mixture =
            |mixture: Mixture| Some((mixture.weights.len(), mixture.log_density(&chosen, width)?));
        one.map(|one| (1, one.log_density(&chosen))).into_iter().chain(several.and_then(of_mixture)).collect()
    }
}
