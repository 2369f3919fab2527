"""Divergences and entropies without a closed form: integrals and sums with 40 digits.

Writes open.jsonl, one line of `reparam dist --batch` each; a `dist` with brackets is a call of the grammar.

    python generate_open.py > open.jsonl
"""

import json

from mpmath import mp, mpf, binomial, exp, gamma, inf, log, ncdf, npdf, nsum, pi, quad, sinh, sqrt, cosh, loggamma, beta, rf

mp.dps = 40


def normal(loc, scale):
    return lambda x: -((x - loc) / scale) ** 2 / 2 - log(scale * sqrt(2 * pi))


def laplace(loc, scale):
    return lambda x: -abs(x - loc) / scale - log(2 * scale)


def logistic(loc, scale):
    def f(x):
        z = abs(x - loc) / scale
        return -z - 2 * log(1 + exp(-z)) - log(scale)
    return f


def cauchy(loc, scale):
    return lambda x: -log(pi * scale * (1 + ((x - loc) / scale) ** 2))


def student(df):
    return lambda x: (loggamma((df + 1) / 2) - loggamma(df / 2) - log(df * pi) / 2
                      - (df + 1) / 2 * log(1 + x * x / df))


def gumbel(loc, scale):
    return lambda x: -(x - loc) / scale - exp(-(x - loc) / scale) - log(scale)


def gamma_law(a, rate):
    return lambda x: a * log(rate) + (a - 1) * log(x) - rate * x - loggamma(a)


def weibull(scale, k):
    return lambda x: log(k / scale) + (k - 1) * log(x / scale) - (x / scale) ** k


def lognormal(loc, scale):
    return lambda x: normal(loc, scale)(log(x)) - log(x)


def wald(m, c):
    return lambda x: log(c / (2 * pi * x ** 3)) / 2 - c * (x - m) ** 2 / (2 * m * m * x)


def beta_law(a, b):
    return lambda x: (a - 1) * log(x) + (b - 1) * log(1 - x) - log(beta(a, b))


def kumaraswamy(a, b):
    return lambda x: log(a * b) + (a - 1) * log(x) + (b - 1) * log(1 - x ** a)


def skew(alpha):
    return lambda x: log(2) + normal(0, 1)(x) + log(ncdf(alpha * x))


def truncated_normal(low, high):
    z = log(ncdf(high) - ncdf(low))
    return lambda x: normal(0, 1)(x) - z


def mixture(weights, laws):
    return lambda x: log(sum(w * exp(f(x)) for w, f in zip(weights, laws)))


def poisson(rate):
    return lambda k: k * log(rate) - rate - loggamma(k + 1)


def negative_binomial(r, p):
    return lambda k: loggamma(k + r) - loggamma(r) - loggamma(k + 1) + k * log(p) + r * log(1 - p)


def binomial_law(n, p):
    return lambda k: log(binomial(n, k)) + k * log(p) + (n - k) * log(1 - p)


def beta_binomial(n, a, b):
    return lambda k: log(binomial(n, k)) + log(beta(k + a, n - k + b)) - log(beta(a, b))


def zero_inflated(f, gate):
    return lambda k: log(gate + (1 - gate) * exp(f(0))) if k == 0 else log(1 - gate) + f(k)


def hurdle(f, gate):
    return lambda k: log(gate) if k == 0 else log(1 - gate) + f(k) - log(1 - exp(f(0)))


def mean(f, of, where):
    if isinstance(where, range):
        return sum(exp(f(k)) * of(k) for k in map(mpf, where))
    return quad(lambda x: exp(f(x)) * of(x), where)


LINE = [-inf, -30, -8, -3, -1, 0, 1, 3, 8, 30, inf]
HALF = [0, mpf("1e-6"), mpf("0.01"), 0.25, 1, 2, 4, 8, 20, 60, inf]
UNIT = [0, mpf("1e-9"), mpf("1e-3"), 0.1, 0.5, 0.9, 1 - mpf("1e-3"), 1 - mpf("1e-9"), 1 - mpf("1e-25")]
COUNTS = range(600)

m = mpf
DIVERGENCES = [
    ("TruncatedNormal|Uniform", dict(p_loc=0, p_scale=1, p_low=-1, p_high=1, q_low=-1, q_high=1),
     truncated_normal(-1, 1), lambda x: -log(m(2)), [-1, 0, 1]),
    ("Logistic|Normal", dict(p_loc=0, p_scale=1, q_loc=0, q_scale=2), logistic(0, 1), normal(0, 2), LINE),
    ("StudentT|Normal", dict(p_df=3, p_loc=0, p_scale=1, q_loc=0, q_scale=1), student(m(3)), normal(0, 1), LINE),
    ("Laplace|Logistic", dict(p_loc=0, p_scale=1, q_loc=0.5, q_scale=1), laplace(0, 1), logistic(m("0.5"), 1),
     [-inf, -30, -8, -3, -1, 0, 0.5, 1, 3, 8, 30, inf]),
    ("Normal|Cauchy", dict(p_loc=0, p_scale=1, q_loc=1, q_scale=0.25), normal(0, 1), cauchy(1, m("0.25")), LINE),
    ("Normal|StudentT", dict(p_loc=0, p_scale=1, q_df=1e6, q_loc=0, q_scale=1), normal(0, 1), student(m(10) ** 6), LINE),
    ("SkewNormal|Normal", dict(p_loc=0, p_scale=1, p_skewness=3, q_loc=0, q_scale=1), skew(3), normal(0, 1),
     [-12, -6, -3, -1, 0, 1, 3, 8, 14]),
    ("Weibull|LogNormal", dict(p_scale=2, p_concentration=1.5, q_loc=0.5, q_scale=1), weibull(2, m("1.5")),
     lognormal(m("0.5"), 1), HALF),
    ("InverseGaussian|Gamma", dict(p_loc=1, p_concentration=2, q_concentration=2, q_rate=2), wald(1, 2),
     gamma_law(2, 2), HALF),
    ("Gumbel|Logistic", dict(p_loc=0, p_scale=1, q_loc=0.5, q_scale=1), gumbel(0, 1), logistic(m("0.5"), 1),
     [-8, -5, -3, -1, 0, 0.5, 1, 3, 8, 30, 120]),
    ("Beta|Kumaraswamy", dict(p_concentration1=2.5, p_concentration0=1.5, q_a=2, q_b=1.25),
     beta_law(m("2.5"), m("1.5")), kumaraswamy(2, m("1.25")), UNIT),
    ("Mixture([0.25, 0.75], Normal(-2, 0.5), Laplace(1, 1))|Normal(0, 2)", {},
     mixture([m("0.25"), m("0.75")], [normal(-2, m("0.5")), laplace(1, 1)]), normal(0, 2), LINE),
    ("Truncated(Gamma(2, 1), 0.5, 3)|Gamma(2, 1)", {}, None, None, None),
    ("NegativeBinomial|Poisson", dict(p_total_count=3, p_probs=0.25, q_rate=2), negative_binomial(m(3), m("0.25")),
     poisson(m(2)), COUNTS),
    ("Poisson|NegativeBinomial", dict(p_rate=3, q_total_count=3, q_probs=0.5), poisson(m(3)),
     negative_binomial(m(3), m("0.5")), COUNTS),
    ("BetaBinomial|Binomial", dict(p_total_count=20, p_concentration1=2, p_concentration0=3, q_total_count=20, q_probs=0.375),
     beta_binomial(20, m(2), m(3)), binomial_law(20, m("0.375")), range(21)),
    ("ZeroInflatedPoisson|Poisson", dict(p_rate=2, p_gate=0.25, q_rate=1.5), zero_inflated(poisson(m(2)), m("0.25")),
     poisson(m("1.5")), COUNTS),
]

ENTROPIES = [
    ("NegativeBinomial", dict(total_count=3, probs=0.25), negative_binomial(m(3), m("0.25")), COUNTS),
    ("NegativeBinomial", dict(total_count=0.01, probs=0.75), negative_binomial(m("0.01"), m("0.75")), COUNTS),
    ("BetaBinomial", dict(total_count=20, concentration1=2, concentration0=3), beta_binomial(20, m(2), m(3)), range(21)),
    ("ZeroInflatedPoisson", dict(rate=2, gate=0.25), zero_inflated(poisson(m(2)), m("0.25")), COUNTS),
    ("ZeroInflatedBinomial", dict(total_count=7, probs=0.25, gate=0.5),
     zero_inflated(binomial_law(7, m("0.25")), m("0.5")), range(8)),
    ("ZeroInflatedNegativeBinomial", dict(total_count=3, probs=0.25, gate=0.5),
     zero_inflated(negative_binomial(m(3), m("0.25")), m("0.5")), COUNTS),
    ("HurdlePoisson", dict(rate=2, gate=0.25), hurdle(poisson(m(2)), m("0.25")), COUNTS),
    ("HurdleNegativeBinomial", dict(total_count=3, probs=0.25, gate=0.5),
     hurdle(negative_binomial(m(3), m("0.25")), m("0.5")), COUNTS),
    ("SkewNormal", dict(loc=0, scale=1, skewness=3), skew(3), [-12, -6, -3, -1, 0, 1, 3, 8, 14]),
    ("Mixture([0.25, 0.75], Normal(-2, 0.5), Laplace(1, 1))", {},
     mixture([m("0.25"), m("0.75")], [normal(-2, m("0.5")), laplace(1, 1)]), LINE),
    ("MixtureSameFamily([0.25, 0.75], Poisson([1, 8]))", {},
     mixture([m("0.25"), m("0.75")], [poisson(m(1)), poisson(m(8))]), COUNTS),
]


def put(dist, fn, params, value):
    print(json.dumps(dict(dist=dist, fn=fn, params=params, truth=mp.nstr(value, 25))))


for dist, params, p, q, where in DIVERGENCES:
    if p is None:
        # −ln of the probability between the bounds.
        low, high = m("0.5"), m(3)
        put(dist, "kl", params, -log(exp(-low) * (1 + low) - exp(-high) * (1 + high)))
    else:
        put(dist, "kl", params, mean(p, lambda x: p(x) - q(x), where))
for dist, params, p, where in ENTROPIES:
    put(dist, "entropy", params, mean(p, lambda x: -p(x), where))

# Truncated(Gamma(2, 1), 0.5, 3): −E[ln f] between the bounds; Censored(Normal(0, 1), -1, 2): masses and density.
low, high = m("0.5"), m(3)
f = gamma_law(2, 1)
mass = quad(lambda x: exp(f(x)), [low, 1, 2, high])
put("Truncated(Gamma(2, 1), 0.5, 3)", "entropy", {},
    log(mass) - quad(lambda x: exp(f(x)) * f(x), [low, 1, 2, high]) / mass)
put("Truncated(Gamma(2, 1), 0.5, 3)", "mean", {}, quad(lambda x: exp(f(x)) * x, [low, 1, 2, high]) / mass)
first, second = quad(lambda x: exp(f(x)) * x, [low, 1, 2, high]) / mass, quad(lambda x: exp(f(x)) * x * x, [low, 1, 2, high]) / mass
put("Truncated(Gamma(2, 1), 0.5, 3)", "variance", {}, second - first ** 2)
f = normal(0, 1)
below, above = ncdf(-1), ncdf(-2)
put("Censored(Normal(0, 1), -1, 2)", "entropy", {},
    -below * log(below) - above * log(above) - quad(lambda x: exp(f(x)) * f(x), [-1, 0, 1, 2]))
put("Censored(Normal(0, 1), -1, 2)", "mean", {}, -below + 2 * above + quad(lambda x: exp(f(x)) * x, [-1, 0, 1, 2]))
