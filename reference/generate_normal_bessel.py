"""True values for the special functions around the normal distribution and the Bessel functions: writes normal_extra.jsonl.

Points at random in each region, and on both sides of every switch of the implementation, in the format of reference/hard.
Integrals are taken with 50 digits over pieces on which the integrand is smooth; differences that cancel with 400.

    python -m venv venv && venv/bin/pip install mpmath==1.3.0 && venv/bin/python generate_normal_bessel.py
"""

import json
import math
import random
from pathlib import Path

from mpmath import acos, cos, erfc, exp, expm1, hypot, inf, isinf, log, log1p, loggamma, mp, mpf, nstr, pi, quad, sech
from mpmath import sin, sinh, sqrt

mp.dps = 50
PER_REGION = 4


def with_digits(digits, f):
    def wrapped(*arguments):
        before, mp.dps = mp.dps, digits
        try:
            return f(*arguments)
        finally:
            mp.dps = before

    return wrapped


def pieces(f, low, high, count=8, breaks=()):
    points = {low + (high - low) * mpf(j) / count for j in range(count + 1)}
    return quad(f, sorted(points | {mpf(b) for b in breaks if low < b < high}))


def erfcx(x):
    if x < 100:
        return exp(x * x) * erfc(x)
    total, term = mpf(0), mpf(1)
    for n in range(14):
        total += term
        term *= -(2 * n + 1) / (2 * x * x)
    return total / (x * sqrt(pi))


def cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def log_cdf(x):
    return log1p(-cdf(-x)) if x > 0 else log(erfcx(-x / sqrt(mpf(2))) / 2) - x * x / 2


def mills(x):
    return sqrt(2 / pi) / erfcx(-x / sqrt(mpf(2)))


def quantile_of_log(log_u):
    z = -sqrt(-2 * log_u - log(-2 * log_u)) if log_u < -30 else mpf(0)
    if log_u > -1e-3:
        return -quantile_of_log(log(-expm1(log_u)))
    for _ in range(200):
        step = (log_cdf(z) - log_u) / mills(z)
        # Halved where a step from the centre would leave for the tail.
        z -= step if abs(step) < 1 + abs(z) / 2 else step / 2
        if abs(step) < mpf(10) ** -45 * (1 + abs(z)):
            return z
    raise ArithmeticError(f"no convergence at {log_u}")


def scaled_iv(v, k):
    """e^(-k) I_v(k) by its power series, or for large k by the expansion of Hankel."""
    total, n = mpf(0), 0
    if k > 3000 and k > 50 * v * v:
        term = 1 / sqrt(2 * pi * k)
        for n in range(40):
            total += term
            term *= -(4 * v * v - (2 * n + 1) ** 2) / ((n + 1) * 8 * k)
        return total
    term = exp(v * log(k / 2) - loggamma(v + 1) - k)
    while total == 0 or term > total * mpf(10) ** (-mp.dps - 5):
        total += term
        n += 1
        term *= k * k / 4 / (n * (n + v))
    return total


def ratio(v, k):
    return scaled_iv(v + 1, k) / scaled_iv(v, k)


def ratio_grad(v, k):
    r = ratio(v, k)
    return sech(k) ** 2 if v == -0.5 else 1 - r * r - (2 * v + 1) * r / k


def circular(weight, k, z):
    """The integral of weight(t) e^(k (cos t - cos z)) from -pi to z <= 0."""
    slope = 1 / (k * abs(sin(z)) + sqrt(k) + 1)
    breaks = [z - s * j for s in (slope, 1 / sqrt(k + 1)) for j in (1, 3, 8, 20, 50, 100)]
    return pieces(lambda t: weight(t) * exp(k * (cos(t) - cos(z))), -pi, z, 4, breaks)


def von_mises_density(k, z):
    return exp(k * (cos(z) - 1)) / (2 * pi * scaled_iv(mpf(0), k))


def von_mises_cdf(k, z):
    return 1 - von_mises_cdf(k, -z) if z > 0 else von_mises_density(k, z) * circular(lambda t: 1, k, z)


def von_mises_draw_slope(k, z):
    if z > 0:
        return -von_mises_draw_slope(k, -z)
    resultant = ratio(mpf(0), k)
    return circular(lambda t: resultant - cos(t), k, z)


def von_mises_quantile(k, u):
    low, high = -pi, pi
    # Bisection in doubles, then Newton's steps.
    for _ in range(40):
        middle = (low + high) / 2
        mp.dps = 16
        below = von_mises_cdf(k, middle) < u
        mp.dps = 50
        low, high = (middle, high) if below else (low, middle)
    z = (low + high) / 2
    for _ in range(4):
        z -= (von_mises_cdf(k, z) - u) / von_mises_density(k, z)
    return z


def von_mises_mean(f, k):
    """E[f(z)] of an angle in [-pi, pi]."""
    return 2 * von_mises_density(k, mpf(0)) * circular(f, k, mpf(0))


def von_mises_variance(k):
    return von_mises_mean(lambda t: t * t, k)


def von_mises_variance_grad(k):
    return von_mises_mean(lambda t: t * t * cos(t), k) - von_mises_variance(k) * ratio(mpf(0), k)


def owens_t(h, a):
    end = min(a, 16 / abs(h))
    decades = [mpf(10) ** j for j in range(-7, 8)]
    return exp(-h * h / 2) / (2 * pi) * pieces(lambda y: exp(-h * h * y * y / 2) / (1 + y * y), mpf(0), end, 8, decades)


def skew_normal_cdf(x, a):
    if a <= 0 or x >= 0:
        return cdf(x) - (2 * owens_t(x, a) if a > 0 else -2 * owens_t(x, -a) if a < 0 else 0)
    c = hypot(1, a)
    end = 320 / (-x * c + 18)
    tail = pieces(
        lambda s: exp(c * x * s - s * s / 2) * erfcx(a * (s / c - x) / sqrt(mpf(2))),
        mpf(0),
        end,
        8,
        [mpf(10) ** -j for j in range(1, 7)],
    )
    return exp(-c * c * x * x / 2) / sqrt(2 * pi) / c * tail


def skew_normal_draw_slope(x, a):
    return exp(-a * a * x * x / 2) / sqrt(2 * pi) / cdf(a * x) / (1 + a * a)


def inverse_gaussian_cdf(c, m, x):
    root = sqrt(c / x)
    return cdf(root * (x / m - 1)) + exp(2 * c / m) * cdf(-root * (x / m + 1))


def inverse_gaussian_sf(c, m, x):
    root = sqrt(c / x)
    return cdf(root * (1 - x / m)) - exp(2 * c / m) * cdf(-root * (x / m + 1))


def over_interval(f, a, b):
    """The integral of f(t) e^((n^2 - t^2)/2) over [a, b], with n its point next to 0."""
    near = a if a > 0 else b if b < 0 else mpf(0)
    reach = 400 / (abs(near) + 20)
    low, high = max(a, near - reach), min(b, near + reach)
    return pieces(lambda t: f(t) * exp((near - t) * (near + t) / 2), low, high, 16, [near]), near


def log_normal_interval(a, b):
    total, near = over_interval(lambda t: mpf(1), a, b)
    return log(total / sqrt(2 * pi)) - near * near / 2 if a * b > 0 or isinf(a * b) else log(cdf(b) - cdf(a))


def truncated(f, a, b):
    return over_interval(f, a, b)[0] / over_interval(lambda t: mpf(1), a, b)[0]


def truncated_normal_mean(a, b):
    return truncated(lambda t: t, a, b)


def truncated_normal_excess(a, b):
    return truncated(lambda t: t - a, a, b)


def truncated_normal_variance(a, b):
    mean = truncated_normal_mean(a, b)
    return truncated(lambda t: (t - mean) ** 2, a, b)


def truncated_normal_entropy(a, b):
    total, near = over_interval(lambda t: mpf(1), a, b)
    return log(total) + truncated(lambda t: (t - near) * (t + near) / 2, a, b)


def truncated_normal_entropy_deficit(a, b):
    return log(b - a) - truncated_normal_entropy(a, b)


def truncated_normal_log_ratio(z, a, b):
    total, near = over_interval(lambda t: mpf(1), a, b)
    return (near - z) * (near + z) / 2 + log((b - a) / total)


def line(low, high):
    return lambda r: r.uniform(low, high)


def powers(low, high, sign=1):
    return lambda r: sign * 10 ** r.uniform(low, high)


def both(first, second):
    return lambda r: (first(r), second(r))


def order(r):
    return r.choice([-0.5, 0.0, 0.5, 1.0, 1.5, 3.0, 9.0, 24.0, 49.0, 249.5, 499.0, r.uniform(-0.4, 40)])


def around_radius(r):
    v = r.uniform(0, 39)
    return v, math.sqrt(1600 - v * v) * r.uniform(0.99, 1.01)


def angles(concentration):
    def where(r, k, kind):
        # From the mode: anywhere, within a few widths, close to the far end, where cos z = A, and almost nowhere.
        angle = [
            lambda: r.uniform(0, math.pi),
            lambda: min(3.1, abs(r.gauss(0, 1)) / math.sqrt(k + 1e-9)),
            lambda: math.pi - 10 ** r.uniform(-8, 0),
            lambda: float(acos(ratio(mpf(0), mpf(k)))) * r.uniform(0.98, 1.02),
            lambda: 10 ** r.uniform(-8, -1) / math.sqrt(k + 1),
        ][kind]()
        return k, -angle

    return lambda kind: lambda r: where(r, concentration(r), kind)


def circle(kinds=range(5)):
    scales = {"k < 1": powers(-12, 0), "k to 100": powers(0, 2), "k to 1e6": powers(2, 6)}
    names = ["anywhere", "bulk", "far end", "switch", "mode"]
    return {f"{scale}, {names[kind]}": angles(k)(kind) for scale, k in scales.items() for kind in kinds}


def intervals():
    def beside(start, width):
        return lambda r: (lambda a: (a, a + width(r)))(start(r))

    def across(r):
        size = 10 ** r.uniform(-8, 1.2)
        return -size * r.random(), size * r.random()

    return {
        "narrow": beside(line(-30, 30), powers(-6, 0)),
        "wide": beside(line(-35, 5), powers(0, 1.4)),
        "far": beside(powers(1, 6), powers(-5, 1)),
        "across": across,
        "tiny": beside(powers(-6, -1), powers(-6, -1)),
    }


def half_lines():
    return {
        "above": lambda r: (r.uniform(-10, 40), math.inf),
        "below": lambda r: (-math.inf, r.uniform(-40, 10)),
    }


def inside(r):
    a = r.uniform(-30, 30)
    b = a + 10 ** r.uniform(-4, 0)
    return a + (b - a) * r.random(), a, b


def mixed(r):
    c, m = 10 ** r.uniform(-2, 3), 10 ** r.uniform(-2, 2)
    return c, m, m * math.exp(r.gauss(0, 1) * min(1.5, 1 / math.sqrt(c / m)))


CASES = [
    ("erfcx", erfcx, "x", {"below 0": line(-26, 0), "to 1": line(0, 1), "to 10": line(1, 10), "large": powers(1, 300)}),
    ("normal_cdf", cdf, "x", {"tail": line(-38, -3), "centre": line(-3, 3), "above": line(3, 9)}),
    ("log_normal_cdf", log_cdf, "x", {"far": powers(1.5, 10, -1), "tail": line(-38, 0), "above": line(0, 38)}),
    ("inverse_mills_ratio", mills, "x", {"far": powers(1.5, 300, -1), "tail": line(-38, 0), "above": line(0, 12)}),
    ("normal_quantile_of_log", quantile_of_log, "log_u", {
        "far": powers(2.8, 10, -1), "switch": line(-710, -690), "tail": line(-690, -1), "above": powers(-250, -1, -1)}),
    ("binary_entropy_logit", with_digits(700, lambda x: log1p(exp(-x)) + x / (1 + exp(x))), "x", {
        "small": powers(-10, 0), "large": line(1, 700), "largest": lambda r: 700.0}),
    ("log1m_tanh2", lambda u: -2 * log1p(2 * sinh(u / 2) ** 2), "u", {
        "small": powers(-100, 0), "switch": line(1.9, 2.1), "large": line(2, 700)}),
    ("log_i0", with_digits(120, lambda x: log(scaled_iv(mpf(0), x)) + x), "x", {
        "small": powers(-30, 0), "to 8": line(1, 8), "switch": line(7.9, 8.1), "large": powers(1, 14)}),
    ("bessel_ratio_complement", lambda k: 1 - ratio(mpf(0), k), "k", {
        "small": powers(-20, 0), "to 8": line(1, 8), "switch": line(7.9, 8.1), "large": powers(1, 14)}),
    ("bessel_ratio_grad", with_digits(90, lambda k: ratio_grad(mpf(0), k)), "k", {
        "small": powers(-20, 0), "to 8": line(1, 8), "switch": line(7.9, 8.1), "large": powers(1, 14)}),
    ("log_iv_scaled", lambda v, k: log(scaled_iv(v, k)), "v k", {
        "small": both(order, powers(-8, 0)), "to 40": both(order, line(1, 40)), "switch": around_radius,
        "large": both(order, powers(1.6, 3.4)), "huge": both(order, powers(10, 15))}),
    ("bessel_ratio_order", ratio, "v k", {
        "small": both(order, powers(-8, 0)), "to 40": both(order, line(1, 40)), "switch": around_radius,
        "large": both(order, powers(1.6, 3.4)), "huge": both(order, powers(10, 15))}),
    ("bessel_ratio_order_grad", with_digits(90, ratio_grad), "v k", {
        "small": both(order, powers(-8, 0)), "to 40": both(order, line(1, 40)), "switch": around_radius,
        "large": both(lambda r: abs(order(r)), powers(1.6, 3.4)), "huge": both(lambda r: abs(order(r)), powers(10, 15))}),
    ("von_mises_cdf", von_mises_cdf, "k z", circle()),
    ("von_mises_draw_slope", von_mises_draw_slope, "k z", circle()),
    ("von_mises_quantile", von_mises_quantile, "k u", {
        "k < 1": both(powers(-12, 0), line(0.001, 0.999)), "k to 100": both(powers(0, 2), powers(-12, -0.5)),
        "k to 1e4": both(powers(2, 4), line(0.001, 0.999))}),
    ("owens_t", owens_t, "h a", {
        "a to 1": both(line(0.01, 5), line(0, 1)), "a beyond 1": both(line(0.01, 5), powers(0, 6)),
        "far": both(line(5, 37), powers(-6, 6)), "switch": both(line(0.01, 5), line(0.99, 1.01))}),
    ("skew_normal_cdf", with_digits(70, skew_normal_cdf), "x skewness", {
        "lower, a to 1": both(line(-12, -0.001), line(0, 1)),
        "lower, a beyond 1": lambda r: (lambda a: (-r.uniform(0, 15) / a, a))(10 ** r.uniform(0, 6)),
        "upper": both(powers(-8, 0.5), powers(-2, 6)), "a below 0": both(line(-30, 5), powers(-6, 6, -1))}),
    ("skew_normal_draw_slope", with_digits(70, skew_normal_draw_slope), "x skewness", {
        "lower": both(line(-12, 0), line(0, 2)), "upper": both(line(0, 3), line(-2, 2))}),
    ("inverse_gaussian_cdf", with_digits(400, inverse_gaussian_cdf), "concentration loc x", {
        "bulk": mixed, "small concentration": lambda r: (10 ** r.uniform(-9, -3), 1.0, 10 ** r.uniform(-3, 3))}),
    ("inverse_gaussian_sf", with_digits(400, inverse_gaussian_sf), "concentration loc x", {
        "bulk": mixed, "small concentration": lambda r: (10 ** r.uniform(-9, -3), 1.0, 10 ** r.uniform(-3, 3)),
        "far": lambda r: (10 ** r.uniform(-3, 1), 1.0, 10 ** r.uniform(0, 2))}),
    ("log_normal_interval", log_normal_interval, "a b", intervals() | half_lines()),
    ("truncated_normal_mean", truncated_normal_mean, "a b", intervals() | half_lines()),
    ("truncated_normal_excess", truncated_normal_excess, "a b", intervals() | {"above": half_lines()["above"]}),
    ("truncated_normal_variance", with_digits(70, truncated_normal_variance), "a b", intervals() | half_lines()),
    ("truncated_normal_entropy", truncated_normal_entropy, "a b", intervals() | half_lines()),
    ("truncated_normal_entropy_deficit", with_digits(70, truncated_normal_entropy_deficit), "a b", intervals()),
    ("truncated_normal_log_ratio", with_digits(70, truncated_normal_log_ratio), "z a b", {"narrow": inside}),
    ("von_mises_variance", von_mises_variance, "k", {
        "small": powers(-12, 0), "to 100": powers(0, 2), "switch": line(43, 45), "large": powers(2, 6)}),
    ("von_mises_variance_grad", with_digits(70, von_mises_variance_grad), "k", {
        "small": powers(-12, 0), "to 100": powers(0, 2), "switch": line(43, 45), "large": powers(2, 6)}),
]


def condition(f, arguments, value):
    """sum |p f_p / f|, by central differences."""
    total = mpf(0)
    for i, x in enumerate(arguments):
        if x == 0 or isinf(x):
            continue
        step = x * mpf(10) ** -8
        up, down = list(arguments), list(arguments)
        up[i], down[i] = x + step, x - step
        total += abs((f(*up) - f(*down)) / (2 * step) * x / value)
    return float(nstr(total, 3))


def as_word(x):
    return x if math.isfinite(x) else ("inf" if x > 0 else "-inf")


def main(path):
    draw = random.Random(28)
    with open(path, "w") as out:
        for name, f, names, regions in CASES:
            for region, point in regions.items():
                for i in range(PER_REGION):
                    arguments = point(draw)
                    arguments = arguments if isinstance(arguments, tuple) else (arguments,)
                    exact = [mpf(x) if math.isfinite(x) else inf * (1 if x > 0 else -1) for x in arguments]
                    value = f(*exact)
                    cheap = not name.startswith(("von_mises", "truncated", "log_normal_interval", "owens", "skew_normal_cdf"))
                    record = {"id": f"{name}/{region}/{i}", "fn": name, "dist": "special"}
                    record |= {"params": {n: as_word(x) for n, x in zip(names.split(), arguments)}, "x": None}
                    record |= {"value": nstr(value, 42), "f32": False}
                    record |= {"cond": condition(f, exact, value) if cheap else None, "tag": region}
                    out.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main(Path(__file__).with_name("normal_extra.jsonl"))
