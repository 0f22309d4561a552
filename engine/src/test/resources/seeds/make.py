"""Makes the files beside it with libraries that are not ours: csv and json of Python, pyarrow.

Run in this folder, with pyarrow installed; the same files come out each time.
"""

import csv
import io
import json
import random

import pyarrow as pa
import pyarrow.parquet as pq

CAPTIONS = [
    (1, "a dog"),
    (1, "a brown dog runs over wet grass"),
    (2, 'a sign that says "stop, now"'),
    (2, "a red sign"),
    (3, None),
    (3, "café tables\non a pavement"),
    (None, "a boat without an image"),
    (4, "two zebras drink at a river, side by side"),
]


def ugly_csv():
    """Rows at random over what is special to CSV, and how Python's csv reads them."""
    chance = random.Random(20)
    signs = ["a", "bc", " ", ",", ",", '"', '"', '""', "\r\n", "é", "\u2028", "'", "\\", "\t"]
    rows = ["id,caption,image"]
    for number in range(400):
        fields = ["".join(chance.choices(signs, k=chance.randrange(6))) for _ in range(3)]
        if chance.random() < 0.5:
            fields = ['"%s"' % field.replace('"', '""') for field in fields]
        rows.append(",".join(fields))
    text = "\r\n".join(rows)
    # The last row must end: else it is read as broken, where Python takes what there is.
    if parsed(text + "\r\nend,end,end\r\n")[-1] != ["end", "end", "end"]:
        text += '"'
    with open("ugly.csv", "w", encoding="utf-8", newline="") as file:
        file.write(text + "\r\n")
    wanted = [row[1:] for row in parsed(text)[1:] if len(row) == 3]
    with open("ugly.json", "w", encoding="ascii") as file:
        json.dump([[field.replace("\r\n", "\n") for field in row] for row in wanted], file)


def parsed(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def parquet():
    table = pa.table(
        {
            "image_id": pa.array([image for image, _ in CAPTIONS], pa.int64()),
            "caption": pa.array([caption for _, caption in CAPTIONS], pa.string()),
            "width": pa.array([0.5] * len(CAPTIONS)),
            "tags": pa.array([["x"]] * len(CAPTIONS)),
        }
    )
    pq.write_table(table, "captions.parquet", row_group_size=3, compression="zstd")
    pq.write_table(
        table,
        "captions-v2.parquet",
        row_group_size=5,
        compression="gzip",
        data_page_version="2.0",
        use_dictionary=False,
        column_encoding={"caption": "DELTA_BYTE_ARRAY", "image_id": "DELTA_BINARY_PACKED"},
    )
    with open("captions.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image_id", "caption"])
        writer.writerows([row for row in CAPTIONS if None not in row])


def packed():
    lines = [json.dumps({"image_id": image, "caption": caption}) for image, caption in CAPTIONS]
    halves = ["\n".join(lines[:4]) + "\n", "\n".join(lines[4:]) + "\n"]
    for codec, ending in (("gzip", "gz"), ("zstd", "zst")):
        with open("captions.jsonl." + ending, "wb") as file:
            for half in halves:
                file.write(pa.compress(half.encode(), codec=codec, asbytes=True))


ugly_csv()
parquet()
packed()
