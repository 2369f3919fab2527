"""True values of the Skellam, logarithmic, hypergeometric and Zipf laws, as JSON lines:
`python generate_count_laws.py > count_laws.jsonl`.

Masses are sums and gamma functions with 120 digits, Zipf sums differences of Hurwitz zeta functions with 300; tails and
entropies are sums of masses, long ones as in `generate_counts.py`. The condition is the sum of
|parameter * derivative / value| over the parameters that are no counts, by central differences.
"""

import json

from generate_counts import condition, derivative, entropy, logarithm, long_sum
from mpmath import exp, floor, hyp2f1, inf, log, log1p, loggamma, mp, mpf, nstr, re, sqrt, workdps, zeta

mp.dps = 60


def log_skellam(k, a, b):
    """From the products of the masses of both counts, around the largest."""
    if k < 0:
        return log_skellam(-k, b, a)
    z = a * b
    j = floor((sqrt(k * k + 4 * z) - k) / 2)
    peak = -a - b + (k + j) * log(a) - loggamma(k + j + 1) + j * log(b) - loggamma(j + 1)
    total, term, i = mpf(1), mpf(1), j
    while term > total * mpf(10) ** -65:
        i += 1
        term *= z / (i * (k + i))
        total += term
    term, i = mpf(1), j
    while i > 0 and term > total * mpf(10) ** -65:
        term *= i * (k + i) / z
        i -= 1
        total += term
    return peak + log(total)


def skellam_lower(k, a, b):
    """The sum over the second count of its mass times P(first <= k + second)."""
    k = int(k)
    j = max(0, -k)
    likeliest = max(float(b), (sqrt(k * k + 4 * float(a * b)) - k) / 2)
    last = int(likeliest + 60 * likeliest**0.5 + 200)
    first_mass, below = exp(-a), exp(-a)
    for m in range(1, k + j + 1):
        first_mass *= a / m
        below += first_mass
    mass = exp(-b + j * log(b) - loggamma(j + 1))
    total = mpf(0)
    while j <= last:
        total += mass * below
        j += 1
        mass *= b / j
        first_mass *= a / (k + j)
        below += first_mass
    return total


def log_hypergeometric(x, s, f, n):
    choose = lambda m, k: loggamma(m + 1) - loggamma(k + 1) - loggamma(m - k + 1)
    return choose(s, x) + choose(f, n - x) - choose(s + f, n)


def hypergeometric_lower(k, s, f, n):
    low, mean = max(mpf(0), n - f), n * s / (s + f)
    deviation = sqrt(mean * f / (s + f) * (s + f - n) / max(mpf(1), s + f - 1))
    mass = lambda x: exp(log_hypergeometric(x, s, f, n))
    # Far below the mean masses fall fast, and the direct terms are all.
    start = max(low, floor(min(mpf(k), mean) - 60 * deviation - 150))
    if mpf(k) < mean - 12 * deviation:
        start = max(low, mpf(k) - 390)
    return long_sum(mass, start, mpf(k), (start - 1, mpf(k) + 1), min(mpf(k), mean), max(mpf(1), deviation))


def log_logarithmic(x, p):
    return x * log(p) - log(x) - log(-log1p(-p))


def logarithmic_upper(k, p):
    if p > 0.999:
        return 1 - sum((p**j / j for j in range(1, int(k) + 1)), mpf(0)) / -log1p(-p)
    return p ** (k + 1) / (k + 1) * re(hyp2f1(1, k + 1, k + 2, p)) / -log1p(-p)


def power_sum(s, first, last):
    if last < first:
        return mpf(0)
    if last - first <= 2000:
        return sum((mpf(k) ** -s for k in range(int(first), int(last) + 1)), mpf(0))
    if s == 1:
        return mp.psi(0, mpf(last) + 1) - mp.psi(0, mpf(first))
    return zeta(s, first) - (0 if last == inf else zeta(s, last + 1))


def tails(lower, upper):
    return {
        "cdf": lower,
        "sf": upper,
        "log_cdf": lambda *t: logarithm(lower(*t), upper(*t)),
        "log_sf": lambda *t: logarithm(upper(*t), lower(*t)),
    }


def zipf_moment(s, n, power):
    return power_sum(s - power, 1, n) / power_sum(s, 1, n)


def zipf_entropy(s, n):
    total = power_sum(s, 1, n)
    if n <= 2000:
        logs = sum((log(mpf(k)) * mpf(k) ** -s for k in range(1, int(n) + 1)), mpf(0))
    else:
        logs = (0 if n == inf else zeta(s, n + 1, 1)) - zeta(s, 1, 1)
    return log(total) + s * logs / total


# Names, how many of the parameters are counts, log-mass, tails, and the points.
LAWS = {
    "Skellam": (
        ("rate1", "rate2"), (), log_skellam,
        tails(skellam_lower, lambda k, a, b: skellam_lower(-k - 1, b, a)),
        [
            ((1e-8, 1e-5), (-2, -1, 0, 1)), ((0.3, 2.0), (-9, -2, 0, 4)), ((17.0, 3.0), (-4, 0, 14, 40)),
            ((500.0, 1e-3), (380, 500, 640)), ((900.0, 1100.0), (-500, -201, -30, 100)), ((2e4, 3.0), (19_300, 19_997)),
        ],
    ),
    "Logarithmic": (
        ("probs",), (), log_logarithmic, tails(lambda k, p: 1 - logarithmic_upper(k, p), logarithmic_upper),
        [((p,), (1, 2, 5, 60, 65, 3000)) for p in (1e-12, 1e-3, 0.4, 0.97, 1 - 1e-6, 1 - 1e-9)],
    ),
    "Hypergeometric": (
        ("successes", "failures", "draws"), (0, 1, 2), log_hypergeometric,
        tails(hypergeometric_lower, lambda k, s, f, n: hypergeometric_lower(n - k - 1, f, s, n)),
        [
            ((3, 4, 5), (1, 2)), ((10**9, 1, 1), (0,)), ((10**9, 2, 7), (5, 6)), ((10, 10**9, 10**6), (0, 1, 3)),
            ((400, 300, 500), (270, 286, 300)), ((90_000, 2 * 10**6, 30_000), (1000, 1290, 1500)),
            ((10**9, 3 * 10**9, 10**6), (248_000, 250_000, 251_000)),
        ],
    ),
    "Zipf": (
        ("exponent", "total_count"), (1,),
        lambda x, s, n: -s * log(x) - log(power_sum(s, 1, n)),
        tails(
            lambda k, s, n: power_sum(s, 1, k) / power_sum(s, 1, n),
            lambda k, s, n: power_sum(s, k + 1, n) / power_sum(s, 1, n),
        ),
        [
            ((0.0, 7), (1, 4, 6)), ((0.5, 10**6), (1, 3, 900, 10**6 - 2)), ((1.0, 10**5), (1, 50, 3000)),
            ((1.0 + 1e-9, 10**9), (1, 50, 10**6)), ((1.1, inf), (1, 3, 10**5)), ((2.0, inf), (1, 2, 40, 10**6)),
            ((3.5, 10**12), (1, 7, 10**4)), ((60.0, inf), (1, 2, 30)), ((700.0, 10**3), (1, 2)),
        ],
    ),
}


def point(function, law, params, x, value, cond):
    point.number += 1
    params = {name: "inf" if p == inf else p for name, p in params.items()}
    print(json.dumps({
        "id": f"count_laws/{point.number:04}", "fn": function, "dist": law, "params": params, "x": x,
        "value": nstr(value, 30), "f32": False, "cond": None if cond is None else float(nstr(cond, 3)), "tag": "",
    }), flush=True)


point.number = 0


def with_condition(f, theta, counts):
    """A value with its condition in the parameters that are no counts."""
    theta = [t if t == inf else mpf(t) for t in theta]
    free = [i for i in range(len(theta)) if i not in counts]

    def along(*free_values):
        full = list(theta)
        for i, value in zip(free, free_values):
            full[i] = value
        return f(*full)

    value = f(*theta)
    return value, condition(along, [theta[i] for i in free if theta[i] != 0], value) if all(theta[i] != 0 for i in free) else None


def values(law):
    names, counts, log_mass, of_tails, points = LAWS[law]
    for theta, xs in points:
        params = dict(zip(names, theta))
        for x in xs:
            for function, f in {"log_prob": log_mass, **of_tails}.items():
                value, cond = with_condition(lambda *t: f(mpf(x), *t), theta, counts)
                if abs(value) > mpf(10) ** -300:
                    yield function, law, params, x, value, cond
            for i, name in enumerate(names):
                if i in counts or theta[i] == 0:
                    continue
                slope = lambda *t: derivative(lambda *u: log_mass(mpf(x), *u), list(t), i)
                value, cond = with_condition(slope, theta, counts)
                yield f"log_prob_grad_{name}", law, params, x, value, cond


def moments():
    for p in (1e-12, 1e-3, 0.4, 0.97, 1 - 1e-6, 1 - 1e-9):
        mean = lambda p: p / (1 - p) / -log1p(-p)
        variance = lambda p: -p * (p + log1p(-p)) / ((1 - p) * log1p(-p)) ** 2
        yield ("mean", "Logarithmic", {"probs": p}, None, *with_condition(mean, (p,), ()))
        yield ("variance", "Logarithmic", {"probs": p}, None, *with_condition(variance, (p,), ()))
        deviation = sqrt(variance(mpf(p)))
        f = lambda x: log_logarithmic(x, mpf(p))
        yield "entropy", "Logarithmic", {"probs": p}, None, entropy(f, 1, inf, mpf(1), deviation), None
    for s, n in ((0.0, 7), (0.5, 10**6), (1.0 + 1e-9, 10**9), (2.5, 10**6), (3.25, inf), (4.5, 10**12), (60.0, inf)):
        theta, params = (s, n), {"exponent": s, "total_count": n}
        variance = lambda s, n: zipf_moment(s, n, 2) - zipf_moment(s, n, 1) ** 2
        # Sums of powers with exponents below 0 are not what the zeta function is for.
        if s >= 2 or n < 100:
            yield ("mean", "Zipf", params, None, *with_condition(lambda s, n: zipf_moment(s, n, 1), theta, (1,)))
            yield ("variance", "Zipf", params, None, *with_condition(variance, theta, (1,)))
        yield ("entropy", "Zipf", params, None, *with_condition(zipf_entropy, theta, (1,)))
    for a, b in ((1e-3, 2.0), (30.0, 4.0), (900.0, 1100.0)):
        f = lambda x: log_skellam(x, mpf(a), mpf(b))
        value = entropy(f, -inf, inf, floor(mpf(a) - b), sqrt(mpf(a) + b))
        yield "entropy", "Skellam", {"rate1": a, "rate2": b}, None, value, None
    for s, f, n in ((3, 4, 5), (400, 300, 500), (90_000, 2 * 10**6, 30_000)):
        low, high = max(0, n - f), min(n, s)
        mass = lambda x: log_hypergeometric(x, mpf(s), mpf(f), mpf(n))
        mean = mpf(n) * s / (s + f)
        deviation = sqrt(mean * f / (s + f) * (s + f - n) / (s + f - 1))
        value = entropy(mass, low, high, floor(mean), deviation)
        yield "entropy", "Hypergeometric", {"successes": s, "failures": f, "draws": n}, None, value, None


def main():
    for law in LAWS:
        with workdps(300 if law == "Zipf" else 120):
            for row in values(law):
                point(*row)
    with workdps(100):
        for row in moments():
            point(*row)


if __name__ == "__main__":
    main()
