#!/usr/bin/env python3
"""How well scores find the odd rows of a table that was learned as it is, beside an isolation forest.

    venv/bin/python bench/anomalies.py --reparam target/release/reparam --data DATA
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score


def scores(reparam, matrix, flags):
    """Scores of all rows by a model that learned from all rows."""
    with tempfile.TemporaryDirectory() as folder:
        header = ",".join(f"c{place}" for place in range(matrix.shape[1]))
        np.savetxt(f"{folder}/t.csv", matrix, delimiter=",", header=header, comments="", fmt="%.10g")
        for words in (["train", "t.csv", "--name", "t", *flags], ["score", "t", "-o", "s.jsonl"]):
            subprocess.run([reparam, *words], cwd=folder, check=True, capture_output=True)
        lines = pathlib.Path(folder, "s.jsonl").read_text().splitlines()
    return np.array([json.loads(line)["score"] for line in lines])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reparam", required=True, type=pathlib.Path)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--only", help="names with commas")
    parser.add_argument("--contamination", default="0.1,0.2")
    args = parser.parse_args()
    parts = args.contamination.split(",")
    print("| table | rows × columns | odd | IsolationForest | plain |" + "".join(f" {part} |" for part in parts))
    print("|---|---|---|---|---|" + "---|" * len(parts))
    for path in sorted(args.data.glob("adbench/*.npz")):
        if args.only and path.stem not in args.only.split(","):
            continue
        data = np.load(path, allow_pickle=True)
        matrix, odd = data["X"].astype(float), data["y"].ravel().astype(int)
        forest = roc_auc_score(odd, -IsolationForest(random_state=0).fit(matrix).score_samples(matrix))
        runs = [[]] + [["--contamination", part] for part in parts]
        found = [roc_auc_score(odd, scores(args.reparam.resolve(), matrix, flags)) for flags in runs]
        cells = "".join(f" {value:.3f} |" for value in found)
        shape = f"{len(matrix)} × {matrix.shape[1]}"
        print(f"| {path.stem} | {shape} | {odd.mean():.3f} | {forest:.3f} |{cells}", flush=True)


if __name__ == "__main__":
    main()
