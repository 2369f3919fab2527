//! The command `reparam`: parse, plan, run.

mod args;
mod atomic;
mod audit;
mod catalog;
mod columns;
mod commands;
mod config;
mod console;
mod data;
mod doubt;
mod error;
mod estimate;
mod gaussian;
mod interrupt;
mod measure;
mod memory;
mod model;
mod opened;
mod output;
mod paths;
mod plot;
mod preprocess;
mod progress;
mod report;
mod run;
mod seeds;
mod split;
mod threads;
mod train;
mod wording;

use std::process::ExitCode;

use console::Console;

#[global_allocator]
static ALLOCATOR: memory::allocator::Allocator = memory::allocator::Allocator;

fn main() -> ExitCode {
    console::replace_panic_text();
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let console = Console::new(&cli.global);
    match cli.run(&console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&error);
            error.exit.into()
        }
    }
}
