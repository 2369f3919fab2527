//! `reparam man`: manual pages.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man;

use crate::args;
use crate::atomic;
use crate::console::{self, Console};
use crate::error::{Context, Result};

/// Write the manual pages into a folder, or print the first one
///
/// Examples:
///   reparam man | man -l -
///   reparam man ~/.local/share/man/man1
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct ManArgs {
    /// The folder to write reparam.1 and one page per subcommand into
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl ManArgs {
    /// Writes the pages.
    pub fn run(self, console: &Console) -> Result<()> {
        let mut command = args::command();
        command.build();
        let page = |command: &clap::Command| {
            let mut page = Vec::new();
            Man::new(command.clone()).render(&mut page).context("cannot make the manual page").map(|()| page)
        };
        let Some(dir) = self.dir else { return console::output(&page(&command)?) };
        fs::create_dir_all(&dir).context(format!("cannot create the folder {}", dir.display()))?;
        let described = command.get_subcommands().filter(|sub| sub.get_name() != "help");
        for command in std::iter::once(&command).chain(described) {
            let path =
                dir.join(format!("{}.1", command.get_display_name().unwrap_or_else(|| command.get_name())));
            let page = page(command)?;
            atomic::write(&path, |file| file.write_all(&page))?;
            console.note(&format!("wrote {}", path.display()));
        }
        Ok(())
    }
}
