"""Another implementation's ids for the tests of tokenizer.json: a byte-level BPE tokenizer built as CLIP's is.

usage: bpe_oracle.py train FOLDER TEXT...        writes FOLDER/tokenizer.json, trained on the lines of text files
       bpe_oracle.py encode TOKENIZER MAX PADDED  reads a JSON string a line, prints {"ids": [...], "attended": n} a line

Needs tokenizers. PADDED is yes or no.
"""

import json
import pathlib
import sys

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

BEGIN, END = "<|startoftext|>", "<|endoftext|>"
WORD = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def train(folder, texts):
    tokenizer = Tokenizer(models.BPE(unk_token=END, end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORD), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=3000,
        special_tokens=[BEGIN, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    tokenizer.train([str(text) for text in texts], trainer)
    ids = {token: tokenizer.token_to_id(token) for token in (BEGIN, END)}
    tokenizer.post_processor = processors.RobertaProcessing(
        (END, ids[END]), (BEGIN, ids[BEGIN]), add_prefix_space=False, trim_offsets=False
    )
    tokenizer.enable_truncation(16)
    tokenizer.enable_padding(pad_id=ids[END], pad_token=END)
    tokenizer.save(str(folder / "tokenizer.json"))


def encode(file, tokens_max, padded):
    tokenizer = Tokenizer.from_file(str(file))
    pad = tokenizer.padding
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens_max)
    if padded:
        tokenizer.enable_padding(length=tokens_max, pad_id=pad["pad_id"], pad_token=pad["pad_token"])
    for line in sys.stdin:
        encoding = tokenizer.encode(json.loads(line))
        print(json.dumps({"ids": encoding.ids, "attended": sum(encoding.attention_mask)}))


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(pathlib.Path(sys.argv[2]), [pathlib.Path(text) for text in sys.argv[3:]])
    else:
        encode(pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "yes")
