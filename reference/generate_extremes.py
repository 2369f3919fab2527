"""Writes extremes.jsonl: densities, distribution functions and slopes of continuous laws of one number at random points
with parameters from the smallest to the largest numbers, to thirty digits.

    python generate_extremes.py extremes.jsonl [seed] [points of each function]

mpmath only. Formulas are the textbook's, at 90 digits; derivatives are central differences of fourth order. Points whose
true value leaves the range of doubles are left out.
"""

import json
import random
import sys

import mpmath as mp

mp.mp.dps = 90
LARGEST, SMALLEST = mp.mpf("1e300"), mp.mpf("1e-300")
# Steps relative to the argument: the error of the difference is their fourth power, and that of the numbers 1e-90 of it.
STEP, OUTER_STEP = mp.mpf(10) ** -20, mp.mpf(10) ** -18


def bounded(function, limit):
    """The function where it needs no more digits than there are numbers to hold."""
    def of(x):
        if abs(x) > limit:
            raise OverflowError
        return function(x)
    return of


def exp(x):
    return mp.mpf(0) if x < -MOST else moderate_exp(x)


def expm1(x):
    return mp.mpf(-1) if x < -MOST else moderate_expm1(x)


MOST = 100_000
moderate_exp, moderate_expm1 = bounded(mp.exp, MOST), bounded(mp.expm1, MOST)
erf, erfc = bounded(mp.erf, 300), bounded(mp.erfc, 300)


def units(at):
    """What a number may be moved by, in the same proportion for all: itself, or where it is a place, a distance to others."""
    return [abs(a) for a in at]


def units_of_places(places):
    """The first numbers are x and ends or a location; the rest are scales and shapes."""
    def of(at):
        first = at[:places]
        apart = [abs(a - b) for i, a in enumerate(first) for b in first[:i] if a != b]
        # Of a law with a scale, that too.
        unit = min(apart + at[places:places + 1])
        return [unit] * places + [abs(a) or mp.mpf(1) for a in at[places:]]
    return of


def partial(f, at, index, units, step=STEP):
    """∂f/∂(argument index) there."""
    h = units(at)[index] * step

    def value(times):
        moved = list(at)
        moved[index] = at[index] + times * h
        return f(*moved)

    return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * h)


def log1mexp(x):
    """ln(1 − e^x)."""
    return mp.log(-expm1(x)) if x > -1 else mp.log1p(-exp(x))


def log_normal_tail(z):
    """ln Φ(z)."""
    root = mp.sqrt(2)
    return mp.log(erfc(-z / root) / 2) if z < 0 else mp.log1p(-erfc(z / root) / 2)


def normal_log_density(z):
    return -z * z / 2 - mp.log(2 * mp.pi) / 2


class Law:
    """A law by its log-density and the logarithms of both tails, functions of x and the parameters."""

    def __init__(self, name, parameters, log_density, tails=None, x=None, kind=None, places=0):
        self.name, self.parameters, self.log_density, self.tails, self.x = name, parameters, log_density, tails, x
        self.kind, self.units = kind, units_of_places(places) if places else units


def magnitude(low, high):
    return lambda: 10 ** random.uniform(low, high)


def signed(low, high):
    return lambda: random.choice([-1, 1, 0]) * 10 ** random.uniform(low, high)


wide = lambda: 10 ** random.choice([random.uniform(-3, 3), random.uniform(-12, 12), random.uniform(-290, 290)])
shape = lambda: 10 ** random.choice([random.uniform(-2, 2), random.uniform(-8, 8), random.uniform(-30, 12)])
tiny_shape = lambda: 10 ** random.choice([random.uniform(-2, 2), random.uniform(-12, 4)])


def around(scale):
    """x near loc and far from it, in units of the scale."""
    def at(theta):
        if random.random() < 0.1:
            return random.choice([-1, 1]) * 10 ** random.uniform(-300, 300)
        z = random.choice([-1, 1]) * 10 ** random.choice([random.uniform(-1, 1), random.uniform(-18, 2), random.uniform(0, 8)])
        return theta[0] + float(scale(theta)) * z
    return at


second = lambda theta: theta[1]


def standard(log_density, tails):
    """Of location and scale, from the law with 0 and 1."""
    return (
        lambda x, loc, scale, *rest: log_density((x - loc) / scale, *rest) - mp.log(scale),
        (lambda x, loc, scale, *rest: tails[0]((x - loc) / scale, *rest), lambda x, loc, scale, *rest: tails[1]((x - loc) / scale, *rest)) if tails else None,
    )


def located(name, rest, log_density, tails):
    return Law(name, [("loc", None), ("scale", None)] + rest, *standard(log_density, tails), around(second), beside_scale, 2)


def power_like(name, log_density, tails, rest=("concentration", tiny_shape)):
    """Of a scale and a shape, in the logarithm of x / scale."""
    def x(theta):
        if random.random() < 0.5:
            return theta[0] * 10 ** random.uniform(-6, 6)
        return theta[0] * float(exp(min(max(random.gauss(0, 3) / theta[1], -500), 500)))

    return Law(name, [("scale", wide), rest], log_density, tails, x)


def softplus(y):
    return mp.log1p(exp(y)) if y < 200 else y + exp(-y)


def log_logistic_density(x, s, c):
    y = c * mp.log(x / s)
    return mp.log(c) - mp.log(x) + y - 2 * softplus(y)


def weibull_density(x, s, c):
    y = c * mp.log(x / s)
    return mp.log(c) - mp.log(x) + y - exp(y)


def frechet_density(x, s, c):
    y = c * mp.log(x / s)
    return mp.log(c) - mp.log(x) - y - exp(-y)


def log_one_minus_exp_of_minus_exp(y):
    """ln(1 − e^(−e^y))."""
    return log1mexp(-exp(y))


def cauchy_tail(z):
    return mp.log(mp.acot(-z) / mp.pi) if z < 0 else mp.log1p(-mp.acot(z) / mp.pi) if z > 0 else -mp.log(2)


def half_cauchy_tail(z):
    return mp.log(mp.acot(z) * 2 / mp.pi) if z > 1 else mp.log1p(-mp.atan(z) * 2 / mp.pi)


def asymmetric_lower(z, k):
    return 2 * mp.log(k) - mp.log1p(k * k) + z / k if z < 0 else mp.log1p(-exp(-k * z) / (1 + k * k))


def asymmetric_upper(z, k):
    return -mp.log1p(k * k) - k * z if z >= 0 else mp.log1p(-k * k * exp(z / k) / (1 + k * k))


def laplace_tail(z):
    return z - mp.log(2) if z < 0 else mp.log1p(-exp(-z) / 2)


def generalized_normal(z, b):
    return mp.log(b) - mp.log(2) - mp.loggamma(1 / b) - abs(z) ** b


def skew_normal(z, a):
    return mp.log(2) + normal_log_density(z) + log_normal_tail(a * z)


def student(z, df):
    return mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(df * mp.pi) / 2 - (df + 1) / 2 * mp.log1p(z * z / df)


def triangular_density(x, low, high, peak):
    side = (x - low) / (peak - low) if x < peak else (high - x) / (high - peak)
    return mp.log(2 * side / (high - low))


def triangular_lower(x, low, high, peak):
    return mp.log((x - low) ** 2 / (high - low) / (peak - low)) if x < peak else mp.log(1 - (high - x) ** 2 / (high - low) / (high - peak))


def triangular_upper(x, low, high, peak):
    return mp.log(1 - (x - low) ** 2 / (high - low) / (peak - low)) if x < peak else mp.log((high - x) ** 2 / (high - low) / (high - peak))


def inverse_gaussian(x, m, c):
    return (mp.log(c) - mp.log(2 * mp.pi) - 3 * mp.log(x)) / 2 - c * (x - m) ** 2 / (2 * m * m * x)


def gamma_density(x, a, r):
    return a * mp.log(r) - mp.loggamma(a) + (a - 1) * mp.log(x) - r * x


def inverse_gamma_density(x, a, r):
    return a * mp.log(r) - mp.loggamma(a) - (a + 1) * mp.log(x) - r / x


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def beta_density(x, a, b):
    return (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - log_beta(a, b)


def fisher_density(x, a, b):
    s = a / b
    return a / 2 * mp.log(s) + (a / 2 - 1) * mp.log(x) - (a + b) / 2 * mp.log1p(s * x) - log_beta(a / 2, b / 2)


def chi2_density(x, k):
    return gamma_density(x, k / 2, mp.mpf(1) / 2)


def pareto_like(sign):
    """Of y = ln(1 + c z) / c."""
    def y(x, loc, scale, c):
        z = (x - loc) / scale
        return mp.log1p(c * z) / c if c != 0 else z
    return y


box = pareto_like(1)


def gev_density(x, loc, scale, c):
    y = box(x, loc, scale, c)
    return -(1 + c) * y - exp(-y) - mp.log(scale)


def gpd_density(x, loc, scale, c):
    return -(1 + c) * box(x, loc, scale, c) - mp.log(scale)


def kumaraswamy(x, a, b):
    return mp.log(a) + mp.log(b) + (a - 1) * mp.log(x) + (b - 1) * log1mexp(a * mp.log(x))


def with_end(lower_end):
    def x(theta):
        loc, scale, c = theta
        far = -1 / c if c < 0 else 10 ** random.uniform(0, 6)
        z = far * (1 - 10 ** random.uniform(-6, 0)) if random.random() < 0.4 else min(10 ** random.uniform(-12, 2), 0.999 * far)
        if not lower_end and random.random() < 0.4:
            z = -min(10 ** random.uniform(-12, 1), 0.999 / c if c > 0 else 10)
        return loc + scale * z
    return x


def between(theta):
    low, high = theta[0], theta[1]
    return low + (high - low) * random.choice([random.random(), 10 ** random.uniform(-12, 0), 1 - 10 ** random.uniform(-12, 0)])


def triangle(draws):
    low = random.choice([0, -1, 1]) * 10 ** random.uniform(-3, 3)
    width = 10 ** random.uniform(-3, 3)
    share = random.choice([random.random(), 10 ** random.uniform(-12, 0), 1 - 10 ** random.uniform(-12, 0)])
    high = low + width
    return [low, high, min(max(low + share * width, low), high)]


def near_peak(theta):
    low, high, peak = theta
    side = peak - low if random.random() < 0.5 else peak - high
    return peak - side * 10 ** random.uniform(-10, 0) if random.random() < 0.7 else between(theta)


def beside_scale(draws):
    """A scale of any size, and a location that is not beyond the digits of it."""
    scale = wide()
    return [random.choice([0, -1, 1]) * scale * 10 ** random.uniform(-12, 12), scale] + [draw() for draw in draws[2:]]


def two_ends(draws):
    low, width = beside_scale(draws)
    return [low, low + width]


def each_by_itself(draws):
    return [draw() for draw in draws]


def ordered(draws):
    return sorted(draw() for draw in draws)


LAWS = [
    located("Normal", [], normal_log_density, (log_normal_tail, lambda z: log_normal_tail(-z))),
    located("Laplace", [], lambda z: -abs(z) - mp.log(2), (laplace_tail, lambda z: laplace_tail(-z))),
    located("Logistic", [], lambda z: -softplus(z) - softplus(-z), (lambda z: -softplus(-z), lambda z: -softplus(z))),
    located("Gumbel", [], lambda z: -z - exp(-z), (lambda z: -exp(-z), lambda z: log_one_minus_exp_of_minus_exp(-z))),
    located("Cauchy", [], lambda z: -mp.log(mp.pi) - mp.log1p(z * z), (cauchy_tail, lambda z: cauchy_tail(-z))),
    located("AsymmetricLaplace", [("asymmetry", shape)],
            lambda z, k: mp.log(k) - mp.log1p(k * k) - (k * z if z >= 0 else -z / k), (asymmetric_lower, asymmetric_upper)),
    located("GeneralizedNormal", [("power", magnitude(-3, 2.5))], generalized_normal, None),
    located("SkewNormal", [("skewness", signed(-3, 3))], skew_normal, None),
    Law("StudentT", [("loc", None), ("scale", None), ("df", shape)], *standard(student, None), around(second), beside_scale, places=2),
    Law("HalfNormal", [("scale", wide)], lambda x, s: normal_log_density(x / s) - mp.log(s) + mp.log(2),
        (lambda x, s: mp.log(erf(x / s / mp.sqrt(2))), lambda x, s: mp.log(erfc(x / s / mp.sqrt(2)))),
        lambda t: t[0] * 10 ** random.uniform(-10, 1.3)),
    Law("HalfCauchy", [("scale", wide)], lambda x, s: -mp.log(mp.pi * s / 2) - mp.log1p((x / s) ** 2),
        (lambda x, s: half_cauchy_tail(s / x), lambda x, s: half_cauchy_tail(x / s)),
        lambda t: t[0] * 10 ** random.uniform(-15, 15)),
    Law("Exponential", [("rate", wide)], lambda x, r: mp.log(r) - r * x,
        (lambda x, r: log1mexp(-r * x), lambda x, r: -r * x), lambda t: 10 ** random.uniform(-15, 2.5) / t[0]),
    power_like("Weibull", weibull_density,
               (lambda x, s, c: log1mexp(-(x / s) ** c), lambda x, s, c: -(x / s) ** c)),
    power_like("Frechet", frechet_density,
               (lambda x, s, c: -(x / s) ** -c, lambda x, s, c: log1mexp(-(x / s) ** -c))),
    power_like("LogLogistic", log_logistic_density,
               (lambda x, s, c: -softplus(-c * mp.log(x / s)), lambda x, s, c: -softplus(c * mp.log(x / s)))),
    Law("Pareto", [("scale", wide), ("alpha", tiny_shape)],
        lambda x, s, a: mp.log(a) + a * mp.log(s) - (a + 1) * mp.log(x),
        (lambda x, s, a: log1mexp(-a * mp.log(x / s)), lambda x, s, a: -a * mp.log(x / s)),
        lambda t: t[0] * (1 + 10 ** random.uniform(-12, 12))),
    Law("LogNormal", [("loc", signed(-3, 2)), ("scale", magnitude(-3, 2))],
        lambda x, m, s: normal_log_density((mp.log(x) - m) / s) - mp.log(s) - mp.log(x),
        (lambda x, m, s: log_normal_tail((mp.log(x) - m) / s), lambda x, m, s: log_normal_tail((m - mp.log(x)) / s)),
        lambda t: float(exp(t[0] + min(t[1], 30) * random.gauss(0, 3)))),
    Law("LogUniform", [("low", magnitude(-5, 5)), ("high", magnitude(-5, 5))],
        lambda x, a, b: -mp.log(x) - mp.log(mp.log(b / a)),
        (lambda x, a, b: mp.log(mp.log(x / a) / mp.log(b / a)), lambda x, a, b: mp.log(mp.log(b / x) / mp.log(b / a))), between, ordered),
    Law("Uniform", [("low", None), ("high", None)], lambda x, a, b: -mp.log(b - a),
        (lambda x, a, b: mp.log((x - a) / (b - a)), lambda x, a, b: mp.log((b - x) / (b - a))), between, two_ends, 3),
    Law("Triangular", [("low", None), ("high", None), ("peak", None)], triangular_density, (triangular_lower, triangular_upper),
        near_peak, triangle, places=4),
    Law("GeneralizedExtremeValue", [("loc", None), ("scale", None), ("concentration", signed(-6, random.choice([0.5, 0.5, 5])))], gev_density,
        (lambda x, *t: -exp(-box(x, *t)), lambda x, *t: log_one_minus_exp_of_minus_exp(-box(x, *t))), with_end(False), beside_scale, 2),
    Law("GeneralizedPareto", [("loc", None), ("scale", None), ("concentration", signed(-6, random.choice([0.5, 0.5, 5])))], gpd_density,
        (lambda x, *t: log1mexp(-box(x, *t)), lambda x, *t: -box(x, *t)), with_end(True), beside_scale, 2),
    Law("InverseGaussian", [("loc", magnitude(-8, 8)), ("concentration", magnitude(-8, 8))], inverse_gaussian, None,
        lambda t: t[0] * 10 ** random.choice([random.uniform(-12, 3), random.uniform(-0.1, 0.1)])),
    Law("Gamma", [("concentration", shape), ("rate", wide)], gamma_density, None,
        lambda t: t[0] / t[1] * 10 ** random.choice([random.uniform(-12, 2), random.uniform(-0.01, 0.01)])),
    Law("InverseGamma", [("concentration", shape), ("rate", wide)], inverse_gamma_density, None,
        lambda t: t[1] / t[0] * 10 ** random.choice([random.uniform(-2, 12), random.uniform(-0.01, 0.01)])),
    Law("Chi2", [("df", shape)], chi2_density, None, lambda t: t[0] * 10 ** random.uniform(-3, 1)),
    Law("Beta", [("concentration1", shape), ("concentration0", shape)], beta_density, None,
        lambda t: random.choice([t[0] / (t[0] + t[1]) * random.uniform(0.5, 1.5), random.random(), 10 ** random.uniform(-30, 0)])),
    Law("FisherSnedecor", [("df1", shape), ("df2", shape)], fisher_density, None, lambda t: 10 ** random.choice([random.uniform(-8, 8), random.uniform(-0.1, 0.1)])),
    Law("Kumaraswamy", [("a", shape), ("b", shape)], kumaraswamy,
        (lambda x, a, b: log1mexp(b * log1mexp(a * mp.log(x))), lambda x, a, b: b * log1mexp(a * mp.log(x))), lambda t: random.choice([random.random(), 10 ** random.uniform(-12, 0)])),
]


def in_range(value):
    return isinstance(value, mp.mpf) and mp.isfinite(value) and (value == 0 or SMALLEST < abs(value) < LARGEST)


def functions(law):
    """Names and functions of (x, parameters)."""
    yield "log_prob", law.log_density
    for i, name in enumerate(["x"] + [name for name, _ in law.parameters]):
        yield f"log_prob_grad_{name}", lambda *at, i=i: partial(law.log_density, at, i, law.units)
    if law.tails:
        lower, upper = law.tails
        yield "log_cdf", lower
        yield "log_sf", upper
        yield "cdf", lambda *at: exp(lower(*at))
        yield "sf", lambda *at: exp(upper(*at))

        def motion(*at, i):
            # By the smaller tail, whose slopes have the digits.
            tail = min((lower, upper), key=lambda f: f(*at))
            return -partial(tail, at, i, law.units) / partial(tail, at, 0, law.units)

        for i, (name, _) in enumerate(law.parameters):
            yield f"dz_d{name}", lambda *at, i=i: motion(*at, i=i + 1)


def condition(f, at, value, units):
    if value == 0:
        return None
    return sum(abs(partial(f, at, i, units, OUTER_STEP) * a) for i, a in enumerate(at)) / abs(value)


def quantile(law, side, x, theta):
    """The level at x of the lower or upper tail as a double, the true x there, and how it moves with level and parameters."""
    tail = law.tails[side]
    level = float(mp.exp(tail(x, *theta)))
    if not 1e-300 < level < 0.999:
        raise ValueError
    for _ in range(8):
        at = [x] + theta
        x -= (tail(*at) - mp.log(level)) / partial(tail, at, 0, law.units)
    at = [x] + theta
    if abs(tail(*at) - mp.log(level)) > mp.mpf(10) ** -60:
        raise ValueError
    slope = partial(tail, at, 0, law.units)
    moves = [1 / slope] + [partial(tail, at, 1 + i, law.units) / slope * a for i, a in enumerate(theta)]
    return level, x, sum(map(abs, moves)) / abs(x)


def points_of(law, each):
    """Points as (function, parameters, x, value, condition)."""
    kinds = [(name, f) for name, f in functions(law)] + ([("icdf", 0), ("isf", 1)] if law.tails else [])
    for name, f in kinds:
        found = tries = 0
        while found < each and tries < 20 * each:
            tries += 1
            theta = [float(v) for v in (law.kind or each_by_itself)([draw for _, draw in law.parameters])]
            try:
                x = float(law.x(theta))
                if not abs(x) < 1e305:
                    continue
                at = [mp.mpf(v) for v in [x] + theta]
                if callable(f):
                    value = f(*at)
                    cond = condition(f, at, value, law.units) if in_range(value) else None
                else:
                    x, value, cond = quantile(law, f, at[0], at[1:])
            except (ValueError, ArithmeticError, TypeError):
                continue
            if not in_range(value) or not (cond is None or in_range(mp.mpf(cond))):
                continue
            found += 1
            yield name, theta, x, value, cond


def main():
    path = sys.argv[1]
    random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 20261130)
    each = int(sys.argv[3]) if len(sys.argv) > 3 else 6
    number = 0
    with open(path, "w") as file:
        for law in LAWS:
            for name, theta, x, value, cond in points_of(law, each):
                parameters = {key: v for (key, _), v in zip(law.parameters, theta)}
                point = {"id": f"extremes/{number:04}", "fn": name, "dist": law.name, "params": parameters, "x": x,
                         "value": mp.nstr(value, 30), "f32": False, "cond": None if cond is None else float(mp.nstr(cond, 17)), "tag": ""}
                number += 1
                file.write(json.dumps(point) + "\n")


if __name__ == "__main__":
    main()
