"""Derive the tables of crates/reparam-kernels/src/special/gamma and true values of its functions.

    venv/bin/python generate_gamma.py tables     prints the Rust tables
    venv/bin/python generate_gamma.py > gamma_extra.jsonl

Needs mpmath 1.3.0 and takes some minutes. A point has the format of `hard/`, with 40 digits; two precisions must agree to 30.
"""

import json
import random
import sys

from mpmath import bernoulli, cos, exp, fabs, log, mp, mpf, pi, psi, sqrt, zeta

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


def integrate(f, start):
    """The integral of f over (0, inf), for an f that falls off within some tens of `start`; on doubling panels."""
    total, left, width = mpf(0), mpf(0), start / 4
    for _ in range(400):
        part = mp.quad(f, [left, left + width])
        total += part
        if fabs(part) < fabs(total) * mpf(10) ** -(mp.dps + 2):
            break
        left, width = left + width, width * (mpf(3) / 2)
    return total


def halves(a, log_x):
    """(lower?, M, D): M = (P or Q) / (x p), D = d ln x / da at fixed P, for the smaller tail.

    Substitutes t = x e^-s below and t = x e^s above in the integrals of t^(a-1) e^-t and of its product with
    |psi(a) - ln t|.
    """
    x, centre = exp(log_x), psi(0, a)
    if x < max(a, 1):
        if x < 200:
            # With the digits that the signs of the weighted sum cost.
            with mp.workdps(mp.dps + 30):
                mass = slope = mpf(0)
                term, weight, n = 1 / a, psi(0, a + 1) - log_x, 0
                while term > mpf(10) ** -(mp.dps + 5) * mass or n < x:
                    mass += term
                    slope += term * weight
                    n += 1
                    term *= x / (a + n)
                    weight += 1 / (a + n)
            return True, mass, slope

        def density(s):
            return exp(-a * s - x * mp.expm1(-s))

        width = 1 / (fabs(a - x) + sqrt(a))
        return True, integrate(density, width), integrate(lambda s: (centre - log_x + s) * density(s), width)

    def density(s):
        return exp(a * s - x * mp.expm1(s))

    width = 1 / (fabs(a - x) + sqrt(x))
    return False, integrate(density, width), integrate(lambda s: (log_x - centre + s) * density(s), width)


def density(a, log_x):
    """x p(x) of a Gamma(a, 1) law."""
    return exp(a * log_x - exp(log_x) - mp.loggamma(a))


def tails(a, log_x):
    lower, mass, _ = halves(a, log_x)
    mass *= density(a, log_x)
    return (mass, 1 - mass) if lower else (1 - mass, mass)


def incomplete_functions(a, x):
    """Name, value and condition of what depends on a and x."""
    log_x = log(x)
    slope, weight = halves(a, log_x)[2], density(a, log_x)
    change = weight * (1 + fabs(a * slope))
    p, q = tails(a, log_x)
    yield "gammainc", p, change / p
    yield "gammaincc", q, change / q
    log_p = log(p) if p < q else mp.log1p(-q)
    log_q = log(q) if q < p else mp.log1p(-p)
    yield "log_gammainc", log_p, change / p / fabs(log_p)
    yield "log_gammaincc", log_q, change / q / fabs(log_q)
    # The density brings the condition of its exponent.
    yield "gammainc_grad_a", -slope * weight, fabs(a - x) + fabs(a * (log_x - psi(0, a))) + 1
    yield "dz_dconcentration", x * slope, None


def quantile(a, log_u, log_q):
    """ln x where P(a, x) = e^log_u."""
    lower = log_u < log_q
    log_x = (log_u + mp.loggamma(a + 1)) / a
    if log_x > -30:
        z = (-1 if lower else 1) * sqrt(mpf(2)) * mp.erfinv(1 - 2 * exp(max(min(log_u, log_q), -80)))
        guess = a * max(1 - 1 / (9 * a) + z / (3 * sqrt(a)), mpf("0.01")) ** 3
        log_x = max(log_x, log(guess))
    for _ in range(100):
        p, q = tails(a, log_x)
        step = (log_u - log(p)) * p / density(a, log_x) if lower else (log(q) - log_q) * q / density(a, log_x)
        step = max(min(step, mpf(1)), mpf(-1)) if log_x > -30 else step
        log_x += step
        if fabs(step) < mpf(10) ** -(mp.dps - 8) * max(1, fabs(log_x)):
            break
    else:
        raise ValueError(f"no quantile for {a} {log_u}")
    return log_x


def double(x):
    """The nearest double, as it will be read back."""
    return mpf(float(x))


def incomplete_points(generator):
    """Arguments in the bulk and the tails of laws of every shape, and on both sides of every change of method."""
    for _ in range(44):
        a = double(10 ** generator.uniform(-5, 9))
        z = generator.choice([generator.uniform(-3, 3), generator.uniform(-7, 7), generator.uniform(-30, 30)])
        root = 1 - 1 / (9 * a) + mpf(z) / (3 * sqrt(a))
        if a > 1 and root > mpf("0.05"):
            yield a, double(a * root**3)
        else:
            u = 10 ** generator.uniform(-12, 0)
            log_x = (log(mpf(u)) + mp.loggamma(a + 1)) / a
            yield a, double(exp(log_x)) if log_x > -690 else double(10 ** generator.uniform(-300, 1.5))
    for a in (3e-10, 1e-5, 0.01, 0.3, 1.0, 1.49999, 1.50001, 3.7, 9.9, 15.99999):
        for x in (1.49999, 1.50001, 0.99999 * a, 1.00001 * a, 1.25 * a + 1.99999, 1.25 * a + 2.00001, 3.0 * a + 20):
            yield double(a), double(x)
    for a in (15.99999, 16.00001, 40.0, 1e3, 1e6):
        for w in (-1.00001, -0.99999, -0.5, -0.01, 0.0, 0.01, 0.3, 0.99999, 1.00001):
            yield double(a), double(a * exp(mpf(w)))
    for a in (1e10, 1e12, 1e15):
        for z in (-8, -1, 0.5, 9):
            yield double(a), double(a + z * sqrt(mpf(a)))


def quantile_points(generator):
    for _ in range(40):
        a = double(10 ** generator.uniform(-3, 8))
        u = generator.choice([10 ** generator.uniform(-12, 0), 10 ** generator.uniform(-200, 0), generator.random()])
        yield a, double(u)
    for a in (0.05, 0.9999, 1.0001, 3.0, 30.0, 1e4):
        for u in (1e-300, 1e-12, 0.1, 0.4999, 0.5001, 0.9):
            yield double(a), double(u)


def quantile_functions(a, u):
    for name, log_u, log_q in (("gamma_p_inv", log(u), mp.log1p(-u)), ("gamma_q_inv", mp.log1p(-u), log(u))):
        log_x = quantile(a, log_u, log_q)
        if log_x > -690:
            condition = fabs(a * halves(a, log_x)[2]) + u / density(a, log_x)
            yield name, exp(log_x), condition
        else:
            yield "log_" + name, log_x, (1 + fabs(log_u)) / a / fabs(log_x)


def plain_functions(generator):
    """Name, arguments, value and condition of the functions without an incomplete integral."""

    def conditioned(name, f, **arguments):
        value = f(**arguments)
        step = mpf(10) ** -(mp.dps // 3)
        sum_of_changes = mpf(0)
        for key, x in arguments.items():
            moved = f(**{**arguments, key: x * (1 + step)}) - f(**{**arguments, key: x * (1 - step)})
            sum_of_changes += fabs(moved) / (2 * step)
        return name, arguments, value, sum_of_changes / fabs(value) if value else None

    def lgamma(x):
        return mp.loggamma(x)

    def stirling(x):
        return lgamma(x) - ((x - mpf(1) / 2) * log(x) - x + log(2 * pi) / 2)

    zero = 1.4616321449683623
    positive = [double(10 ** generator.uniform(-10, 12)) for _ in range(14)]
    positive += [double(x) for x in (zero, zero + 1e-9, 0.5, 0.99999, 1.00001, 1.99999, 2.00001, 9.99999, 10.00001)]
    for x in positive:
        yield conditioned("digamma", lambda x: psi(0, x), x=x)
        yield conditioned("trigamma", lambda x: psi(1, x), x=x)
        yield conditioned("tetragamma", lambda x: psi(2, x), x=x)
        yield conditioned("digamma_minus_log", lambda x: psi(0, x) - log(x), x=x)
        yield conditioned("trigamma_minus_recip", lambda x: psi(1, x) - 1 / x, x=x)
        yield conditioned("stirling_error", stirling, x=x)
    for x in (-0.3, -1.7, -2.0001, -10.5, -1000.25):
        yield conditioned("digamma", lambda x: psi(0, x), x=double(x))
        yield conditioned("trigamma", lambda x: psi(1, x), x=double(x))
        yield conditioned("tetragamma", lambda x: psi(2, x), x=double(x))
    for x in (1e-300, 1e-20, -1e-9, 1e-5, -0.3, 0.49, 0.51, 0.999999999, 1.000000001, 1.49, 1.51, -0.51, 300.0):
        with mp.workdps(400):
            yield conditioned("lgamma1p", lambda x: lgamma(1 + x), x=double(x))
    for x in (1e-150, -1e-16, 1e-8, 0.01, -0.3, -0.49999, -0.50001, 0.99999, 1.00001, -0.999999, 1e5, 1e300):
        with mp.workdps(400):
            yield conditioned("log1pmx", lambda x: mp.log1p(x) - x, x=double(x))
    for x, m in ((1e8, 1e8 + 1), (3.0, 3.0000000000000004), (1e-3, 7.0), (7.0, 1e-3), (2.0, 1.0000001), (1.0, 2.0000001),
                 (1e-200, 1e-190), (1e200, 1e-200), (1e15, 1e15 + 3e7), (5.0, 4.0)):
        yield "deviance", {"x": double(x), "m": double(m)}, deviance(double(x), double(m)), None
    sizes = [1e-300, 1e-20, 1e-5, 0.3, 2.5, 9.9999, 10.0001, 150.0, 1e6, 1e12]
    for _ in range(40):
        a, b = (double(generator.choice(sizes) * generator.uniform(1, 5)) for _ in range(2))
        with mp.workdps(400):
            yield conditioned("lbeta", lambda a, b: lgamma(a) + lgamma(b) - lgamma(a + b), a=a, b=b)
            yield conditioned("lgamma_diff", lambda a, b: lgamma(a + b) - lgamma(b), a=a, b=b)

    for a, b in ((1e8, 1e8 + 1), (1e8, 3e7), (0.3, 0.3000001), (1e-9, 2.0), (5.0, 1e-7), (9.99, 10.01), (12.0, 1e6), (1e6, 12.0),
                 (1e12, 1.1e12), (1e-300, 1e-5), (40.0, 40.0000001), (1.0, 2.0), (700.0, 0.01), (0.01, 700.0)):
        with mp.workdps(400):
            a, b = double(a), double(b)
            yield "lgamma_bregman", {"a": a, "b": b}, lgamma(b) - lgamma(a) - (b - a) * psi(0, a), None


def deviance(x, m):
    return x * log(x / m) + m - x


def points(digits):
    """Every point at this precision; the same arguments at any."""
    mp.dps = digits
    generator = random.Random(20240229)
    with mp.workdps(30):
        incomplete = [(a, x) for a, x in incomplete_points(generator)]
        quantiles = [(a, u) for a, u in quantile_points(generator)]
    for a, x in incomplete:
        for name, value, condition in incomplete_functions(a, x):
            yield name, {"a": a}, x, value, condition
    for a, u in quantiles:
        for name, value, condition in quantile_functions(a, u):
            yield name, {"a": a}, u, value, condition
    plain_generator = random.Random(7)
    mp.dps = digits + 20
    for name, arguments, value, condition in plain_functions(plain_generator):
        arguments = dict(arguments)
        x = arguments.pop("x", None)
        yield name, arguments, x, value, condition


def main():
    for number, (first, second) in enumerate(zip(points(50), points(60)), start=1):
        name, arguments, x, value, condition = first
        better = second[3]
        if fabs(value - better) > mpf(10) ** -30 * fabs(better):
            raise ValueError(f"{name} {arguments} {x}: {value} or {better}")
        point = {
            "id": f"gamma_extra/{number:04}",
            "fn": name,
            "dist": "special",
            "params": {key: float(v) for key, v in arguments.items()},
            "x": None if x is None else float(x),
            "value": mp.nstr(better, 40),
            "cond": None if condition is None else float(mp.nstr(condition, 3)),
        }
        print(json.dumps(point, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    tables() if sys.argv[1:] == ["tables"] else main()
