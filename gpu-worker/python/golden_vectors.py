"""The vectors that Python gives for some texts, as golden files of the tests of gpu-worker.

usage: golden_vectors.py FOLDER mean|cls TOKENS_MAX > golden.json

FOLDER holds model.onnx and tokenizer.json, as `./alicorn models pull` leaves them. Needs onnxruntime, tokenizers and
numpy. Each text is run alone.
"""

import base64
import json
import pathlib
import sys

import numpy as np
import onnxruntime
import tokenizers

TEXTS = [
    "A brown dog runs across a wet beach and chases a red ball.",
    "A dog the colour of chocolate sprints along the shore after a scarlet ball.",
    "The quarterly report lists revenue by region and by product line.",
    "Café crème à la française, “très bon” — naïve résumé №5 😀",
    "北京の寺院 with a golden roof; Ελλάδα ΟΔΟΣ, Привет!",
    " ".join(
        f"The photograph shows a crowded market street in the late afternoon, stall number {number}, "
        "with baskets of oranges and green apples."
        for number in range(24)
    ),
]


def main(folder, pooling, tokens_max):
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens_max)
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    names = {each.name for each in session.get_inputs()}
    cases = []
    for text in TEXTS:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (hidden,) = session.run(["last_hidden_state"], {name: inputs[name] for name in names})
        tokens = hidden[0].astype(np.float64)
        vector = tokens.mean(axis=0) if pooling == "mean" else tokens[0]
        vector = (vector / np.linalg.norm(vector)).astype("<f4")
        cases.append({"text": text, "vector": base64.b64encode(vector.tobytes()).decode()})
    made_with = (
        f"onnxruntime {onnxruntime.__version__} and tokenizers {tokenizers.__version__} in Python: "
        f"{pooling} pooling, unit length; vectors are base64 of little-endian float32"
    )
    json.dump({"made_with": made_with, "cases": cases}, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
