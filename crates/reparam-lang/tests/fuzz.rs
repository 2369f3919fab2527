//! No text makes anything panic, and every error points into its text.

mod support;

use proptest::prelude::*;
use reparam_lang::{LangError, Shape, Variable, parse};

const WORDS: [&str; 40] = [
    "1",
    "0",
    ".5",
    "1e",
    "1e400",
    "2z",
    "inf",
    "pi",
    "z",
    "x",
    "sin",
    "log",
    "sum",
    "where",
    "max",
    "pow",
    "dot",
    "length",
    "Normal",
    "Gamma",
    "Truncated",
    "Bernoulli",
    "rate",
    "loc",
    "=",
    "==",
    "<",
    "+",
    "-",
    "*",
    "/",
    "^",
    "(",
    ")",
    "[",
    "]",
    ",",
    " ",
    "μ",
    "\t",
];

/// Everything that can be done with a text, up to the gradient.
fn exercise(text: &str) -> Result<(), LangError> {
    let parsed = parse(text)?;
    let variables = [
        Variable { name: "z", shape: Shape::Vector(3) },
        Variable { name: "x", shape: Shape::Scalar },
        Variable { name: "m", shape: Shape::Matrix(2, 3) },
    ];
    let bound = parsed.bind(support::CATALOGUE).map(|_| ());
    let constant = parsed.constant().map(|_| ());
    let program = parsed.compile(&variables);
    if let Ok(program) = &program {
        let mut batch = program.batch(2);
        batch.input_mut(3).copy_from_slice(&[-1.0, 0.0]);
        batch.evaluate(2);
        for output in 0..program.shape().elements() {
            batch.differentiate(output);
            for draw in 0..2 {
                let _ = (batch.fault(output, draw), batch.slope_fault(output, draw));
            }
        }
    }
    bound.and(constant).and(program.map(|_| ()))
}

fn check(text: &str) -> Result<(), TestCaseError> {
    if let Err(error) = exercise(text) {
        prop_assert!(text.get(error.span.range()).is_some(), "{:?} is no part of {:?}", error.span, text);
        prop_assert_eq!(error.render().lines().count(), 3, "{}", error.render());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_characters(text in "\\PC{0,40}") {
        check(&text)?;
    }

    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..24)) {
        check(&words.concat())?;
        check(&words.join(" "))?;
    }

    #[test]
    fn any_cut_or_changed_text(at in 0usize..60, with in prop::sample::select(&WORDS[..])) {
        let texts = ["MixtureSameFamily([0.3, 0.7], Normal([0, 1], scale=[1, sqrt(2)]))", "sum(tanh(z)) + 0.5*z[1]^2 / where(x > 0, x, 1)"];
        for text in texts {
            let at = at.min(text.len());
            check(&text[..at])?;
            check(&format!("{}{with}{}", &text[..at], &text[at..]))?;
            check(&format!("{}{with}{}", &text[..at], text.get(at + 1..).unwrap_or("")))?;
        }
    }
}
