"""Derive the minimax polynomials and rationals of crates/reparam-kernels/src/elementary.

Each table minimises the largest weighted error of an approximation on an interval (Remez exchange, 60 digits); the
weight makes it the relative error of the function that the approximation serves. Prints Rust tables and, for each,
the error that the approximation itself leaves in ulp of the type.

    python -m venv venv && venv/bin/pip install mpmath==1.3.0 && venv/bin/python derive_coefficients.py
"""

from mpmath import cos, erfc, erfinv, exp, fabs, log, log1p, lu_solve, matrix, mp, mpf, pi, sqrt

mp.dps = 60
GRID = 1200
CENTRE = mpf("0.45") ** 2


def horner(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def solve_on(reference, points, values, weights, numerator, denominator, last):
    """N, D (D(0) = 1) and E with N/D − f = ±E / weight on the reference points, where ±E is scaled by the last D."""
    count = len(reference)
    rows, right = matrix(count, count), matrix(count, 1)
    for i, k in enumerate(reference):
        sign = (-1) ** i / weights[k] * horner(last, points[k])
        for j in range(numerator + 1):
            rows[i, j] = points[k] ** j
        for j in range(1, denominator + 1):
            rows[i, numerator + j] = -values[k] * points[k] ** j
        rows[i, count - 1] = -sign
        right[i] = values[k]
    solution = list(lu_solve(rows, right))
    return solution[: numerator + 1], [mpf(1)] + solution[numerator + 1 : -1], solution[-1]


def remez(f, weight, low, high, numerator, denominator=0):
    """N and D, lowest coefficient first, with max |weight (N/D − f)| on [low, high] least, and that maximum."""
    low, high, count = mpf(low), mpf(high), numerator + denominator + 2
    # Chebyshev points crowd at the ends, where the extrema of the error crowd too.
    points = [(low + high) / 2 + (low - high) / 2 * cos(pi * (i + mpf(1) / 2) / GRID) for i in range(GRID)]
    values, weights = [f(x) for x in points], [weight(x) for x in points]
    reference = [round(i * (GRID - 1) / (count - 1)) for i in range(count)]
    d, level = [mpf(1)], mpf(0)
    for _ in range(40):
        for _ in range(40):
            last = level
            n, d, level = solve_on(reference, points, values, weights, numerator, denominator, d)
            if fabs(level - last) <= mpf(10) ** -6 * fabs(level):
                break
        errors = [w * (horner(n, x) / horner(d, x) - v) for x, v, w in zip(points, values, weights)]
        # One extremum for each run of equal sign, then the best stretch of alternating extrema.
        extrema = []
        for k, e in enumerate(errors):
            if extrema and (errors[extrema[-1]] > 0) == (e > 0):
                if fabs(e) > fabs(errors[extrema[-1]]):
                    extrema[-1] = k
            else:
                extrema.append(k)
        while len(extrema) > count:
            extrema.pop(0 if fabs(errors[extrema[0]]) < fabs(errors[extrema[-1]]) else -1)
        worst = max(fabs(e) for e in errors)
        if len(extrema) < count or worst <= fabs(level) * mpf("1.001"):
            break
        reference = extrema
    return n, d, worst


def tail_quantile(log_mass):
    """z with ln P(Z > z) = log_mass ≤ ln ½."""
    z = sqrt(-2 * log_mass) - 1 if log_mass < -2 else mpf("0.5")
    for _ in range(100):
        tail = erfc(z / sqrt(mpf(2))) / 2
        # Newton's step on ln tail keeps its pace however far out the mass lies.
        step = (log(tail) - log_mass) * tail * sqrt(2 * pi) * exp(z * z / 2)
        z += step
        if fabs(step) < mpf(10) ** -45:
            break
    return z


def central_quantile(v):
    """z / q with q² = 0.45² − v and z the quantile of ½ + q."""
    q = sqrt(CENTRE - v)
    return sqrt(mpf(2)) * erfinv(2 * q) / q if q > 0 else sqrt(2 * pi)


def rounded(x, kind):
    """The nearest number of the type, which is what the code multiplies by."""
    bits = 24 if kind == "f32" else 53
    return mp.mpf(mp.nint(mp.ldexp(x, bits - 2))) * mpf(2) ** (2 - bits)


def exp_tail(r):
    return sum(r**j / mp.factorial(j + 2) for j in range(40))


def log_tail(z):
    return sum(mpf(2) / (2 * j + 3) * z**j for j in range(50))


def sine_tail(z):
    """(sin r − r) / r³ with r² = z."""
    return sum((-1) ** (j + 1) * z**j / mp.factorial(2 * j + 3) for j in range(25))


def cosine_tail(z):
    """(cos r − 1 + r²/2) / r⁴ with r² = z."""
    return sum((-1) ** j * z**j / mp.factorial(2 * j + 4) for j in range(25))


def log1p_tail(t):
    return (log1p(t) - t) / t**2 if t > mpf(10) ** -6 else sum((-1) ** (j + 1) * t**j / (j + 2) for j in range(12))


def binary_log_ratio(f):
    """log₂(1 + f) / f."""
    return log1p(f) / (f * log(mpf(2))) if fabs(f) > mpf(10) ** -30 else 1 / log(mpf(2))


def body_ratio(w):
    """z / x with z the quantile of (1 + x) / 2 and w = −log₂(1 − x²)."""
    rest = mpf(2) ** -w
    x = sqrt(1 - rest)
    return sqrt(mpf(2)) * erfinv(x) / x if w > 0 else sqrt(pi / 2)


def words():
    """The polynomials of the draws that take one 32-bit word each, in single precision."""
    root = sqrt(mpf(2))
    yield "log₂ of the body", binary_log_ratio, lambda f: max(fabs(f), mpf("0.02")), 1 / root - 1, root - 1, 7, 0
    yield "body", lambda v: body_ratio(v + 4), lambda v: 1 / body_ratio(v + 4), -4, mpf("6.01"), 10, 0


def tables(kind):
    single = kind == "f32"
    half_ln2 = log(mpf(2)) / 2 * mpf("1.0001")
    root = sqrt(mpf(2))
    widest = ((root - 1) / (root + 1)) ** 2 * mpf("1.0001")
    # The share of the polynomial in e^r − 1 falls like r; a floor keeps the weights comparable.
    yield "exp", exp_tail, lambda r: max(fabs(r), mpf("0.02")), -half_ln2, half_ln2, 4 if single else 9, 0
    yield "log", log_tail, lambda z: z / 2 + widest / 50, 0, widest, 3 if single else 6, 0
    yield "log1p", log1p_tail, lambda t: max(t**2 / log1p(t), mpf("0.02")), 0, 1, 9 if single else 20, 0
    # The quotient that k is rounded from is itself rounded, so r may be a little beyond π/4.
    widest = (pi / 4 * (mpf("1.01") if single else mpf("1.0001"))) ** 2
    yield "sine", sine_tail, lambda z: max(z, mpf("0.01")), 0, widest, 2 if single else 5, 0
    yield "cosine", cosine_tail, lambda z: max(z, mpf("0.01")) ** 2, 0, widest, 2 if single else 5, 0
    split, end = (4, mpf("10.18")) if single else (5, mpf("27.3"))
    centre, middle, far = ((4, 4), (3, 3), (2, 3)) if single else ((9, 8), (7, 7), (7, 7))
    # The quantile is a straight line, in q or in r, and a correction, which needs fewer digits.
    slope = rounded(sqrt(2 * pi), kind)
    f = lambda v: central_quantile(v) - slope
    yield "quantile, centre", f, lambda v: 1 / central_quantile(v), 0, CENTRE, *centre
    for low, high, slope, degrees in (("1.6875", split, 1, middle), (split, end, rounded(root, kind), far)):
        low = mpf(low)
        f = lambda v, low=low, slope=slope: tail_quantile(-((v + low) ** 2)) - slope * (v + low)
        weight = lambda v, low=low, slope=slope, f=f: 1 / (f(v) + slope * (v + low))
        yield f"quantile, r from {low}", f, weight, 0, high - low, *degrees


if __name__ == "__main__":
    for kind in ("f32", "f64"):
        ulp = mpf(2) ** (-23 if kind == "f32" else -52)
        every = [*tables(kind), *(words() if kind == "f32" else ())]
        for name, f, weight, low, high, numerator, denominator in every:
            n, d, error = remez(f, weight, low, high, numerator, denominator)
            print(f"// {kind} {name}: {mp.nstr(error / ulp, 2)} ulp", flush=True)
            for label, coefficients in (("numerator", n), ("denominator", d)):
                if label == "numerator" or denominator:
                    print(f"// {label}")
                    digits = 9 if kind == "f32" else 17
                    print("\n".join(f"    {mp.nstr(c, digits, min_fixed=-3, max_fixed=3)}," for c in coefficients))
