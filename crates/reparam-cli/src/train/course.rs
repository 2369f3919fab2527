//! The course of a run: epochs, checkpoints, and the reasons to stop.

use std::time::{Duration, Instant};

use super::learner::{Learner, Step};
use super::plan::Plan;
use super::state::{Best, Checkpoint, State, Sums};
use crate::commands::train::TrainArgs;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::measure::{Bound, Estimate};
use crate::model::Parameters;
use crate::progress::Progress;
use crate::run::RunFolder;
use crate::run::checkpoint::Checkpoints;
use crate::run::log::LogFile;
use crate::run::metrics::{EpochMetrics, HeldOutMetrics, MetricsFile};
use crate::seeds::{Site, stream};
use crate::wording::counted;

/// What becomes of the step length where a run goes back to its best weights.
const ANNEALED: f64 = 0.2;
/// Why learning ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All epochs, or enough of them: the reason in words.
    Done(String),
    /// The user asked.
    Interrupted,
}

/// A run under way.
pub struct Course<'a> {
    pub(super) plan: &'a Plan,
    pub(super) folder: &'a RunFolder,
    pub(super) console: &'a Console,
    pub(super) learner: Learner,
    pub(super) state: State,
    pub(super) best: Option<Parameters>,
    /// The bound of each watched row at a linear start, where that is what there is to better.
    pub(super) start: Option<Vec<f64>>,
    checkpoints: Checkpoints,
    metrics: MetricsFile,
    log: LogFile,
    progress: Option<Progress>,
    started: Instant,
    epoch_started: Instant,
    saved: Instant,
}

impl<'a> Course<'a> {
    /// From the first weights, or from the newest checkpoint of a run that is resumed.
    ///
    /// # Errors
    ///
    /// Where files cannot be written, or the checkpoint belongs to other data.
    pub fn start(
        plan: &'a Plan,
        folder: &'a RunFolder,
        console: &'a Console,
        args: &TrainArgs,
    ) -> Result<Self> {
        let checkpoints = folder.checkpoints();
        let mut log = LogFile::open(&folder.log())?;
        let loaded = if args.resume.is_some() { checkpoints.load_latest()? } else { None };
        let mut learner = match (&loaded, plan.linear_start()) {
            (None, Some(start)) => Learner::beginning(&plan.config, &start()),
            _ => Learner::new(&plan.config, plan.preprocess.width()),
        };
        let mut state = State::default();
        let mut best = None;
        if let Some(loaded) = loaded {
            for fault in &loaded.warnings {
                let warning = format!("{fault}; going back to the checkpoint after {} steps", loaded.step);
                console.warn(&warning);
                log.line(&format!("warning: {warning}"))?;
            }
            let checkpoint = Checkpoint::from_bytes(&loaded.payload)?;
            if checkpoint.data != plan.fingerprint {
                return Err(Error::failed("the data have changed since the run began")
                    .help("resume with the same data, or start a new run"));
            }
            best = Some(checkpoint.best.unwrap_or_else(|| checkpoint.weights.clone()));
            learner = learner.restore(&checkpoint.weights, checkpoint.memory, checkpoint.noise)?;
            state = checkpoint.state;
        }
        let metrics = MetricsFile::open_after(&folder.metrics(), state.epoch)?;
        let epochs = *plan.config.train.epochs.get();
        let progress = Progress::new(console, args.json, epochs, state.epoch, state.steps);
        let now = Instant::now();
        let mut course = Self {
            plan,
            folder,
            console,
            learner,
            state,
            best,
            start: None,
            checkpoints,
            metrics,
            log,
            progress: Some(progress),
            started: now,
            epoch_started: now,
            saved: now,
        };
        course.start = course.bound_of_start();
        course.say(&match course.state.steps {
            0 => format!("run: {}", folder.path().display()),
            steps => format!("run: {}, continued after {steps} steps", folder.path().display()),
        })?;
        Ok(course)
    }

    /// Learns until the last epoch, early stopping, the time limit, an interrupt, or a fault.
    ///
    /// # Errors
    ///
    /// A term of the loss that is not finite, or a file that cannot be written; the last checkpoint is then whole.
    pub fn learn(&mut self, interrupt: &Interrupt) -> Result<Ended> {
        let ended = self.epochs(interrupt);
        if let Err(error) = &ended {
            self.end_progress();
            // Where the disk is full the log cannot say so; the user is told in any case.
            let _ = self.log.line(&format!("error: {error}"));
        }
        ended
    }

    fn epochs(&mut self, interrupt: &Interrupt) -> Result<Ended> {
        if self.best.is_none() {
            self.best = Some(self.learner.parameters());
            self.state.best =
                self.start.as_ref().map(|start| Best { epoch: 0, elbo: Estimate::of(start).mean });
            self.save()?;
        }
        // Asked before the first epoch too: a run that had ended goes straight on to its finish.
        loop {
            if let Some(reason) = self.enough() {
                return Ok(Ended::Done(reason));
            }
            if let Some(ended) = self.epoch(interrupt)? {
                return Ok(ended);
            }
        }
    }

    /// Says a line to the user and to the log.
    pub(super) fn say(&mut self, line: &str) -> Result<()> {
        match &self.progress {
            Some(progress) => progress.note(line),
            None => self.console.note(line),
        }
        self.log.line(line)
    }

    /// Says that something is not as it should be, even to a user who asked for quiet.
    fn warn(&mut self, line: &str) -> Result<()> {
        match &self.progress {
            Some(progress) => progress.aside(|| self.console.warn(line)),
            None => self.console.warn(line),
        }
        self.log.line(&format!("warning: {line}"))
    }

    /// Ends the progress display.
    pub(super) fn end_progress(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.finish();
        }
    }

    /// One epoch, or what is left of it; `Some` when the run ends within it.
    fn epoch(&mut self, interrupt: &Interrupt) -> Result<Option<Ended>> {
        self.epoch_started = Instant::now();
        let train = &self.plan.config.train;
        let rows = self.plan.rows();
        let order = self.order();
        let batches: Vec<&[u32]> = order
            .chunks(self.plan.split.training.len())
            .flat_map(|pass| pass.chunks(*train.batch_size.get()))
            .collect();
        let rate = train.learning_rate * ANNEALED.powi(self.state.anneals as i32);
        while self.state.batch < batches.len() {
            let beta = self.beta(batches.len());
            let step = self.learner.step(&rows, batches[self.state.batch], beta, rate);
            self.check(&step)?;
            self.add(&step);
            if let Some(progress) = &mut self.progress {
                progress.step(self.state.epoch + 1, self.state.batch as f64 / batches.len() as f64);
            }
            if interrupt.requested() {
                self.save()?;
                return Ok(Some(Ended::Interrupted));
            }
            let out_of_time = train.max_time.is_some_and(|limit| self.started.elapsed() >= limit);
            if out_of_time && self.state.batch < batches.len() {
                self.save()?;
                return Ok(Some(Ended::Done("the time limit".into())));
            }
            if self.saved.elapsed() >= Duration::from_secs_f64(60.0 * train.checkpoint_every) {
                self.save()?;
            }
        }
        self.complete_epoch()?;
        Ok(interrupt.requested().then_some(Ended::Interrupted))
    }

    /// The training rows in the order of this epoch's passes: the seed and the number of the pass decide it, whatever
    /// came before.
    fn order(&self) -> Vec<u32> {
        let site = stream(self.plan.config.train.seed, Site::Order);
        let training = &self.plan.split.training;
        let passes = *self.plan.config.train.passes.get() as u64;
        let first = self.state.epoch as u64 * passes;
        let pass = |pass: u64| site.split(pass).permutation(training.len());
        (first..first + passes).flat_map(pass).map(|place| training[place as usize]).collect()
    }

    /// Steps of an epoch.
    fn batches(&self) -> usize {
        let train = &self.plan.config.train;
        self.plan.split.training.len().div_ceil(*train.batch_size.get()) * train.passes.get()
    }

    /// β grows in proportion to the steps of the warm-up, then stays.
    fn beta(&self, batches: usize) -> f64 {
        let objective = &self.plan.config.objective;
        let warmup = (objective.kl_warmup * batches) as f64;
        if warmup == 0.0 {
            objective.beta
        } else {
            objective.beta * ((self.state.steps + 1) as f64 / warmup).min(1.0)
        }
    }

    /// Stops at a loss that is not finite, before anything of this step is saved.
    fn check(&self, step: &Step) -> Result<()> {
        let Some(fault) = step.fault() else { return Ok(()) };
        let (epoch, number) = (self.state.epoch + 1, self.state.steps + 1);
        let message = format!("the loss is not finite in epoch {epoch}, step {number}: {fault}");
        let rate = self.plan.config.train.learning_rate;
        Err(Error::failed(message).help(format!(
            "start a new run with a lower --learning-rate (it is {rate}); the last checkpoint with finite weights is in {}",
            self.folder.path().join("checkpoint").display()
        )))
    }

    fn add(&mut self, step: &Step) {
        let sums = &mut self.state.sums;
        sums.rows += step.rows;
        sums.reconstruction += step.reconstruction;
        sums.kl.resize(step.kl.len(), 0.0);
        sums.kl.iter_mut().zip(&step.kl).for_each(|(sum, kl)| *sum += kl);
        self.state.steps += 1;
        self.state.batch += 1;
    }

    /// Measures, records, judges and saves a completed epoch.
    fn complete_epoch(&mut self) -> Result<()> {
        let bound = self.watch();
        let metrics = self.metrics_of(&bound);

        let elbo = metrics.held_out.map_or(metrics.elbo, |held_out| held_out.elbo);
        if !elbo.is_finite() {
            return self.check(&Step { rows: 0, reconstruction: elbo, kl: Vec::new() });
        }
        self.state.epoch += 1;
        self.state.batch = 0;
        self.state.seconds = 0.0;
        self.state.sums = Sums::default();
        if self.better(&bound, elbo) {
            self.best = Some(self.learner.parameters());
            self.state.best = Some(Best { epoch: self.state.epoch, elbo });
        }
        self.metrics.append(&metrics)?;
        self.metrics.sync()?;
        let collapse = self.collapse(&metrics);
        if collapse.is_some() {
            self.state.collapse.clone_from(&collapse);
        }
        self.anneal()?;
        self.save()?;
        if let Some(progress) = &mut self.progress {
            progress.epoch(&metrics)?;
        }
        collapse.map_or(Ok(()), |warning| self.warn(&warning))
    }

    fn metrics_of(&self, bound: &Bound) -> EpochMetrics {
        let sums = &self.state.sums;
        let rows = sums.rows as f64;
        let kl = sums.kl.iter().sum::<f64>() / rows;
        let reconstruction = sums.reconstruction / rows;
        let batches = self.batches();
        let held_out = (!self.plan.split.watched.is_empty()).then(|| {
            let elbo = Estimate::of(&bound.elbo());
            HeldOutMetrics {
                elbo: elbo.mean,
                elbo_se: elbo.se.unwrap_or(0.0),
                reconstruction: Estimate::of(&bound.reconstruction).mean,
                kl: Estimate::of(&bound.kl).mean,
            }
        });
        EpochMetrics {
            epoch: self.state.epoch + 1,
            steps: self.state.steps,
            beta: self.beta(batches),
            elbo: reconstruction - kl,
            reconstruction,
            kl,
            held_out,
            active_units: bound.active_units(),
            kl_per_dim: bound.kl_per_dim.clone(),
            seconds: self.state.seconds + self.epoch_started.elapsed().as_secs_f64(),
        }
    }

    /// The reason to end, if there is one.
    fn enough(&self) -> Option<String> {
        let train = &self.plan.config.train;
        let epochs = *train.epochs.get();
        if self.state.epoch >= epochs {
            return Some(counted(epochs, "epoch"));
        }
        if train.max_time.is_some_and(|limit| self.started.elapsed() >= limit) {
            return Some("the time limit".into());
        }
        self.stale()
            .then(|| format!("no better held-out bound for {}", counted(*train.patience.get(), "epoch")))
    }

    /// Writes a checkpoint; refuses weights that are not finite, so that the newest one can always be used.
    fn save(&mut self) -> Result<()> {
        let weights = self.learner.parameters();
        for (name, tensor) in &weights {
            if let Some(bad) = tensor.values.iter().find(|value| !value.is_finite()) {
                let fault = format!("a weight of {name} is {bad}");
                return Err(Error::failed(format!(
                    "training went wrong in step {}: {fault}",
                    self.state.steps
                ))
                .help("start a new run with a lower --learning-rate; the checkpoint before holds finite weights"));
            }
        }
        let mut state = self.state.clone();
        state.seconds += if state.batch > 0 { self.epoch_started.elapsed().as_secs_f64() } else { 0.0 };
        let (memory, noise) = self.learner.memory()?;
        let best_is_now = state.batch == 0 && state.best.map_or(0, |best| best.epoch) == state.epoch;
        let best = if best_is_now { None } else { self.best.clone() };
        let data = self.plan.fingerprint.clone();
        let steps = state.steps;
        let checkpoint = Checkpoint { state, data, weights, best, memory, noise };
        self.checkpoints.save(steps, &checkpoint.to_bytes()?)?;
        self.saved = Instant::now();
        Ok(())
    }
}
