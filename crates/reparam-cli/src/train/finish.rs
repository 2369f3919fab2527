//! After the last epoch: the model file, its calibration, the report, and what to try next.

use burn::tensor::Device;

use super::course::{Course, Ended};
use super::report;
use crate::atomic;
use crate::error::Result;
use crate::model::{Calibration, SavedModel, Training, build, with_parameters};
use crate::seeds::{Site, stream};
use crate::wording::shell_word;

/// Held-out rows that p-values are read from; more make a finer p-value and a longer finish.
const CALIBRATION_ROWS: usize = 2000;
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
        model.calibration = self.calibration(&model);
        model.write(&self.folder.model())?;
        let page = report::page(self, &model)?.to_html()?;
        atomic::write(&self.folder.report(), |file| file.write_all(page.as_bytes()))?;

        let path = self.folder.path();
        let whence = match (model.training.epoch, self.state.steps) {
            (0, 0) => "untrained".into(),
            (0, steps) => format!("that of step {steps}, within the first epoch"),
            (epoch, _) => format!("that of epoch {epoch}"),
        };
        self.say(&format!("done: {reason}; the model is {whence}, in {}", path.display()))?;
        self.say(&format!("report: {}", self.folder.report().display()))?;
        let (run, output) = (shell_word(path), self.suggested_output());
        self.say(&format!("next: reparam generate {run} -n 64 -o {output}"))
    }

    fn suggested_output(&self) -> &'static str {
        if self.plan.preprocess.layout == crate::data::Layout::Table { "new.csv" } else { "new.png" }
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
            },
            calibration: None,
        })
    }

    /// Scores of the held-out rows, evenly spaced ones where there are many.
    fn calibration(&self, model: &SavedModel) -> Option<Calibration> {
        let held_out = &self.plan.split.held_out;
        if held_out.is_empty() {
            return None;
        }
        let stride = held_out.len().div_ceil(CALIBRATION_ROWS);
        let chosen: Vec<u32> = held_out.iter().step_by(stride).copied().collect();
        let rows = self.plan.rows();
        let rng = &mut stream(self.plan.config.train.seed, Site::Calibration);
        let evidence = rows.log_evidence(&model.net, &chosen, Calibration::PARTICLES as usize, rng);
        let mut scores: Vec<f32> = evidence.iter().map(|log_p| -log_p as f32).collect();
        scores.sort_unstable_by(f32::total_cmp);

        let by_column = rows.columns(&model.net, &chosen, rng).scores;
        let width = self.plan.preprocess.width();
        let mut means = vec![0.0f64; width];
        for row in by_column.chunks_exact(width) {
            means
                .iter_mut()
                .zip(row)
                .for_each(|(mean, score)| *mean += f64::from(*score) / chosen.len() as f64);
        }
        Some(Calibration { scores, column_means: means.into_iter().map(|mean| mean as f32).collect() })
    }
}
