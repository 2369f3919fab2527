//! A catalogue of a few distributions, one for each feature of a signature.

#![allow(dead_code)]

use reparam_lang::{Kind, Parameter, Refused, Signature};

const LOC: Parameter = Parameter::scalar("loc").or(&["mu", "mean"]);
const CONCENTRATION: Parameter = Parameter::scalar("concentration").or(&["alpha"]);
const MEANS: Parameter = Parameter::new("loc", Kind::Vector);
const BASE: Parameter = Parameter::new("base", Kind::Distribution);

const fn signature(name: &'static str, forms: &'static [&'static [Parameter]]) -> Signature {
    Signature::new(name, forms)
}

pub const CATALOGUE: &[Signature] = &[
    signature("Normal", &[&[LOC.default(0.0), Parameter::scalar("scale").or(&["sigma"]).default(1.0)]]),
    signature(
        "Gamma",
        &[&[CONCENTRATION, Parameter::scalar("rate")], &[CONCENTRATION, Parameter::scalar("scale")]],
    ),
    signature("Bernoulli", &[&[Parameter::scalar("probs")], &[Parameter::scalar("logits")]]),
    Signature {
        aliases: &["Dir"],
        ..signature("Dirichlet", &[&[Parameter::new("concentration", Kind::Vector)]])
    },
    signature(
        "MultivariateNormal",
        &[
            &[MEANS, Parameter::new("scale_tril", Kind::Matrix)],
            &[MEANS, Parameter::new("covariance", Kind::Matrix)],
        ],
    ),
    signature(
        "Truncated",
        &[&[
            BASE,
            Parameter::scalar("low").default(f64::NEG_INFINITY),
            Parameter::scalar("high").default(f64::INFINITY),
        ]],
    ),
    signature(
        "MixtureSameFamily",
        &[&[Parameter::new("probs", Kind::Vector), Parameter::new("components", Kind::Distribution)]],
    ),
    signature(
        "Mixture",
        &[&[
            Parameter::new("probs", Kind::Vector),
            Parameter::new("components", Kind::Distribution).repeated(),
        ]],
    ),
    Signature {
        refused: &[Refused { name: "LogitNorm", advice: "write LogisticNormal(loc, scale)" }],
        refused_parameters: &[Refused { name: "s", advice: "the scale is `scale`" }],
        ..signature("LogisticNormal", &[&[MEANS, Parameter::new("scale", Kind::Spread)]])
    },
    signature("ZeroInflated", &[&[Parameter::scalar("gate"), BASE]]),
    signature("Poisson", &[&[Parameter::scalar("rate")]]),
];
