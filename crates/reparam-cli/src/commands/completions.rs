//! `reparam completions`: completion scripts for shells.

use clap::Args;
use clap_complete::Shell;

use crate::args;
use crate::console;
use crate::error::Result;

/// Print the completion script of a shell
///
/// Examples:
///   reparam completions bash > ~/.local/share/bash-completion/completions/reparam
///   reparam completions zsh > "${fpath[1]}/_reparam"
///   reparam completions fish > ~/.config/fish/completions/reparam.fish
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl CompletionsArgs {
    /// Writes the script to standard output.
    pub fn run(self) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut args::command(), "reparam", &mut script);
        console::output(&script)
    }
}
