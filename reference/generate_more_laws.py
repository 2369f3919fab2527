"""True values of laws that are made of gamma, beta, normal and Bessel functions, as more_laws.jsonl.

    python -m venv venv && venv/bin/pip install python-flint==0.9.0 && venv/bin/python generate_more_laws.py > more_laws.jsonl

Textbook formulas in ball arithmetic, with as many bits as forty true digits take; slopes and conditions are differences over a
2^-120th of an argument. Points are random: parameters tiny to huge, x where a tail has a probability down to 1e-300.
"""

import json
import math
import random
import sys

from flint import arb, ctx

STEP = arb(2) ** -120
count = 0
one = arb(1)


def exact(f, args):
    """f of the arguments with forty true digits; None where 6,400 bits are not enough."""
    for bits in (500, 1000, 2000, 4000, 6400):
        ctx.prec = bits
        value = f(*[arb(v) for v in args])
        if value.is_finite() and (value.rel_accuracy_bits() > 150 or value == 0):
            return value
    return None


def slope(f, index):
    def inner(*args):
        at = args[index]
        h = STEP * abs(at) if at != 0 else STEP
        moved = lambda v: f(*args[:index], v, *args[index + 1 :])
        return (moved(at + h) - moved(at - h)) / (2 * h)

    return inner


def condition(f, args):
    value, total = exact(f, args), 0.0
    for index, at in enumerate(args):
        if at != 0:
            d = exact(slope(f, index), args)
            if d is None:
                return None
            total += abs(float(arb(at) * d / value))
    return total


def digits(value):
    return value.str(40, radius=False)


def beta_i(a, b, x, y):
    """The regularised incomplete beta function at x = 1 - y, by a power series with positive terms, DLMF 8.17.8."""
    if x * (a + b + 2) > a + 1:
        return 1 - beta_i(b, a, y, x)
    term = total = (a * log(x) + b * log(y) - lbeta(a, b)).exp() / a
    n, ratio = 0, one
    while ratio >= 1 or term / (1 - ratio) > total * arb(2) ** -ctx.prec:
        n += 1
        ratio = x * (a + b + n - 1) / (a + n)
        term *= ratio
        total += term
        # Where the ratios grow, they grow towards x.
        ratio = ratio.max(x)
    return total + arb(0, abs(term / (1 - ratio)))


def write(fn, law, names, args, f, x=None, tag=""):
    """A point; with x it is the first of the arguments."""
    global count
    value = exact(f, args)
    if value is None or not 1e-300 < abs(float(value)) < 1e300:
        return
    sensitivity = condition(f, args)
    if sensitivity is None or sensitivity > 1e13:
        return
    count += 1
    params = dict(zip(names, args if x is None else args[1:]))
    point = {"id": f"more/{count}", "fn": fn, "dist": law, "params": params, "x": x, "value": digits(value)}
    point |= {"f32": False, "cond": float(f"{sensitivity:.3g}"), "tag": tag}
    print(json.dumps(point, separators=(",", ":")))
    sys.stdout.flush()


# Functions.

log = lambda x: x.log()
expm1 = lambda x: x.expm1()
lgamma = lambda x: x.lgamma()
psi = lambda x: x.digamma()
pi = lambda: arb.pi()


def depth(a, m, y):
    """Roughly minus the logarithm of the smaller tail of a noncentral gamma law; where it is huge there are no points."""
    a, m, y = float(a), float(m), float(y)
    radius = math.sqrt(a * a + 4 * m * y)
    j = 2 * m * y / (a + radius)
    deviance = lambda x, mean: (x * math.log(x / mean) if x > 0 else 0.0) - x + mean
    return deviance(a + j, max(y, 1e-300)) + (deviance(j, m) if m > 0 else 0.0)


def gamma_p(a, y):
    if depth(a, 0, y) > 1500:
        return (-arb(1500)).exp() if y < a else one
    if y > a:
        return 1 - gamma_q(a, y)
    # The power series; what is left out is less than a geometric one.
    term = total = (a * log(y) - y - lgamma(a + 1)).exp()
    n, ratio = 0, one
    while term > total * arb(2) ** -ctx.prec or ratio > 0.99:
        n += 1
        ratio = y / (a + n)
        term *= ratio
        total += term
    return total + arb(0, 100 * abs(term))


def gamma_q(a, y):
    if depth(a, 0, y) > 1500:
        return (-arb(1500)).exp() if y > a else one
    return y.gamma_upper(a, regularized=1) if y > a else 1 - gamma_p(a, y)


lbeta = lambda a, b: lgamma(a) + lgamma(b) - lgamma(a + b)
phi = lambda z: (-z * z / 2).exp() / (2 * pi()).sqrt()
upper_normal = lambda z: (z / arb(2).sqrt()).erfc() / 2
euler = lambda: arb.const_euler()


class Law:
    """Density, both tails and functions of the parameters, of x or the parameters as separate arguments."""

    def __init__(self, names, density, lower, upper, of_parameters, positive=True):
        self.names, self.density, self.lower, self.upper = names, density, lower, upper
        self.of_parameters, self.positive = of_parameters, positive


def by_power(a, scale, power):
    """Tails of the generalized gamma law from those of the gamma law."""
    y = lambda x, *t: (x / scale(*t)) ** power(*t)
    return (
        lambda x, *t: power(*t) / x * y(x, *t) ** a(*t) * (-y(x, *t)).exp() / a(*t).gamma(),
        lambda x, *t: gamma_p(a(*t), y(x, *t)),
        lambda x, *t: gamma_q(a(*t), y(x, *t)),
    )


def power_moments(a, scale, power):
    raw = lambda n, *t: scale(*t) ** n * (lgamma(a(*t) + n / power(*t)) - lgamma(a(*t))).exp()
    return {
        "mean": lambda *t: raw(1, *t),
        "variance": lambda *t: raw(2, *t) - raw(1, *t) ** 2,
        "entropy": lambda *t: a(*t) + lgamma(a(*t)) - a(*t) * psi(a(*t)) + psi(a(*t)) / power(*t)
        + log(scale(*t)) - log(power(*t)),
    }


def gamma_like(names, a, scale, power):
    return Law(names, *by_power(a, scale, power), power_moments(a, scale, power))


half = lambda: one / 2


def burr_like(names, scale, c, k):
    y = lambda x, *t: (x / scale(*t)) ** c(*t)
    raw = lambda n, *t: scale(*t) ** n * (lgamma(1 + n / c(*t)) + lgamma(k(*t) - n / c(*t)) - lgamma(k(*t))).exp()
    exists = lambda n, *t: float(k(*t)) * float(c(*t)) > n
    return Law(
        names,
        lambda x, *t: c(*t) * k(*t) / x * y(x, *t) * (1 + y(x, *t)) ** (-k(*t) - 1),
        lambda x, *t: -expm1(-k(*t) * y(x, *t).log1p()),
        lambda x, *t: (-k(*t) * y(x, *t).log1p()).exp(),
        {
            "mean": lambda *t: raw(1, *t) if exists(1, *t) else arb("nan"),
            "variance": lambda *t: raw(2, *t) - raw(1, *t) ** 2 if exists(2, *t) else arb("nan"),
            "entropy": lambda *t: log(scale(*t)) - log(c(*t)) - log(k(*t)) + 1 + 1 / k(*t)
            + (1 - 1 / c(*t)) * (euler() + psi(k(*t))),
        },
    )


def dagum():
    y = lambda x, s, c, k: (x / s) ** -c
    raw = lambda n, s, c, k: s**n * (lgamma(1 - n / c) + lgamma(k + n / c) - lgamma(k)).exp()
    return Law(
        ("scale", "concentration", "alpha"),
        lambda x, s, c, k: c * k / x * y(x, s, c, k) * (1 + y(x, s, c, k)) ** (-k - 1),
        lambda x, s, c, k: (-k * y(x, s, c, k).log1p()).exp(),
        lambda x, s, c, k: -expm1(-k * y(x, s, c, k).log1p()),
        {
            "mean": lambda s, c, k: raw(1, s, c, k) if float(c) > 1 else arb("nan"),
            "variance": lambda s, c, k: raw(2, s, c, k) - raw(1, s, c, k) ** 2 if float(c) > 2 else arb("nan"),
            "entropy": lambda s, c, k: log(s) - log(c) - log(k) + 1 + 1 / k + (1 + 1 / c) * (euler() + psi(k)),
        },
    )


def half_t():
    a, b = lambda: half(), lambda df: df / 2
    shares = lambda x, df, s: (x * x / (df * s * s + x * x), df * s * s / (df * s * s + x * x))
    raw = lambda df, s: s * (df / pi()).sqrt() * (lgamma((df - 1) / 2) - lgamma(df / 2)).exp()
    return Law(
        ("df", "scale"),
        lambda x, df, s: 2 / s / (df * pi()).sqrt() * (lgamma((df + 1) / 2) - lgamma(df / 2)).exp()
        * (1 + (x / s) ** 2 / df) ** (-(df + 1) / 2),
        lambda x, df, s: beta_i(a(), b(df), *shares(x, df, s)),
        lambda x, df, s: beta_i(b(df), a(), *shares(x, df, s)[::-1]),
        {
            "mean": lambda df, s: raw(df, s) if float(df) > 1 else arb("nan"),
            "variance": lambda df, s: s * s * df / (df - 2) - raw(df, s) ** 2 if float(df) > 2 else arb("nan"),
            "entropy": lambda df, s: (df + 1) / 2 * (psi((df + 1) / 2) - psi(df / 2)) + log(df) / 2
            + lbeta(df / 2, half()) + log(s) - log(arb(2)),
        },
    )


def beta_prime():
    return Law(
        ("concentration1", "concentration0"),
        lambda x, a, b: ((a - 1) * log(x) - (a + b) * x.log1p() - lbeta(a, b)).exp(),
        lambda x, a, b: beta_i(a, b, x / (1 + x), 1 / (1 + x)),
        lambda x, a, b: beta_i(b, a, 1 / (1 + x), x / (1 + x)),
        {
            "mean": lambda a, b: a / (b - 1) if float(b) > 1 else arb("nan"),
            "variance": lambda a, b: a * (a + b - 1) / (b - 1) ** 2 / (b - 2) if float(b) > 2 else arb("nan"),
            "entropy": lambda a, b: lbeta(a, b) - (a - 1) * psi(a) - (b + 1) * psi(b) + (a + b) * psi(a + b),
        },
    )


def levy():
    u = lambda x, m, s: (s / (x - m) / 2).sqrt()
    return Law(
        ("loc", "scale"),
        lambda x, m, s: (s / (2 * pi())).sqrt() * (x - m) ** (-arb(3) / 2) * (-s / (x - m) / 2).exp(),
        lambda x, m, s: u(x, m, s).erfc(),
        lambda x, m, s: u(x, m, s).erf(),
        {"entropy": lambda m, s: (1 + 3 * euler() + log(16 * pi() * s * s)) / 2},
        False,
    )


def gompertz():
    return Law(
        ("concentration", "rate"),
        lambda x, c, r: c * r * (r * x - c * expm1(r * x)).exp(),
        lambda x, c, r: -expm1(-c * expm1(r * x)),
        lambda x, c, r: (-c * expm1(r * x)).exp(),
        {
            "mean": lambda c, r: c.exp() * c.expint(1) / r,
            "entropy": lambda c, r: 1 - log(c * r) - c.exp() * c.expint(1),
        },
    )


def johnson():
    z = lambda x, m, s, g, d: g + d * ((x - m) / s).asinh()
    w = lambda d: (1 / d**2).exp()
    return Law(
        ("loc", "scale", "skewness", "tailweight"),
        lambda x, m, s, g, d: d / s / (1 + ((x - m) / s) ** 2).sqrt() * phi(z(x, m, s, g, d)),
        lambda *v: upper_normal(-z(*v)),
        lambda *v: upper_normal(z(*v)),
        {
            "mean": lambda m, s, g, d: m - s * w(d).sqrt() * (g / d).sinh(),
            "variance": lambda m, s, g, d: s * s / 2 * (w(d) - 1) * (w(d) * (2 * g / d).cosh() + 1),
        },
        False,
    )


def emg():
    z = lambda x, m, s, r: (x - m) / s
    shifted = lambda z, k: (k * k / 2 - k * z).exp() * upper_normal(k - z)
    return Law(
        ("loc", "scale", "rate"),
        lambda x, m, s, r: r * shifted(z(x, m, s, r), r * s),
        lambda x, m, s, r: upper_normal(-z(x, m, s, r)) - shifted(z(x, m, s, r), r * s),
        lambda x, m, s, r: upper_normal(z(x, m, s, r)) + shifted(z(x, m, s, r), r * s),
        {"mean": lambda m, s, r: m + 1 / r, "variance": lambda m, s, r: s * s + 1 / r**2},
        False,
    )


def mixture(a, m, y, upper):
    """Σ Poisson(j; m) times a tail of Gamma(a + j), by its recurrence upwards for Q, downwards for P: positive terms."""
    if depth(a, m, y) > 1500:
        return (-arb(1500)).exp() if (y > a + m) == upper else one
    width = math.sqrt(ctx.prec * 1.4)
    centre = (math.sqrt((float(a) - 1) ** 2 + 4 * float(m) * float(y)) - float(a) + 1) / 2
    centre = max(centre, float(m)) if upper else min(centre, float(m))
    reach = width * math.sqrt(max(centre, float(m) if float(m) < 4 * centre else centre)) + ctx.prec
    least, most = max(0, int(centre - reach)), int(centre + reach)
    weight = lambda j: (j * log(m) - m - lgamma(arb(j + 1))).exp()
    step = lambda j: ((a + j) * log(y) - y - lgamma(a + j + 1)).exp()
    total = arb(0)
    if upper:
        j, w, g, q = least, weight(least), step(least), gamma_q(a + least, y)
        while j <= most:
            total += w * q
            q += g
            j += 1
            w *= m / j
            g *= y / (a + j)
        rest = w * 2
    else:
        j, w, q = most, weight(most), gamma_p(a + most, y)
        g = step(most - 1)
        while j >= least:
            total += w * q
            q += g
            w *= arb(j) / m
            j -= 1
            g *= (a + j) / y
        rest = w * 2 if least > 0 else arb(0)
    return total + arb(0, abs(rest))


def noncentral():
    halves = lambda x, k, l: (k / 2, l / 2, x / 2)
    order = lambda y, a, m: (y / m) ** ((a - 1) / 2) * (2 * (y * m).sqrt()).bessel_i(a - 1, scaled=True)
    return Law(
        ("df", "noncentrality"),
        lambda x, k, l: order(x / 2, k / 2, l / 2) * (-((x / 2).sqrt() - (l / 2).sqrt()) ** 2).exp() / 2,
        lambda x, k, l: mixture(*halves(x, k, l), False),
        lambda x, k, l: mixture(*halves(x, k, l), True),
        {"mean": lambda k, l: k + l, "variance": lambda k, l: 2 * (k + 2 * l)},
    )


def rice():
    halves = lambda x, d, s: (one, (d / s) ** 2 / 2, (x / s) ** 2 / 2)
    h = lambda d, s: (d / s) ** 2 / 4
    mean = lambda d, s: s * (pi() / 2).sqrt() * (
        (1 + 2 * h(d, s)) * h(d, s).bessel_i(0, scaled=True) + 2 * h(d, s) * h(d, s).bessel_i(1, scaled=True)
    )
    return Law(
        ("distance", "scale"),
        lambda x, d, s: x / s**2 * (-((x - d) / s) ** 2 / 2).exp() * (x * d / s**2).bessel_i(0, scaled=True),
        lambda x, d, s: mixture(*halves(x, d, s), False),
        lambda x, d, s: mixture(*halves(x, d, s), True),
        {"mean": mean, "variance": lambda d, s: 2 * s * s + d * d - mean(d, s) ** 2},
    )


three_halves = lambda: arb(3) / 2
LAWS = {
    "Rayleigh": gamma_like(("scale",), lambda s: one, lambda s: s * arb(2).sqrt(), lambda s: arb(2)),
    "Maxwell": gamma_like(("scale",), lambda s: three_halves(), lambda s: s * arb(2).sqrt(), lambda s: arb(2)),
    "Nakagami": gamma_like(
        ("concentration", "scale"), lambda m, s: m, lambda m, s: s / m.sqrt(), lambda m, s: arb(2)
    ),
    "GeneralizedGamma": gamma_like(
        ("concentration", "scale", "power"), lambda a, s, p: a, lambda a, s, p: s, lambda a, s, p: p
    ),
    "Burr": burr_like(("scale", "concentration", "alpha"), lambda s, c, k: s, lambda s, c, k: c, lambda s, c, k: k),
    "Lomax": burr_like(("scale", "alpha"), lambda s, k: s, lambda s, k: one, lambda s, k: k),
    "Dagum": dagum(),
    "HalfStudentT": half_t(),
    "BetaPrime": beta_prime(),
    "Levy": levy(),
    "Gompertz": gompertz(),
    "JohnsonSU": johnson(),
    "ExponentiallyModifiedNormal": emg(),
    "NoncentralChi2": noncentral(),
    "Rice": rice(),
}


def generalized_gamma_kl(a, s, p, b, u, q):
    r = q / p
    shift = q * log(s / u)
    own = a * psi(a) - a - lgamma(a) + log(p)
    other = b * (r * psi(a) + shift) - (shift + lgamma(a + r) - lgamma(a)).exp() - lgamma(b) + log(q)
    return own - other


def beta_kl(a, b, c, d):
    return lbeta(c, d) - lbeta(a, b) + (a - c) * psi(a) + (b - d) * psi(b) + (c + d - a - b) * psi(a + b)


KL = {
    "GeneralizedGamma": generalized_gamma_kl,
    "Nakagami": lambda a, s, b, u: generalized_gamma_kl(a, s / a.sqrt(), arb(2), b, u / b.sqrt(), arb(2)),
    "Maxwell": lambda s, u: generalized_gamma_kl(three_halves(), s, arb(2), three_halves(), u, arb(2)),
    "Rayleigh": lambda s, u: generalized_gamma_kl(one, s, arb(2), one, u, arb(2)),
    "BetaPrime": beta_kl,
}


def size(low, high):
    return float(f"{10 ** random.uniform(low, high):.6g}")


def shape():
    return size(*random.choice([(-6, -2), (-2, 1), (-0.5, 1), (0.5, 2), (2, 6)]))


def parameters(law):
    if law in ("Levy",):
        return [random.choice([0.0, 1.5]), size(-3, 3)]
    if law == "JohnsonSU":
        return [random.choice([0.0, 1.5]), size(-3, 3), random.choice([0.0, random.gauss(0, 2)]), size(-1, 2)]
    if law == "ExponentiallyModifiedNormal":
        return [random.choice([0.0, 1.5]), size(-3, 3), shape()]
    if law in ("Rayleigh", "Maxwell"):
        return [size(-6, 6)]
    if law == "GeneralizedGamma":
        return [shape(), size(-3, 3), size(-1.5, 1.5)]
    if law in ("Burr", "Dagum"):
        return [size(-3, 3), size(-1.5, 2), shape()]
    if law == "Lomax":
        return [size(-3, 3), shape()]
    if law in ("Nakagami", "Gompertz"):
        return [shape(), size(-3, 3)]
    if law == "HalfStudentT":
        return [min(shape(), 100.0), size(-3, 3)]
    if law == "BetaPrime":
        return [min(shape(), 100.0), min(shape(), 100.0)]
    if law == "Rice":
        scale = size(-3, 3)
        return [float(f"{scale * size(*random.choice([(-4, 0), (-1, 1.5), (1, 3)])):.6g}"), scale]
    return [shape(), shape()]


def point(law, theta, log_tail, upper):
    """An x where a tail has roughly this logarithm."""
    tail = law.upper if upper else law.lower

    def value(t):
        ctx.prec = 200
        for _ in range(5):
            at = arb(math.exp(t)) if law.positive else arb(theta[0]) + arb(theta[1]) * arb(t).sinh()
            result = tail(at, *[arb(v) for v in theta])
            if result.is_finite() and result.rel_accuracy_bits() > 20:
                return float(log(result)), float(at)
            ctx.prec *= 3
        return None, None

    reach = 25.0 if law is LAWS["ExponentiallyModifiedNormal"] else 690.0
    low, high = -reach, reach
    for _ in range(26):
        middle = (low + high) / 2
        if not law.positive and law is LAWS["Levy"]:
            at = theta[0] + theta[1] * math.exp(middle)
            ctx.prec = 2000
            if at == theta[0]:
                low = middle
                continue
            got, x = float(log(tail(arb(at), *[arb(v) for v in theta]))), at
        else:
            got, x = value(middle)
        if got is None:
            return None
        if (got < log_tail) != upper:
            low = middle
        else:
            high = middle
    return x


def points(law_name, law, number):
    for k in range(number):
        theta = parameters(law_name)
        upper = random.random() < 0.5
        tails = [(0.7, 0.7), (0.7, 5), (0.7, 5), (5, 60), (60, 680)]
        log_tail = -random.uniform(*random.choice(tails))
        try:
            x = point(law, theta, log_tail, upper)
        except (OverflowError, ValueError):
            continue
        if x is None or not 1e-290 < abs(x) < 1e290:
            continue
        args, names = [x, *theta], law.names
        log_density = lambda *v: log(law.density(*v))
        write("log_prob", law_name, names, args, log_density, x)
        for index, name in enumerate(["x", *names]):
            if args[index] != 0 or name == "loc" or name == "skewness":
                write(f"log_prob_grad_{name}", law_name, names, args, slope(log_density, index), x)
        tail = law.upper if upper else law.lower
        write("sf" if upper else "cdf", law_name, names, args, tail, x)
        write("log_sf" if upper else "log_cdf", law_name, names, args, lambda *v: log(tail(*v)), x)
        for index, name in enumerate(names):
            if law.positive or name != "loc":
                moved = lambda *v, i=index: -slope(law.lower if not upper else law.upper, i + 1)(*v) / law.density(*v) * (
                    -1 if upper else 1
                )
                write(f"dz_d{name}", law_name, names, args, moved, x)
        # The quantile: the level of x, rounded to a double, and the x of that level by Newton's method.
        level = exact(tail, args)
        if level is not None and 1e-300 < float(level) < 1:
            quantile(law_name, law, theta, float(level), upper, x)


def quantile(law_name, law, theta, level, upper, start):
    tail, sign = (law.upper, -1) if upper else (law.lower, 1)
    ctx.prec = 1200
    parameters = [arb(v) for v in theta]
    x = arb(start)
    for _ in range(12):
        middle = lambda v: v.mid()
        change = (tail(x, *parameters) - arb(level)) / law.density(x, *parameters) * sign
        if not change.is_finite():
            return
        x = middle(x - change)
        if abs(change) < abs(x) * arb(2) ** -200:
            break
    else:
        return
    density = law.density(x, *parameters)
    sensitivity = abs(float(arb(level) / density / x))
    for index, at in enumerate(theta):
        if at != 0:
            sensitivity += abs(float(slope(tail, index + 1)(x, *parameters) / density * arb(at) / x))
    if not sensitivity < 1e13:
        return
    global count
    count += 1
    record = {"id": f"more/{count}", "fn": "isf" if upper else "icdf", "dist": law_name}
    record |= {"params": dict(zip(law.names, theta)), "x": level, "value": digits(x), "f32": False}
    print(json.dumps(record | {"cond": float(f"{sensitivity:.3g}"), "tag": ""}, separators=(",", ":")))


def gompertz_variance(c, r):
    """By quadrature in the logarithm of an exponential number."""
    mean = c.exp() * c.expint(1)
    step = one / 64
    total = arb(0)
    for i in range(-64 * 100, 64 * 6):
        v = step * i
        y = v.exp()
        total += step * (v - y).exp() * ((y / c).log1p() - mean) ** 2
    return arb(total.mid()) / (r * r)


def divergences(name, f):
    names = [prefix + n for prefix in ("p_", "q_") for n in LAWS[name].names]
    for k in range(45):
        theta, other = parameters(name), parameters(name)
        if k % 3:
            near = 10 ** random.uniform(-8, -1)
            other = [v * (1 + near * random.uniform(-1, 1)) for v in theta]
        if other != theta:
            write("kl", f"{name}|{name}", names, [*theta, *other], f)


def main(chosen):
    for name, law in LAWS.items():
        if chosen and name not in chosen:
            continue
        random.seed(name)
        slow = name in ("HalfStudentT", "BetaPrime", "NoncentralChi2", "Rice")
        points(name, law, 15 if slow else 40)
        for function, f in law.of_parameters.items():
            for _ in range(15):
                write(function, name, law.names, parameters(name), f)
        if name == "Gompertz":
            for _ in range(10):
                write("variance", name, law.names, parameters(name), gompertz_variance)
        if name in KL:
            divergences(name, KL[name])


main(sys.argv[1:])
