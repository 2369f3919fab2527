//! What the grammar may call, from what the libraries offer.

use std::sync::LazyLock;

use reparam_kernels::catalog::{UNIVARIATES, Univariate, univariates};
use reparam_lang::{Parameter, Signature};

use super::aliases;
use super::made::MADE;
use super::multivariate::{MULTIVARIATES, Multivariate, multivariates};
use super::refused;

/// Every distribution, in the order of its name; the parameterisations of one in the order of its forms.
pub fn signatures() -> &'static [Signature] {
    static ALL: LazyLock<Vec<Signature>> = LazyLock::new(|| {
        let on_the_line = UNIVARIATES.iter().map(|law| law.name);
        let mut names: Vec<&str> = on_the_line.chain(MULTIVARIATES.iter().map(|law| law.name)).collect();
        names.sort_unstable();
        names.dedup();
        let mut all: Vec<_> = names.into_iter().map(signature).collect();
        all.extend(MADE.iter().map(|made| named(made.name, made.forms)));
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
    named(name, forever(forms.collect()))
}

/// With its other names, and those that it does not take.
fn named(name: &'static str, forms: &'static [&'static [Parameter]]) -> Signature {
    Signature {
        aliases: aliases::of_distribution(name),
        refused: refused::of_distribution(name),
        refused_parameters: refused::of_parameters(name),
        ..Signature::new(name, forms)
    }
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
    use super::{aliases, names, refused, signatures};

    #[test]
    fn no_name_means_two_things() {
        let all: Vec<&str> = signatures().iter().flat_map(|s| [&[s.name], s.aliases].concat()).collect();
        for (place, name) in all.iter().enumerate() {
            assert!(!all[..place].contains(name), "two distributions are called {name}");
        }
        for signature in signatures() {
            let mut meanings: Vec<(&str, &str)> = Vec::new();
            for form in signature.forms {
                let all: Vec<&str> = form.iter().flat_map(names).collect();
                for (place, name) in all.iter().enumerate() {
                    assert!(
                        !all[..place].contains(name),
                        "{}: two parameters are called {name}",
                        signature.name
                    );
                }
                meanings.extend(form.iter().flat_map(|own| names(own).map(|name| (name, own.name))));
            }
            for (name, meant) in &meanings {
                let other = meanings.iter().find(|(known, own)| known == name && own != meant);
                assert_eq!(other, None, "{}: {name} is {meant} in one form", signature.name);
            }
            for refused in signature.refused_parameters {
                let taken = meanings.iter().any(|(name, _)| *name == refused.name);
                assert!(!taken, "{}: {} is taken and refused", signature.name, refused.name);
            }
            for refused in signature.refused {
                assert!(!all.contains(&refused.name), "{} is taken and refused", refused.name);
            }
        }
    }

    #[test]
    fn every_row_of_other_names_is_of_something() {
        let of = |name: &str| signatures().iter().find(|signature| signature.name == name);
        for (name, parameter) in aliases::rows() {
            let signature = of(name).unwrap_or_else(|| panic!("other names of {name}, which there is not"));
            let mut all = signature.forms.iter().flat_map(|form| form.iter());
            let has = parameter.is_none_or(|parameter| all.any(|own| own.name == parameter));
            assert!(has, "other names of {parameter:?} of {name}");
        }
        for name in refused::rows() {
            assert!(of(name).is_some(), "names refused for {name}, which there is not");
        }
    }

    #[test]
    fn names_of_peers_mean_what_they_mean_there() {
        let number = |text: &str, function: &str| {
            let parsed = reparam_lang::parse(text).and_then(|parsed| parsed.bind(signatures()));
            let bound = parsed.unwrap_or_else(|error| panic!("{}", error.render()));
            let given = super::super::Given::all(&bound).remove(0);
            let law = super::super::law(&given).unwrap_or_else(|fault| panic!("{text}: {}", fault.message));
            match law.evaluate(function, None) {
                Ok(reparam_lang::Value::Number(x)) => x,
                other => panic!("{text}: {other:?}"),
            }
        };
        // Means and variances as the peers' own references give them.
        for (text, mean, variance) in [
            // R: dnbinom(size, prob); SciPy: nbinom(n, p).
            ("NegativeBinomial(size=10, prob=0.2)", 40.0, 200.0),
            ("NegativeBinomial(n=10, p=0.2)", 40.0, 200.0),
            // R: dnbinom(mu, size).
            ("NegativeBinomial(mu=40, size=10)", 40.0, 200.0),
            // TensorFlow Probability: experimental_from_mean_dispersion.
            ("NegativeBinomial(mean=40, dispersion=0.1)", 40.0, 200.0),
            // torch: NegativeBinomial(total_count, probs).
            ("NegativeBinomial(10, 0.2)", 2.5, 3.125),
            // R: dgamma(shape, scale); Stan: gamma(alpha, beta); PyMC: Gamma(mu, sigma).
            ("Gamma(shape=2, scale=4)", 8.0, 32.0),
            ("Gamma(alpha=2, beta=4)", 0.5, 0.125),
            ("Gamma(mu=3, sigma=1.5)", 3.0, 2.25),
            // Stan: beta_proportion(mu, kappa).
            ("Beta(mu=0.25, kappa=7)", 0.25, 0.0234375),
            // NumPy: exponential(scale); Stan: exponential(beta).
            ("Exponential(scale=4)", 4.0, 16.0),
            ("Exponential(beta=4)", 0.25, 0.0625),
            // BUGS: dnorm(mu, tau).
            ("Normal(mu=1, tau=4)", 1.0, 0.25),
            ("Normal(1, variance=4)", 1.0, 4.0),
            // R: dgeom(prob).
            ("Geometric(prob=0.25)", 3.0, 12.0),
        ] {
            let (found, spread) = (number(text, "mean"), number(text, "variance"));
            assert!((found - mean).abs() < 1e-12 * mean, "{text}: mean {found}");
            assert!((spread - variance).abs() < 1e-12 * variance, "{text}: variance {spread}");
        }
    }
}
