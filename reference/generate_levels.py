"""Quantiles of laws on the integers at levels that are reached exactly, as JSON lines: `python generate_levels.py > levels.jsonl`.

Distribution functions are sums of fractions, of which those that are doubles are kept: there the least k with F(k) >= u is
known without rounding. Only Python's standard library is needed.
"""

import json
from fractions import Fraction
from math import comb


def lowers(masses):
    """Values of a distribution function, from masses that are fractions."""
    total = Fraction(0)
    for mass in masses:
        total += mass
        yield total


def rising(a, n):
    result = Fraction(1)
    for i in range(n):
        result *= a + i
    return result


def exact_laws():
    """Name, parameters, first integer and masses as fractions, of as many terms as are looked at."""
    for n in (1, 2, 3, 5, 7, 12, 31, 53, 101, 1001):
        for p in (Fraction(1, 2), Fraction(1, 4), Fraction(7, 8)):
            if n > 60 and p != Fraction(1, 2):
                continue
            yield "Binomial", {"total_count": n, "probs": float(p)}, 0, [
                comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)
            ]
    for p in (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(7, 8)):
        yield "Geometric", {"probs": float(p)}, 0, [p * (1 - p) ** k for k in range(60)]
        for r in (1, 2, 3, 9, 400):
            yield "NegativeBinomial", {"total_count": r, "probs": float(p)}, 0, [
                comb(k + r - 1, k) * p**k * (1 - p) ** r for k in range(60 if r < 10 else 500)
            ]
        yield "Bernoulli", {"probs": float(p)}, 0, [1 - p, p]
    for low, high in ((0, 9), (0, 7), (-4, 11), (1, 3), (0, 99)):
        yield "DiscreteUniform", {"low": low, "high": high}, low, [Fraction(1, high - low + 1)] * (high - low + 1)
    for n in (1, 2, 3, 7, 15, 101, 1001):
        for a, b in ((1, 1), (2, 2), (Fraction(1, 2), Fraction(1, 2)), (1, 3), (3, 1)):
            yield "BetaBinomial", {
                "total_count": n, "concentration1": float(a), "concentration0": float(b)
            }, 0, [
                comb(n, k) * rising(Fraction(a), k) * rising(Fraction(b), n - k) / rising(Fraction(a) + b, n)
                for k in range(n + 1)
            ]
    for n, p, g in ((3, Fraction(1, 2), Fraction(1, 4)), (6, Fraction(1, 4), Fraction(1, 2))):
        masses = [(1 - g) * comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        masses[0] += g
        yield "ZeroInflatedBinomial", {"total_count": n, "probs": float(p), "gate": float(g)}, 0, masses
    for r, p, g in ((1, Fraction(1, 2), Fraction(1, 4)), (2, Fraction(1, 2), Fraction(1, 2))):
        base = [comb(k + r - 1, k) * p**k * (1 - p) ** r for k in range(50)]
        yield "ZeroInflatedNegativeBinomial", {"total_count": r, "probs": float(p), "gate": float(g)}, 0, [
            (g if k == 0 else 0) + (1 - g) * mass for k, mass in enumerate(base)
        ]
        yield "HurdleNegativeBinomial", {"total_count": r, "probs": float(p), "gate": float(g)}, 0, [
            g if k == 0 else (1 - g) * mass / (1 - base[0]) for k, mass in enumerate(base)
        ]


def is_double(u):
    return Fraction(float(u)) == u


def quantiles():
    for name, params, first, masses in exact_laws():
        for k, u in enumerate(lowers(masses)):
            if masses[k] == 0:
                continue
            if 0 < u < 1 and is_double(u):
                yield "icdf", name, params, float(u), first + k
            if 0 < u < 1 and is_double(1 - u):
                yield "isf", name, params, float(1 - u), first + k
    for name, params in (
        ("Geometric", {"probs": 1.0}), ("Poisson", {"rate": 0.0}), ("Binomial", {"total_count": 5, "probs": 0.0}),
        ("NegativeBinomial", {"total_count": 2.5, "probs": 0.0}), ("Bernoulli", {"probs": 0.0}),
        ("ZeroInflatedPoisson", {"rate": 3.0, "gate": 1.0}), ("HurdlePoisson", {"rate": 3.0, "gate": 1.0}),
    ):
        for level in (0.25, 1.0):
            yield "icdf", name, params, level, 0
        yield "isf", name, params, 0.0, 0


def main():
    for number, (function, law, params, x, value) in enumerate(quantiles(), 1):
        print(json.dumps({
            "id": f"levels/{number:04}", "fn": function, "dist": law, "params": params, "x": x, "value": str(value),
            "f32": False, "cond": None, "tag": "",
        }))


if __name__ == "__main__":
    main()
