"""The mean shift of pickled embeddings by the paper's authors' method, with each row scaled to length 1: `FROM TO`.

Each file is a list, loaded whole, gone through row by row: once for the mean, once to be shifted and pickled again.
Prints seconds and processor seconds as one line of JSON.
"""

import json
import pickle
import sys
import time
from pathlib import Path

import numpy as np


def rows_of(file: Path) -> list[dict]:
    with open(file, "rb") as pickled:
        return pickle.load(pickled)


def mean_of(files: list[Path]) -> np.ndarray:
    total = None
    count = 0
    for file in files:
        for row in rows_of(file):
            embed = row["embed"].astype(np.float64)
            total = embed if total is None else total + embed
            count += 1
    return total / count


def shift(file: Path, mean: np.ndarray, target: Path) -> None:
    rows = rows_of(file)
    for row in rows:
        shifted = row["embed"] - mean
        row["embed"] = (shifted / np.linalg.norm(shifted)).astype(np.float32)
    with open(target / file.name, "wb") as pickled:
        pickle.dump(rows, pickled)


if __name__ == "__main__":
    source, target = (Path(argument) for argument in sys.argv[1:])
    target.mkdir()
    cpu = time.process_time()
    start = time.perf_counter()
    files = sorted(source.glob("*.pkl"))
    mean = mean_of(files)
    for file in files:
        shift(file, mean, target)
    print(json.dumps({"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - cpu}))
