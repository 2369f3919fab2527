"""Derive the tables of crates/reparam-kernels/src/special/gamma and true values of its functions.

    venv/bin/python generate_gamma.py tables     prints the Rust tables
    venv/bin/python generate_gamma.py > gamma_extra.jsonl

Needs mpmath 1.3.0. A point has the format of `hard/`, with 40 digits; two precisions must agree to 30.
"""

import json
import random
import sys

from mpmath import bernoulli, cos, exp, fabs, log, mp, mpf, pi, psi, sqrt, taylor, zeta, gamma

ORDER = 100  # of the power series from which polynomials are economised


def multiply(f, g):
    n = min(len(f), len(g))
    return [sum(f[j] * g[k - j] for j in range(k + 1)) for k in range(n)]


def divide(f, g):
    quotient = []
    for k in range(min(len(f), len(g))):
        quotient.append((f[k] - sum(quotient[j] * g[k - j] for j in range(k))) / g[0])
    return quotient


def differentiate(f):
    return [k * f[k] for k in range(1, len(f))]


def root(f):
    """The square root of a series that starts with 1."""
    s = [mpf(1)]
    for k in range(1, len(f)):
        s.append((f[k] - sum(s[j] * s[k - j] for j in range(1, k))) / 2)
    return s


def uniform_expansions(terms):
    """The power series in w = ln(x/a) of the coefficients of a^-k in a d ln x/da and in Temme's remainder.

    d ln x / da = (1/a) sum l_k(w) a^-k solves (1/a) l' - (e^w - 1) l = -w + psi(a) - ln a;
    Q = erfc(eta sqrt(a/2)) / 2 + e^(-a eta^2 / 2) / sqrt(2 pi a) sum t_k(w) a^-k, where
    (1/a) t' - (e^w - 1) t = (e^w - 1) / eta - 1 / Gamma*(a).
    """
    growth = [1 / mp.factorial(k + 1) for k in range(ORDER)]  # (e^w - 1) / w
    # psi(a) - ln a and 1 / Gamma*(a) in powers of 1/a.
    digamma = [mpf(0), mpf(-1) / 2] + [-bernoulli(k) / k if k % 2 == 0 else mpf(0) for k in range(2, terms + 1)]
    stirling = [mpf(0)] + [-bernoulli(k + 1) / (k * (k + 1)) if k % 2 else mpf(0) for k in range(1, terms + 1)]
    scale = [mpf(1)]
    for k in range(1, terms + 1):
        scale.append(sum(j * stirling[j] * scale[k - j] for j in range(1, k + 1)) / k)
    slope = [divide([mpf(1)] + [mpf(0)] * (ORDER - 1), growth)]
    # eta / w
    eta = root([2 / mp.factorial(k + 2) for k in range(ORDER)])
    unit = [mpf(1)] + [mpf(0)] * (ORDER - 1)
    difference = [p - q for p, q in zip(divide(unit, growth), divide(unit, eta))]
    remainder = [difference[1:]]
    for k in range(1, terms):
        d = differentiate(slope[-1])
        d[0] -= digamma[k]
        assert fabs(d[0]) < mpf(10) ** -40
        slope.append(divide(d[1:], growth))
        d = differentiate(remainder[-1])
        d[0] += scale[k]
        assert fabs(d[0]) < mpf(10) ** -40
        remainder.append(divide(d[1:], growth))
    return slope, remainder


def value(series, x):
    total = mpf(0)
    for c in reversed(series):
        total = total * x + c
    return total


def economise(f, half_width, tolerance):
    """The shortest Chebyshev sum on [-half_width, half_width] with an error below the tolerance, as monomials."""
    n = 64
    nodes = [cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    values = [f(half_width * t) for t in nodes]
    chebyshev = []
    for j in range(n):
        c = 2 * sum(v * cos(pi * j * (2 * i + 1) / (2 * n)) for i, v in enumerate(values)) / n
        chebyshev.append(c / 2 if j == 0 else c)
    keep = n
    while keep > 1 and sum(fabs(c) for c in chebyshev[keep - 1 :]) < tolerance:
        keep -= 1
    total, before, now = [mpf(0)] * keep, [mpf(1)], [mpf(0), mpf(1)]
    for j in range(keep):
        for i, c in enumerate(before):
            total[i] += chebyshev[j] * c
        before, now = now, [2 * (now[i - 1] if i else 0) - (before[i] if i < len(before) else 0) for i in range(len(now) + 1)]
    # What an odd or even function lacks comes out as rounding noise.
    return [c / mpf(half_width) ** i if fabs(c) > mpf(10) ** -40 else mpf(0) for i, c in enumerate(total)]


def rust(name, coefficients):
    numbers = ", ".join(mp.nstr(c, 17, min_fixed=-1, max_fixed=1) for c in coefficients)
    print(f"{name}[{numbers}],")


def tables():
    mp.dps = 60
    slope, remainder = uniform_expansions(12)
    for name, rows, tolerance in (("SLOPE", slope, mpf(10) ** -17), ("REMAINDER", remainder[:11], mpf(10) ** -17)):
        print(f"// {name}: row k in powers of w, for a^-k with a >= 16 and |w| <= 1")
        for k, series in enumerate(rows):
            rust("    &", economise(lambda w, f=series: value(f, w), 1, tolerance * mpf(16) ** k))
    print("// lgamma(2 + t) / t on |t| <= 1/2")
    zetas = [1 - mp.euler] + [(-1) ** k * (zeta(k) - 1) / k for k in range(2, 200)]
    rust("", economise(lambda t: value(zetas, t), mpf(1) / 2, mpf(10) ** -18))
    from derive_coefficients import remez

    zero = mp.findroot(lambda x: psi(0, x), mpf("1.4616321449683623"))
    print("// the zero of digamma", mp.nstr(zero, 40))

    def reduced(x):
        return psi(0, x) / (x - zero) if fabs(x - zero) > mpf(10) ** -20 else psi(1, zero)

    n, d, error = remez(lambda t: reduced(t + 1), lambda t: 1 / reduced(t + 1), 0, 1, 5, 6)
    print("// digamma(1 + t) / (1 + t - zero) on [0, 1]:", mp.nstr(error, 2))
    rust("numerator ", n)
    rust("denominator ", d)


if __name__ == "__main__" and sys.argv[1:] == ["tables"]:
    tables()
