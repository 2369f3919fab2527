//! What the grammar may call, from what the libraries offer.

use std::sync::LazyLock;

use reparam_kernels::catalog::{UNIVARIATES, Univariate};
use reparam_lang::{Parameter, Signature};

use super::aliases;

/// Every distribution, in the order of its name; the parameterisations of one in the order of its forms.
pub fn signatures() -> &'static [Signature] {
    static ALL: LazyLock<Vec<Signature>> = LazyLock::new(|| {
        let mut names: Vec<&str> = UNIVARIATES.iter().map(|law| law.name).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(univariate).collect()
    });
    &ALL
}

/// The signature with this name, or another name of it.
pub fn find(name: &str) -> Option<&'static Signature> {
    signatures().iter().find(|known| known.name == name || known.aliases.contains(&name))
}

/// The names of a parameter, its own first.
pub fn names(parameter: &Parameter) -> impl Iterator<Item = &'static str> {
    std::iter::once(parameter.name).chain(parameter.aliases.iter().copied())
}

fn univariate(name: &'static str) -> Signature {
    let forms = UNIVARIATES.iter().filter(|law| law.name == name).map(form);
    Signature { name, aliases: aliases::of_distribution(name), forms: forever(forms.collect()) }
}

fn form(law: &Univariate) -> &'static [Parameter] {
    let parameter = |own: &reparam_kernels::law::Parameter| {
        let names = aliases::of_parameter(law.name, own.name);
        Parameter { default: own.default, ..Parameter::scalar(own.name).or(names) }
    };
    forever(law.parameters.iter().map(parameter).collect())
}

/// The list is made once and lives as long as the process, as the grammar expects of it.
fn forever<T>(items: Vec<T>) -> &'static [T] {
    items.leak()
}

#[cfg(test)]
mod tests {
    use super::{names, signatures};

    #[test]
    fn no_name_means_two_things() {
        let all: Vec<&str> =
            signatures().iter().flat_map(|s| [&[s.name], s.aliases].concat()).collect();
        for (place, name) in all.iter().enumerate() {
            assert!(!all[..place].contains(name), "two distributions are called {name}");
        }
        for signature in signatures() {
            for form in signature.forms {
                let all: Vec<&str> = form.iter().flat_map(names).collect();
                for (place, name) in all.iter().enumerate() {
                    assert!(!all[..place].contains(name), "{}: two parameters are called {name}", signature.name);
                }
            }
        }
    }
}
