"""The largest difference of any value between two folders of pickled embeddings: `ONE OTHER`; ids and shapes must agree."""

import json
import pickle
import sys
from pathlib import Path

import numpy as np


def rows_of(file: Path) -> list[dict]:
    with open(file, "rb") as pickled:
        return pickle.load(pickled)


def difference(one: Path, other: Path) -> float:
    most = 0.0
    for row, beside in zip(rows_of(one), rows_of(other), strict=True):
        if row["id"] != beside["id"] or row["embed"].shape != beside["embed"].shape:
            sys.exit(f"{one} has {row['id']} where {other} has {beside['id']}, or of another shape")
        most = max(most, float(np.max(np.abs(row["embed"] - beside["embed"]))))
    return most


if __name__ == "__main__":
    one, other = (Path(argument) for argument in sys.argv[1:])
    names = sorted(file.name for file in one.glob("*.pkl"))
    if not names or names != sorted(file.name for file in other.glob("*.pkl")):
        sys.exit(f"{one} and {other} do not hold the same files")
    print(json.dumps({"difference": max(difference(one / name, other / name) for name in names)}))
