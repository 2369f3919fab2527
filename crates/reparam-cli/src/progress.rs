//! How training goes: one live line on a terminal, a few plain lines elsewhere, JSON lines for programs.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::console::{self, Console};
use crate::error::{Context, Result};
use crate::run::metrics::EpochMetrics;

/// About how many plain lines a run prints.
const PLAIN_LINES: usize = 20;
/// Between two drawings of the live line; longer than a step of a small model takes.
const REDRAW: Duration = Duration::from_millis(100);

/// The progress of one run.
#[derive(Debug)]
pub struct Progress {
    style: Style,
    json: bool,
    span: Span,
    started: Instant,
    /// The newest epoch, in words and number.
    newest: Option<(usize, String)>,
    /// Steps taken before the epoch at hand.
    steps: u64,
}

/// The epochs that this process trains.
#[derive(Clone, Copy, Debug)]
struct Span {
    done: usize,
    epochs: usize,
}

#[derive(Debug)]
enum Style {
    Live { bar: ProgressBar, drawn: Instant },
    Plain { printed: usize },
    Silent,
}

impl Progress {
    /// Progress to `epochs` epochs, from the `done` epochs and `steps` steps that a resumed run has behind it.
    pub fn new(console: &Console, json: bool, epochs: usize, done: usize, steps: u64) -> Self {
        let style = if console.quiet() {
            Style::Silent
        } else if console.live() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(ProgressStyle::with_template("{wide_msg}").expect("a constant template"));
            Style::Live { bar, drawn: Instant::now() }
        } else {
            Style::Plain { printed: done }
        };
        Self { style, json, span: Span { done, epochs }, started: Instant::now(), newest: None, steps }
    }

    /// After a step: `part` of the epoch `epoch` is done. Cheap enough to be called at every step.
    pub fn step(&mut self, epoch: usize, part: f64) {
        if let Style::Live { bar, drawn } = &mut self.style
            && drawn.elapsed() >= REDRAW
        {
            *drawn = Instant::now();
            let newest = self.newest.as_ref().map_or("", |(_, words)| words);
            let left = self.span.time_left((epoch - 1) as f64 + part, self.started.elapsed());
            bar.set_message(format!(
                "epoch {epoch}/{} {:3.0}%{newest}{left}",
                self.span.epochs,
                100.0 * part
            ));
        }
    }

    /// After an epoch.
    ///
    /// # Errors
    ///
    /// Where standard output is wanted and cannot be written.
    pub fn epoch(&mut self, metrics: &EpochMetrics) -> Result<()> {
        let rate = (metrics.steps - self.steps) as f64 / metrics.seconds;
        self.steps = metrics.steps;
        self.newest = Some((metrics.epoch, in_words(metrics, rate)));
        let stride = self.span.epochs.div_ceil(PLAIN_LINES);
        match self.style {
            Style::Plain { printed } if printed == self.span.done || metrics.epoch - printed >= stride => {
                self.plain_line();
            }
            _ => {}
        }
        if self.json {
            let mut line = serde_json::to_vec(metrics).context("cannot write the metrics")?;
            line.push(b'\n');
            self.aside(|| console::output(&line))?;
        }
        Ok(())
    }

    /// Prints a line without disturbing the live one.
    pub fn note(&self, line: &str) {
        if !matches!(self.style, Style::Silent) {
            self.aside(|| console::talk(&console::printable(line)));
        }
    }

    /// Takes the live line away and leaves the newest epoch in its place.
    pub fn finish(mut self) {
        if let Style::Live { bar, .. } = &self.style {
            bar.finish_and_clear();
        }
        self.plain_line();
    }

    /// Does something that writes to the terminal, with the live line out of its way.
    fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.style {
            Style::Live { bar, .. } => bar.suspend(write),
            _ => write(),
        }
    }

    /// The newest epoch, unless it was printed.
    fn plain_line(&mut self) {
        let Some((epoch, words)) = &self.newest else { return };
        match &mut self.style {
            Style::Plain { printed } if printed == epoch => return,
            Style::Plain { printed } => *printed = *epoch,
            Style::Live { .. } => {}
            Style::Silent => return,
        }
        let width = self.span.epochs.to_string().len();
        let left = self.span.time_left(*epoch as f64, self.started.elapsed());
        console::talk(&format!("epoch {epoch:>width$}/{}{words}{left}", self.span.epochs));
    }
}

impl Span {
    /// `  1m 20s left` after `epoch` epochs and the time that those of this process took; empty at the end.
    fn time_left(self, epoch: f64, elapsed: Duration) -> String {
        let (done, left) = (epoch - self.done as f64, self.epochs as f64 - epoch);
        let seconds = elapsed.as_secs_f64() * left / done;
        if !seconds.is_finite() || seconds < 0.5 {
            return String::new();
        }
        // Rounded to what is worth reading: seconds below an hour, minutes above.
        let unit = if seconds < 3600.0 { 1.0 } else { 60.0 };
        let rounded = Duration::from_secs(((seconds / unit).round() * unit) as u64);
        format!("  {} left", humantime::format_duration(rounded))
    }
}

/// The bound and its two terms in nats per row, and how fast they came.
fn in_words(metrics: &EpochMetrics, steps_per_second: f64) -> String {
    let EpochMetrics { elbo, reconstruction, kl, active_units, .. } = metrics;
    let held_out = metrics.held_out.map_or_else(String::new, |held_out| {
        format!("  held-out {:.2} ± {:.2}", held_out.elbo, held_out.elbo_se)
    });
    let units = metrics.kl_per_dim.len();
    format!(
        "  ELBO {elbo:.2} = {reconstruction:.2} − {kl:.2}{held_out}  active {active_units}/{units}  \
         {steps_per_second:.0} steps/s"
    )
}
