"""True values of the elementary functions, computed with 50 digits: writes elementary.jsonl beside this file.

Each line holds a function, a region of its domain, an argument x that is a double, the double next to f(x), and what is
left of f(x) in units of the last place of that double. Every second x is a single too, where singles reach.

    python -m venv venv && venv/bin/pip install mpmath==1.3.0 && venv/bin/python generate_elementary.py
"""

import json
import math
import random
import struct
import sys
from pathlib import Path

from mpmath import cos, erfc, exp, expm1, floor, log, log1p, mp, mpf, pi, sin, sqrt, tan, tanh

mp.dps = 50


def softplus(x):
    return max(x, 0) + log1p(exp(-abs(x)))


def sigmoid(x):
    return 1 / (1 + exp(-x)) if x > 0 else exp(x) / (1 + exp(x))


def normal_quantile(p):
    if p > mpf(1) / 2:
        return -normal_quantile(1 - p)
    if p == mpf(1) / 2:
        return mpf(0)
    z = sqrt(-2 * log(p)) - 1 if p < mpf("0.1") else mpf(0)
    for _ in range(100):
        tail = erfc(z / sqrt(mpf(2))) / 2
        step = (log(tail) - log(p)) * tail * sqrt(2 * pi) * exp(z * z / 2)
        z += step
        if abs(step) < mpf(10) ** -40 * abs(z):
            return -z
    raise ArithmeticError(f"no convergence at {p}")


def line(low, high):
    return lambda draw: draw.uniform(low, high)


def powers(low, high, sign=1):
    """Uniform in the logarithm, between two powers of two."""
    return lambda draw: sign * math.ldexp(draw.uniform(1, 2), draw.randrange(low, high))


def below_one(low, high):
    return lambda draw: 1 - math.ldexp(draw.uniform(1, 2), draw.randrange(low, high))


def next_to_zero(bits, low, high):
    """M · 2^q in [2^low, 2^high) with an M of so many bits, next to a multiple of π/2.

    M is the last denominator of so many bits in the continued fraction of 2^q · 2/π, or that times a power of two.
    """

    def point(draw):
        q = draw.randrange(low, high) - bits + 1
        x, (before, last) = mp.ldexp(2 / pi, q), (1, 0)
        while last < 2**bits:
            term = int(floor(x))
            before, last, x = last, term * last + before, 1 / (x - term)
        while before < 2 ** (bits - 1):
            before *= 2
        return math.ldexp(float(before), q)

    return point


TINY, SUBNORMAL = (-1022, -30), (-1074, -1022)
CIRCULAR = {
    "small": powers(-30, 0),
    "negative": line(-10, 0),
    "moderate": line(0, 100),
    "next to a multiple of pi/2": next_to_zero(53, 1, 30),
    "next to a multiple of pi/2, single": next_to_zero(24, 1, 15),
    "reduced": powers(0, 30),
    "huge": powers(30, 1023),
    "tiny": powers(*TINY),
}
CASES = {
    "exp": {
        "subnormal result": line(-745.1, -708.4),
        "negative": line(-708, -1),
        "around 0": line(-1, 1),
        "tiny": powers(*TINY, -1),
        "positive": line(1, 709.7),
        "single range": line(-103, 88),
    },
    "expm1": {
        "negative": line(-45, -0.5),
        "around 0": line(-0.7, 0.7),
        "small": powers(-30, -1),
        "small negative": powers(-30, -1, -1),
        "tiny": powers(*TINY),
        "positive": line(0.5, 709.7),
    },
    "log": {
        "subnormal": powers(*SUBNORMAL),
        "below 1": powers(-1022, -1),
        "around 1": line(0.5, 2),
        "close to 1": below_one(-50, -2),
        "above 1": powers(1, 1023),
    },
    "log1p": {
        "close to -1": lambda draw: -below_one(-50, -2)(draw),
        "negative": line(-0.99, 0),
        "small": powers(-54, -1),
        "small negative": powers(-54, -1, -1),
        "tiny": powers(*TINY),
        "around 1": line(0, 4),
        "large": powers(1, 1023),
    },
    "tanh": {
        "small": powers(-30, 0),
        "around the border": line(0.5, 1),
        "negative": line(-3, 0),
        "large": line(1, 20),
        "tiny": powers(*TINY),
    },
    "softplus": {
        "subnormal result": line(-745.1, -708.4),
        "far below 0": line(-708, -20),
        "below 0": line(-20, 0),
        "above 0": line(0, 40),
        "around 0": powers(-30, 0),
    },
    "sigmoid": {
        "subnormal result": line(-745.1, -708.4),
        "far below 0": line(-708, -20),
        "below 0": line(-20, 0),
        "above 0": line(0, 40),
        "around 0": powers(-30, 0, -1),
    },
    "normal_quantile": {
        "subnormal": powers(*SUBNORMAL),
        "far tail": powers(-1022, -36),
        "tail": powers(-36, -4),
        "around the border": line(0.04, 0.11),
        "centre": line(0.07, 0.5),
        "close to 1/2": lambda draw: 0.5 - math.ldexp(draw.uniform(1, 2), draw.randrange(-50, -3)),
        "upper": line(0.5, 1),
    },
    "sin": CIRCULAR,
    "cos": CIRCULAR,
    "tan": CIRCULAR,
}


def as_single(x):
    """The single next to x, or x itself where singles are subnormal or do not reach."""
    if not 2.0**-126 < abs(x) < 2.0**127:
        return x
    return struct.unpack("<f", struct.pack("<f", x))[0]


def main(points, path):
    draw = random.Random(20)
    with open(path, "w") as out:
        for name, regions in CASES.items():
            for region, point in regions.items():
                for i in range(points):
                    x = point(draw)
                    # Rounding to a single must not lead onto a zero or a pole.
                    x = as_single(x) if i % 2 and as_single(x) not in (-1, 0.5, 1) else x
                    value = globals()[name](mpf(x))
                    nearest = float(value)
                    rest = float((value - mpf(nearest)) / mpf(math.ulp(nearest)))
                    record = {"function": name, "region": region, "x": repr(x)}
                    record |= {"nearest": repr(nearest), "rest_ulp": round(rest, 3)}
                    out.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(int(sys.argv[1]), sys.argv[2])
    else:
        main(44, Path(__file__).with_name("elementary.jsonl"))
