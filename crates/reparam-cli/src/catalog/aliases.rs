//! The other names of distributions and parameters: those of torch, TensorFlow Probability, NumPyro, SciPy and R.

/// Other names of a distribution. None that has its parameters in another order elsewhere, or with another meaning: those
/// are [refused](super::refused).
const DISTRIBUTIONS: &[(&str, &[&str])] = &[
    ("BetaPrime", &["InvertedBeta", "Betaprime"]),
    ("Burr", &["BurrXII", "SinghMaddala"]),
    ("Cauchy", &["Lorentz"]),
    ("Chi2", &["ChiSquared", "ChiSquare", "Chisq"]),
    ("Dagum", &["BurrIII"]),
    ("ExpRelaxedOneHotCategorical", &["ExpConcrete"]),
    ("FisherSnedecor", &["F", "FDistribution"]),
    ("GeneralizedExtremeValue", &["GEV"]),
    ("GeneralizedNormal", &["ExponentialPower"]),
    ("GeneralizedPareto", &["GPD"]),
    ("InverseGaussian", &["Wald"]),
    ("LkjCholesky", &["LKJCholesky"]),
    ("LogNormal", &["Lognormal"]),
    ("ExponentiallyModifiedNormal", &["ExponentiallyModifiedGaussian", "EMG", "ExpModNormal"]),
    ("HalfStudentT", &["HalfT"]),
    ("LogUniform", &["Reciprocal"]),
    ("Lomax", &["ParetoII"]),
    ("LowRankNormal", &["LowRankMultivariateNormal"]),
    ("MultivariateNormal", &["MVN", "MultivariateNormalTriL"]),
    ("MultivariateStudentT", &["MVT"]),
    ("NoncentralChi2", &["NoncentralChiSquared", "Ncx2"]),
    ("Normal", &["Gaussian", "Norm"]),
    ("PointMass", &["Delta", "Dirac", "DiracDelta", "Deterministic"]),
    ("RelaxedBernoulli", &["BinConcrete"]),
    ("RelaxedOneHotCategorical", &["Concrete", "GumbelSoftmax"]),
    ("Rice", &["Rician"]),
    ("StudentT", &["Student", "T"]),
    ("VonMisesFisher", &["VMF"]),
    ("Wishart", &["WishartTriL"]),
];

/// Other names of a parameter of one distribution.
const OF_ONE: &[(&str, &str, &[&str])] = &[
    ("AsymmetricLaplace", "asymmetry", &["kappa"]),
    ("Beta", "mean", &["mu"]),
    ("Beta", "precision", &["kappa", "phi"]),
    ("Beta", "concentration1", &["alpha", "a", "shape1"]),
    ("Beta", "concentration0", &["beta", "b", "shape2"]),
    ("Exponential", "scale", &["mean"]),
    ("FisherSnedecor", "df1", &["dfn"]),
    ("FisherSnedecor", "df2", &["dfd"]),
    ("Burr", "alpha", &["k", "d"]),
    ("Burr", "concentration", &["c"]),
    ("Dagum", "alpha", &["d", "p"]),
    ("Dagum", "concentration", &["c", "a"]),
    ("ExponentiallyModifiedNormal", "loc", &["mu"]),
    ("Frechet", "concentration", &["alpha", "shape"]),
    ("Gamma", "mean", &["mu"]),
    ("Gamma", "scale", &["theta"]),
    ("Gamma", "sd", &["sigma", "std"]),
    ("GeneralizedExtremeValue", "concentration", &["xi", "shape"]),
    ("GeneralizedNormal", "power", &["beta", "shape"]),
    ("GeneralizedNormal", "scale", &["alpha", "sigma"]),
    ("GeneralizedPareto", "concentration", &["xi", "shape"]),
    ("Geometric", "probs", &["prob"]),
    ("GeneralizedGamma", "concentration", &["a"]),
    ("GeneralizedGamma", "power", &["c"]),
    ("Gompertz", "concentration", &["c", "eta"]),
    ("Gompertz", "rate", &["b"]),
    ("Gumbel", "scale", &["beta", "sigma"]),
    ("HurdleNegativeBinomial", "probs", &[]),
    ("HurdleNegativeBinomial", "total_count", &[]),
    ("InverseGamma", "rate", &["beta", "scale"]),
    ("InverseGaussian", "concentration", &["lambda", "lam", "shape"]),
    ("InverseGaussian", "loc", &["mean", "mu"]),
    ("JohnsonSU", "skewness", &["a", "gamma"]),
    ("JohnsonSU", "tailweight", &["b", "delta"]),
    ("Kumaraswamy", "a", &["concentration1", "alpha"]),
    ("Kumaraswamy", "b", &["concentration0", "beta"]),
    ("Laplace", "loc", &["mean", "mu"]),
    ("Laplace", "scale", &["b", "sigma"]),
    ("Levy", "scale", &["c"]),
    ("LkjCholesky", "concentration", &["eta", "shape"]),
    ("LogLogistic", "concentration", &["beta", "shape"]),
    ("LogLogistic", "scale", &["alpha"]),
    ("LogNormal", "loc", &["mu", "meanlog"]),
    ("LogNormal", "scale", &["sigma", "sdlog"]),
    ("Logistic", "loc", &["mean", "mu"]),
    ("Lomax", "alpha", &["c"]),
    ("Lomax", "scale", &["lambda", "lam"]),
    ("MultivariateNormal", "loc", &["mean", "mu"]),
    ("NegativeBinomial", "dispersion", &[]),
    ("NegativeBinomial", "mean", &["mu"]),
    ("NegativeBinomial", "prob", &["p"]),
    ("NegativeBinomial", "probs", &[]),
    ("NegativeBinomial", "size", &["n"]),
    ("NegativeBinomial", "total_count", &[]),
    ("Nakagami", "concentration", &["nu", "m"]),
    ("NoncentralChi2", "noncentrality", &["nc", "lambda", "lam"]),
    ("Normal", "loc", &["mean", "mu"]),
    ("Normal", "precision", &["tau"]),
    ("Normal", "scale", &["sd", "sigma", "std"]),
    ("Normal", "variance", &["var"]),
    ("Pareto", "alpha", &["concentration", "shape"]),
    ("Pareto", "scale", &["x_m", "minimum"]),
    ("Poisson", "rate", &["lambda", "lam", "mean", "mu"]),
    ("PowerSpherical", "concentration", &["kappa"]),
    ("Rice", "distance", &["nu"]),
    ("Rice", "scale", &["sigma"]),
    ("Triangular", "peak", &["mode"]),
    ("TruncatedNormal", "high", &["upper", "max"]),
    ("TruncatedNormal", "low", &["lower", "min"]),
    ("TruncatedNormal", "scale", &["sd", "sigma", "std"]),
    ("VonMises", "concentration", &["kappa"]),
    ("VonMisesFisher", "concentration", &["kappa"]),
    ("Weibull", "concentration", &["k", "shape"]),
    ("Weibull", "scale", &["lambda", "lam"]),
    ("Wishart", "scale", &["scale_matrix", "V"]),
    ("ZeroInflatedNegativeBinomial", "probs", &[]),
    ("ZeroInflatedNegativeBinomial", "total_count", &[]),
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

/// The distributions and parameters that have other names.
#[cfg(test)]
pub fn rows() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let distributions = DISTRIBUTIONS.iter().map(|(name, _)| (*name, None));
    distributions.chain(OF_ONE.iter().map(|(name, parameter, _)| (*name, Some(*parameter))))
}
