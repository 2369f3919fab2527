//! The random numbers of a distribution.

use reparam_kernels::Rng;
use reparam_lang::{Bound, Value};

use super::given::Given;

/// The stream of this seed for this distribution: another for other distributions and for other parameters, so that draws
/// of two that are put side by side are independent.
pub fn stream(seed: u64, given: &Given) -> Rng {
    let named = text(Rng::new(seed), given.signature.name);
    let form = given.parameters().iter().fold(named, |rng, parameter| text(rng, parameter.name));
    given.values.iter().fold(form, |rng, value| number(rng, value))
}

/// The stream at a place that this text names.
fn text(rng: Rng, text: &str) -> Rng {
    let word =
        |bytes: &[u8]| bytes.iter().fold(bytes.len() as u64, |word, byte| (word << 7) ^ u64::from(*byte));
    text.as_bytes().chunks(8).fold(rng, |rng, bytes| rng.split(word(bytes)))
}

fn number(rng: Rng, value: &Value<'_>) -> Rng {
    let all = |rng: Rng, items: &[f64]| {
        let rng = rng.split(items.len() as u64);
        // 0 and -0 are one number.
        items.iter().fold(rng, |rng, x| rng.split((x + 0.0).to_bits()))
    };
    match value {
        Value::Number(x) => all(rng, &[*x]),
        Value::Vector(items) => all(rng, items),
        Value::Matrix(rows) => all(rng.split(rows.columns as u64), &rows.items),
        Value::Distribution(Bound { signature, arguments, .. }) => {
            let named = text(rng, signature.name);
            arguments
                .iter()
                .fold(named, |rng, argument| number(text(rng, argument.parameter.name), &argument.value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stream;
    use crate::catalog::{Given, signatures};

    #[test]
    fn every_distribution_has_random_numbers_of_its_own() {
        let texts = [
            "Normal(0, 1)",
            "Normal(0, 2)",
            "Normal(1, 0.5)",
            "Normal(0, variance=1)",
            "Normal(0, precision=1)",
            "Logistic(0, 1)",
            "Dirichlet([1, 2])",
            "Dirichlet([1, 2, 3])",
            "Truncated(Normal(0, 1), 0, 1)",
            "Truncated(Normal(0, 2), 0, 1)",
            "Censored(Normal(0, 1), 0, 1)",
        ];
        let of = |text: &str, seed: u64| {
            let bound = reparam_lang::parse(text).and_then(|parsed| parsed.bind(signatures())).unwrap();
            stream(seed, &Given::all(&bound)[0]).next_u64()
        };
        let mut seen: Vec<u64> = texts.iter().flat_map(|text| [of(text, 0), of(text, 1)]).collect();
        assert_eq!(of("Gaussian(mean=-0, sd=1)", 0), seen[0]);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 2 * texts.len());
    }
}
