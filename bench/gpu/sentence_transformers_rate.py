"""Captions a second of sentence-transformers in bfloat16, and what the device does in a plain matrix product.

usage: sentence_transformers_rate.py CAPTIONS.json TOKENIZER.json HIDDEN LAYERS INNER TOKENS_MAX

The model is a BERT of those sizes with random weights, since no rate depends on them, and runs on the first CUDA
device, or on the CPU where there is none. The best of several batch sizes counts. The last line that is printed is JSON.
"""

import json
import os
import pathlib
import sys
import tempfile
import time

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

BATCH_SIZES = (32, 128, 512)


def model(tokenizer, hidden, layers, inner, tokens_max, device):
    with tempfile.TemporaryDirectory() as folder:
        BertModel(
            BertConfig(hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=inner)
        ).save_pretrained(folder)
        PreTrainedTokenizerFast(
            tokenizer_file=tokenizer,
            model_max_length=tokens_max,
            unk_token="[UNK]",
            pad_token="[PAD]",
            cls_token="[CLS]",
            sep_token="[SEP]",
            mask_token="[MASK]",
        ).save_pretrained(folder)
        transformer = Transformer(folder, max_seq_length=tokens_max)
        return SentenceTransformer(modules=[transformer, Pooling(hidden)], device=device).bfloat16()


def captions_per_s(encoder, captions):
    best = 0.0
    for size in BATCH_SIZES:
        encoder.encode(captions[:size], batch_size=size)
        start = time.perf_counter()
        vectors = encoder.encode(captions, batch_size=size)
        best = max(best, len(vectors) / (time.perf_counter() - start))
    return best


def matmul_tflops():
    n = 8192
    a = torch.randn(n, n, device="cuda", dtype=torch.float16)
    b = torch.randn(n, n, device="cuda", dtype=torch.float16)
    for _ in range(3):
        a @ b
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(20):
        a @ b
    torch.cuda.synchronize()
    return 20 * 2 * n**3 / (time.perf_counter() - start) / 1e12


def main(captions, tokenizer, hidden, layers, inner, tokens_max):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder = model(tokenizer, int(hidden), int(layers), int(inner), int(tokens_max), device)
    figures = {"captions_per_s": captions_per_s(encoder, json.loads(pathlib.Path(captions).read_text()))}
    if device == "cuda":
        figures["matmul_tflops"] = matmul_tflops()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
