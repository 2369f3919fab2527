//! `reparam man`: manual pages.

use std::path::PathBuf;
use std::{fs, io};

use clap::{Args, Command};
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
        let page = |command: &Command| page(command).context("cannot make the manual page");
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

/// The page of one command. Its description is set here, since examples are to keep their lines.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    let about = command.get_long_about().or_else(|| command.get_about());
    page.extend_from_slice(description(&about.map(ToString::to_string).unwrap_or_default()).as_bytes());
    man.render_options_section(&mut page)?;
    if command.get_subcommands().next().is_some() {
        man.render_subcommands_section(&mut page)?;
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    Ok(page)
}

/// The section DESCRIPTION: running text is filled, lines that begin with blanks stand as they are.
fn description(text: &str) -> String {
    let mut section = ".SH DESCRIPTION\n".to_owned();
    let mut as_is = false;
    for line in text.lines() {
        let indented = line.starts_with(' ');
        if indented != as_is {
            section.push_str(if indented { ".nf\n" } else { ".fi\n" });
            as_is = indented;
        }
        if line.is_empty() {
            section.push_str(".PP\n");
        } else {
            section.push_str(&escaped(line));
            section.push('\n');
        }
    }
    if as_is {
        section.push_str(".fi\n");
    }
    section
}

/// A line whose characters mean themselves: no request at its start, no escape within, hyphens that can be copied.
fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn examples_keep_their_lines() {
        let page = description("Draw rows\n\nExamples:\n  a -n 1\n  b 'c\\d'\n\nMore\nwords\n'quoted");
        let expected = ".SH DESCRIPTION\nDraw rows\n.PP\nExamples:\n.nf\n  a \\-n 1\n  b 'c\\ed'\n.fi\n.PP\n\
                        More\nwords\n\\&'quoted\n";
        assert_eq!(page, expected);
    }
}
