"""Slopes of expectations of functions that jump, for crates/reparam-cli/tests/estimate_breaks.rs.

Each is an integral of the function times the slope of the density, which has no jump in it, cut where the function jumps.
Run with mpmath; prints a line for each slope.
"""

from mpmath import atan, digamma, erf, exp, gamma, log, mp, mpf, pi, quad, sqrt, tanh

mp.dps = 30


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def normal(f, m, s, cuts):
    """Slopes in loc and scale."""
    m, s = mpf(m), mpf(s)
    ends = sorted([m - 20 * s, m + 20 * s] + [mpf(c) for c in cuts] + [m])
    density = lambda x: phi((x - m) / s) / s
    loc = quad(lambda x: f(x) * density(x) * (x - m) / s**2, ends)
    scale = quad(lambda x: f(x) * density(x) * (((x - m) / s) ** 2 - 1) / s, ends)
    return loc, scale


def gamma_law(f, a, b, cuts):
    """Slopes in concentration and rate."""
    a, b = mpf(a), mpf(b)
    density = lambda x: b**a * x ** (a - 1) * exp(-b * x) / gamma(a)
    ends = [mpf(0)] + sorted(mpf(c) for c in cuts) + [mpf(10), mpf(40), mpf(200)]
    concentration = quad(lambda x: f(x) * density(x) * (log(b) + log(x) - digamma(a)), ends)
    rate = quad(lambda x: f(x) * density(x) * (a / b - x), ends)
    return concentration, rate


def sign(x):
    return mpf(1) if x > 0 else mpf(-1)


print("atan(1/z), Normal(0.3, 1):", normal(lambda x: atan(1 / x), "0.3", 1, [0]))
print("z/abs(z), Normal(0.3, 1):", normal(sign, "0.3", 1, [0]))
print("tanh(1/z), Normal(0.3, 1):", normal(lambda x: tanh(1 / x), "0.3", 1, [0]))
print("sigmoid(1/z), Normal(0.3, 1):", normal(lambda x: (1 + tanh(1 / (2 * x))) / 2, "0.3", 1, [0]))
print("(z-1)/norm(z-1), Normal(0.3, 1):", normal(lambda x: sign(x - 1), "0.3", 1, [1]))
print("atan(1/(z-2)), Gamma(2, 1):", gamma_law(lambda x: atan(1 / (x - 2)), 2, 1, [2]))

# E[max(w - 2, 0)] for w ~ Normal(3, 0.1) is the slope in the location of an angle that multiplies it.
m, s = mpf(3) - 2, mpf("0.1")
print("max(w-2,0)*z, VonMises(1, 0.5), in z.loc:", m * (1 + erf(m / s / sqrt(2))) / 2 + s * phi(m / s))
