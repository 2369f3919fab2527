"""True values of the laws on the integers, as JSON lines: `python generate_discrete.py > discrete_extra.jsonl`.

Masses are products of gamma functions at 60 digits, tails and entropies sums of masses; what has 1 - p at a tiny p, and the
divergences, whose closed forms cancel, at 700 digits.
The condition is the sum of |parameter * derivative / value| over the parameters, by central differences.
"""

import json

from mpmath import exp, inf, log, log1p, loggamma, mp, mpf, nstr, workdps

mp.dps = 60


def sigmoid(x):
    return 1 / (1 + exp(-x))


def log_choose(n, x):
    return loggamma(n + 1) - loggamma(x + 1) - loggamma(n - x + 1)


def log_binomial(x, n, p):
    return log_choose(n, x) + (x * log(p) if x else 0) + ((n - x) * log(1 - p) if n - x else 0)


def log_negative_binomial(x, r, p):
    return loggamma(x + r) - loggamma(x + 1) - loggamma(r) + (x * log(p) if x else 0) + r * log(1 - p)


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


# Name, parameters, log-mass, last integer of the support.
LAWS = {
    "Bernoulli/probs": (("probs",), lambda x, p: log_binomial(x, 1, p), lambda p: 1),
    "Bernoulli/logits": (("logits",), lambda x, l: -log(1 + exp(-l if x else l)), lambda l: 1),
    "Geometric/probs": (("probs",), lambda x, p: log(p) + x * log(1 - p), lambda p: inf),
    "Geometric/logits": (("logits",), lambda x, l: log(sigmoid(l)) + x * log(sigmoid(-l)), lambda l: inf),
    "Poisson/": (("rate",), lambda x, m: x * log(m) - m - loggamma(x + 1), lambda m: inf),
    "Binomial/probs": (("total_count", "probs"), log_binomial, lambda n, p: n),
    "Binomial/logits": (
        ("total_count", "logits"),
        lambda x, n, l: log_choose(n, x) - x * log(1 + exp(-l)) - (n - x) * log(1 + exp(l)),
        lambda n, l: n,
    ),
    "NegativeBinomial/probs": (("total_count", "probs"), log_negative_binomial, lambda r, p: inf),
    "NegativeBinomial/logits": (
        ("total_count", "logits"),
        lambda x, r, l: loggamma(x + r) - loggamma(x + 1) - loggamma(r) - x * log(1 + exp(-l)) - r * log(1 + exp(l)),
        lambda r, l: inf,
    ),
    "BetaBinomial/": (
        ("total_count", "concentration1", "concentration0"),
        lambda x, n, a, b: log_choose(n, x) + log_beta(x + a, n - x + b) - log_beta(a, b),
        lambda n, a, b: n,
    ),
    "ZeroInflatedPoisson/": (
        ("rate", "gate"),
        lambda x, m, g: log((g if x == 0 else 0) + (1 - g) * exp(x * log(m) - m - loggamma(x + 1))),
        lambda m, g: inf,
    ),
    "HurdlePoisson/": (
        ("rate", "gate"),
        lambda x, m, g: log(g) if x == 0 else log((1 - g) / (1 - exp(-m))) + x * log(m) - m - loggamma(x + 1),
        lambda m, g: inf,
    ),
}


def total(term, first, last):
    """The sum of a unimodal positive term from first to last, forwards."""
    result, best, x = mpf(0), mpf(0), first
    while x <= last:
        now = term(x)
        result += now
        best = max(best, now)
        if now < best and now < result * mpf(10) ** -58:
            break
        x += 1
    return result


def functions(law):
    """The functions of x and the parameters."""
    _, mass, last = LAWS[law]
    lower = lambda x, *theta: total(lambda k: exp(mass(mpf(x) - k, *theta)), 0, x)
    upper = lambda x, *theta: total(lambda k: exp(mass(mpf(k), *theta)), x + 1, last(*theta))
    logarithm = lambda p, rest: log(p) if p < 0.5 else log1p(-rest)
    return {
        "log_prob": lambda x, *theta: mass(mpf(x), *theta),
        "cdf": lower,
        "sf": upper,
        "log_cdf": lambda x, *theta: logarithm(lower(x, *theta), upper(x, *theta)),
        "log_sf": lambda x, *theta: logarithm(upper(x, *theta), lower(x, *theta)),
        "entropy": lambda _, *theta: total(
            lambda k: -mass(mpf(k), *theta) * exp(mass(mpf(k), *theta)), 0, last(*theta)
        ),
    }


def condition(f, parameters, value):
    result = mpf(0)
    for i, p in enumerate(parameters):
        h = abs(p) * mpf(10) ** -20
        if h == 0 or value == 0:
            continue
        up, down = list(parameters), list(parameters)
        up[i] += h
        down[i] -= h
        result += abs(p * (f(*up) - f(*down)) / (2 * h) / value)
    return result


POINTS = {
    "Bernoulli/probs": [(("log_prob", "entropy"), (p,), (0, 1)) for p in (1e-300, 1e-17, 0.1, 0.5, 0.999, 1 - 2**-53)],
    "Bernoulli/logits": [(("log_prob", "entropy"), (l,), (0, 1)) for l in (-700.0, -36.0, -1e-9, 0.3, 5.0, 300.0)],
    "Geometric/probs": [
        (("log_prob", "cdf", "sf", "log_cdf", "log_sf"), (p,), (0, 1, 7, 300)) for p in (0.01, 0.3, 0.97)
    ],
    "Geometric/logits": [(("log_prob",), (l,), (0, 3, 10**9)) for l in (-600.0, -20.0, 0.1, 35.0)],
    "Poisson/": [
        (("log_prob",), (m,), (0, 1, 2, 15, 16, 40, 1000, 10**6, 10**9 + 30000))
        for m in (1e-300, 1e-8, 0.7, 3.0, 15.9, 900.0, 1e6, 1e9, 1e15)
    ]
    + [
        (("cdf", "sf", "log_cdf", "log_sf"), (m,), (0, 1, 5, 20, 60, 300))
        for m in (1e-20, 1e-3, 0.9, 5.5, 30.0, 290.0, 2000.0)
    ]
    + [(("entropy",), (m,), (None,)) for m in (1e-30, 1e-4, 0.3, 1.0, 9.7, 63.0, 255.0, 257.0, 1025.0, 20000.0)],
    "Binomial/probs": [
        (("log_prob",), (n, p), xs)
        for n, xs in ((1, (0, 1)), (7, (0, 3, 7)), (400, (1, 150, 399)), (10**6, (5, 299_000, 999_999)),
                      (10**9, (3, 300_000_000, 300_050_000, 10**9 - 1)))
        for p in (1e-300, 1e-9, 0.3, 0.5, 0.98, 1 - 2**-50)
    ]
    + [
        (("cdf", "sf", "log_cdf", "log_sf"), (n, p), xs)
        for n, xs in ((1, (0,)), (12, (0, 3, 11)), (400, (0, 60, 200, 398)))
        for p in (1e-12, 0.1, 0.5, 0.97)
    ]
    + [(("entropy",), (n, p), (None,)) for n in (1, 9, 300, 5000) for p in (1e-9, 0.02, 0.5, 0.999)],
    "Binomial/logits": [
        (("log_prob",), (n, l), (0, 1, n // 3, n)) for n in (3, 100, 10**7) for l in (-800.0, -40.0, -0.5, 3.0, 90.0, 750.0)
    ],
    "NegativeBinomial/probs": [
        (("log_prob",), (r, p), (0, 1, 9, 1000, 10**9))
        for r in (1e-12, 0.01, 1.0, 2.5, 30.0, 1e6, 1e12)
        for p in (1e-12, 0.2, 0.5, 0.999)
    ]
    + [
        (("cdf", "sf", "log_cdf", "log_sf"), (r, p), (0, 1, 9, 100))
        for r in (0.05, 1.0, 7.5, 60.0)
        for p in (1e-6, 0.2, 0.6, 0.9)
    ],
    "NegativeBinomial/logits": [
        (("log_prob",), (r, l), (0, 2, 50, 10**6)) for r in (0.001, 0.8, 12.0, 1e9) for l in (-60.0, -2.0, 0.1, 30.0)
    ],
    "BetaBinomial/": [
        (("log_prob",), (n, a, b), (0, 1, n // 2, n))
        for n in (2, 40, 10**6, 10**9)
        for a in (1e-9, 0.5, 3.0, 1e4, 1e9)
        for b in (1e-4, 1.0, 25.0, 1e8)
    ],
    "ZeroInflatedPoisson/": [
        (("log_prob",), (m, g), (0, 2, 30)) for m in (1e-9, 0.8, 20.0, 900.0) for g in (1e-12, 0.3, 0.999)
    ],
    "HurdlePoisson/": [(("log_prob",), (m, g), (0, 1, 2, 30)) for m in (1e-9, 0.8, 20.0, 900.0) for g in (1e-12, 0.3, 0.999)],
}


def divergence(q, p):
    term = lambda x, y: x * log(x / y)
    return term(q, p) + term(1 - q, 1 - p)


PAIRS = {
    "Bernoulli/probs": (("probs",), divergence),
    "Bernoulli/logits": (("logits",), lambda q, p: divergence(sigmoid(q), sigmoid(p))),
    "Geometric/probs": (("probs",), lambda q, p: divergence(q, p) / q),
    "Geometric/logits": (("logits",), lambda q, p: divergence(sigmoid(q), sigmoid(p)) / sigmoid(q)),
    "Poisson/": (("rate",), lambda q, p: q * log(q / p) + p - q),
}
PROBABILITIES = (1e-200, 1e-9, 0.2, 0.5, 0.9, 1 - 2**-40)
LOGITS = (-300.0, -20.0, -0.5, 0.0, 1e-8, 3.0, 45.0)
RATES = (1e-30, 0.01, 1.0, 17.0, 1e9)


def near(x):
    """Numbers at shrinking distances."""
    return [x * (1 + d) for d in (1e-3, -1e-7, 1e-12) if x * (1 + d) != x]


def point(number, function, law, params, x, value, cond):
    print(json.dumps({
        "id": f"discrete_extra/{number:04}", "fn": function, "dist": law, "params": params, "x": x,
        "value": nstr(value, 42), "f32": False, "cond": None if cond is None else float(nstr(cond, 3)), "tag": "",
    }))


def values_of_laws(law):
    names, known = LAWS[law][0], functions(law)
    # The number of trials is exact.
    exact = 1 if names[0] == "total_count" and "Negative" not in law else 0
    for wanted, parameters, xs in POINTS[law]:
        theta = [mpf(p) for p in parameters]
        for function in wanted:
            for x in (None,) if function == "entropy" else xs:
                f = lambda *t: known[function](x, *t)
                value = f(*theta)
                if abs(value) < mpf(10) ** -300:
                    continue
                cond = condition(lambda *t: f(*theta[:exact], *t), theta[exact:], value)
                yield function, law.split("/")[0], dict(zip(names, parameters)), x, value, cond


def values_of_pairs(pair):
    names, f = PAIRS[pair]
    candidates = {"probs": PROBABILITIES, "logits": LOGITS, "rate": RATES}[names[0]]
    for q in candidates:
        for p in [*candidates, *near(q)]:
            if q == p or (names[0] == "probs" and p >= 1):
                continue
            value = f(mpf(q), mpf(p))
            cond = condition(f, [mpf(q), mpf(p)], value)
            name = pair.split("/")[0]
            yield "kl", f"{name}|{name}", {f"p_{names[0]}": q, f"q_{names[0]}": p}, None, value, cond


def main():
    number = 0
    for table, values, many in ((POINTS, values_of_laws, ("Bernoulli/probs", "Bernoulli/logits")), (PAIRS, values_of_pairs, PAIRS)):
        for key in table:
            with workdps(700 if key in many else 60):
                for row in values(key):
                    number += 1
                    point(number, *row)


if __name__ == "__main__":
    main()
