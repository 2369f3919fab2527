"""True values of the incomplete beta function, of the slopes of its draws and of Student's t, as beta_extra.jsonl.

    python generate_beta.py > beta_extra.jsonl

In the logit t = ln(x / y) the density of a Beta(a, b) variable is f(t) = x^a y^b / B(a, b). From a corner on, where the
power series in x (or in y) converges fast, f times its weight is integrated by Gauss-Legendre rules on short pieces, with
hundred digits. Each value is computed with two rules, which must agree to 36 digits.
"""

import json
import random
import sys

from mpmath import mp, mpf

mp.dps = 100


def legendre(n):
    """The nodes and weights on [-1, 1]."""
    nodes = []
    for i in range(n):
        x = mp.cos(mp.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(9):
            p, q = mpf(1), mpf(0)
            for k in range(n):
                p, q = ((2 * k + 1) * x * p - k * q) / (k + 1), p
            slope = n * (q - x * p) / (1 - x * x)
            x -= p / slope
        nodes.append((x, 2 / ((1 - x * x) * slope * slope)))
    return nodes


RULES = [legendre(36), legendre(44)]


class Beta:
    def __init__(self, a, b):
        self.a, self.b = mpf(a), mpf(b)
        self.log_beta = mp.loggamma(self.a) + mp.loggamma(self.b) - mp.loggamma(self.a + self.b)
        total = mp.digamma(self.a + self.b)
        self.mean_x, self.mean_y = mp.digamma(self.a) - total, mp.digamma(self.b) - total

    def mirrored(self):
        return Beta(self.b, self.a)

    def log_density(self, t):
        return -self.a * mp.log1p(mp.exp(-t)) - self.b * mp.log1p(mp.exp(t)) - self.log_beta

    def corner(self):
        """The logit up to which the series is used."""
        x = 1 / (4 * max(self.b, mpf(1)))
        return mp.log(x / (1 - x))

    def series(self, t):
        """(I, dI/da, dI/db) by the power series."""
        a, b = self.a, self.b
        x = 1 / (1 + mp.exp(-t))
        log_x = -mp.log1p(mp.exp(-t))
        total, in_a, in_b = mpf(0), mpf(0), mpf(0)
        w, w_in_b, n = mpf(1), mpf(0), 0
        while True:
            total += w / (a + n)
            in_a += w * ((log_x - self.mean_x) / (a + n) - 1 / (a + n) ** 2)
            in_b += (w_in_b - w * self.mean_y) / (a + n)
            n += 1
            w_in_b = (w_in_b * (n - b) - w) * x / n
            w = w * (n - b) * x / n
            if n > 20 and abs(w) + abs(w_in_b) < mpf(10) ** -90:
                break
        scale = mp.exp(a * log_x - self.log_beta)
        return [scale * total, scale * in_a, scale * in_b]

    def integral(self, low, high, rule):
        """The integrals of f, f (ln x - E ln X) and f (ln y - E ln Y)."""
        a, b = self.a, self.b
        mode = min(max(mp.log(a / b), low), high)
        peak = self.log_density(mode)
        sums = [mpf(0)] * 3
        for end, direction in ((low, -1), (high, 1)):
            at = mode
            while (end - at) * direction > 0:
                x, y = 1 / (1 + mp.exp(-at)), 1 / (1 + mp.exp(at))
                step = min(mpf(1) / 2, 10 / (abs(a * y - b * x) + 1), 2 / mp.sqrt((a + b) * x * y + 1))
                stop = at + direction * step
                if (stop - end) * direction > 0:
                    stop = end
                half = abs(stop - at) / 2
                for node, weight in rule:
                    t = (at + stop) / 2 + half * node
                    log_x, log_y = -mp.log1p(mp.exp(-t)), -mp.log1p(mp.exp(t))
                    f = weight * half * mp.exp(a * log_x + b * log_y - self.log_beta)
                    sums[0] += f
                    sums[1] += f * (log_x - self.mean_x)
                    sums[2] += f * (log_y - self.mean_y)
                at = stop
                if self.log_density(at) < peak - 160:
                    break
        return sums

    def lower(self, t, rule):
        corner = self.corner()
        if t <= corner:
            return self.series(t)
        other = self.mirrored()
        if -t <= other.corner():
            total, in_b, in_a = other.series(-t)
            return [1 - total, -in_a, -in_b]
        return [p + q for p, q in zip(self.series(corner), self.integral(corner, t, rule))]

    def tails(self, t, rule):
        """(I, dI/da, dI/db, 1 - I, f), each by the side where it does not cancel."""
        other = self.mirrored()
        below = self.lower(t, rule)
        above = other.lower(-t, rule)
        assert abs(below[0] + above[0] - 1) < mpf(10) ** -38, (self.a, self.b, t)
        # Both sides give the derivatives; the smaller one loses less.
        in_a, in_b = below[1:] if below[0] < above[0] else (-above[2], -above[1])
        return below[0], in_a, in_b, above[0], mp.exp(self.log_density(t))


def agreed(function):
    """The value of both rules."""
    one, two = (function(rule) for rule in RULES)
    for p, q in zip(one, two):
        assert abs(p - q) <= abs(q) * mpf(10) ** -36, (p, q)
    return two


lines = 0


def emit(fn, dist, params, x, value, cond=None, tag=""):
    global lines
    lines += 1
    if abs(value) != 0 and not mpf(10) ** -300 < abs(value) < mpf(10) ** 300:
        return
    point = {
        "id": f"beta_extra/{lines}",
        "fn": fn,
        "dist": dist,
        "params": params,
        "x": x,
        "value": mp.nstr(value, 40, min_fixed=1, max_fixed=0),
        "f32": False,
        "cond": None if cond is None else float(f"{float(cond):.3g}"),
        "tag": tag,
    }
    print(json.dumps(point, separators=(",", ":")))
    sys.stdout.flush()


def beta_point(a, b, x=None, logit=None, tag=""):
    law = Beta(a, b)
    t = mpf(logit) if x is None else mp.log(mpf(x)) - mp.log1p(-mpf(x))
    lower, in_a, in_b, upper, f = agreed(lambda rule: law.tails(t, rule))
    params = {"concentration1": a, "concentration0": b}
    if x is None:
        emit("dlogit_dconcentration1", "Beta", params, logit, -in_a / f, tag=tag)
        emit("dlogit_dconcentration0", "Beta", params, logit, -in_b / f, tag=tag)
        return
    point = mpf(x)
    # Derivative in ln x, in ln a and in ln b.
    sizes = abs(f / (1 - point)) + abs(law.a * in_a) + abs(law.b * in_b)
    emit("cdf", "Beta", params, x, lower, sizes / lower, tag)
    emit("sf", "Beta", params, x, upper, sizes / upper, tag)
    log_lower = mp.log(lower) if lower < 0.5 else mp.log1p(-upper)
    log_upper = mp.log(upper) if upper < 0.5 else mp.log1p(-lower)
    emit("log_cdf", "Beta", params, x, log_lower, abs(sizes / lower / log_lower), tag)
    emit("log_sf", "Beta", params, x, log_upper, abs(sizes / upper / log_upper), tag)
    emit("dz_dconcentration1", "Beta", params, x, -in_a / f * point * (1 - point), tag=tag)
    emit("dz_dconcentration0", "Beta", params, x, -in_b / f * point * (1 - point), tag=tag)


def student_point(df, x):
    """P(T > x) = I / 2 of Beta(df / 2, 1 / 2) at df / (df + x^2), for x > 0."""
    nu, z = mpf(df), mpf(x)
    law = Beta(nu / 2, mpf(1) / 2)
    t = mp.log(nu) - 2 * mp.log(z)
    lower, in_a, _, upper, f = agreed(lambda rule: law.tails(t, rule))
    params = {"df": df}
    slope = z / 2 * (1 / nu + in_a / f / 2)
    sizes = f + abs(nu * (in_a / 2 + f / nu))
    emit("cdf", "StudentT", params, -x, lower / 2, sizes / lower)
    emit("cdf", "StudentT", params, x, 1 - lower / 2, sizes / 2)
    emit("log_cdf", "StudentT", params, -x, mp.log(lower / 2), abs(sizes / lower / mp.log(lower / 2)))
    emit("dz_ddf", "StudentT", params, x, slope)


def main():
    rng = random.Random(20)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 110
    logs = lambda low, high: float(f"{10 ** rng.uniform(low, high):.6g}")
    for i in range(count):
        a, b = logs(-4, 7), logs(-4, 7)
        if i % 4 == 3:
            b = float(f"{a * 10 ** rng.uniform(-1, 1):.6g}")
        width = (1 / a + 1 / b) ** 0.5
        z = rng.uniform(-9, 9)
        logit = float(mp.log(mpf(a) / b)) + z * width
        if i % 8 == 5:
            logit = rng.choice([-1, 1]) * 10 ** rng.uniform(0, 6)
        beta_point(a, b, logit=logit, tag=f"z={z:.1f}")
        x = float(1 / (1 + mp.exp(-mpf(logit))))
        if 1e-290 < x < 1 - 1e-16:
            beta_point(a, b, x=x, tag=f"z={z:.1f}")
        print(i, a, b, logit, file=sys.stderr)
    # Both sides of every switch: the corner, lengths of the path, a sharp peak, a centre.
    for a, b in ((0.3, 7.0), (0.5, 0.5), (3.0, 40.0), (7.999, 1.5), (8.0, 1.5), (2000.0, 300.0), (1e9, 1e9), (1e9, 2e-6)):
        corner = 0.25 / max(b, 1.0)
        centre = a / (a + b)
        for x in (corner, corner * 1.0000001, centre * 0.999, centre, min(centre * 1.001, 1 - 1e-9), 0.5, 0.75, 0.7500001):
            beta_point(a, b, x=float(x), tag="switch")
    for i in range(count // 2):
        df = logs(-2, 10)
        x = 10 ** rng.uniform(-6, 1) if i % 4 else 10 ** rng.uniform(-20, 12)
        student_point(df, x)
        print(i, df, x, file=sys.stderr)
    for df in (4.999, 5.0, 60.0, 1e4, 1e10):
        for x in (0.3, 1.0, 1.55, 1.56, 2.5, 0.4999 * df**0.5, 0.5001 * df**0.5, 30.0):
            student_point(df, x)


if __name__ == "__main__":
    main()
