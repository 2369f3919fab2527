//! Names that are not taken, since they mean something else where people know them from, and what to write instead.
//!
//! By the conventions of SciPy (scipy.stats), NumPy (Generator), R (packages stats, actuar, truncnorm), Stan
//! (Functions Reference), NumPyro, PyMC and TensorFlow Probability.

use reparam_lang::Refused;

/// Names of distributions whose parameters have another order or meaning elsewhere.
const DISTRIBUTIONS: &[(&str, &[Refused])] = &[
    (
        "AsymmetricLaplace",
        &[refused(
            "LaplaceAsymmetric",
            "SciPy's has kappa first: write AsymmetricLaplace(loc, scale, asymmetry)",
        )],
    ),
    (
        "ExponentiallyModifiedNormal",
        &[refused(
            "ExponNorm",
            "SciPy's K is 1 / (rate · scale): write ExponentiallyModifiedNormal(loc, scale, rate)",
        )],
    ),
    (
        "GeneralizedGamma",
        &[refused(
            "GenGamma",
            "SciPy's has a and c first: write GeneralizedGamma(concentration, scale, power)",
        )],
    ),
    ("Burr", &[refused("Burr12", "SciPy's has c and d first: write Burr(scale, concentration, alpha)")]),
    (
        "Dagum",
        &[refused("InverseBurr", "R's has two shapes first: write Dagum(scale, concentration, alpha)")],
    ),
    (
        "Exponential",
        &[refused("Expon", "SciPy's has loc first: write Exponential(rate) or Exponential(scale=…)")],
    ),
    (
        "Frechet",
        &[
            refused("InvWeibull", "SciPy's has c first: write Frechet(scale, concentration)"),
            refused("InverseWeibull", "write Frechet(scale, concentration)"),
        ],
    ),
    (
        "GeneralizedExtremeValue",
        &[refused(
            "GenExtreme",
            "SciPy's c is minus the concentration: write GeneralizedExtremeValue(loc, scale, -c)",
        )],
    ),
    (
        "GeneralizedNormal",
        &[refused("GenNorm", "SciPy's has beta first: write GeneralizedNormal(loc, scale, power)")],
    ),
    (
        "GeneralizedPareto",
        &[refused("GenPareto", "SciPy's has c first: write GeneralizedPareto(loc, scale, concentration)")],
    ),
    (
        "InverseGamma",
        &[refused("InvGamma", "SciPy's has loc second: write InverseGamma(concentration, rate)")],
    ),
    (
        "InverseGaussian",
        &[refused(
            "InvGauss",
            "SciPy's mu is the mean divided by the scale: write InverseGaussian(loc, concentration), of mu·scale and scale",
        )],
    ),
    (
        "LkjCholesky",
        &[refused(
            "LKJ",
            "elsewhere its draws are correlation matrices: LkjCholesky(dim, concentration) draws their Cholesky factors",
        )],
    ),
    ("LogLogistic", &[refused("Fisk", "SciPy's has c first: write LogLogistic(scale, concentration)")]),
    (
        "LogNormal",
        &[refused("LogNorm", "SciPy's scale is exp(loc): write LogNormal(loc, scale) of the logarithm")],
    ),
    (
        "NegativeBinomial",
        &[
            refused(
                "NBinom",
                "write NegativeBinomial(size=…, prob=…), or NegativeBinomial(total_count, probs) where probs is that of what is counted",
            ),
            refused(
                "NegBinomial",
                "write NegativeBinomial(mean=…, dispersion=…), (size=…, prob=…) or (total_count, probs)",
            ),
        ],
    ),
    (
        "TruncatedNormal",
        &[refused(
            "TruncNorm",
            "SciPy's a and b count scales from loc, R's do not: write TruncatedNormal(loc, scale, low, high)",
        )],
    ),
];

/// Names of parameters that mean something else elsewhere.
const PARAMETERS: &[(&str, &[Refused])] = &[
    (
        "Geometric",
        &[refused("p", "SciPy's geom counts trials from 1; here failures are counted, from 0: write probs")],
    ),
    ("HurdleNegativeBinomial", NEGATIVE_BINOMIAL),
    (
        "NegativeBinomial",
        &[
            refused(
                "alpha",
                "Stan has it with beta, PyMC with mu: write mean and size, or total_count and probs = 1/(1 + beta)",
            ),
            refused("phi", "Stan's neg_binomial_2 means the size: write NegativeBinomial(mean=…, size=…)"),
            refused(
                "concentration",
                "NumPyro's NegativeBinomial2 means the size: write NegativeBinomial(mean=…, size=…)",
            ),
        ],
    ),
    (
        "TruncatedNormal",
        &[
            refused("a", "SciPy's counts scales from loc, R's does not: write low"),
            refused("b", "SciPy's counts scales from loc, R's does not: write high"),
        ],
    ),
    ("ZeroInflatedNegativeBinomial", NEGATIVE_BINOMIAL),
];

const NEGATIVE_BINOMIAL: &[Refused] = &[
    refused("n", "write total_count, with probs of what is counted: 1 − p"),
    refused("p", "elsewhere it is the probability of what ends the count: write probs, which is 1 − p"),
    refused("prob", "elsewhere it is the probability of what ends the count: write probs, which is 1 − prob"),
    refused("size", "write total_count, with probs of what is counted: 1 − prob"),
];

const fn refused(name: &'static str, advice: &'static str) -> Refused {
    Refused { name, advice }
}

/// Names for which the distribution `name` is meant.
pub fn of_distribution(name: &str) -> &'static [Refused] {
    of(DISTRIBUTIONS, name)
}

/// Names that the distribution `name` does not take for its parameters.
pub fn of_parameters(name: &str) -> &'static [Refused] {
    of(PARAMETERS, name)
}

fn of(table: &[(&str, &'static [Refused])], name: &str) -> &'static [Refused] {
    table.iter().find(|(known, _)| *known == name).map_or(&[], |(_, refused)| *refused)
}

/// The distributions for which something is refused.
#[cfg(test)]
pub fn rows() -> impl Iterator<Item = &'static str> {
    DISTRIBUTIONS.iter().chain(PARAMETERS).map(|(name, _)| *name)
}
