//! How training goes: one live line on a terminal, a few plain lines elsewhere, JSON lines for programs.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::console::{self, Console};
use crate::error::{Context, Exit, Result};
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
            // The time comes first: a narrow terminal cuts the end of the line.
            bar.set_message(format!(
                "epoch {epoch}/{} {:3.0}%{left}{newest}",
                self.span.epochs,
                100.0 * part
            ));
        }
    }

    /// After an epoch.
    ///
    /// # Errors
    ///
    /// Where standard output is wanted and cannot be written; a reader that went away is told, and no error.
    pub fn epoch(&mut self, metrics: &EpochMetrics) -> Result<()> {
        let rate = (metrics.steps - self.steps) as f64 / metrics.seconds;
        self.steps = metrics.steps;
        self.newest = Some((metrics.epoch, in_words(metrics, rate)));
        if matches!(self.style, Style::Plain { printed } if self.span.is_due(metrics.epoch, printed)) {
            self.plain_line();
        }
        if self.json {
            let mut line = serde_json::to_vec(metrics).context("cannot write the metrics")?;
            line.push(b'\n');
            match self.aside(|| console::output(&line)) {
                Err(error) if error.exit == Exit::PipeClosed => {
                    self.json = false;
                    let line = "nobody reads standard output any more: training goes on without it";
                    self.aside(|| console::talk(line));
                }
                written => written?,
            }
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
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
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
    /// Whether a plain line is due: for the first epoch, and then about twenty times.
    fn is_due(self, epoch: usize, printed: usize) -> bool {
        printed == self.done || epoch - printed >= self.epochs.div_ceil(PLAIN_LINES)
    }

    /// `  at most 1m 20s left` after `epoch` epochs and the time that those of this process took; empty at the end.
    /// At most, since a run may stop early.
    fn time_left(self, epoch: f64, elapsed: Duration) -> String {
        let (done, left) = (epoch - self.done as f64, self.epochs as f64 - epoch);
        let seconds = elapsed.as_secs_f64() * left / done;
        if !seconds.is_finite() || seconds < 0.5 {
            return String::new();
        }
        // Rounded to what is worth reading: seconds below an hour, minutes above.
        let unit = if seconds < 3600.0 { 1.0 } else { 60.0 };
        let rounded = Duration::from_secs(((seconds / unit).round() * unit) as u64);
        format!("  at most {} left", humantime::format_duration(rounded))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_stay_few() {
        for (done, epochs) in [(0, 1), (0, 7), (0, 20), (0, 21), (0, 400), (390, 400), (3, 100_000)] {
            let span = Span { done, epochs };
            let mut printed = done;
            let lines = (done + 1..=epochs).filter(|&epoch| {
                let due = span.is_due(epoch, printed);
                printed = if due { epoch } else { printed };
                due
            });
            let lines: Vec<usize> = lines.collect();
            assert_eq!(lines[0], done + 1);
            assert!(lines.len() <= PLAIN_LINES + 1, "{lines:?}");
            assert!(epochs - done > PLAIN_LINES || epochs > PLAIN_LINES || lines.len() == epochs - done);
        }
    }

    #[test]
    fn the_time_left_is_that_of_this_process() {
        let span = Span { done: 10, epochs: 30 };
        let elapsed = Duration::from_secs(20);
        assert_eq!(span.time_left(20.0, elapsed), "  at most 20s left");
        assert_eq!(span.time_left(10.5, elapsed), "  at most 13m left");
        assert_eq!(span.time_left(10.01, elapsed), "  at most 11h 6m left");
        assert_eq!(span.time_left(30.0, elapsed), "");
        assert_eq!(span.time_left(10.0, elapsed), "");
    }

    #[test]
    fn an_epoch_reads_as_a_sum() {
        let line = in_words(&crate::run::metrics::tests::epoch(3), 512.4);
        assert_eq!(line, "  ELBO -24.25 = -20.00 − 4.25  held-out -25.50 ± 0.12  active 1/2  512 steps/s");
    }
}
