"""True values of counts where sums are long or differences cancel, as JSON lines: `python generate_counts.py > counts_extra.jsonl`.

Tails of beta-binomial counts of any size: masses from gamma functions with 50 digits; up to 400 terms from an end are added
one by one, and the others by Gauss-Legendre quadrature of the mass between half-integers, with the central differences of
the midpoint rule at the seam. Moments and masses of hurdle laws are closed forms with 300 digits. The condition is the sum of |parameter * derivative / value| over the
parameters that are no counts, by central differences.
"""

import json
from math import comb

from mpmath import exp, expm1, floor, inf, log, log1p, loggamma, mp, mpf, nstr, sqrt, workdps
from mpmath.calculus.quadrature import GaussLegendre

mp.dps = 50
DIRECT = 200
# The midpoint rule: sum = integral + these times the odd central differences at the seams (B. Steffensen, Interpolation).
MIDPOINT = [mpf(1) / 24, -mpf(17) / 5760, mpf(367) / 967680, -mpf(27859) / 464486400]
NODES = GaussLegendre(mp).calc_nodes(5, 170)


def panel(f, low, high):
    middle, half = (low + high) / 2, (high - low) / 2
    return half * sum(weight * f(middle + half * node) for node, weight in NODES)


def seam(f, k):
    """The corrections at k - 1/2, for a sum that begins at k."""
    total = mpf(0)
    for order, coefficient in zip((1, 3, 5, 7), MIDPOINT):
        first = k - (order + 1) // 2
        total += coefficient * sum((-1) ** (order - i) * comb(order, i) * f(first + i) for i in range(order + 1))
    return total


def long_sum(f, low, high, bounds, centre, deviation):
    """Sum of f over the integers from low to high; singular next to the bounds, a bell of this deviation at the centre."""
    if high - low <= 2 * DIRECT:
        return sum((f(low + i) for i in range(int(high - low) + 1)), mpf(0))
    total = sum((f(low + i) + f(high - i) for i in range(DIRECT)), mpf(0))
    first, last = low + DIRECT, high - DIRECT
    total += seam(f, first) - seam(f, last + 1)
    x, end = first - mpf(1) / 2, last + mpf(1) / 2
    while x < end:
        width = min(max(deviation, abs(x - centre) / 2), (x - bounds[0]), end - x)
        left = bounds[1] - x
        if left > 0 and width > left / 2:
            width = left / 2
        total += panel(f, x, min(end, x + width))
        x += width
        if x + mpf(10) ** -30 * end >= end:
            break
    return total


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def beta_binomial_mass(n, a, b):
    norm = log_beta(a, b) - loggamma(n + 1)
    return lambda x: exp(log_beta(x + a, n - x + b) - loggamma(x + 1) - loggamma(n - x + 1) - norm)


def beta_binomial_lower(k, n, a, b):
    mass = beta_binomial_mass(n, a, b)
    mean, variance = n * a / (a + b), n * a * b * (a + b + n) / (a + b) ** 2 / (a + b + 1)
    deviation = sqrt(variance)
    # Far in a tail the masses fall geometrically.
    ratio = mass(mpf(k)) / mass(mpf(k) - 1) if k > 0 else mpf(2)
    decay = 1 / abs(log(ratio)) if ratio != 1 else inf
    low = mpf(0)
    if a > 1:
        centre, reach = min(mean, mpf(k)), min(deviation, decay) if k < mean else deviation
        low = max(mpf(0), floor(centre - 120 * reach - 500))
    else:
        centre, reach = mean, deviation
    return long_sum(mass, low, mpf(k), (mpf(-1), mpf(n) + 1), centre, max(reach, mpf(1)))


def beta_binomial_upper(k, n, a, b):
    return beta_binomial_lower(n - k - 1, n, b, a)


def logarithm(p, rest):
    return log(p) if p < 0.5 else log1p(-rest)


TAILS = {
    "cdf": lambda k, n, a, b: beta_binomial_lower(k, n, a, b),
    "sf": lambda k, n, a, b: beta_binomial_upper(k, n, a, b),
    "log_cdf": lambda k, *t: logarithm(beta_binomial_lower(k, *t), beta_binomial_upper(k, *t)),
    "log_sf": lambda k, *t: logarithm(beta_binomial_upper(k, *t), beta_binomial_lower(k, *t)),
}

BETA_BINOMIAL = [
    ((20, 50, 0.1), (0, 7, 19)),
    ((1000, 0.5, 20), (0, 40, 900)),
    ((10, 1e-9, 1), (0, 1, 9)),
    ((10, 1e-15, 1), (0, 1, 9)),
    ((10, 1, 1e-15), (0, 8)),
    ((1000, 1e-12, 2e-12), (0, 500, 999)),
    ((10**5, 1e-9, 3e-4), (0, 300, 50_000, 99_000)),
    ((10**5, 0.3, 7.5), (3, 3_000, 60_000)),
    ((10**6, 400, 900), (250_000, 307_692, 350_000)),
    ((3 * 10**7, 2, 2), (10, 3 * 10**6, 15 * 10**6, 29 * 10**6)),
    ((10**8, 2, 2), (25 * 10**6, 10**8 - 1000)),
    ((10**8, 0.5, 0.25), (100, 10**7, 10**8 - 5)),
    ((10**8, 1e4, 3), (9 * 10**7, 99_970_000, 99_999_990)),
    ((10**8, 1e7, 3e7), (24_950_000, 25_000_000, 25_060_000)),
    ((10**8, 1e12, 3e12), (24_990_000, 25_000_000, 25_004_000)),
    ((10**10, 0.7, 1e6), (10, 4_000, 50_000)),
    ((10**12, 1.5, 30), (10**9, 5 * 10**10, 5 * 10**11)),
    ((10**15, 3, 5), (10**12, 375 * 10**12, 95 * 10**13)),
    ((10**15, 1e6, 2e6), (333 * 10**12, 334 * 10**12)),
]


def hurdle_moments(zero, mean, second, gate):
    """Mean and variance of a gate before positive counts, from P(0), E[X] and E[X^2] of the counts."""
    weight = (1 - gate) / (1 - zero)
    return weight * mean, weight * second - (weight * mean) ** 2


def hurdle_poisson(m, g):
    return hurdle_moments(exp(-m), m, m + m * m, g)


def hurdle_negative_binomial(r, p, g):
    q = 1 - p
    mean = r * p / q
    return hurdle_moments(exp(r * log(q)), mean, mean / q + mean**2, g)


def hurdle_log_mass(x, zero, log_mass, gate):
    return log((1 - gate) / (1 - zero)) + log_mass


def log_poisson(x, m):
    return x * log(m) - m - loggamma(x + 1)


def log_negative_binomial(x, r, p):
    return loggamma(x + r) - loggamma(x + 1) - loggamma(r) + x * log(p) + r * log(1 - p)


HURDLE = {
    "HurdlePoisson": (
        ("rate", "gate"),
        hurdle_poisson,
        lambda x, m, g: hurdle_log_mass(x, exp(-m), log_poisson(x, m), g),
        [(m, g) for m in (4.2e-5, 1e-12, 0.3, 2.0, 37.0, 154475.0) for g in (6.6e-11, 4.6e-4, 0.3)],
    ),
    "HurdleNegativeBinomial": (
        ("total_count", "probs", "gate"),
        hurdle_negative_binomial,
        lambda x, r, p, g: hurdle_log_mass(x, exp(r * log(1 - p)), log_negative_binomial(x, r, p), g),
        [
            (r, p, g)
            for r in (1.35e-5, 0.0115, 0.8, 5.0, 300.0)
            for p in (1.1e-10, 4e-6, 0.3, 0.97)
            for g in (1.1e-12, 3e-8, 0.4)
        ],
    ),
}


def condition(f, parameters, value):
    result = mpf(0)
    for i, p in enumerate(parameters):
        h = abs(p) * mpf(10) ** -12
        up, down = list(parameters), list(parameters)
        up[i] += h
        down[i] -= h
        if value != 0:
            result += abs(p * (f(*up) - f(*down)) / (2 * h) / value)
    return result


def derivative(f, parameters, i):
    h = abs(parameters[i]) * mpf(10) ** -40
    up, down = list(parameters), list(parameters)
    up[i] += h
    down[i] -= h
    return (f(*up) - f(*down)) / (2 * h)


def log_beta_binomial(x, n, a, b):
    return log_beta(x + a, n - x + b) - log_beta(a, b) - log_beta(x + 1, n - x + 1) - log(n + 1)


def log_binomial(x, n, p):
    return -log_beta(x + 1, n - x + 1) - log(n + 1) + x * log(p) + (n - x) * log(1 - p)


SLOPES = {
    "NegativeBinomial": (
        ("total_count", "probs"), 0, log_negative_binomial,
        [((r, p), (0, 1, 9, 1000, 10**9)) for r in (1e-12, 0.01, 2.5, 1e6) for p in (1e-12, 1e-6, 0.2, 0.999)],
    ),
    "Binomial": (
        ("total_count", "probs"), 1, log_binomial,
        [((n, p), (0, 1, n // 2, n)) for n in (7, 10**9) for p in (1e-12, 1e-3, 0.4, 0.999)],
    ),
    "BetaBinomial": (
        ("total_count", "concentration1", "concentration0"), 1, log_beta_binomial,
        [
            ((n, a, b), (0, 1, n // 2, n))
            for n in (2, 40, 10**9, 10**15) for a in (1e-15, 1e-6, 0.5, 3.0, 1e4, 1e9) for b in (1e-9, 1.0, 1e8)
        ],
    ),
}


def bell_lower(k, log_mass, low, mean, deviation):
    """P(X <= k) of a law with one peak, as far as its masses count."""
    fall = abs(log_mass(mpf(k)) - log_mass(mpf(k) - 1))
    reach = min(deviation, 1 / fall) if k < mean else deviation
    start = max(low, floor(min(mpf(k), mean) - 100 * reach - 500))
    return long_sum(lambda x: exp(log_mass(x)), start, mpf(k), (start - 1, mpf(k) + 1), min(mpf(k), mean), reach)


def mirrored(k, log_mass, low, mean, deviation):
    return bell_lower(-k - 1, lambda x: log_mass(-x), low, -mean, deviation)


# Names, log-mass, mean and standard deviation, last integer, points.
LARGE = {
    "Binomial": (
        ("total_count", "probs"), 1, log_binomial, lambda n, p: (n * p, sqrt(n * p * (1 - p))), lambda n, p: n,
        [
            ((10**12, 0.3), (299_997_000_000, 300_002_000_000)),
            ((10**15, 0.3), (299_999_900_000_000, 300_000_100_000_000)),
            ((10**15, 1e-9), (997_000, 1_004_000)),
        ],
    ),
    "NegativeBinomial": (
        ("total_count", "probs"), 0, log_negative_binomial,
        lambda r, p: (r * p / (1 - p), sqrt(r * p) / (1 - p)), lambda r, p: inf,
        [
            ((1e9, 0.4), (666_500_000, 666_800_000)), ((1e12, 1e-6), (995_000, 1_004_000)),
            ((3.5, 1 - 1e-9), (10**7, 3 * 10**10)), ((0.01, 1 - 1e-7), (10**3, 10**7)),
        ],
    ),
    "Poisson": (
        ("rate",), 0, log_poisson, lambda m: (m, sqrt(m)), lambda m: inf,
        [((1e12,), (999_995_000_000, 1_000_003_000_000)), ((1e15,), (999_999_900_000_000, 1_000_000_100_000_000))],
    ),
}


def large_tails():
    """The logarithm of the smaller tail."""
    for law, (names, counts, log_mass, bell, end, table) in LARGE.items():
        for theta, xs in table:
            for x in xs:
                exact = [mpf(t) for t in theta]
                is_low = x < bell(*exact)[0]

                def log_tail(*free):
                    t = (*exact[:counts], *free)
                    mass = lambda y: log_mass(y, *t)
                    mean, deviation = bell(*t)
                    if law == "NegativeBinomial" and t[0] < 10:
                        # Masses that are singular next to 0, and a long tail.
                        last = floor(mean + 200 * deviation / min(1, sqrt(t[0])))
                        low, high = (mpf(0), mpf(x)) if is_low else (mpf(x) + 1, last)
                        return log(long_sum(lambda y: exp(mass(y)), low, high, (mpf(-1), inf), mean, deviation))
                    if is_low:
                        return log(bell_lower(x, mass, mpf(0), mean, deviation))
                    return log(mirrored(x, mass, -inf if end(*t) == inf else -mpf(end(*t)), mean, deviation))

                value = log_tail(*exact[counts:])
                cond = condition(log_tail, exact[counts:], value)
                yield "log_cdf" if is_low else "log_sf", law, dict(zip(names, theta)), x, value, cond


def entropy(mass, low, high, mode, deviation):
    """By the sums above, over the part of the range that counts."""
    f = lambda x: -mass(x) * exp(mass(x))
    least, ends = mass(mpf(mode)) - 90, []
    for end, way in ((low, -1), (high, 1)):
        step = max(mpf(1), floor(deviation))
        while True:
            x = floor(mode + way * step)
            if (end - x) * way <= 0 or mass(x) < least:
                ends.append(end if (end - x) * way <= 0 else x)
                break
            step *= 2
    return long_sum(f, mpf(ends[0]), mpf(ends[1]), (mpf(low) - 1, mpf(high) + 1), mpf(mode), deviation)


def entropies():
    for r in (0.003, 0.7, 4.5, 300.0):
        for p in (1e-6, 0.3, 0.98, 1 - 1e-7):
            r_, p_ = mpf(r), mpf(p)
            mode = max(mpf(0), floor((r_ - 1) * p_ / (1 - p_)))
            deviation = sqrt(r_ * p_) / (1 - p_)
            mass = lambda x: log_negative_binomial(x, r_, p_)
            yield "NegativeBinomial", {"total_count": r, "probs": p}, entropy(mass, 0, inf, mode, deviation)
            for g in (0.2,):
                zero, weight = g + (1 - mpf(g)) * exp(mass(mpf(0))), log(1 - mpf(g))
                positive = entropy(lambda x: weight + mass(x), 1, inf, max(mode, mpf(1)), deviation)
                value = positive - zero * log(zero)
                yield "ZeroInflatedNegativeBinomial", {"total_count": r, "probs": p, "gate": g}, value
                norm = weight - log(-expm1(mass(mpf(0))))
                positive = entropy(lambda x: norm + mass(x), 1, inf, max(mode, mpf(1)), deviation)
                value = positive - g * log(mpf(g))
                yield "HurdleNegativeBinomial", {"total_count": r, "probs": p, "gate": g}, value
    for m in (1e-3, 2.0, 50.0, 1e6):
        g, m_ = mpf("0.25"), mpf(m)
        mass = lambda x: log_poisson(x, m_)
        mode, deviation = max(mpf(1), floor(m_)), sqrt(m_)
        zero = g + (1 - g) * exp(-m_)
        positive = entropy(lambda x: log(1 - g) + mass(x), 1, inf, mode, deviation)
        yield "ZeroInflatedPoisson", {"rate": m, "gate": 0.25}, positive - zero * log(zero)
        positive = entropy(lambda x: log((1 - g) / -expm1(-m_)) + mass(x), 1, inf, mode, deviation)
        yield "HurdlePoisson", {"rate": m, "gate": 0.25}, positive - g * log(g)
    for n, a, b in (
        (5, 0.3, 2.0), (40, 1e-9, 1e-9), (1000, 3.0, 0.2), (10**6, 0.01, 0.02), (10**6, 50.0, 1e5), (10**8, 2.0, 2.0),
        (10**8, 1e6, 3e6), (10**10, 0.5, 1e4), (10**15, 2.5, 1.5),
    ):
        n_, a_, b_ = mpf(n), mpf(a), mpf(b)
        deviation = sqrt(n_ * a_ * b_ * (a_ + b_ + n_) / (a_ + b_) ** 2 / (a_ + b_ + 1))
        mass = lambda x: log_beta_binomial(x, n_, a_, b_)
        if a > 1 and b > 1:
            value = entropy(mass, 0, n, floor((n_ + 1) * (a_ - 1) / (a_ + b_ - 2)), deviation)
        else:
            value = long_sum(lambda x: -mass(x) * exp(mass(x)), mpf(0), n_, (mpf(-1), n_ + 1), n_ * a_ / (a_ + b_), deviation)
        yield "BetaBinomial", {"total_count": n, "concentration1": a, "concentration0": b}, value


def point(function, law, params, x, value, cond):
    point.number += 1
    print(json.dumps({
        "id": f"counts_extra/{point.number:04}", "fn": function, "dist": law, "params": params, "x": x,
        "value": nstr(value, 30), "f32": False,
        "cond": None if cond is None else float(nstr(cond, 3)), "tag": "",
    }), flush=True)


point.number = 0


def main():
    for law, (names, moments, log_mass, parameters) in HURDLE.items():
        for theta in parameters:
            with workdps(300):
                exact = [mpf(t) for t in theta]
                params = dict(zip(names, theta))
                for i, function in enumerate(("mean", "variance")):
                    value = moments(*exact)[i]
                    point(function, law, params, None, value, condition(lambda *t: moments(*t)[i], exact, value))
                for x in (1, 2, 3, 40):
                    f = lambda *t: log_mass(mpf(x), *t)
                    value = f(*exact)
                    point("log_prob", law, params, x, value, condition(f, exact, value))
                    for i, name in enumerate(names):
                        slope = lambda *t: derivative(f, list(t), i)
                        value = slope(*exact)
                        point(f"log_prob_grad_{name}", law, params, x, value, condition(slope, exact, value))
    for law, (names, exact, log_mass, table) in SLOPES.items():
        for theta, xs in table:
            with workdps(150):
                for x in xs:
                    for i, name in list(enumerate(names))[exact:]:
                        slope = lambda *t: derivative(lambda *u: log_mass(mpf(x), *u), list(t), i)
                        all_but_counts = lambda *t: slope(*map(mpf, theta[:exact]), *t)
                        value = slope(*map(mpf, theta))
                        cond = condition(all_but_counts, [mpf(t) for t in theta[exact:]], value)
                        point(f"log_prob_grad_{name}", law, dict(zip(names, theta)), x, value, cond)
    for row in large_tails():
        point(*row)
    for law, params, value in entropies():
        point("entropy", law, params, None, value, None)
    for theta, xs in BETA_BINOMIAL:
        n, a, b = theta
        params = {"total_count": n, "concentration1": a, "concentration0": b}
        for x in xs:
            for function, f in TAILS.items():
                g = lambda *t: f(x, mpf(n), *t)
                value = g(mpf(a), mpf(b))
                if abs(value) < mpf(10) ** -300:
                    continue
                point(function, "BetaBinomial", params, x, value, condition(g, [mpf(a), mpf(b)], value))


if __name__ == "__main__":
    main()
