//! `reparam completions`: completion scripts for shells.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::args;
use crate::console;
use crate::error::Result;

/// Print the completion script of a shell
///
/// In bash, zsh and fish the names of runs are offered too.
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
        let mut command = args::command();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "reparam", &mut script);
        let script = String::from_utf8_lossy(&script);
        console::output(with_runs(self.shell, &script, &subcommands_on_runs(&command)).as_bytes())
    }
}

/// The subcommands that take a run.
fn subcommands_on_runs(command: &Command) -> Vec<&str> {
    let takes_run = |sub: &&Command| sub.get_positionals().any(|argument| argument.get_id() == "run");
    command.get_subcommands().filter(takes_run).map(Command::get_name).collect()
}

/// The script, which offers the names of runs besides files where a run is wanted.
fn with_runs(shell: Shell, script: &str, subcommands: &[&str]) -> String {
    match shell {
        Shell::Bash => script.to_owned() + &BASH.replace("@SUBCOMMANDS@", &subcommands.join("|")),
        Shell::Fish => script.to_owned() + &FISH.replace("@SUBCOMMANDS@", &subcommands.join(" ")),
        Shell::Zsh => {
            let on_run = |line: &str| line.starts_with("':run --") || line.starts_with("'--resume=");
            let lines = script.lines().map(|line| {
                if on_run(line) { line.replace(":_files'", ":_reparam_runs'") } else { line.to_owned() }
            });
            let mut script: Vec<String> = lines.collect();
            // After the line that names the command to complete.
            script.insert(1, ZSH.to_owned());
            script.join("\n") + "\n"
        }
        _ => script.to_owned(),
    }
}

const BASH: &str = r#"
_reparam_runs() {
    local runs=runs word config
    for ((word = 1; word < COMP_CWORD; word++)); do
        [[ ${COMP_WORDS[word]} == --runs-dir ]] && runs=${COMP_WORDS[word + 1]}
    done
    echo last
    for config in "$runs"/*/config.toml; do
        [[ -f $config ]] && config=${config%/config.toml} && echo "${config##*/}"
    done
}

_reparam_with_runs() {
    _reparam "$@"
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} IFS=$'\n'
    case "${COMP_WORDS[1]}" in
        @SUBCOMMANDS@)
            [[ $COMP_CWORD -eq 2 && $cur != -* ]] && COMPREPLY+=($(compgen -W "$(_reparam_runs)" -- "$cur")) ;;
        train)
            [[ $prev == --resume ]] && COMPREPLY+=($(compgen -W "$(_reparam_runs)" -- "$cur")) ;;
    esac
}

complete -F _reparam_with_runs -o bashdefault -o default reparam
"#;

const FISH: &str = r#"
function __reparam_runs
    set -l words (commandline -opc)
    set -l runs runs
    set -l place (contains -i -- --runs-dir $words); and set runs $words[(math $place + 1)]
    echo last
    for config in $runs/*/config.toml
        path basename (path dirname $config)
    end
end
complete -c reparam -n "__fish_seen_subcommand_from @SUBCOMMANDS@" -a "(__reparam_runs)"
complete -c reparam -n "__fish_seen_subcommand_from train" -l resume -r -a "(__reparam_runs)"
"#;

const ZSH: &str = r"
_reparam_runs() {
    local -a names
    names=(last ${~${opt_args[--runs-dir]:-runs}}/*/config.toml(N:h:t))
    compadd -a names
    _files
}
";

#[cfg(test)]
mod tests {
    use clap_complete::Shell;

    use super::{subcommands_on_runs, with_runs};
    use crate::args::command;

    #[test]
    fn every_subcommand_on_a_run_is_known() {
        let command = command();
        let known = subcommands_on_runs(&command);
        for name in ["encode", "evaluate", "generate", "info", "reconstruct", "score"] {
            assert!(known.contains(&name), "{name} in {known:?}");
        }
        assert!(!known.contains(&"train") && !known.contains(&"sample"));
    }

    #[test]
    fn zsh_offers_runs_where_one_is_wanted() {
        let mut script = Vec::new();
        clap_complete::generate(Shell::Zsh, &mut command(), "reparam", &mut script);
        let script = with_runs(Shell::Zsh, &String::from_utf8(script).unwrap(), &[]);
        assert!(script.starts_with("#compdef reparam\n"));
        // Six positional arguments, one flag, and the function itself.
        assert_eq!(script.matches("_reparam_runs").count(), 8, "{script}");
    }
}
