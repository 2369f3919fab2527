//! What every subcommand has in common: help, usage errors, exit codes, colour, pipes, variables.

mod common;

use std::fs;
use std::process::Stdio;

use common::{command, ended, run};

#[test]
fn alone_it_introduces_itself_with_four_examples() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run(folder.path(), &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out.lines().filter(|line| line.starts_with("  reparam ")).count(), 4, "{out}");
    assert!(out.lines().count() <= 10 && out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn short_help_is_short_and_long_help_begins_with_examples() {
    let folder = tempfile::tempdir().unwrap();
    for sub in [&[][..], &["info"], &["dist"], &["sample"], &["audit"], &["man"], &["completions"]] {
        let help = |flag| run(folder.path(), &[sub, &[flag]].concat());
        let ((code, short, _), (_, long, err)) = (help("-h"), help("--help"));
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(!short.contains("Examples:") && short.lines().count() < long.lines().count(), "{short}");
        assert!(long.find("Examples:").unwrap() < long.find("Usage:").unwrap(), "{long}");
    }
    assert_eq!(run(folder.path(), &["-V"]).1, format!("reparam {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_ends_with_2_and_suggests() {
    let folder = tempfile::tempdir().unwrap();
    for (args, expected) in [
        (&["inof"][..], "'info'"),
        (&["completions", "bahs"], "'bash'"),
        (&["info", "x", "--jsno"], "'--json'"),
        (&["info", "x", "--color", "purple"], "[possible values: auto, always, never]"),
        (&["info"], "<RUN>"),
        (&["info", "x", "-q", "-v"], "cannot be used with"),
    ] {
        let (code, out, err) = run(folder.path(), args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert!(err.starts_with("error: ") && err.contains(expected), "{args:?}: {err}");
    }
}

#[test]
fn a_failure_ends_with_1_an_error_and_a_help_line() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run(folder.path(), &["info", "x"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("error: there is no run x\n  help: there are no runs in runs; "), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a failure leaves nothing behind");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let coloured = |args: &[&str]| run(folder.path(), args).2.contains('\x1b');
    for failing in [&["info", "x"][..], &["nonsense"]] {
        assert!(!coloured(failing), "standard error is no terminal here");
        assert!(coloured(&[&["--color", "always"], failing].concat()));
        assert!(coloured(&[&["--color=always"], failing].concat()));
        assert!(!coloured(&[&["--color=never"], failing].concat()));
    }
}

/// A terminal as `script` makes one: colour by default, none with `NO_COLOR` or on a dumb terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colour_unless_no_color_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let coloured = |name: &str, value: &str| {
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &format!("{} info x", env!("CARGO_BIN_EXE_reparam")), "/dev/null"]);
        script.current_dir(folder.path()).env("TERM", "xterm").env_remove("NO_COLOR").env(name, value);
        let output = script.stdin(Stdio::null()).output().ok()?;
        assert!(ended(&output).1.contains("there is no run x"), "{output:?}");
        Some(output.stdout.contains(&0x1b))
    };
    let Some(by_default) = coloured("NO_COLOR", "") else {
        eprintln!("skipped: this machine has no `script`");
        return;
    };
    assert!(by_default);
    assert_eq!(coloured("NO_COLOR", "1"), Some(false));
    assert_eq!(coloured("TERM", "dumb"), Some(false));
}

#[test]
fn a_variable_stands_in_for_its_flag_and_the_flag_is_stronger() {
    let folder = tempfile::tempdir().unwrap();
    let with = |name: &str, value: &str, args: &[&str]| {
        ended(&command(folder.path()).env(name, value).args(args).output().unwrap())
    };
    assert!(with("REPARAM_RUNS_DIR", "elsewhere", &["info", "x"]).2.contains("no runs in elsewhere;"));
    assert!(
        with("REPARAM_RUNS_DIR", "elsewhere", &["info", "x", "--runs-dir", "here"]).2.contains("in here;")
    );
    for (value, quiet) in [("1", true), ("yes", true), ("0", false), ("false", false), ("", false)] {
        let (code, _, err) = with("REPARAM_QUIET", value, &["man", "pages"]);
        assert_eq!((code, err.is_empty()), (Some(0), quiet), "{value}: {err}");
    }
    assert_eq!(with("REPARAM_COLOR", "purple", &["info", "x"]).0, Some(2));
}

/// The reader is gone before the first byte, as with `| head -0`.
#[test]
fn a_closed_pipe_ends_the_command_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&[][..], &["man"], &["completions", "zsh"], &["--help"], &["-V"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output =
            command(folder.path()).args(args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = command(folder.path()).args(["info", "x"]).stderr(writer).status().unwrap();
    assert_eq!(status.code(), Some(1), "a closed standard error changes nothing");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command(folder.path()).arg("man").stdout(full).output().unwrap();
    let (code, _, err) = ended(&output);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("error: cannot write to standard output: "), "{err}");
}

#[test]
fn completions_and_manual_pages_cover_every_subcommand() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["-h"]).1;
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let subcommands: Vec<_> =
        listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(subcommands.contains(&"info"), "{help}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, err) = run(folder.path(), &["completions", shell]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{shell}");
        assert!(subcommands.iter().all(|name| script.contains(name)), "{shell}");
    }
    let (code, out, err) = run(folder.path(), &["man", "pages"]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    for page in subcommands.iter().map(|name| format!("reparam-{name}")).chain(["reparam".into()]) {
        let text = fs::read_to_string(folder.path().join(format!("pages/{page}.1"))).unwrap();
        assert!(text.contains(&format!(".TH {page} 1")) && text.contains("Examples:"), "{page}");
    }
    let first = fs::read_to_string(folder.path().join("pages/reparam.1")).unwrap();
    assert_eq!(run(folder.path(), &["man"]).1, first);
    assert_eq!(fs::read_dir(folder.path().join("pages")).unwrap().count(), subcommands.len() + 1);
}
