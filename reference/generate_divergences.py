"""True divergences between laws of different families, and within those that have no other table, as divergences.jsonl.

    python generate_divergences.py > divergences.jsonl

Every divergence is minus the entropy of the first law less the expected log-density of the second, from the expectations that
the second one needs, with 120 digits from random parameters: tiny to huge, and where two families have a member or a limit in
common, close to it. Where an expectation has no closed form it is a quadrature. Conditions are differences over a 1e-25th of
a parameter.
"""

import json
import random

from mpmath import mp, mpf

mp.dps = 120
STEP = mpf(10) ** -25
lg, psi, ln, euler = mp.loggamma, mp.digamma, mp.log, mp.euler
INFINITE = mp.inf


def lbeta(a, b):
    return lg(a) + lg(b) - lg(a + b)


def Phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def phi(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


class Law:
    """Entropy and expectations; what a law does not have is not asked for."""


class Normal(Law):
    names = ["loc", "scale"]

    def __init__(self, loc, scale):
        self.mean, self.var = loc, scale**2
        self.entropy = ln(scale) + (1 + ln(2 * mp.pi)) / 2
        self.mgf = lambda t: mp.exp(loc * t + (scale * t) ** 2 / 2)

        def distance(m):
            d = (loc - m) / scale
            return scale * (2 * phi(d) + d * (1 - 2 * Phi(-d)))

        self.distance = distance


class Laplace(Law):
    names = ["loc", "scale"]

    def __init__(self, loc, scale):
        self.mean, self.var, self.entropy = loc, 2 * scale**2, 1 + ln(2 * scale)


class Gumbel(Law):
    names = ["loc", "scale"]

    def __init__(self, loc, scale):
        self.mean, self.var = loc + euler * scale, (mp.pi * scale) ** 2 / 6
        self.entropy = ln(scale) + euler + 1


class Gamma(Law):
    names = ["concentration", "rate"]

    def __init__(self, a, r):
        self.mean, self.var, self.ln = a / r, a / r**2, psi(a) - ln(r)
        self.entropy = a - ln(r) + lg(a) + (1 - a) * psi(a)
        self.mgf = lambda t: mp.exp(-a * mp.log1p(-t / r))


class Chi2(Gamma):
    names = ["df"]

    def __init__(self, df):
        super().__init__(df / 2, mpf(1) / 2)


class Exponential(Gamma):
    names = ["rate"]

    def __init__(self, rate):
        super().__init__(mpf(1), rate)


class Pareto(Law):
    names = ["scale", "alpha"]

    def __init__(self, s, a):
        self.mean = a * s / (a - 1) if a > 1 else INFINITE
        self.var = s**2 * a / ((a - 1) ** 2 * (a - 2)) if a > 2 else INFINITE
        self.ln, self.entropy = ln(s) + 1 / a, ln(s / a) + 1 + 1 / a


class Uniform(Law):
    names = ["low", "high"]

    def __init__(self, low, high):
        width = high - low
        xlogx = lambda x: x * ln(x) if x > 0 else mpf(0)
        self.low, self.high = low, high
        self.mean, self.var, self.entropy = (low + high) / 2, width**2 / 12, ln(width)
        if low >= 0:
            self.ln = (xlogx(high) - xlogx(low)) / width - 1
        if high <= 1:
            self.ln1m = (xlogx(1 - low) - xlogx(1 - high)) / width - 1
        self.mgf = lambda t: (mp.exp(t * high) - mp.exp(t * low)) / (t * width)


class Beta(Law):
    names = ["concentration1", "concentration0"]
    low, high = mpf(0), mpf(1)

    def __init__(self, a, b):
        n = a + b
        self.mean, self.var = a / n, a * b / (n * n * (n + 1))
        self.ln, self.ln1m = psi(a) - psi(n), psi(b) - psi(n)
        self.entropy = lbeta(a, b) - (a - 1) * self.ln - (b - 1) * self.ln1m


def cb_log_norm(l):
    """ln(l / (e^l - 1)), by its series in l where that is 0 / 0."""
    if abs(l) < mpf(10) ** -40:
        return -l / 2 - l * l / 24
    return -ln(mp.expm1(l) / l)


class ContinuousBernoulli(Law):
    names = ["logits"]
    low, high = mpf(0), mpf(1)

    def __init__(self, l):
        if abs(l) < mpf(10) ** -20:
            self.mean, self.var = mpf(1) / 2 + l / 12 - l**3 / 720, mpf(1) / 12 - l * l / 240
        else:
            self.mean = 1 / (-mp.expm1(-l)) - 1 / l
            self.var = 1 / l**2 - 1 / (2 * mp.sinh(l / 2)) ** 2
        self.entropy = -cb_log_norm(l) - l * self.mean


class Weibull(Law):
    names = ["scale", "concentration"]

    def __init__(self, s, k):
        self.mean, self.ln = s * mp.gamma(1 + 1 / k), ln(s) - euler / k
        self.entropy = euler * (1 - 1 / k) + ln(s / k) + 1


class Kumaraswamy(Law):
    names = ["a", "b"]
    low, high = mpf(0), mpf(1)

    def __init__(self, a, b):
        self.ln = -(psi(b + 1) + euler) / a
        # 1 - X = 1 - (1 - V)^(1/a) with V = U^(1/b); in y with U = e^(-y).
        def log_rest(y):
            v = mp.exp(-y / b)
            rest = -y / b - ln(a) if v < mpf(10) ** -70 else ln(-mp.expm1(mp.log1p(-v) / a))
            return rest * mp.exp(-y)

        ends = {mpf(0), mpf(1) / 100, mpf(1), mpf(10), mpf(40), mpf(140), b / 1000, b / 10, b, 10 * b, 100 * b}
        ends = sorted(e for e in ends if e <= 140)
        self.ln1m = mp.quad(log_rest, ends)
        self.entropy = 1 - 1 / b + (1 - 1 / a) * (psi(b + 1) + euler) - ln(a * b)


class TruncatedNormal(Law):
    names = ["loc", "scale", "low", "high"]

    def __init__(self, loc, scale, low, high):
        a, b = (low - loc) / scale, (high - loc) / scale
        z = Phi(b) - Phi(a)
        pa, pb = phi(a), phi(b)
        apa, bpb = (mpf(0) if mp.isinf(x) else x * phi(x) for x in (a, b))
        m = (pa - pb) / z
        self.mean, self.var = loc + scale * m, scale**2 * (1 + (apa - bpb) / z - m * m)
        self.entropy = ln(scale * z) + ln(2 * mp.pi * mp.e) / 2 + (apa - bpb) / (2 * z)


def expected_log_prob(q, p, theta):
    """E_q ln p."""
    within = lambda low, high: low <= getattr(q, "low", mpf(0)) and getattr(q, "high", INFINITE) <= high
    if p == "Normal":
        loc, s = theta
        return -ln(s) - ln(2 * mp.pi) / 2 - (q.var + (q.mean - loc) ** 2) / (2 * s * s)
    if p == "Laplace":
        loc, s = theta
        return -ln(2 * s) - q.distance(loc) / s
    if p == "Gumbel":
        loc, s = theta
        return -ln(s) - (q.mean - loc) / s - mp.exp(loc / s) * q.mgf(-1 / s)
    if p in ("Exponential", "Gamma", "Chi2"):
        a, r = {"Exponential": lambda r: (mpf(1), r), "Gamma": lambda a, r: (a, r), "Chi2": lambda d: (d / 2, mpf(1) / 2)}[p](*theta)
        if not within(0, INFINITE):
            return -INFINITE
        return a * ln(r) - lg(a) + ((a - 1) * q.ln if a != 1 else 0) - r * q.mean
    if p == "Pareto":
        s, a = theta
        return ln(a) + a * ln(s) - (a + 1) * q.ln if within(s, INFINITE) else -INFINITE
    if p == "Uniform":
        return -ln(theta[1] - theta[0]) if within(*theta) else -INFINITE
    if not within(0, 1):
        return -INFINITE
    if p == "Beta":
        a, b = theta
        return (a - 1) * q.ln + (b - 1) * q.ln1m - lbeta(a, b)
    if p == "ContinuousBernoulli":
        return theta[0] * q.mean + cb_log_norm(theta[0])
    raise KeyError(p)


LAWS = {
    law.__name__: law
    for law in (
        Beta, Chi2, ContinuousBernoulli, Exponential, Gamma, Gumbel, Kumaraswamy, Laplace, Normal, Pareto, TruncatedNormal,
        Uniform, Weibull,
    )
}

BETWEEN = {
    "Beta": "Chi2 ContinuousBernoulli Exponential Gamma Normal Uniform",
    "Chi2": "Exponential Gumbel Normal",
    "ContinuousBernoulli": "Exponential Normal Uniform",
    "Exponential": "Chi2 Gumbel Normal",
    "Gamma": "Gumbel Normal",
    "Gumbel": "Normal",
    "Kumaraswamy": "Beta",
    "Laplace": "Normal",
    "Normal": "Gumbel Laplace",
    "Pareto": "Chi2 Exponential Gamma Normal",
    "TruncatedNormal": "Normal",
    "Uniform": "Beta Chi2 ContinuousBernoulli Exponential Gamma Gumbel Normal Pareto Uniform",
    "Weibull": "Chi2 Exponential Gamma",
}


def normal_kl(l, s, m, t):
    return ln(t / s) + (s * s + (l - m) ** 2) / (2 * t * t) - mpf(1) / 2


def gumbel_kl(l, s, m, t):
    r = s / t
    return ln(t / s) + euler * (r - 1) + (l - m) / t + mp.exp((m - l) / t + lg(1 + r)) - 1


def cauchy_kl(l, s, m, t):
    return ln(((s + t) ** 2 + (l - m) ** 2) / (4 * s * t))


def inverse_gaussian_kl(m, c, n, d):
    # E X = m and E 1/X = 1/m + 1/c.
    return ln(c / d) / 2 - mpf(1) / 2 + d / (2 * n * n) * (m - 2 * n + n * n * (1 / m + 1 / c))


def frechet_kl(s, k, t, j):
    # ln X is a Gumbel number.
    return gumbel_kl(ln(s), 1 / k, ln(t), 1 / j)


def log_uniform_kl(a, b, c, d):
    return ln(ln(d / c) / ln(b / a)) if c <= a and b <= d else INFINITE


WITHIN = {
    "Cauchy": (["loc", "scale"], cauchy_kl),
    "Frechet": (["scale", "concentration"], frechet_kl),
    "HalfCauchy": (["scale"], lambda s, t: cauchy_kl(0, s, 0, t)),
    "InverseGaussian": (["loc", "concentration"], inverse_gaussian_kl),
    "LogNormal": (["loc", "scale"], normal_kl),
    "LogUniform": (["low", "high"], log_uniform_kl),
    "LogitNormal": (["loc", "scale"], normal_kl),
    "TanhNormal": (["loc", "scale"], normal_kl),
}


def between(q, p):
    split = len(LAWS[q].names)

    def kl(*theta):
        first = LAWS[q](*theta[:split])
        if mp.isinf(getattr(first, "mean", 0)) or (p == "Normal" and mp.isinf(first.var)):
            return INFINITE
        return -first.entropy - expected_log_prob(first, p, theta[split:])

    return kl


def condition(f, at, value):
    total = mpf(0)
    for i, v in enumerate(at):
        if v and not mp.isinf(v):
            moved = list(at)
            moved[i] = v * (1 + STEP)
            total += abs((f(*moved) - value) / STEP)
    return total / abs(value)


count = 0


def write(q, p, names, at, f, tag=""):
    global count
    exact = [mpf(v) for v in at]
    value = f(*exact)
    if not mp.isinf(value) and not 1e-290 < value < 1e290:
        return
    cond = None if mp.isinf(value) else condition(f, exact, value)
    if cond is not None and (not mp.isfinite(cond) or cond > 1e14):
        return
    count += 1
    finite = lambda v: v if abs(v) != float("inf") else ("inf" if v > 0 else "-inf")
    print(json.dumps({
        "id": f"divergences/{count}", "fn": "kl", "dist": f"{q}|{p}", "params": dict(zip(names, map(finite, at))), "x": None,
        "value": "inf" if cond is None else mp.nstr(value, 40), "f32": False,
        "cond": None if cond is None else float(mp.nstr(cond, 3)), "tag": tag,
    }, separators=(",", ":")), flush=True)


def log_uniform(low, high):
    return float(f"{10 ** random.uniform(low, high):.6g}")


def size():
    return log_uniform(*random.choice([(-5, -2), (-1, 1), (-1, 1), (0.5, 2), (2, 8)]))


def real():
    return random.choice([0.0, 1.0, -1.0, 1.0, -1.0]) * log_uniform(*random.choice([(-3, 0), (0, 2), (2, 6)]))


def parameters(law, p):
    if law in ("Normal", "Laplace", "Gumbel", "Cauchy", "LogNormal", "LogitNormal", "TanhNormal"):
        return [real(), size()]
    if law == "ContinuousBernoulli":
        return [real()]
    if law == "Uniform":
        if p in ("Beta", "ContinuousBernoulli"):
            return random.choice([[0.0, 1.0], [0.0, 0.5], [0.25, 1.0], [0.3, 0.300001], [1e-9, 1 - 1e-9]])
        low = random.choice([0.0, size(), size()])
        if p in ("Gumbel", "Normal", "Uniform") and random.random() < 0.5:
            low = real()
        return [low, low + size() * random.choice([1.0, max(abs(low), 1e-3)])]
    if law == "LogUniform":
        low = size()
        return [low, low * (1 + size())]
    if law == "TruncatedNormal":
        loc, scale = random.choice([0.0, 0.7, -3.0]), log_uniform(-2, 2)
        ends = random.choice([
            (-math_inf, math_inf), (-9.0, 11.0), (-5.0, math_inf), (-1.5, 0.5), (-0.01, 0.02), (3.0, 4.0), (-math_inf, -6.0),
            (-math_inf, 2.0), (-2.0, 7.0),
        ])
        return [loc, scale, *(loc + scale * e for e in ends)]
    if law == "Pareto" and random.random() < 0.5:
        return [size(), random.uniform(2, 6)]
    if law == "Kumaraswamy":
        return [log_uniform(-1.3, 1.5), log_uniform(-1.3, 1.5)]
    if law == "Weibull":
        return [size(), log_uniform(-1.5, 3)]
    return [size() for _ in (LAWS[law].names if law in LAWS else WITHIN[law][0])]


math_inf = float("inf")


def nudged(x, scale):
    return x * (1 + scale * random.uniform(-1, 1))


def close_pairs(q, p):
    """Parameters at which both laws are nearly one."""
    e = 10 ** random.uniform(-9, -1)
    n = lambda x: nudged(x, e)
    a, r = size(), size()
    if (q, p) == ("Weibull", "Gamma"):
        return [r, n(1.0), n(1.0), n(1 / r)]
    if (q, p) == ("Weibull", "Exponential"):
        return [r, n(1.0), n(1 / r)]
    if (q, p) == ("Kumaraswamy", "Beta"):
        a = log_uniform(-1, 1)
        return random.choice([[a, n(1.0), n(a), n(1.0)], [n(1.0), a, n(1.0), n(a)]])
    if (q, p) in (("Gamma", "Normal"), ("Chi2", "Normal")):
        a = log_uniform(0, 9)
        return [a, r, n(a / r), n(a**0.5 / r)] if q == "Gamma" else [a, n(a), n((2 * a) ** 0.5)]
    if (q, p) == ("Beta", "Normal"):
        a = log_uniform(0, 7)
        b = random.choice([a, n(a), log_uniform(0, 7)])
        mean = a / (a + b)
        return [a, b, n(mean), n((mean * (1 - mean) / (a + b + 1)) ** 0.5)]
    if (q, p) == ("Beta", "Gamma"):
        b = log_uniform(1, 9)
        return [a, b, n(a), n(b)]
    if (q, p) == ("Beta", "Exponential"):
        b = log_uniform(1, 9)
        return [n(1.0), b, n(b)]
    if (q, p) == ("Beta", "Uniform"):
        return [n(1.0), n(1.0), 0.0, 1.0]
    if (q, p) == ("Uniform", "Beta"):
        return [0.0, 1.0, n(1.0), n(1.0)]
    if (q, p) == ("ContinuousBernoulli", "Uniform"):
        return [random.choice([-e, e]), 0.0, 1.0]
    if (q, p) == ("Uniform", "ContinuousBernoulli"):
        return [0.0, 1.0, random.choice([-e, e])]
    if (q, p) == ("Uniform", "Uniform"):
        return [1.0, 2.0, 1.0 - e, random.choice([2.0, 2.0 + e])]
    if (q, p) == ("Beta", "ContinuousBernoulli"):
        return [n(1.0), n(1.0), e]
    if (q, p) == ("TruncatedNormal", "Normal"):
        ends = random.choice([[-10.0, 10.0], [-4.0, math_inf], [-3.0, 3.5], [-20.0, 30.0]])
        return [1.0, 2.0, *(1.0 + 2.0 * v for v in ends), random.choice([1.0, n(1.0)]), random.choice([2.0, n(2.0)])]
    return None


random.seed(11)
for q, others in BETWEEN.items():
    for p in others.split():
        mp.dps = 60 if q == "Kumaraswamy" else 120
        STEP = mpf(10) ** (-15 if q == "Kumaraswamy" else -25)
        names = ["p_" + n for n in LAWS[q].names] + ["q_" + n for n in LAWS[p].names]
        for k in range(12 if q == "Kumaraswamy" else 40):
            first = parameters(q, p)
            if p == "Pareto":
                other = [first[0] * random.choice([0.1, 0.999, 1.0]) if first[0] > 0 else 1.0, size()]
            elif p == "Uniform" and q in ("Beta", "ContinuousBernoulli"):
                other = random.choice([[0.0, 1.0], [-size(), 1.0 + size()], [-1e-9, 1.0]])
            elif p == "Uniform":
                other = [first[0] - random.choice([0.0, size()]), first[1] + random.choice([0.0, size()])]
            else:
                other = parameters(p, q)
            write(q, p, names, first + other, between(q, p))
            close = close_pairs(q, p)
            if close:
                write(q, p, names, close, between(q, p), "near")

mp.dps, STEP = 120, mpf(10) ** -25
for law, (names, f) in WITHIN.items():
    names = [prefix + n for prefix in ("p_", "q_") for n in names]
    for k in range(40):
        first = parameters(law, law)
        other = parameters(law, law)
        if law == "LogUniform" and k % 2:
            other = [first[0] / (1 + size()), first[1] * (1 + size())]
        elif k % 2 and law != "LogUniform":
            e = 10 ** random.uniform(-12, -1)
            other = [nudged(v, e) for v in first]
        write(law, law, names, first + other, f, "near" if k % 2 else "")
