"""Makes the files beside it, and what numpy finds in them: python3 make.py, in this folder."""

import json
import struct

import numpy as np

MASK = (1 << 64) - 1


def images():
    """24 rows of 8 numbers from a linear congruential generator, as float64."""
    state = 2
    rows = np.empty((24, 8))
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            state = (state * 6364136223846793005 + 1442695040888963407) & MASK
            rows[i, j] = (state >> 40) / 2**24 - 0.5
    rows[:, 0] -= 0.25
    rows[:, 1] += 0.5
    return rows


def bfloat16(x):
    """The nearest bfloat16 of each number, as its bits and as float64."""
    bits = np.asarray(x, dtype="<f4").view("<u4").astype(np.uint64)
    bits = ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")
    return bits, (bits.astype("<u4") << 16).view("<f4").astype(float)


def npy(name, array, version):
    with open(name, "wb") as out:
        np.lib.format.write_array(out, array, version=version)


def safetensors(name, tensors):
    """tensors: name -> (dtype, shape, bytes)"""
    header, offset = {"__metadata__": {"format": "np"}}, 0
    for key, (dtype, shape, data) in tensors.items():
        header[key] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(name, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values()))


def statistics(x):
    unit = np.asarray(x, dtype=float)
    unit = unit / np.linalg.norm(unit, axis=1, keepdims=True)
    mean = unit.mean(0)
    about = mean.astype(np.float32).astype(float)
    return {"mean": mean.tolist(), "trace": float(((unit - about) ** 2).sum(1).mean())}


rows = images()
f4, f2, f8 = rows.astype("<f4"), rows.astype("<f2"), rows.astype("<f8")
bits, b16 = bfloat16(rows)
npy("version1.npy", f4, (1, 0))
npy("version2.npy", f2, (2, 0))
npy("version3.npy", f8, (3, 0))
npy("fortran.npy", np.asfortranarray(f4), (1, 0))
npy("vector.npy", f4[0], (1, 0))
npy("integers.npy", np.arange(8).reshape(2, 4), (1, 0))
npy("bigendian.npy", rows.astype(">f4"), (1, 0))
nan = f4[:4].copy()
nan[2, 3] = np.nan
npy("nan.npy", nan, (1, 0))
zero = f4[:4].copy()
zero[3] = 0
npy("zero.npy", zero, (1, 0))
safetensors("float32.safetensors", {"embeddings": ("F32", f4.shape, f4.tobytes())})
safetensors(
    "several.safetensors",
    {
        "half": ("F16", f2.shape, f2.tobytes()),
        "brain": ("BF16", bits.shape, bits.tobytes()),
        "double": ("F64", f8.shape, f8.tobytes()),
        "ids": ("I64", (24, 1), np.arange(24, dtype="<i8").tobytes()),
        "mean": ("F64", (8,), f8.mean(0).tobytes()),
    },
)
expected = {"float32": statistics(f4), "float16": statistics(f2), "float64": statistics(f8), "bfloat16": statistics(b16)}
expected["vector"] = f8.mean(0).tolist()
with open("expected.json", "w") as out:
    json.dump(expected, out, indent=1)
    out.write("\n")
