//! Training: read and understand the data, learn epoch by epoch, and leave a run folder that can be used.

mod course;
mod finish;
mod judge;
mod learner;
mod plan;
mod report;
mod state;

use crate::args::GlobalArgs;
use crate::commands::train::TrainArgs;
use crate::console::Console;
use crate::error::{Error, Exit, Result};
use crate::interrupt::Interrupt;
use crate::run::RunFolder;
use crate::wording::shell_word;
use course::{Course, Ended};
use plan::Plan;

/// Runs `reparam train`.
///
/// # Errors
///
/// Bad configuration or data before anything is computed; later a full disk, a diverged loss, an interrupt. What was
/// learned by then is in the run's checkpoint.
pub fn run(args: &TrainArgs, global: &GlobalArgs, console: &Console) -> Result<()> {
    let plan = Plan::make(args, global)?;
    if args.print_config {
        return crate::console::output(plan.config.to_toml().as_bytes());
    }
    plan.describe().iter().for_each(|line| console.note(line));
    if args.dry_run {
        return Ok(());
    }
    crate::threads::limit(*plan.config.train.threads.get())?;

    let interrupt = Interrupt::install("finishing the step and saving")?;
    let folder = match &args.resume {
        Some(run) => RunFolder::resume(run, &args.runs_dir)?,
        None => RunFolder::create(&args.runs_dir, args.name.as_deref(), &plan.dataset.name, args.force)?,
    };
    folder.write_config(&plan.config)?;
    let mut course = Course::start(&plan, &folder, console, args)?;
    let ended = crate::threads::inside(|| course.learn(&interrupt))?;
    course.finish(&ended)?;
    if let Ended::Interrupted = ended {
        return Err(Error {
            exit: Exit::Interrupted,
            message: "stopped; everything learned so far is in the checkpoint".into(),
            help: Some(format!("continue with: reparam train --resume {}", shell_word(folder.path()))),
        });
    }
    Ok(())
}
