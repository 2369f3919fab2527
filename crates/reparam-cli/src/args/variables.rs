//! Flags that name the variables of an expression: `--z 'Normal(0, 1)'`.

use std::ffi::OsString;

use clap::Command;

/// Subcommands whose expressions have variables.
const SUBCOMMANDS: [&str; 2] = ["estimate", "audit"];
/// How alike two names are of which one is a slip of the other.
const SLIP: f64 = 0.85;

/// The command line with each `--NAME VALUE` that names a variable as `--variable NAME=VALUE`.
///
/// A name is one if the subcommand has no such flag; one that is nearly a flag is one only before a call, so that
/// `--sampels 10` is still told what it should be.
pub fn spelled_out(command: &Command, line: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut line = line.into_iter();
    let mut out: Vec<OsString> = line.next().into_iter().collect();
    let mut known: Option<Vec<String>> = None;
    while let Some(word) = line.next() {
        let text = word.to_str().unwrap_or_default();
        let Some(flags) = &known else {
            if SUBCOMMANDS.contains(&text) {
                known = command.find_subcommand(text).map(|sub| flags(command).chain(flags(sub)).collect());
            }
            out.push(word);
            continue;
        };
        if text == "--" {
            out.push(word);
            out.extend(line.by_ref());
            break;
        }
        let (name, value) = match text.strip_prefix("--") {
            Some(rest) => rest.split_once('=').map_or((rest, None), |(name, value)| (name, Some(value))),
            None => ("", None),
        };
        if !is_name(name) || flags.iter().any(|flag| flag == name) {
            out.push(word);
            continue;
        }
        let name = name.to_owned();
        let value = value.map(OsString::from).or_else(|| line.next());
        let is_call = value.as_ref().and_then(|value| value.to_str()).is_some_and(|text| text.contains('('));
        let slip = flags.iter().any(|flag| strsim::jaro_winkler(flag, &name) > SLIP);
        match value {
            Some(value) if is_call || !slip => {
                let mut both = OsString::from(format!("{name}="));
                both.push(value);
                out.extend([OsString::from("--variable"), both]);
            }
            value => {
                out.push(format!("--{name}").into());
                out.extend(value);
            }
        }
    }
    out
}

/// The long flags of a command.
fn flags(command: &Command) -> impl Iterator<Item = String> {
    let given = command.get_arguments().filter_map(|arg| arg.get_long().map(str::to_owned));
    given.chain(["help", "version"].map(str::to_owned))
}

/// Whether an expression can use it as a name.
fn is_name(text: &str) -> bool {
    text.chars().enumerate().all(|(place, c)| c == '_' || c.is_alphabetic() || place > 0 && c.is_numeric())
        && !text.is_empty()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::spelled_out;
    use crate::args::command;

    fn line(words: &[&str]) -> Vec<String> {
        let words = words.iter().map(OsString::from);
        spelled_out(&command(), words).into_iter().map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn names_become_variables() {
        assert_eq!(
            line(&["reparam", "estimate", "z*w", "--z", "Normal(0, 1)", "--samples", "9", "--w=Gamma(1, 2)"]),
            [
                "reparam",
                "estimate",
                "z*w",
                "--variable",
                "z=Normal(0, 1)",
                "--samples",
                "9",
                "--variable",
                "w=Gamma(1, 2)"
            ]
        );
        assert_eq!(
            line(&["reparam", "estimate", "--seed", "1", "--", "--z"])[2..],
            ["--seed", "1", "--", "--z"]
        );
    }

    #[test]
    fn other_subcommands_and_slips_are_left_alone() {
        let given = ["reparam", "sample", "--z", "Normal(0, 1)"];
        assert_eq!(line(&given), given);
        let given = ["reparam", "estimate", "z", "--sampels", "10"];
        assert_eq!(line(&given), given);
    }
}
