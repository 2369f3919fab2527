//! What the grammar may call, from what the libraries offer.

use std::sync::LazyLock;

use reparam_kernels::catalog::{UNIVARIATES, Univariate, univariates};
use reparam_lang::{Parameter, Signature};

use super::aliases;
use super::mixture;
use super::multivariate::{MULTIVARIATES, Multivariate, multivariates};

/// Every distribution, in the order of its name; the parameterisations of one in the order of its forms.
pub fn signatures() -> &'static [Signature] {
    static ALL: LazyLock<Vec<Signature>> = LazyLock::new(|| {
        let on_the_line = UNIVARIATES.iter().map(|law| law.name);
        let mut names: Vec<&str> = on_the_line.chain(MULTIVARIATES.iter().map(|law| law.name)).collect();
        names.sort_unstable();
        names.dedup();
        let mut all: Vec<_> = names.into_iter().map(signature).collect();
        let aliases = aliases::of_distribution(mixture::NAME);
        all.push(Signature { name: mixture::NAME, aliases, forms: &mixture::FORMS });
        all.sort_unstable_by_key(|signature| signature.name);
        all
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

fn signature(name: &'static str) -> Signature {
    let forms = univariates(name).map(on_the_line).chain(multivariates(name).map(in_space));
    Signature { name, aliases: aliases::of_distribution(name), forms: forever(forms.collect()) }
}

fn on_the_line(law: &Univariate) -> &'static [Parameter] {
    let parameter = |own: &reparam_kernels::law::Parameter| {
        let names = aliases::of_parameter(law.name, own.name);
        Parameter { default: own.default, ..Parameter::scalar(own.name).or(names) }
    };
    forever(law.parameters.iter().map(parameter).collect())
}

fn in_space(law: &Multivariate) -> &'static [Parameter] {
    let parameters = law
        .parameters
        .iter()
        .map(|own| Parameter::new(own.name, own.shape.kind()).or(aliases::of_parameter(law.name, own.name)));
    forever(parameters.collect())
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
        let all: Vec<&str> = signatures().iter().flat_map(|s| [&[s.name], s.aliases].concat()).collect();
        for (place, name) in all.iter().enumerate() {
            assert!(!all[..place].contains(name), "two distributions are called {name}");
        }
        for signature in signatures() {
            for form in signature.forms {
                let all: Vec<&str> = form.iter().flat_map(names).collect();
                for (place, name) in all.iter().enumerate() {
                    assert!(
                        !all[..place].contains(name),
                        "{}: two parameters are called {name}",
                        signature.name
                    );
                }
            }
        }
    }
}
