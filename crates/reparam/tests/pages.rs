//! What the pages of distributions say: `distributions/pages/` is what the catalogue has, and every page has its density.
//!
//! `UPDATE_PAGES=1 cargo test -p reparam --test pages` writes them anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use reparam::law::Coordinate;
use reparam_kernels::catalog::{DIVERGENCES, UNIVARIATES, Univariate};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/distributions")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The names that `lib.rs` exports from `distributions`.
fn exported() -> BTreeSet<String> {
    let library = read(&folder().with_file_name("lib.rs"));
    let from = library.find("pub use distributions::{").expect("the exports");
    let list = &library[from..][library[from..].find('{').unwrap() + 1..];
    list[..list.find('}').unwrap()]
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The file of each type, and the documentation that stands on it, pages included.
fn documented(name: &str) -> (PathBuf, String) {
    let declared =
        [format!("pub struct {name}<"), format!("pub struct {name} "), format!("pub type {name}<")];
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = read(&path);
        let lines: Vec<&str> = source.lines().collect();
        let Some(at) = lines.iter().position(|line| declared.iter().any(|start| line.starts_with(start)))
        else {
            continue;
        };
        let above =
            lines[..at].iter().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
        let mut page = above.copied().collect::<Vec<_>>();
        page.reverse();
        let with_pages = page.iter().map(|line| match line.strip_prefix("#[doc = include_str!(\"") {
            Some(file) => read(&folder().join(file.trim_end_matches("\")]"))),
            None => (*line).to_owned(),
        });
        return (path, with_pages.collect::<Vec<_>>().join("\n"));
    }
    panic!("{name} is declared nowhere");
}

/// The law that the type of this name is made of: with several, the one by logits, or the first.
fn law(name: &str) -> Option<&'static Univariate> {
    let named = || UNIVARIATES.iter().filter(|law| law.name == name);
    let by_logits = |law: &&Univariate| law.parameters.iter().any(|parameter| parameter.name == "logits");
    named().find(by_logits).or_else(|| named().next())
}

/// What the catalogue says of a law.
fn page(law: &Univariate, exported: &BTreeSet<String>) -> String {
    let parameters: Vec<String> = law
        .parameters
        .iter()
        .map(|parameter| format!("`{}`, {}", parameter.name, parameter.domain.requirement()))
        .collect();
    let is_alias = !["Normal", "Bernoulli"].contains(&law.name);
    let mut capabilities = vec!["Factorized"];
    let all = [
        (law.slopes.is_some(), "Reparameterized"),
        (law.slopes.is_some() && is_alias, "Twin"),
        (law.noise.is_some(), "Explicit"),
        (law.cdf.is_some(), "Cdf"),
        (law.quantile.is_some(), "Quantile"),
        (law.mean.is_some(), "Moments"),
        (law.mode.is_some(), "Mode"),
        (law.entropy.is_some(), "Entropy"),
    ];
    capabilities.extend(all.into_iter().filter_map(|(has, name)| has.then_some(name)));
    let link = |name: &str| format!("[`{name}`](crate::{name})");
    let links = |names: Vec<&str>| names.into_iter().map(link).collect::<Vec<_>>().join(", ");
    let mut text = format!("Parameters: {}.\n", parameters.join("; "));
    text += &match law.sampler.map(|sampler| sampler.coordinate).filter(|_| law.slopes.is_some() && is_alias)
    {
        Some(Coordinate::Log) => {
            "\nDraws are exact as their logarithms, where they may underflow.\n".to_owned()
        }
        Some(Coordinate::Logit) => {
            "\nDraws are exact as their log-odds, where they may round to 0 or 1.\n".to_owned()
        }
        Some(Coordinate::Artanh) => {
            "\nDraws are exact before the tanh, where they may round to −1 or 1.\n".to_owned()
        }
        Some(Coordinate::Itself) | None => String::new(),
    };
    if law.slopes.is_some() && law.noise.is_none() {
        text += "\nSource of the path: M. Figurnov, S. Mohamed & A. Mnih, \"Implicit Reparameterization Gradients\", 2018.\n";
    }
    let _ = writeln!(text, "\nIt has {}.", links(capabilities));
    let pairs = |others: BTreeSet<&str>| -> Vec<String> {
        others.into_iter().filter(|name| exported.contains(*name)).map(link).collect()
    };
    let to = pairs(DIVERGENCES.iter().filter(|pair| pair.q.0 == law.name).map(|pair| pair.p.0).collect());
    let from = pairs(DIVERGENCES.iter().filter(|pair| pair.p.0 == law.name).map(|pair| pair.q.0).collect());
    for (way, others) in [("to", to), ("from", from)] {
        if !others.is_empty() {
            let _ =
                writeln!(text, "\nDivergences in closed form ({}) {way} {}.", link("Kl"), others.join(", "));
        }
    }
    text
}

#[test]
fn pages_are_what_the_catalogue_has() {
    let exported = exported();
    let updates = env::var_os("UPDATE_PAGES").is_some();
    for (name, law) in exported.iter().filter_map(|name| Some((name, law(name)?))) {
        let (file, _) = if updates { (file_of(name), String::new()) } else { documented(name) };
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let (path, expected) = (folder().join("pages").join(format!("{stem}.md")), page(law, &exported));
        if updates {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &expected).unwrap();
        }
        assert!(
            read(&path) == expected,
            "{} is not what the catalogue has; UPDATE_PAGES=1 cargo test -p reparam --test pages",
            path.display()
        );
        let include = format!("#[doc = include_str!(\"pages/{stem}.md\")]");
        assert!(read(&file).contains(&include), "{}: the type needs {include}", file.display());
    }
}

/// The file of a type, its pages unread.
fn file_of(name: &str) -> PathBuf {
    let declared = [format!("pub struct {name}<"), format!("pub type {name}<")];
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files
        .find(|path| read(path).lines().any(|line| declared.iter().any(|start| line.starts_with(start))))
        .unwrap_or_else(|| panic!("{name} is declared nowhere"))
}

/// On the type, where it is rendered: the module is private.
#[test]
fn every_distribution_has_its_density_and_its_path_on_its_page() {
    for name in exported() {
        let (file, page) = documented(&name);
        let has = |words: &[&str]| words.iter().any(|word| page.contains(word));
        assert!(
            has(&["ensity", "mass", "Mass", "probability"]),
            "{name}: no density on its page ({})",
            file.display()
        );
        assert!(has(&["Path", "path", "Draw"]), "{name}: no path on its page ({})", file.display());
    }
}
