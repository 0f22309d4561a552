"""Writes clean datasets and copies with one fault each, by the libraries that others write theirs with.

plant.py FOLDER

FOLDER/clean/NAME holds the clean ones: each format alone, all of them with a manifest, and the layout that the paper's authors
published. FOLDER/planted/NAME holds one with a fault. FOLDER/faults.json says of each fault where it lies and which check is to
find it: [{"name", "format", "check", "file", "row", "id"}, …], row 0 being the file as a whole.
"""

import copy
import hashlib
import io
import json
import os
import pickle
import shutil
import struct
import sys
import tarfile
import types
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet
import safetensors.numpy

ROWS = 60
SHARDS = 3
DIMENSION = 16
IMAGE = "<image>"


class Data:
    """The rows of a dataset, and what each is going to be written with."""

    def __init__(self, rows=ROWS, unit=True):
        random = numpy.random.default_rng(7)
        raw = random.normal(size=(rows, DIMENSION)) + 3 * (numpy.arange(DIMENSION) == 0)
        raw /= numpy.linalg.norm(raw, axis=1, keepdims=True)
        self.raw = raw.astype("f4")
        moved = raw - raw.mean(axis=0)
        self.unit = (moved / numpy.linalg.norm(moved, axis=1, keepdims=True)).astype("f4")
        ids = [str(910000 + n) for n in range(1, rows + 1)]
        self.vectors = [[id, vector] for id, vector in zip(ids, self.unit if unit else moved.astype("f4"))]
        self.pretrain = [
            row(id, n, ("human", f"Describe it.\n{IMAGE}" if n % 2 else f"{IMAGE}\nDescribe it."), ("gpt", caption(n)))
            for n, id in enumerate(ids)
        ]
        self.instruct = [conversation(id, n) for n, id in enumerate(ids) if n % 3 == 0]

    def turns(self, index):
        return self.instruct[index]["conversations"]


def caption(n):
    return f"A small blue boat, number {n}, lies on wet sand; a café 🚤 stands behind it."


def row(id, n, *turns):
    return {"id": id, "caption": caption(n), "conversations": [{"from": side, "value": value} for side, value in turns]}


def conversation(id, n):
    if n % 2:
        return row(id, n, ("human", f"{IMAGE}\nWhat lies there?"), ("gpt", "A boat."), ("human", "Why?"), ("gpt", "The tide is out."))
    return row(
        id,
        n,
        ("human", f"{IMAGE}\nWhich colour is the boat?\nA: red\nB: blue\nC: green\nD: white"),
        ("gpt", "B"),
        ("human", "How many masts has it?\nA: one\nB: two\nC: three\nD: none"),
        ("gpt", "D"),
    )


# Writers, one a format.


def open_new(path, mode="wb"):
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open(mode, **({} if "b" in mode else {"encoding": "utf-8", "newline": "\n"}))


def shards(rows, ending, count=SHARDS):
    size = -(-len(rows) // count)
    for n in range(count):
        yield f"{n:05}-of-{count:05}{ending}", rows[n * size : (n + 1) * size]


def pickled(path, rows, protocol=4):
    with open_new(path) as file:
        pickle.dump([{"id": id, "embed": vector} for id, vector in rows], file, protocol)


def trainer(folder, data):
    for name in ("pretrain", "instruct"):
        with open_new(folder / f"trainer/{name}.json", "w") as file:
            json.dump(getattr(data, name), file, indent=1)
    for n, (label, rows) in enumerate(shards(data.vectors, ".pkl")):
        pickled(folder / f"trainer/embeddings/embeddings-{label}", rows, 3 + n % 3)


def authors(folder, data):
    """Names and folders that are not ours, and nothing that says which file is what."""
    for name, rows in (("open_domain_1M.json", data.pretrain), ("tuning/tasks.json", data.instruct)):
        with open_new(folder / name, "w") as file:
            json.dump(rows, file)
    for n, (label, rows) in enumerate(shards(data.vectors, ".pkl", 2)):
        with open_new(folder / f"moved_vectors/chunk_{n}.pkl") as file:
            pickle.dump([{"id": id, "caption": "a text", "embed": vector} for id, vector in rows], file)


def table(rows, vectors, task):
    known = dict(vectors)
    turn = pyarrow.struct([("from", pyarrow.string()), ("value", pyarrow.string())])
    columns = {
        "id": pyarrow.array([one["id"] for one in rows], pyarrow.string()),
        "caption": pyarrow.array([one["caption"] for one in rows], pyarrow.string()),
        "conversations": pyarrow.array([one["conversations"] for one in rows], pyarrow.list_(turn)),
        "embedding": pyarrow.array(
            [None if known.get(one["id"]) is None else list(map(float, known[one["id"]])) for one in rows],
            pyarrow.list_(pyarrow.float32()),
        ),
    }
    if task:
        columns["task"] = pyarrow.array(["multiple_choice" for _ in rows])
    return pyarrow.table(columns)


def parquet(folder, data, compression="zstd"):
    for name in ("pretrain", "instruct"):
        for label, rows in shards(getattr(data, name), ".parquet", 2):
            path = folder / f"data/{name}-{label}"
            path.parent.mkdir(parents=True, exist_ok=True)
            written = table(rows, data.vectors, name == "instruct")
            pyarrow.parquet.write_table(written, path, compression=compression, row_group_size=13)


def jsonl(folder, data):
    for name in ("pretrain", "instruct"):
        with open_new(folder / f"jsonl/{name}.jsonl", "w") as file:
            for one in getattr(data, name):
                file.write(json.dumps(one) + "\n")


def npy_bytes(vector):
    out = io.BytesIO()
    numpy.save(out, vector)
    return out.getvalue()


def member(tar, name, content):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def members(rows, vectors):
    known = dict(vectors)
    for one in rows:
        yield f"{one['id']}.json", json.dumps(one).encode()
        if one["id"] in known:
            yield f"{one['id']}.npy", npy_bytes(known[one["id"]])


def webdataset(folder, data):
    for name in ("pretrain", "instruct"):
        for label, rows in shards(getattr(data, name), ".tar", 2):
            with open_new(folder / f"webdataset/{name}-{label}") as file, tarfile.open(fileobj=file, mode="w") as tar:
                for entry in members(rows, data.vectors):
                    member(tar, *entry)


def named(path, rows, captions):
    with open_new(path, "w") as file:
        for id, _ in rows:
            file.write(json.dumps({"id": id, "caption": captions[id]}) + "\n")


def matrix(folder, data, ending, save):
    captions = {one["id"]: one["caption"] for one in data.pretrain}
    for label, rows in shards(data.vectors, "", 2):
        path = folder / f"{ending}/embeddings-{label}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        save(numpy.array([vector for _, vector in rows]), path)
        named(folder / f"{ending}/ids-{label}.jsonl", rows, captions)


def tensors(folder, data):
    matrix(folder, data, "safetensors", lambda rows, path: safetensors.numpy.save_file({"embeddings": rows}, path))


def npy(folder, data):
    matrix(folder, data, "npy", lambda rows, path: numpy.save(path, rows))


def manifest(folder, data, change=lambda manifest: None):
    (folder / "README.md").write_text("# A dataset\n", encoding="ascii")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    said = {
        "encoder": {"name": "toy", "dimension": DIMENSION, "image_tower": True},
        "transfer": {"method": "mean-shift", "normalised": True},
        "vectors": {"dimension": DIMENSION, "precision": "float32"},
        "rows": {"pretrain": len(data.pretrain), "instruct": len(data.instruct)},
        "outcomes": {
            "captions": {"exported": len(data.pretrain), "rejected(too_short)": 3},
            "samples": {"exported": len(data.instruct)},
        },
        "ladder": {"as_asked": len(data.instruct) - 2, "repaired": 2, "reasked": 0, "quarantined": 1},
        "files": [
            {
                "path": path.relative_to(folder).as_posix(),
                "length": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in files
        ],
    }
    change(said)
    with open_new(folder / "manifest.json", "w") as file:
        json.dump(said, file, indent=2)


def whole(folder, data):
    trainer(folder, data)
    manifest(folder, data)


def every(folder, data):
    for write in (trainer, parquet, jsonl, webdataset, tensors, npy):
        write(folder, data)
    manifest(folder, data)


def without_vectors(folder, data):
    data.vectors = []
    jsonl(folder, data)
    webdataset(folder, data)


def half_precision(folder, data):
    """Two formats in float32, and two of the same vectors in float16."""
    trainer(folder, data)
    tensors(folder, data)
    data.vectors = [[id, vector.astype("f2")] for id, vector in data.vectors]
    npy(folder, data)
    webdataset(folder, data)


LAYOUTS = {
    "trainer": trainer,
    "authors": authors,
    "parquet": parquet,
    "jsonl": jsonl,
    "webdataset": webdataset,
    "safetensors": tensors,
    "npy": npy,
    "manifest": whole,
    "all": every,
    "text": without_vectors,
    "half": half_precision,
}

# Faults. A function takes the rows before they are written, or the folder afterwards.

FAULTS = []
INSTRUCT = "trainer/instruct.json"
PRETRAIN = "trainer/pretrain.json"
SHARD = "trainer/embeddings/embeddings-00001-of-00003.pkl"
MORE = "trainer/embeddings/more.pkl"
ID = "910007"  # of the third instruct row, index 2


def planted(check, layout="trainer", file=INSTRUCT, row=3, id=ID, data=Data):
    def register(function):
        FAULTS.append((function.__name__, check, layout, file, row, id, data, "rows", function))
        return function

    return register


def damaged(check, layout, file, row=0, id="", data=Data):
    def register(function):
        FAULTS.append((function.__name__, check, layout, file, row, id, data, "files", function))
        return function

    return register


# Conversations.


@planted("image_missing")
def no_image(data):
    data.turns(2)[0]["value"] = data.turns(2)[0]["value"].replace(IMAGE + "\n", "")


@planted("image_twice")
def image_twice(data):
    data.turns(2)[0]["value"] += f" {IMAGE}"


@planted("image_misplaced")
def image_in_the_second_question(data):
    no_image(data)
    data.turns(2)[2]["value"] = f"{IMAGE}\n" + data.turns(2)[2]["value"]


@planted("image_in_answer", row=2, id="910004")
def image_in_an_answer(data):
    data.turns(1)[1]["value"] = f"The {IMAGE} shows a boat."


@planted("unknown_role")
def role_of_another_trainer(data):
    data.turns(2)[0]["from"] = "user"


@planted("first_turn_not_human")
def gpt_begins(data):
    data.turns(2).insert(0, {"from": "gpt", "value": "Hello."})


@planted("turns_not_alternating")
def two_humans_in_a_row(data):
    data.turns(2).insert(1, {"from": "human", "value": "Please."})


@planted("last_turn_human")
def question_without_answer(data):
    data.turns(2).append({"from": "human", "value": "And then?"})


@planted("not_two_turns", file=PRETRAIN, row=5, id="910005")
def pretrain_of_four_turns(data):
    data.pretrain[4]["conversations"] += [{"from": "human", "value": "Really?"}, {"from": "gpt", "value": "Yes."}]


@planted("empty_value")
def empty_answer(data):
    data.turns(2)[3]["value"] = " \n"


@planted("empty_value")
def image_without_question(data):
    data.turns(2)[0]["value"] = f"{IMAGE}\n"


@planted("reserved_text", file=PRETRAIN, row=5, id="910005")
def marker_of_the_assistant(data):
    data.pretrain[4]["conversations"][1]["value"] = "A boat. ASSISTANT: no"


@planted("reserved_text", file=PRETRAIN, row=5, id="910005")
def end_of_text(data):
    data.pretrain[4]["conversations"][1]["value"] = "A boat.<|end_of_text|>"


@planted("lone_surrogate", file=PRETRAIN, row=5, id="910005")
def half_a_character(data):
    data.pretrain[4]["conversations"][1]["value"] = "A boat \ud83d."


@planted("too_long", file=PRETRAIN, row=5, id="910005")
def longer_than_the_context(data):
    data.pretrain[4]["conversations"][1]["value"] = "boat " * 1200


@planted("not_four_options")
def three_options(data):
    data.turns(2)[0]["value"] = data.turns(2)[0]["value"].replace("\nD: white", "")


@planted("not_four_options")
def options_that_skip_a_letter(data):
    data.turns(2)[0]["value"] = data.turns(2)[0]["value"].replace("\nD: ", "\nE: ")


@planted("answer_not_a_letter")
def answer_in_words(data):
    data.turns(2)[1]["value"] = "B: blue"


@planted("answer_not_a_letter")
def answer_that_is_no_option(data):
    data.turns(2)[1]["value"] = "E"


# Ids.


@planted("bad_id", id="0")
def id_zero(data):
    data.instruct[2]["id"] = "0"


@planted("bad_id", id="")
def id_empty(data):
    data.instruct[2]["id"] = ""


@planted("bad_id")
def id_number(data):
    data.instruct[2]["id"] = int(ID)


@planted("duplicate_id", row=4)
def id_twice(data):
    data.instruct[3] = data.instruct[2]


@planted("no_embedding", id="5")
def id_without_embedding(data):
    data.instruct[2]["id"] = "5"


@planted("no_embedding", file=PRETRAIN, row=5, id="910005")
def embedding_that_is_missing(data):
    del data.vectors[4]


@planted("no_embedding", layout="authors", file="tuning/tasks.json", id="5")
def authors_id_without_embedding(data):
    data.instruct[2]["id"] = "5"


@planted("no_caption", id="5")
def instruction_on_no_caption(data):
    data.vectors.append(["5", data.unit[2]])
    data.instruct[2]["id"] = "5"


# The JSON of trainers.


def rewrite(path, change):
    path.write_bytes(change(path.read_bytes()))


@damaged("not_ascii", "trainer", INSTRUCT, 1, "910001")
def json_in_utf8(folder):
    rewrite(folder / INSTRUCT, lambda text: json.dumps(json.loads(text), ensure_ascii=False).encode())


@damaged("not_an_array", "trainer", INSTRUCT)
def json_lines_named_json(folder):
    rewrite(folder / INSTRUCT, lambda text: "\n".join(map(json.dumps, json.loads(text))).encode())


@damaged("malformed_json", "trainer", INSTRUCT, 20)
def json_cut(folder):
    rewrite(folder / INSTRUCT, lambda text: text[:-30])


@damaged("malformed_json", "trainer", INSTRUCT, 20)
def two_arrays_in_a_file(folder):
    rewrite(folder / INSTRUCT, lambda text: text + b"[]")


@planted("malformed_row")
def row_without_conversation(data):
    del data.instruct[2]["conversations"]


@planted("malformed_row")
def turn_without_value(data):
    data.turns(2)[1]["value"] = None


# Pickles.


@planted("not_finite", file=SHARD, row=2, id="910022")
def nan(data):
    data.vectors[21][1] = data.unit[21].copy()
    data.vectors[21][1][3] = numpy.nan


@planted("not_finite", file=SHARD, row=2, id="910022")
def infinity(data):
    data.vectors[21][1] = data.unit[21].copy()
    data.vectors[21][1][3] = -numpy.inf


@planted("malformed_embedding", file=SHARD, row=2, id="910022")
def list_for_an_array(data):
    data.vectors[21][1] = data.unit[21].tolist()


class Tensor:
    def __reduce__(self):
        torch = types.ModuleType("torch._utils")

        def _rebuild_tensor_v2(*_):
            raise AssertionError

        _rebuild_tensor_v2.__module__ = "torch._utils"
        _rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
        torch._rebuild_tensor_v2 = _rebuild_tensor_v2
        sys.modules["torch"] = types.ModuleType("torch")
        sys.modules["torch._utils"] = torch
        return _rebuild_tensor_v2, (0, (DIMENSION,), (1,), False)


class Command:
    def __reduce__(self):
        return os.system, ("true",)


@planted("unsafe_pickle", file=SHARD, row=0, id="")
def tensor_for_an_array(data):
    data.vectors[21][1] = Tensor()


@planted("unsafe_pickle", file=SHARD, row=0, id="")
def pickle_that_runs_a_command(data):
    data.vectors[21][1] = Command()


@damaged("damaged_pickle", "trainer", SHARD)
def pickle_cut(folder):
    rewrite(folder / SHARD, lambda pickle: pickle[:-100])


@damaged("malformed_embedding", "trainer", SHARD)
def dict_for_a_list(folder):
    data = pickle.loads((folder / SHARD).read_bytes())
    (folder / SHARD).write_bytes(pickle.dumps({one["id"]: one["embed"] for one in data}))


@planted("wrong_number_type", file=SHARD, row=2, id="910022")
def float64(data):
    data.vectors[21][1] = data.unit[21].astype("f8")


@planted("wrong_number_type", file=SHARD, row=2, id="910022")
def big_endian(data):
    data.vectors[21][1] = data.unit[21].astype(">f4")


@planted("wrong_dimension", file=SHARD, row=2, id="910022")
def row_of_a_matrix(data):
    data.vectors[21][1] = data.unit[21:22]


@planted("wrong_dimension", file=SHARD, row=2, id="910022")
def vector_of_another_encoder(data):
    data.vectors[21][1] = numpy.ones(8, "f4") / 8**0.5


@planted("not_normalised", file=SHARD, row=2, id="910022")
def vector_without_unit_length(data):
    data.vectors[21][1] = data.unit[21] * numpy.float32(3)


@planted("not_normalised", file=SHARD, row=0, id="", data=lambda: Data(unit=False))
def shard_normalised_alone(data):
    for n in range(20, 40):
        data.vectors[n][1] = data.unit[n]


@planted("shifted_differently", file=SHARD, row=0, id="", data=lambda: Data(rows=1800))
def shard_shifted_differently(data):
    for n in range(600, 1200):
        data.vectors[n][1] = data.raw[n]


@damaged("duplicate_id", "trainer", MORE, 1, ID)
def embedding_twice(folder):
    pickled(folder / MORE, [[ID, Data().unit[6]]])


@damaged("bad_id", "trainer", MORE, 1)
def embedding_of_id_zero(folder):
    pickled(folder / MORE, [["0", Data().unit[6]]])


# Parquet.

PARQUET = "data/pretrain-00001-of-00002.parquet"


@planted("image_missing", "parquet", "data/instruct-00000-of-00002.parquet")
def parquet_without_image(data):
    no_image(data)


@planted("null_value", "parquet", PARQUET, 1, "910031")
def parquet_null_caption(data):
    data.pretrain[30]["caption"] = None


@planted("null_value", "parquet", PARQUET, 1, "")
def parquet_null_id(data):
    data.instruct = [one for one in data.instruct if one["id"] != "910031"]
    data.pretrain[30]["id"] = None
    data.vectors[30][0] = None


@planted("null_value", "parquet", PARQUET, 2, "910032")
def parquet_null_conversation(data):
    data.pretrain[31]["conversations"] = None


@planted("null_value", "parquet", PARQUET, 2, "910032")
def parquet_null_embedding(data):
    data.vectors[31][1] = None


@planted("wrong_dimension", "parquet", PARQUET, 2, "910032")
def parquet_ragged_embedding(data):
    data.vectors[31][1] = numpy.ones(8, "f4") / 8**0.5


@damaged("damaged_parquet", "parquet", PARQUET)
def parquet_cut(folder):
    rewrite(folder / PARQUET, lambda file: file[:-50])


@damaged("damaged_parquet", "parquet", PARQUET)
def parquet_page_damaged(folder):
    chunk = pyarrow.parquet.ParquetFile(folder / PARQUET).metadata.row_group(0).column(1)
    assert chunk.path_in_schema == "caption"
    place = chunk.data_page_offset + 60

    rewrite(folder / PARQUET, lambda file: file[:place] + bytes(64) + file[place + 64 :])


@damaged("missing_column", "parquet", PARQUET)
def parquet_without_conversations(folder):
    pyarrow.parquet.write_table(pyarrow.parquet.ParquetFile(folder / PARQUET).read().drop_columns("conversations"), folder / PARQUET)


# JSON lines.


@damaged("malformed_json", "jsonl", "jsonl/pretrain.jsonl", 7)
def jsonl_broken_line(folder):
    rewrite(folder / "jsonl/pretrain.jsonl", lambda text: b"\n".join(line[: -3 if n == 6 else None] for n, line in enumerate(text.split(b"\n"))))


@planted("unknown_role", "jsonl", "jsonl/instruct.jsonl")
def jsonl_role_of_another_trainer(data):
    role_of_another_trainer(data)


@planted("duplicate_id", "jsonl", "jsonl/instruct.jsonl", 4)
def jsonl_id_twice(data):
    id_twice(data)


# Tars.

TAR = "webdataset/pretrain-00001-of-00002.tar"


def retar(folder, change):
    with tarfile.open(folder / TAR) as tar:
        entries = [(entry.name, tar.extractfile(entry).read()) for entry in tar]
    with tarfile.open(folder / TAR, "w") as tar:
        for entry in change(entries):
            member(tar, *entry)


@damaged("no_embedding", "webdataset", TAR, 2, "910032")
def tar_without_a_vector(folder):
    retar(folder, lambda entries: [entry for entry in entries if entry[0] != "910032.npy"])


@damaged("member_missing", "webdataset", TAR, 2, "910032")
def tar_without_a_conversation(folder):
    with tarfile.open(folder / "webdataset/instruct-00000-of-00002.tar") as tar:
        assert "910032.json" not in tar.getnames()
    retar(folder, lambda entries: [entry for entry in entries if entry[0] != "910032.json"])


@damaged("members_apart", "webdataset", TAR, 31, "910032")
def tar_members_apart(folder):
    def apart(entries):
        moved = [entry for entry in entries if entry[0] == "910032.npy"]
        return [entry for entry in entries if entry not in moved] + moved

    retar(folder, apart)


@damaged("bad_key", "webdataset", TAR, 31, "")
def tar_key_with_a_dot(folder):
    retar(folder, lambda entries: entries + [("a.b.json", entries[0][1]), ("a.b.npy", entries[1][1])])


@damaged("malformed_json", "webdataset", TAR, 2, "910032")
def tar_broken_json(folder):
    retar(folder, lambda entries: [(name, content[: -3 if name == "910032.json" else None]) for name, content in entries])


@damaged("wrong_number_type", "webdataset", TAR, 2, "910032")
def tar_big_endian(folder):
    def turned(name, content):
        return npy_bytes(numpy.load(io.BytesIO(content)).astype(">f4")) if name == "910032.npy" else content

    retar(folder, lambda entries: [(name, turned(name, content)) for name, content in entries])


@damaged("damaged_tar", "webdataset", TAR)
def tar_cut(folder):
    rewrite(folder / TAR, lambda file: file[:20000])


# Matrices.

TENSORS = "safetensors/embeddings-00001-of-00002.safetensors"
NPY = "npy/embeddings-00001-of-00002.npy"


@damaged("damaged_safetensors", "safetensors", TENSORS)
def safetensors_cut(folder):
    rewrite(folder / TENSORS, lambda file: file[:-8])


@damaged("damaged_safetensors", "safetensors", TENSORS)
def safetensors_with_a_gap(folder):
    def gap(file):
        (length,) = struct.unpack("<Q", file[:8])
        header = json.loads(file[8 : 8 + length])
        header["embeddings"]["data_offsets"] = [offset + 4 for offset in header["embeddings"]["data_offsets"]]
        text = json.dumps(header).encode()
        return struct.pack("<Q", len(text)) + text + bytes(4) + file[8 + length :]

    rewrite(folder / TENSORS, gap)


@damaged("wrong_number_type", "safetensors", TENSORS)
def safetensors_of_integers(folder):
    safetensors.numpy.save_file({"embeddings": numpy.zeros((30, DIMENSION), "i4")}, folder / TENSORS)


@damaged("ids_count", "safetensors", TENSORS)
def safetensors_with_an_id_less(folder):
    rewrite(folder / "safetensors/ids-00001-of-00002.jsonl", lambda text: text[: text[:-1].rindex(b"\n") + 1])


@damaged("ids_missing", "safetensors", TENSORS)
def safetensors_without_ids(folder):
    (folder / "safetensors/ids-00001-of-00002.jsonl").unlink()


@damaged("wrong_order", "npy", NPY)
def npy_in_the_order_of_fortran(folder):
    numpy.save(folder / NPY, numpy.asfortranarray(numpy.load(folder / NPY)))


@damaged("wrong_number_type", "npy", NPY)
def npy_big_endian(folder):
    numpy.save(folder / NPY, numpy.load(folder / NPY).astype(">f4"))


@damaged("wrong_dimension", "npy", NPY)
def npy_of_one_dimension(folder):
    numpy.save(folder / NPY, numpy.load(folder / NPY).ravel())


@damaged("damaged_npy", "npy", NPY)
def npy_cut(folder):
    rewrite(folder / NPY, lambda file: file[:-8])


@damaged("ids_count", "npy", NPY)
def npy_with_a_row_less(folder):
    numpy.save(folder / NPY, numpy.load(folder / NPY)[:-1])


@planted("not_finite", "npy", NPY, 2, "910032")
def npy_nan(data):
    data.vectors[31][1] = data.unit[31].copy()
    data.vectors[31][1][0] = numpy.nan


@planted("duplicate_id", "npy", "npy/ids-00001-of-00002.jsonl", 3, "910032")
def npy_id_twice(data):
    data.vectors[32] = data.vectors[31]


# Formats that differ.


@damaged("texts_differ", "all", "jsonl/pretrain.jsonl", 7, "910007")
def caption_that_differs(folder):
    rewrite(folder / "jsonl/pretrain.jsonl", lambda text: text.replace(b"number 6,", b"number six,"))
    manifest(folder, Data())


@damaged("vectors_differ", "all", NPY, 3, "910033")
def vector_that_differs(folder):
    rows = numpy.load(folder / NPY)
    rows[2] = rows[2][::-1]
    numpy.save(folder / NPY, rows)
    manifest(folder, Data())


@damaged("vectors_differ", "half", NPY, 3, "910033")
def vector_that_differs_beyond_rounding(folder):
    rows = numpy.load(folder / NPY)
    rows[2] = rows[2][::-1]
    numpy.save(folder / NPY, rows)


@damaged("ids_differ", "all", PRETRAIN, 60, "910060")
def parquet_with_a_row_less(folder):
    data = Data()
    data.instruct = [one for one in data.instruct if one["id"] != "910060"]
    shutil.rmtree(folder / "data")
    data.pretrain.pop()
    parquet(folder, data)
    manifest(folder, Data(), lambda said: said.pop("rows"))


@damaged("ids_differ", "all", "jsonl/instruct.jsonl", 21, "910002")
def jsonl_with_a_row_more(folder):
    with (folder / "jsonl/instruct.jsonl").open("a") as file:
        file.write(json.dumps(conversation("910002", 1)) + "\n")
    manifest(folder, Data(), lambda said: said.pop("rows"))


# The manifest.


@damaged("malformed_manifest", "manifest", "manifest.json")
def manifest_cut(folder):
    rewrite(folder / "manifest.json", lambda text: text[:-9])


@damaged("malformed_manifest", "manifest", "manifest.json")
def manifest_that_leads_out(folder):
    manifest(folder, Data(), lambda said: said["files"].append({"path": "../secret", "length": 1, "sha256": "00"}))


@damaged("missing_file", "manifest", "README.md")
def file_missing(folder):
    (folder / "README.md").unlink()


@damaged("extra_file", "manifest", "notes.txt")
def file_too_many(folder):
    (folder / "notes.txt").write_text("x")


@damaged("wrong_length", "manifest", "README.md")
def file_cut(folder):
    (folder / "README.md").write_text("# A")


@damaged("wrong_digest", "manifest", "README.md")
def file_changed(folder):
    rewrite(folder / "README.md", lambda text: text.replace(b"dataset", b"datasex"))


def one_more(counts, *names):
    for name in names:
        counts[name] += 1


@damaged("wrong_row_count", "manifest", PRETRAIN)
def row_missing(folder):
    def change(said):
        one_more(said["rows"], "pretrain")
        one_more(said["outcomes"]["captions"], "exported")

    manifest(folder, Data(), change)


@damaged("wrong_counts", "manifest", "manifest.json")
def outcomes_that_do_not_add_up(folder):
    manifest(folder, Data(), lambda said: one_more(said["outcomes"]["captions"], "exported"))


@damaged("wrong_counts", "manifest", "manifest.json")
def ladder_that_does_not_add_up(folder):
    manifest(folder, Data(), lambda said: one_more(said["ladder"], "reasked"))


@damaged("wrong_number_type", "npy", NPY)
def shard_of_another_precision(folder):
    numpy.save(folder / NPY, numpy.load(folder / NPY).astype("f2"))
    manifest(folder, Data())


def plant(folder, name, layout, data, kind, function):
    target = folder / "planted" / name
    target.mkdir(parents=True)
    rows = data()
    if kind == "rows":
        function(rows)
    LAYOUTS[layout](target, rows)
    if kind == "files":
        function(target)


def main(folder):
    for name, write in LAYOUTS.items():
        (folder / "clean" / name).mkdir(parents=True)
        write(folder / "clean" / name, Data())
    faults = []
    for name, check, layout, file, row, id, data, kind, function in FAULTS:
        plant(folder, name, layout, data, kind, function)
        faults.append({"name": name, "format": layout, "check": check, "file": file, "row": row, "id": id})
    (folder / "faults.json").write_text(json.dumps(faults, indent=1))
    print(f"{len(LAYOUTS)} clean, {len(FAULTS)} planted")


main(Path(sys.argv[1]))
