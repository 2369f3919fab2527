//! The other names of distributions and parameters: those of torch, TensorFlow Probability, NumPyro, SciPy and R.

/// Other names of a distribution.
const DISTRIBUTIONS: &[(&str, &[&str])] = &[
    ("AsymmetricLaplace", &["LaplaceAsymmetric"]),
    ("Cauchy", &["Lorentz"]),
    ("Chi2", &["ChiSquared", "ChiSquare", "Chisq"]),
    ("ExpRelaxedOneHotCategorical", &["ExpConcrete"]),
    ("Exponential", &["Expon"]),
    ("F", &["FisherSnedecor", "FDistribution"]),
    ("Frechet", &["InverseWeibull"]),
    ("GeneralizedExtremeValue", &["GEV", "GenExtreme"]),
    ("GeneralizedNormal", &["GenNorm", "ExponentialPower"]),
    ("GeneralizedPareto", &["GPD", "GenPareto"]),
    ("InverseGamma", &["InvGamma"]),
    ("InverseGaussian", &["Wald", "InvGauss"]),
    ("LkjCholesky", &["LKJCholesky", "LKJ"]),
    ("LogLogistic", &["Fisk"]),
    ("LogNormal", &["Lognormal", "LogNorm"]),
    ("LogUniform", &["Reciprocal"]),
    ("LowRankNormal", &["LowRankMultivariateNormal"]),
    ("MixtureSameFamily", &["Mixture"]),
    ("MultivariateNormal", &["MVN", "MultivariateNormalTriL"]),
    ("MultivariateStudentT", &["MVT"]),
    ("NegativeBinomial", &["NegBinomial"]),
    ("Normal", &["Gaussian", "Norm"]),
    ("RelaxedBernoulli", &["BinConcrete"]),
    ("RelaxedOneHotCategorical", &["Concrete", "GumbelSoftmax"]),
    ("StudentT", &["Student", "T"]),
    ("TruncatedNormal", &["TruncNorm"]),
    ("VonMisesFisher", &["VMF"]),
    ("Wishart", &["WishartTriL"]),
];

/// Other names of a parameter of one distribution.
const OF_ONE: &[(&str, &str, &[&str])] = &[
    ("AsymmetricLaplace", "asymmetry", &["kappa"]),
    ("Categorical", "probs", &["p", "prob"]),
    ("Frechet", "concentration", &["alpha", "shape"]),
    ("GeneralizedExtremeValue", "concentration", &["xi", "shape"]),
    ("GeneralizedNormal", "concentration", &["beta", "power", "shape"]),
    ("GeneralizedNormal", "scale", &["alpha", "sigma"]),
    ("GeneralizedPareto", "concentration", &["xi", "shape"]),
    ("Gumbel", "scale", &["beta", "sigma"]),
    ("InverseGamma", "rate", &["beta", "scale"]),
    ("InverseGaussian", "concentration", &["lambda", "lam", "shape"]),
    ("InverseGaussian", "loc", &["mean", "mu"]),
    ("Kumaraswamy", "a", &["concentration1", "alpha"]),
    ("Kumaraswamy", "b", &["concentration0", "beta"]),
    ("Laplace", "loc", &["mean", "mu"]),
    ("Laplace", "scale", &["b", "sigma"]),
    ("LkjCholesky", "concentration", &["eta", "shape"]),
    ("LogLogistic", "concentration", &["beta", "shape"]),
    ("LogLogistic", "scale", &["alpha"]),
    ("LogNormal", "loc", &["mu", "meanlog"]),
    ("LogNormal", "scale", &["sigma", "sdlog"]),
    ("Logistic", "loc", &["mean", "mu"]),
    ("MultivariateNormal", "loc", &["mean", "mu"]),
    ("Normal", "loc", &["mean", "mu"]),
    ("Normal", "scale", &["sd", "sigma", "std"]),
    ("Pareto", "alpha", &["concentration", "shape"]),
    ("Pareto", "scale", &["x_m", "minimum"]),
    ("Triangular", "peak", &["mode"]),
    ("TruncatedNormal", "scale", &["sd", "sigma", "std"]),
    ("VonMises", "concentration", &["kappa"]),
    ("VonMisesFisher", "concentration", &["kappa"]),
    ("PowerSpherical", "concentration", &["kappa"]),
    ("Weibull", "concentration", &["k", "shape"]),
    ("Weibull", "scale", &["lambda", "lam"]),
];

/// Other names of a parameter wherever its distribution gives it none of its own.
const OF_ALL: &[(&str, &[&str])] = &[
    ("concentration", &["alpha", "shape"]),
    ("concentration0", &["beta", "b"]),
    ("concentration1", &["alpha", "a"]),
    ("covariance_matrix", &["covariance", "cov", "sigma"]),
    ("df", &["nu"]),
    ("dim", &["dimension"]),
    ("high", &["b", "max", "upper"]),
    ("loc", &["mu"]),
    ("logits", &["logit"]),
    ("low", &["a", "min", "lower"]),
    ("precision_matrix", &["precision"]),
    ("probs", &["p", "prob"]),
    ("rate", &["beta", "lambda", "lam"]),
    ("scale", &["sigma"]),
    ("scale_tril", &["factor", "cholesky"]),
    ("skewness", &["alpha", "shape"]),
    ("temperature", &["tau"]),
    ("total_count", &["n", "size"]),
];

/// The other names of the distribution `name`.
pub fn of_distribution(name: &str) -> &'static [&'static str] {
    DISTRIBUTIONS.iter().find(|(known, _)| *known == name).map_or(&[], |(_, others)| others)
}

/// The other names of the parameter `name` of `distribution`.
pub fn of_parameter(distribution: &str, name: &str) -> &'static [&'static str] {
    let own = OF_ONE.iter().find(|(law, known, _)| *law == distribution && *known == name);
    let common = || OF_ALL.iter().find(|(known, _)| *known == name).map(|(_, others)| *others);
    own.map(|(_, _, others)| *others).or_else(common).unwrap_or(&[])
}
