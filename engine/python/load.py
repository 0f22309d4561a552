"""Loads a dataset that was written in every format with each format's own loader.

load.py (arrays | libraries) FOLDER ROWS DTYPE SUM SHA256

`arrays` needs numpy and safetensors alone. SUM is that of all numbers of the pretrain set's vectors, rounded once; SHA256 is of
their little-endian bytes, row by row. The ids are 1 to ROWS.
"""

import hashlib
import json
import math
import pickle
import sys
from pathlib import Path

import numpy
import safetensors.numpy


def pickles(folder):
    for file in sorted(folder.glob("trainer/embeddings/*.pkl")):
        with file.open("rb") as opened:
            for row in pickle.load(opened):
                yield row["id"], row["embed"]


def named(file, rows):
    names = file.with_name(file.name.replace("embeddings-", "ids-")).with_suffix(".jsonl")
    lines = names.read_text("ascii").splitlines()
    assert len(lines) == len(rows), (names, len(lines), rows.shape)
    return zip((json.loads(line)["id"] for line in lines), rows)


def npy(folder, mode):
    for file in sorted(folder.glob("npy/*.npy")):
        yield from named(file, numpy.load(file, mmap_mode=mode))


def tensors(folder):
    for file in sorted(folder.glob("safetensors/*.safetensors")):
        yield from named(file, safetensors.numpy.load_file(file)["embeddings"])


def arrays(folder):
    yield "pickle", pickles(folder)
    yield "numpy.load", npy(folder, None)
    yield "numpy.load, mapped", npy(folder, "r")
    yield "safetensors", tensors(folder)


def shards(folder, glob):
    found = sorted(map(str, folder.glob(glob)))
    assert found, glob
    return found


def tars(folder):
    import webdataset

    for row in webdataset.WebDataset(shards(folder, "webdataset/pretrain-*.tar"), shardshuffle=False).decode():
        assert row["__key__"] == row["json"]["id"], row
        yield row["json"]["id"], row["npy"]


def arrow(folder):
    import pyarrow.dataset

    table = pyarrow.dataset.dataset(shards(folder, "data/pretrain-*.parquet")).to_table(columns=["id", "embedding"])
    for row in table.to_pylist():
        yield row["id"], row["embedding"]


def duck(folder):
    import duckdb

    return duckdb.sql(f"select id, embedding from read_parquet('{folder}/data/pretrain-*.parquet') order by id::bigint").fetchall()


def hub(builder, files):
    import datasets

    return datasets.load_dataset(builder, data_files=files, split="train")


def hub_parquet(folder):
    for row in hub("parquet", shards(folder, "data/pretrain-*.parquet")):
        yield row["id"], row["embedding"]


def hub_tars(folder):
    for row in hub("webdataset", shards(folder, "webdataset/pretrain-*.tar")):
        yield row["json"]["id"], row["npy"]


def libraries(folder):
    yield "webdataset", tars(folder)
    yield "pyarrow", arrow(folder)
    yield "duckdb", duck(folder)
    yield "datasets, parquet", hub_parquet(folder)
    yield "datasets, webdataset", hub_tars(folder)


def conversations(folder):
    """Both sets are the same for trainers, as JSON lines and in tars."""
    import webdataset

    for name in ("pretrain", "instruct"):
        written = json.loads((folder / f"trainer/{name}.json").read_text("ascii"))
        assert written
        assert list(hub("json", [f"{folder}/jsonl/{name}.jsonl"])) == written, name
        tarred = webdataset.WebDataset(shards(folder, f"webdataset/{name}-*.tar"), shardshuffle=False).decode()
        assert [row["json"] for row in tarred] == written, name


def check(name, loaded, rows, dtype, total, sha256):
    ids, vectors = zip(*loaded)
    assert ids == tuple(map(str, range(1, rows + 1))), (name, ids)
    if isinstance(vectors[0], numpy.ndarray):
        assert {vector.dtype for vector in vectors} == {numpy.dtype(dtype)}, name
    matrix = numpy.array(vectors, dtype)
    assert math.fsum(matrix.astype("f8").ravel()) == total, name
    assert hashlib.sha256(matrix.tobytes()).hexdigest() == sha256, name
    print(f"{name}: {matrix.shape} {matrix.dtype}")


def main(what, folder, rows, dtype, total, sha256):
    print(f"numpy {numpy.__version__}")
    folder = Path(folder)
    for name, loaded in {"arrays": arrays, "libraries": libraries}[what](folder):
        check(name, loaded, int(rows), dtype, float(total), sha256)
    if what == "libraries":
        conversations(folder)


main(*sys.argv[1:])
