"""Writes reference/ACCURACY.md: the largest errors of `reparam dist --batch` at the points of reference/hard, beside the
errors of other libraries at the same points.

    cargo build --release && python3 reference/accuracy.py target/release/reparam

Only Python's standard library is needed. The peers' columns are read from reference/hard/PEERS.md, measured with torch
2.13, JAX 0.10.2, NumPyro 0.22, a TensorFlow Probability nightly and SciPy 1.17.
"""

import json
import re
import subprocess
import sys
from collections import OrderedDict
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 50
HERE = Path(__file__).parent
HARD = HERE / "hard"
LEAST = Decimal("2.47e-324")  # half of the smallest double
PEERS = ("torch f32", "torch f64", "jax f32", "jax f64", "tfp f32", "tfp f64", "numpyro f32", "scipy f64")


def evaluate(binary, path, *options):
    """The answers of the command to the points of a file, by id."""
    done = subprocess.run([binary, "dist", "--batch", str(path), *options], capture_output=True, text=True, check=True)
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def relative_error(answer, truth):
    """|answer - truth| / |truth|, the largest of a vector's; None where the answer is an error, infinity where only one of
    both is a number."""
    if "error" in answer or isinstance(answer["value"], list) != isinstance(truth, list):
        return None
    if isinstance(truth, list):
        return max(relative_error({"value": value}, true) for value, true in zip(answer["value"], truth, strict=True))
    value, truth = Decimal(repr(float(answer["value"]))), Decimal(truth)
    if not value.is_finite() or not truth.is_finite():
        return Decimal(0) if value == truth or (value.is_nan() and truth.is_nan()) else Decimal("inf")
    if abs(truth) < LEAST and value == 0:
        return Decimal(0)
    if truth == 0:
        return Decimal(0) if value == 0 else Decimal("inf")
    return abs(value - truth) / abs(truth)


def peers():
    """The peers' cells by row name, `Gamma dz_dconcentration`."""
    rows = {}
    for line in (HARD / "PEERS.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 1 + len(PEERS) and re.search("[0-9-]", cells[1]):
            rows[re.sub(r" \((mixed|rel)\)$", "", cells[0])] = cells[1:]
    return rows


def row_name(point):
    if point["fn"] == "kl":
        return "KL " + point["dist"].replace("|", " to ")
    return f'{point["dist"]} {point["fn"]}'


def measure(binary):
    rows = OrderedDict()
    for path in sorted(HARD.glob("*.jsonl")):
        if path.stem == "edge":
            continue
        double, single = evaluate(binary, path), evaluate(binary, path, "--dtype", "f32")
        for line in path.read_text().splitlines():
            point = json.loads(line)
            row = rows.setdefault(row_name(point), {"points": 0, "unanswered": 0, "f64": Decimal(0), "scaled": Decimal(0), "f32": Decimal(0)})
            row["points"] += 1
            error = relative_error(double[point["id"]], point["value"])
            if error is None:
                row["unanswered"] += 1
                continue
            condition = max(Decimal(1), Decimal(repr(point["cond"] or 1.0)))
            row["f64"] = max(row["f64"], error)
            row["scaled"] = max(row["scaled"], error / condition)
            if point["f32"]:
                error = relative_error(single[point["id"]], point["value"])
                # Beyond the range of single precision there is no relative error.
                if error is not None and Decimal("1.2e-38") < abs(Decimal(point["value"])) < Decimal("3.4e38"):
                    row["f32"] = max(row["f32"], error / condition)
    return rows


def main():
    rows, others = measure(sys.argv[1]), peers()
    text = [
        "# Accuracy at hard points",
        "",
        "Made by `cargo build --release && python3 reference/accuracy.py target/release/reparam`. Each row is a function at",
        "the points of `reference/hard`, whose true values have forty digits. `f64` is the largest relative error; `÷ cond`",
        "the same divided by max(1, condition number), for double and single precision. The peers' cells are their 99th",
        "percentile and largest errors, relative or (log-densities, entropies) relative to max(1, |value|), with the number",
        "of points beyond 1e-6 (f64) or 1e-4 (f32) in brackets, nf: not finite. `-`: not offered.",
        "",
        "One value of the bank is wrong: `special/0557`, the entropy of a Bernoulli with the logit 700, is 701 · e^-700, of",
        "which it has e^-700. Hence the one row of this command that is not small.",
        "",
        "| function | points | reparam f64 | f64 ÷ cond | f32 ÷ cond | " + " | ".join(PEERS) + " |",
        "|---" * (5 + len(PEERS)) + "|",
    ]
    for name, row in rows.items():
        cells = [f'{row[key]:.0e}' for key in ("f64", "scaled", "f32")]
        if row["unanswered"]:
            cells[0] += f' [{row["unanswered"]} without an answer]'
        text.append(f'| {name} | {row["points"]} | ' + " | ".join(cells + others.get(name, ["-"] * len(PEERS))) + " |")
    (HERE / "ACCURACY.md").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
