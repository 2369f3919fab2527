//! What every subcommand has in common: help, usage errors, exit codes, colour, pipes, variables.

mod common;

use std::fs;
use std::path::Path;
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

/// The pages that packages carry are those that the command makes; `UPDATE_MAN=1` writes them anew.
#[test]
fn the_committed_manual_pages_are_those_of_the_command() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["man", "pages", "-q"]).0, Some(0));
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("pages")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    if std::env::var_os("UPDATE_MAN").is_some() {
        for name in &names {
            fs::copy(folder.path().join("pages").join(name), committed.join(name)).unwrap();
        }
    }
    let page = |name: &std::ffi::OsString| fs::read(committed.join(name)).ok();
    let stale: Vec<_> = names
        .iter()
        .filter(|name| page(name) != Some(fs::read(folder.path().join("pages").join(name)).unwrap()))
        .collect();
    assert!(stale.is_empty(), "{stale:?} in dist: run this test again with UPDATE_MAN=1");
    let there = fs::read_dir(&committed)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "1"));
    assert_eq!(there.count(), names.len(), "a page of a subcommand that is gone");
}

/// An example is a command: it must stand in one line, in the help and in the page.
#[test]
fn examples_keep_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["man", "pages", "-q"]).0, Some(0));
    for sub in ["train", "encode", "generate", "score", "dist", "sample", "estimate", "audit", "info", "man"]
    {
        // A narrow terminal is not to break a line that would then be pasted in two.
        let help =
            ended(&command(folder.path()).args([sub, "--help"]).env("COLUMNS", "80").output().unwrap()).1;
        let examples = help.lines().skip_while(|line| *line != "Examples:").skip(1);
        let examples: Vec<&str> = examples.take_while(|line| line.starts_with("  ")).collect();
        assert!(!examples.is_empty() && examples.iter().all(|line| line.starts_with("  reparam ")), "{help}");
        let page = fs::read_to_string(folder.path().join(format!("pages/reparam-{sub}.1"))).unwrap();
        let plain = page.replace("\\-", "-").replace("\\e", "\\");
        let begin = plain.find(".nf\n").expect("lines as they are") + 4;
        assert!(plain[begin..].starts_with(&examples.join("\n")), "{sub}: {plain}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_of_any_bytes_are_paths() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let name = OsStr::from_bytes;
    let (data, runs) = (name(b"caf\xe9.csv"), name(b"l\xe4ufe"));
    fs::write(folder.join(data), common::table(40, 1)).unwrap();
    let run = |args: &[&OsStr]| ended(&command(folder).args(args).output().unwrap());
    let flags = ["--label", "kind", "--epochs", "1", "--hidden", "4", "--runs-dir"].map(OsStr::new);
    let train: Vec<&OsStr> = [&[OsStr::new("train"), data], &flags[..], &[runs]].concat();
    let (code, _, told) = run(&train);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("reparam generate $'l\\xe4ufe/caf-1'"), "{told}");
    let in_runs = [OsStr::new("last"), OsStr::new("--runs-dir"), runs];
    for verb in ["encode", "reconstruct", "score"] {
        let output = name(b"\xfcber.csv");
        let args: Vec<&OsStr> = [&[OsStr::new(verb)], &in_runs[..], &[OsStr::new("-o"), output]].concat();
        let (code, _, told) = run(&args);
        assert_eq!(code, Some(0), "{verb}: {told}");
        assert!(folder.join(output).is_file(), "{verb}");
    }
    for rest in [&["evaluate"][..], &["info"], &["info", "--json"]] {
        let rest: Vec<&OsStr> = rest.iter().map(OsStr::new).collect();
        let args: Vec<&OsStr> = [&rest[..1], &in_runs[..], &rest[1..]].concat();
        assert_eq!(run(&args).0, Some(0), "{rest:?}");
    }
    let resumed: Vec<&OsStr> =
        [&[OsStr::new("train"), OsStr::new("--resume")], &in_runs[..], &["--epochs", "2"].map(OsStr::new)]
            .concat();
    let (code, _, told) = run(&resumed);
    assert_eq!(code, Some(0), "{told}");
    // No subcommand breaks on one, whatever it is for.
    for sub in [
        "train",
        "evaluate",
        "encode",
        "reconstruct",
        "generate",
        "score",
        "info",
        "dist",
        "sample",
        "estimate",
        "audit",
        "completions",
        "man",
    ] {
        for argument in [name(b"\xff\xfe"), name(b"--\xff"), name(b"-o\xff.csv")] {
            let (code, _, told) = run(&[OsStr::new(sub), argument]);
            assert!(matches!(code, Some(0..=3)), "{sub}: {code:?}");
            assert!(!told.contains("internal error"), "{sub}: {told}");
        }
    }
}

/// What bash offers at the end of a line.
#[cfg(unix)]
#[test]
fn completions_offer_the_runs_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    for run in ["runs/wine-1", "runs/my run", "other/digits-3"] {
        fs::create_dir_all(folder.path().join(run)).unwrap();
        fs::write(folder.path().join(run).join("config.toml"), "").unwrap();
    }
    fs::create_dir(folder.path().join("runs/no-run")).unwrap();
    let script = run(folder.path(), &["completions", "bash"]).1;
    fs::write(folder.path().join("script"), script).unwrap();
    let offered = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let last = words.len() - 1;
        let simulated = format!(
            "source ./script; COMP_WORDS=({line}''); COMP_CWORD={last}; _reparam_with_runs reparam '' ''; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let output = std::process::Command::new("bash")
            .args(["-c", &simulated])
            .current_dir(folder.path())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for line in ["reparam encode ", "reparam train --resume "] {
        let offers = offered(line);
        for name in ["last", "wine-1", "my run"] {
            assert!(offers.iter().any(|offer| offer == name), "{line}: no {name} in {offers:?}");
        }
        assert!(!offers.iter().any(|offer| offer == "no-run"), "{offers:?}");
    }
    assert!(!offered("reparam sample ").iter().any(|offer| offer == "wine-1"));
}

#[cfg(target_os = "linux")]
#[test]
fn threads_that_cannot_be_started_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let limited = format!(
        "ulimit -v 1500000; exec {} dist 'Normal(0, 1)' --threads 1024",
        env!("CARGO_BIN_EXE_reparam")
    );
    let output =
        std::process::Command::new("sh").args(["-c", &limited]).current_dir(folder.path()).output().unwrap();
    let (code, _, told) = ended(&output);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("error: 1024 threads cannot be started") && told.contains("--threads"), "{told}");
    assert!(!told.contains("internal error"), "{told}");
}
