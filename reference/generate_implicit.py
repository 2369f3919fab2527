"""True log-densities with their slopes, moments, entropies and divergences of gamma, beta and t laws, as implicit.jsonl.

    python generate_implicit.py > implicit.jsonl

All of them are formulas in ln Gamma and its derivatives, evaluated with 120 digits from random parameters, tiny to huge;
slopes and conditions are differences over a 1e-30th of an argument. The slopes of draws from F and generalized normal laws,
whose parameters enter twice, come from mpmath's incomplete functions in the same way, at moderate parameters.
"""

import json
import random

from mpmath import mp, mpf

mp.dps = 120
STEP = mpf(10) ** -30
lg, psi = mp.loggamma, mp.digamma


def lbeta(a, b):
    return lg(a) + lg(b) - lg(a + b)


def gamma_log_prob(x, a, r):
    return a * mp.log(r) + (a - 1) * mp.log(x) - r * x - lg(a)


def beta_log_prob(x, a, b):
    return (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - lbeta(a, b)


def beta_entropy(a, b):
    return lbeta(a, b) - (a - 1) * psi(a) - (b - 1) * psi(b) + (a + b - 2) * psi(a + b)


def t_log_prob(x, df, loc, scale):
    z = (x - loc) / scale
    constant = lg((df + 1) / 2) - lg(df / 2) - mp.log(df * mp.pi) / 2 - mp.log(scale)
    return constant - (df + 1) / 2 * mp.log1p(z * z / df)


def f_log_prob(x, d1, d2):
    a, b = d1 / 2, d2 / 2
    return a * mp.log(d1 / d2) + (a - 1) * mp.log(x) - (a + b) * mp.log1p(d1 * x / d2) - lbeta(a, b)


def f_entropy(d1, d2):
    a, b = d1 / 2, d2 / 2
    return beta_entropy(a, b) - psi(a) - psi(b) + 2 * psi(a + b) + psi(a) - psi(b) - mp.log(a / b)


def power_log_prob(x, loc, scale, p):
    return mp.log(p / (2 * scale)) - lg(1 / p) - abs((x - loc) / scale) ** p


def gamma_kl(a, r, b, s):
    return (a - b) * psi(a) - lg(a) + lg(b) + b * mp.log(r / s) + a * (s - r) / r


def beta_kl(a, b, c, d):
    return lbeta(c, d) - lbeta(a, b) + (a - c) * psi(a) + (b - d) * psi(b) + (c + d - a - b) * psi(a + b)


LAWS = {
    "Gamma": (["concentration", "rate"], gamma_log_prob),
    "Beta": (["concentration1", "concentration0"], beta_log_prob),
    "InverseGamma": (["concentration", "rate"], lambda x, a, r: gamma_log_prob(1 / x, a, r) - 2 * mp.log(x)),
    "Chi2": (["df"], lambda x, n: gamma_log_prob(x, n / 2, mpf(1) / 2)),
    "StudentT": (["df", "loc", "scale"], t_log_prob),
    "FisherSnedecor": (["df1", "df2"], f_log_prob),
    "GeneralizedNormal": (["loc", "scale", "power"], power_log_prob),
}
OF_PARAMETERS = {
    ("Gamma", "entropy"): lambda a, r: a - mp.log(r) + lg(a) + (1 - a) * psi(a),
    ("InverseGamma", "entropy"): lambda a, r: a + mp.log(r) + lg(a) - (1 + a) * psi(a),
    ("Beta", "entropy"): beta_entropy,
    ("Beta", "variance"): lambda a, b: a * b / ((a + b) ** 2 * (a + b + 1)),
    ("Chi2", "entropy"): lambda n: n / 2 + mp.log(2) + lg(n / 2) + (1 - n / 2) * psi(n / 2),
    ("StudentT", "entropy"): lambda v, m, s: (v + 1) / 2 * (psi((v + 1) / 2) - psi(v / 2)) - t_log_prob(m, v, m, s),
    ("FisherSnedecor", "entropy"): f_entropy,
    ("GeneralizedNormal", "entropy"): lambda m, s, p: 1 / p - mp.log(p / (2 * s)) + lg(1 / p),
    ("GeneralizedNormal", "variance"): lambda m, s, p: s * s * mp.exp(lg(3 / p) - lg(1 / p)),
}
KL = {"Gamma": gamma_kl, "InverseGamma": gamma_kl, "Beta": beta_kl}


def slope(f, at, index):
    def moved(step):
        there = list(at)
        there[index] += step
        return f(*there)

    step = STEP * (abs(at[index]) or 1)
    return (moved(step) - moved(-step)) / (2 * step)


def condition(f, at):
    return sum(abs(x * slope(f, at, i)) for i, x in enumerate(at)) / abs(f(*at))


count = 0


def write(name, law, names, at, f, x=None, tag=""):
    """A point, and where there is x its argument is the first of `at`."""
    global count
    exact = [mpf(v) for v in at]
    value = f(*exact)
    if not 1e-300 < abs(value) < 1e300:
        return
    sensitivity = condition(f, exact)
    if sensitivity > 1e14:
        return
    count += 1
    params = dict(zip(names, at if x is None else at[1:]))
    print(json.dumps({
        "id": f"implicit/{count}", "fn": name, "dist": law, "params": params, "x": x, "value": mp.nstr(value, 40),
        "f32": False, "cond": float(mp.nstr(sensitivity, 3)), "tag": tag,
    }, separators=(",", ":")))


def log_uniform(low, high):
    return float(f"{10 ** random.uniform(low, high):.6g}")


def parameters(law):
    size = lambda: log_uniform(*random.choice([(-6, -2), (-2, 1), (0.5, 2), (2, 9)]))
    if law == "GeneralizedNormal":
        return [random.choice([0.0, -1.5]), log_uniform(-3, 3), log_uniform(-2, 2)]
    if law == "StudentT":
        return [log_uniform(*random.choice([(-2, 0), (0, 1.5), (1.5, 9)])), random.choice([0.0, 2.5]), log_uniform(-3, 3)]
    if law == "Chi2":
        return [size()]
    if law in ("Beta", "FisherSnedecor"):
        return [size(), size()]
    return [size(), log_uniform(-3, 6)]


def gamma_log_draw(a):
    """Roughly one, as a logarithm."""
    if a < 1:
        return gamma_log_draw(a + 1) + float(mp.log(random.random())) / a
    return float(mp.log(random.gammavariate(a, 1)))


def draw(law, theta):
    if law == "Gamma":
        return float(mp.exp(gamma_log_draw(theta[0])) / theta[1])
    if law == "InverseGamma":
        return float(theta[1] / mp.exp(gamma_log_draw(theta[0])))
    if law == "Chi2":
        return float(2 * mp.exp(gamma_log_draw(theta[0] / 2)))
    if law == "StudentT":
        width = mp.exp((mp.log(theta[0] / 2) - gamma_log_draw(theta[0] / 2)) / 2)
        return float(theta[1] + theta[2] * random.gauss(0, 1) * width)
    if law == "GeneralizedNormal":
        width = mp.exp(gamma_log_draw(1 / theta[2]) / theta[2])
        return float(theta[0] + theta[1] * random.choice([-1, 1]) * width)
    scale = 1 if law == "Beta" else 0.5
    t = gamma_log_draw(scale * theta[0]) - gamma_log_draw(scale * theta[1])
    if law == "Beta":
        return float(1 / (1 + mp.exp(-t)))
    return float(mp.exp(t) * theta[1] / theta[0])


def usable(law, x):
    return 1e-290 < abs(x) < 1e290 and not (law == "Beta" and x == 1.0)


def densities():
    for law, (names, f) in LAWS.items():
        for _ in range(60):
            theta = parameters(law)
            x = draw(law, theta)
            if not usable(law, x):
                continue
            write("log_prob", law, names, [x, *theta], f, x)
            for index, name in enumerate(["x", *names]):
                in_one = lambda *at, index=index: slope(f, at, index)
                write(f"log_prob_grad_{name}", law, names, [x, *theta], in_one, x)


def functions_of_parameters():
    for (law, name), f in OF_PARAMETERS.items():
        for _ in range(40):
            write(name, law, LAWS[law][0], parameters(law), f)


def divergences():
    for law, f in KL.items():
        names = [prefix + name for prefix in ("p_", "q_") for name in LAWS[law][0]]
        for k in range(90):
            theta = parameters(law)
            other = parameters(law)
            if k % 3:
                size = 10 ** random.uniform(-12, -1)
                other = [v * (1 + size * random.choice([-1, 0, 1, random.uniform(-1, 1)])) for v in theta]
            if k % 3 == 2:
                other = [v * (1 + size) for v in theta]
            if other != theta:
                write("kl", f"{law}|{law}", names, theta + other, f, tag="near" if k % 3 else "")


def draw_slopes():
    def f_cdf(x, d1, d2):
        return mp.betainc(d1 / 2, d2 / 2, 0, d1 * x / (d1 * x + d2), regularized=True)

    def power_cdf(x, loc, scale, p):
        z = (x - loc) / scale
        tail = mp.gammainc(1 / p, abs(z) ** p, mp.inf, regularized=True) / 2
        return tail if z < 0 else 1 - tail

    for law, cdf in (("FisherSnedecor", f_cdf), ("GeneralizedNormal", power_cdf)):
        names, log_prob = LAWS[law]
        for _ in range(40):
            theta = [log_uniform(-1, 2) for _ in names]
            x = draw(law, theta)
            if not usable(law, x):
                continue
            for index, name in enumerate(names):
                def moves(*at, index=index):
                    return -slope(cdf, at, index + 1) / mp.exp(log_prob(*at))
                write(f"dz_d{name}", law, names, [x, *theta], moves, x)


random.seed(5)
mp.dps = 150
densities()
functions_of_parameters()
divergences()
mp.dps = 100
STEP = mpf(10) ** -20
draw_slopes()
