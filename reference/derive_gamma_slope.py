"""Derives the polynomial behind the fast slopes of gamma draws.

For a draw x of Gamma(A, 1) the slope of ln x in A at fixed distribution function, times A, is a smooth function of
m = ln(x / A) and 1 / A (N. M. Temme, "The asymptotic expansion of the incomplete gamma functions", SIAM J. Math. Anal. 10,
1979). It is interpolated here at Chebyshev nodes in both, for A >= 8 and m in [-3.2, 1.8], and printed in powers of the two
variables scaled to [-1, 1].

The true values are integrals of one sign: with d = psi(A) - ln x,
    (dx/dA) / x = integral_0^inf (d + w) exp(-A w + x (1 - e^-w)) dw          for d >= 0,
    (dx/dA) / x = integral_0^inf (w - d) exp( A w - x (e^w - 1)) dw           else.
"""
import mpmath as mp

mp.mp.dps = 40
LEAST = 8
LOW, HIGH = mp.mpf("-3.2"), mp.mpf("1.8")
DEGREE_M, DEGREE_T = 13, 5


def slope(a, m):
    x = a * mp.e**m
    d = mp.digamma(a) - mp.log(x)
    if d >= 0:
        integrand = lambda w: (d + w) * mp.e ** (-a * w + x * (1 - mp.e**-w))
    else:
        integrand = lambda w: (w - d) * mp.e ** (a * w - x * mp.expm1(w))
    width = 1 / max(abs(a - x), mp.sqrt(a))
    return a * mp.quad(integrand, [0] + [width * k for k in (0.5, 1, 2, 4, 8, 16, 32, 80)])


def nodes(n):
    return [mp.cos(mp.pi * (2 * j + 1) / (2 * n)) for j in range(n)]


def powers(values):
    """Coefficients in powers of the polynomial through values at the Chebyshev nodes."""
    n = len(values)
    chebyshev = [
        mp.mpf(2 if k else 1) / n * sum(v * mp.cos(mp.pi * k * (2 * j + 1) / (2 * n)) for j, v in enumerate(values))
        for k in range(n)
    ]
    before, now, total = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)], [mp.mpf(0)] * n
    for k, c in enumerate(chebyshev):
        polynomial = before if k == 0 else now
        for i, p in enumerate(polynomial):
            total[i] += c * p
        if k:
            doubled = [mp.mpf(0)] + [2 * p for p in now]
            before, now = now, [p - (before[i] if i < len(before) else 0) for i, p in enumerate(doubled)]
    return total


nm, nt = DEGREE_M + 1, DEGREE_T + 1
table = [
    powers([slope(2 * LEAST / (1 + t), (LOW + HIGH) / 2 + (HIGH - LOW) / 2 * m) for t in nodes(nt)]) for m in nodes(nm)
]
columns = [powers([table[i][j] for i in range(nm)]) for j in range(nt)]
for i in range(nm):
    print("    [" + ", ".join(mp.nstr(columns[j][i], 19) for j in range(nt)) + "],")
