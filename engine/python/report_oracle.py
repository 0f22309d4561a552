"""Writes a dataset and the figures that a report must find in it, computed with numpy by their definitions.

report_oracle.py FOLDER (mean-shift | re-align | none)

FOLDER gets trainer/*.json, npy/*, transfer.safetensors and manifest.json; FOLDER.json beside it gets the figures.
"""

import collections
import itertools
import json
import math
import sys
from pathlib import Path

import numpy
import safetensors.numpy

CAPTIONS, DIMENSION, NEIGHBOURS = 400, 48, 20


def captions(random):
    words = [f"word{i}" for i in range(500)] + ["A", "a", "The", "the"]
    chances = 1 / numpy.arange(1, len(words) + 1)
    chances /= chances.sum()
    texts = [" ".join(random.choice(words, random.integers(5, 160), p=chances)) for _ in range(CAPTIONS)]
    texts[-1] = texts[0]
    texts[-2] = texts[1]
    return texts


def pairs(random):
    options = [["red", "blue", "a long one", "green"], ["x", "x", "yy", "z"], ["one", "two", "six", "ten"]]
    for _ in range(random.integers(2, 9)):
        if random.random() < 0.6:
            chosen = options[random.integers(len(options))]
            letter = "ABCD"[random.choice(4, p=[0.2, 0.5, 0.2, 0.1])]
            yield "Which one is it?\n" + "\n".join(f"{k}: {v}" for k, v in zip("ABCD", chosen)), letter, chosen
        else:
            yield "Is it so?", str(random.choice(["Yes, it is.", "No, it is not.", "It may be so."])), None


def unit(rows):
    return rows / numpy.linalg.norm(rows, axis=-1, keepdims=True)


def moved(method, raw, image):
    mean = raw.mean(axis=0)
    if method == "none":
        return raw, {}, {}
    if method == "mean-shift":
        return unit(raw - mean), {"mu_text": mean}, {}
    mu_image = image.mean(axis=0)
    scale = math.sqrt((1 - mu_image @ mu_image) / (1 - mean @ mean))
    h = unit((raw - mean) * scale + mu_image)
    mu_hat = h.mean(axis=0)
    statistics = {"mu_text": mean, "mu_image": mu_image, "mu_hat": mu_hat[None]}
    return unit(h - mu_hat + mu_image), statistics, {"scale": scale}


def text_figures(texts):
    tokens = [text.split() for text in texts]
    lengths = numpy.sort([len(words) for words in tokens])
    ratios, entropies = [], []
    for words in tokens:
        shares = numpy.array(list(collections.Counter(words).values())) / len(words)
        ratios.append(len(shares) / len(words))
        entropies.append(-(shares * numpy.log2(shares)).sum())
    figures = {
        "caption_count": len(texts),
        "words_mean": lengths.mean(),
        "words_min": lengths[0],
        "words_p1": numpy.quantile(lengths, 0.01, method="inverted_cdf"),
        "words_p50": numpy.quantile(lengths, 0.5, method="inverted_cdf"),
        "words_p99": numpy.quantile(lengths, 0.99, method="inverted_cdf"),
        "words_max": lengths[-1],
        "ttr": numpy.mean(ratios),
        "entropy": numpy.mean(entropies),
        "exact_duplicates": 1 - len(set(texts)) / len(texts),
    }
    for n in (1, 2, 3):
        runs = [run for words in tokens for run in zip(*(words[i:] for i in range(n)))]
        figures[f"distinct_{n}"] = len(set(runs)) / len(runs)
    return figures


def pair_figures(samples):
    every = list(itertools.chain.from_iterable(samples))
    choices = [(letter, options) for _, letter, options in every if options]
    letters = numpy.array([sum(letter == "ABCD"[i] for letter, _ in choices) for i in range(4)])
    statistic = ((letters - letters.sum() / 4) ** 2 / (letters.sum() / 4)).sum()
    longest = [(letter, options) for letter, options in choices if sorted(map(len, options))[-2] < max(map(len, options))]
    answers = [answer for _, answer, options in every if not options]
    yes, no = (sum(answer.startswith(word) for answer in answers) for word in ("Yes", "No"))
    return {
        "sample_count": len(samples),
        "pair_count": len(every),
        "pairs_mean": len(every) / len(samples),
        "choice_count": len(choices),
        "letter_skew": abs(letters / letters.sum() - 0.25).max(),
        "letter_p": math.erfc(math.sqrt(statistic / 2)) + math.sqrt(2 * statistic / math.pi) * math.exp(-statistic / 2),
        "longest_right": numpy.mean([len(options["ABCD".index(letter)]) == max(map(len, options)) for letter, options in longest]),
        "four_distinct": numpy.mean([len(set(options)) == 4 for _, options in choices]),
        "yes_no": (yes + no) / len(every),
        "yes": yes / (yes + no),
    }


def entropy_exp(values):
    shares = values[values > 0] / values[values > 0].sum()
    return math.exp(-(shares * numpy.log(shares)).sum())


def spectrum(rows):
    return numpy.linalg.eigvalsh(numpy.cov(rows.T, bias=True))


def cosines(rows):
    matrix = unit(rows) @ unit(rows).T
    return matrix, matrix[~numpy.eye(len(rows), dtype=bool)]


def neighbours(matrix):
    return numpy.argsort(-(matrix - 9 * numpy.eye(len(matrix))), axis=1)[:, :NEIGHBOURS]


def vector_figures(raw, out, image):
    values = spectrum(out)
    before, pairs_before = cosines(raw)
    after, pairs_after = cosines(out)
    shared = [len(set(a) & set(b)) for a, b in zip(neighbours(before), neighbours(after))]
    figures = {
        "vector_count": len(out),
        "mean_length_before": numpy.linalg.norm(raw.mean(axis=0)),
        "mean_length": numpy.linalg.norm(out.mean(axis=0)),
        "trace_before": 1 - numpy.linalg.norm(raw.mean(axis=0)) ** 2,
        "trace": values.sum(),
        "rank_before": entropy_exp(spectrum(raw)),
        "rank": entropy_exp(values),
        "effective_dimension": values.sum() ** 2 / (values**2).sum(),
        "anisotropy": values.max() / values.mean(),
        "vendi": entropy_exp(numpy.linalg.eigvalsh(after / len(after))),
        "cosine_before": pairs_before.mean(),
        "cosine": pairs_after.mean(),
        "phi": (unit(raw) * unit(out)).sum(axis=1).mean(),
        "psi": numpy.corrcoef(pairs_before, pairs_after)[0, 1],
        "omega": numpy.mean(shared) / NEIGHBOURS,
    }
    if image is not None:
        figures["gap_before"] = numpy.linalg.norm(image.mean(axis=0) - raw.mean(axis=0))
        figures["gap"] = numpy.linalg.norm(image.mean(axis=0) - out.mean(axis=0))
    return figures


def main(folder, method):
    random = numpy.random.default_rng(7)
    folder = Path(folder)
    for name in ("trainer", "npy"):
        (folder / name).mkdir(parents=True)
    texts = captions(random)
    samples = [list(pairs(random)) for _ in range(CAPTIONS // 2)]
    spread = numpy.exp(-numpy.arange(DIMENSION) / 9)
    raw = unit(random.normal(size=(CAPTIONS, DIMENSION)) * spread + 0.15)
    image = unit(random.normal(size=(CAPTIONS, DIMENSION)) * spread[::-1] - 0.1)
    out, statistics, parameters = moved(method, raw, image)

    def row(number, turns):
        return {"id": str(number), "caption": texts[number - 1], "conversations": turns}

    def turn(human, answer):
        return [{"from": "human", "value": human}, {"from": "gpt", "value": answer}]

    pretrain = [row(i, turn("<image>\nDescribe it.", texts[i - 1])) for i in range(1, CAPTIONS + 1)]
    instruct = [
        row(2 * i + 2, [t for j, (q, a, _) in enumerate(sample) for t in turn(("" if j else "<image>\n") + q, a)])
        for i, sample in enumerate(samples)
    ]
    (folder / "trainer/pretrain.json").write_text(json.dumps(pretrain))
    (folder / "trainer/instruct.json").write_text(json.dumps(instruct))
    numpy.save(folder / "npy/embeddings-00000-of-00001.npy", out.astype("float32"))
    ids = [json.dumps({"id": str(i)}) for i in range(1, CAPTIONS + 1)]
    (folder / "npy/ids-00000-of-00001.jsonl").write_text("\n".join(ids) + "\n")
    if statistics:
        safetensors.numpy.save_file({name: numpy.ascontiguousarray(value) for name, value in statistics.items()}, folder / "transfer.safetensors")
    transfer = {"method": method, "normalised": True, **parameters}
    (folder / "manifest.json").write_text(json.dumps({"job": {"name": method}, "transfer": transfer}))
    anchored = image if method == "re-align" else None
    figures = text_figures(texts) | pair_figures(samples) | vector_figures(raw, out, anchored)
    folder.with_suffix(".json").write_text(json.dumps({name: float(value) for name, value in figures.items()}))


main(*sys.argv[1:])
