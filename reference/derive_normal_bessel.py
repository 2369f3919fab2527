"""Derive the coefficient tables of crates/reparam-kernels/src/special/{normal,bessel} and of special/quadrature.

Polynomials interpolate at Chebyshev points (60 digits), with the lowest degree whose dropped Chebyshev coefficients sum
to less than 2e-17 of the smallest value; they are printed lowest degree first, with that bound. The coefficients of the
logarithm of the Debye expansion are exact fractions, rounded once.

    python -m venv venv && venv/bin/pip install mpmath==1.3.0 && venv/bin/python derive_normal_bessel.py
"""

from fractions import Fraction

from mpmath import besseli, cos, erfc, exp, legendre, mp, mpf, nstr, pi, polyroots, sqrt, taylor

mp.dps = 60
POINTS = 64


def multiply(a, b):
    product = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return product


def compose(coefficients, line):
    """The polynomial of a linear function."""
    total = [0]
    for c in reversed(coefficients):
        total = multiply(total, line)
        total[0] += c
    return total


def interpolate(f, line=(0, 1)):
    """Coefficients of f(t), t = line(u) in [-1, 1], as a polynomial in u, and its relative error bound."""
    points = [cos(pi * (j + mpf(1) / 2) / POINTS) for j in range(POINTS)]
    values = [f(t) for t in points]
    chebyshev = []
    for k in range(POINTS // 2 + 8):
        total = sum(v * cos(k * pi * (j + mpf(1) / 2) / POINTS) for j, v in enumerate(values))
        chebyshev.append(total * (2 if k else 1) / POINTS)
    least = min(abs(v) for v in values)
    dropped, degree = mpf(0), len(chebyshev) - 1
    while (dropped + abs(chebyshev[degree])) / least < mpf("2e-17"):
        dropped += abs(chebyshev[degree])
        degree -= 1
    low, high, total = [1], [0, 1], [chebyshev[0]]
    for c in chebyshev[1 : degree + 1]:
        total = [a + c * b for a, b in zip(total + [0] * (len(high) - len(total)), high)]
        following = [2 * x for x in multiply([0, 1], high)]
        for i, x in enumerate(low):
            following[i] -= x
        low, high = high, following
    return compose(total, line)[:-1], dropped / least


def show(name, coefficients, error=None):
    if error is not None:
        print(f"// Relative error below {nstr(error, 2)}.")
    print(f"const {name}: [f64; {len(coefficients)}] = [")
    for c in coefficients:
        value = float(c) if isinstance(c, Fraction) else float(nstr(c, 25))
        print(f"    {value!r},")
    print("];")


def erfcx(x):
    return exp(x * x) * erfc(x)


def far(f):
    """A function of x in [8, inf) in the variable t = 16 / x - 1."""
    return lambda t: f(16 / (1 + t))


def near(f):
    """A function of a = x^2 / 4, for x in [0, 8], in t = a / 8 - 1."""
    return lambda t: f(8 * (1 + t))


def i0(x):
    return besseli(0, x)


def i1(x):
    return besseli(1, x)


def ratio_slope(x):
    a = i1(x) / i0(x)
    return 1 - a / x - a * a


def debye_polynomials(count):
    """The U_k of DLMF 10.41.9, each as coefficients in p."""
    polynomials = [[Fraction(1)]]
    for _ in range(count):
        u = polynomials[-1]
        slope = [i * c for i, c in enumerate(u)][1:] or [Fraction(0)]
        following = multiply([0, 0, Fraction(1, 2), 0, Fraction(-1, 2)], slope)
        integrand = multiply([Fraction(1, 8), 0, Fraction(-5, 8)], u)
        integral = [Fraction(0)] + [c / (i + 1) for i, c in enumerate(integrand)]
        size = max(len(following), len(integral))
        polynomials.append(
            [
                (following[i] if i < len(following) else 0) + (integral[i] if i < len(integral) else 0)
                for i in range(size)
            ]
        )
    return polynomials


def log_debye(count):
    """l_m(y) with log(sum_k U_k(p) / nu^k) = sum_m l_m(y) / s^m, s = nu / p, y = p^2, by m l_m = m u_m - ..."""
    u = [[c for i, c in enumerate(p[k:]) if i % 2 == 0] for k, p in enumerate(debye_polynomials(count))]
    logs = [[Fraction(0)]]
    for m in range(1, count + 1):
        total = [m * c for c in u[m]] + [Fraction(0)] * (m + 1 - len(u[m]))
        for j in range(1, m):
            for i, c in enumerate(multiply(logs[j], u[m - j])):
                total[i] -= j * c
        logs.append([c / m for c in total])
    return logs[1:]


def gauss_legendre(n):
    """The positive nodes and their weights."""
    coefficients = taylor(lambda x: legendre(n, x), 0, n)
    roots = sorted(r.real for r in polyroots(coefficients[::-1], maxsteps=500, extraprec=400) if r.real > 0)
    nodes, weights = [], []
    for x in roots:
        slope = n * (legendre(n - 1, x) - x * legendre(n, x)) / (1 - x * x)
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * slope**2))
    return nodes, weights


def main():
    k = mpf("3.75")
    show("ERFCX", *interpolate(lambda t: (1 + 2 * k * (1 + t) / (1 - t)) * erfcx(k * (1 + t) / (1 - t))))
    in_a = (-1, mpf(1) / 8)
    show("I0_NEAR", *interpolate(near(lambda a: (i0(2 * sqrt(a)) - 1) / a), in_a))
    show("I1_NEAR", *interpolate(near(lambda a: i1(2 * sqrt(a)) / sqrt(a)), in_a))
    show("SLOPE_NEAR", *interpolate(near(lambda a: ratio_slope(2 * sqrt(a)) * i0(2 * sqrt(a)) ** 2), in_a))
    show("I0_FAR", *interpolate(far(lambda x: sqrt(x) * exp(-x) * i0(x))))
    show("I1_FAR", *interpolate(far(lambda x: sqrt(x) * exp(-x) * i1(x))))
    show("COMPLEMENT_FAR", *interpolate(far(lambda x: 2 * x * (1 - i1(x) / i0(x)))))
    show("SLOPE_FAR", *interpolate(far(lambda x: 2 * x * x * ratio_slope(x))))
    for m, row in enumerate(log_debye(13), 1):
        show(f"LOG_DEBYE_{m}", row)
    nodes, weights = gauss_legendre(32)
    show("NODES", nodes)
    show("WEIGHTS", weights)


if __name__ == "__main__":
    main()
